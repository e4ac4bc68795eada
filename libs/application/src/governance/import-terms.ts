import type { Principal } from '@headwater/domain/access/principal';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError, type Told } from '@headwater/domain/errors';
import type { TermDefinition, TermRow } from '@headwater/domain/governance/definition';
import type { EditProblem } from '@headwater/domain/governance/definitions/definition-module';
import { problemsOf, termBatchBytes, type TermWrite } from '@headwater/domain/governance/term-batch';
import { termId, type NodeId } from '@headwater/domain/identifiers';
import { contentHash } from '@headwater/domain/projection/canonical-json';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../access/access-parts.js';
import { isKey, keyFault } from './edit-named.js';
import { termFaults } from './edit-term.js';
import { requireWhole } from './record-definition.js';
import { faultsOfFile, rowFault, type LineFault } from './csv-cells.js';
import { readTermFile, type TermLine } from './term-file.js';
import {
  editedMeanwhile,
  headOf,
  recordAllOnce,
  requestFaults,
  type EditPorts,
  type EditRequest,
} from './record-edit.js';

/** ALL_OR_NONE: with one bad row nothing is made. GOOD_ROWS: bad rows are left out, and those that need them. */
export type ImportMode = 'ALL_OR_NONE' | 'GOOD_ROWS';

export interface WantedImport extends Pick<EditRequest, 'reason' | 'idempotencyKey'> {
  readonly csv: string;
  readonly mode: ImportMode;
  /** What would be done is told, and nothing is. */
  readonly isPreview: boolean;
}

export interface MadeImport {
  readonly created: readonly NodeId[];
  readonly changed: readonly NodeId[];
  /** Rows that say what is so already. */
  readonly unchanged: number;
  /** By line. */
  readonly rejected: readonly LineFault[];
  /** Where in the log the edit is; null where nothing was made. */
  readonly position: number | null;
  readonly isReadable: boolean;
}

/** What a request of 1 MiB holds, with its escapes. */
const MOST_CHARACTERS = 800_000;
const MOST_ROWS = 5_000;
const REFUSED = 'The terms cannot be imported like this';

const NAMES_UNKNOWN = 'names a term that there is not, or whose own row is bad';
const REASONS = {
  EDIT_NAMES_UNKNOWN: NAMES_UNKNOWN,
  EDIT_NAMES_ITSELF: 'is related to itself, or succeeds itself',
  EDIT_SUCCEEDS_ITSELF: 'succeeds itself, by way of its successors',
  EDIT_OF_CURRENT: 'has a successor without being DEPRECATED',
  EDIT_MAKES_CYCLE: 'is below itself, by way of other terms',
  EDIT_TOO_DEEP: 'is too deep in the hierarchy, which has at most 20 levels',
} as const;

function toldOf({ code, message }: EditProblem): Told {
  const known = Object.entries(REASONS).find(([one]) => one === code) as [keyof typeof REASONS, string] | undefined;
  return known === undefined ? coded('EDIT_UNFIT', message, { problem: message }) : coded(...known);
}

/** Makes and changes terms of the glossary as a file says, in one edit of the log. */
export class ImportTerms {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws INVALID_INPUT with a fault for each bad row of ALL_OR_NONE and for a file that is no such table, FORBIDDEN for
   * who may see or edit a part of the catalog only, CONFLICT (EDITED_MEANWHILE) where a term of the file was edited while
   * it was being imported: nothing is changed then.
   */
  async execute(
    principal: Principal,
    view: Pick<CatalogReader, 'definitionsOf'>,
    wanted: WantedImport,
  ): Promise<MadeImport> {
    const lines = this.#read(wanted);
    requireWhole(principal, 'Terms');
    if (wanted.isPreview)
      return { ...(await this.#plan(view, lines, wanted.mode)).told, position: null, isReadable: true };
    const { idempotencyKey, isPreview: _isPreview, ...input } = wanted;
    const asked = { key: idempotencyKey, asked: ['terms', input] };
    const { recorded, told } = await recordAllOnce(this.ports, principal, asked, async () => {
      const plan = await this.#plan(view, lines, wanted.mode);
      const head = headOf(this.ports, principal, { ...wanted, expectedVersion: null });
      const edits = plan.writes.length === 0 ? [] : [termBatchBytes({ ...head, writes: plan.writes })];
      return { edits, told: plan.told };
    });
    const [made] = recorded;
    if (made === undefined) return { ...told, position: null, isReadable: true };
    if (made.verdict !== null) throw await editedMeanwhile(this.ports, null);
    return { ...told, position: made.position, isReadable: made.isReadable };
  }

  async #plan(view: Pick<CatalogReader, 'definitionsOf'>, lines: Checked, mode: ImportMode) {
    const known = await view.definitionsOf('TERM', nowBy(this.ports.clock));
    const { writes, unchanged, rejected } = sorted(lines, known);
    if (mode === 'ALL_OR_NONE') refuseFaults(REFUSED, faultsOfFile('/csv', rejected));
    const of = (action: TermWrite['action']): readonly NodeId[] =>
      writes.filter((write) => write.action === action).map(({ node }) => node);
    return { writes, told: { created: of('CREATE'), changed: of('CHANGE'), unchanged, rejected } };
  }

  #read({ csv, reason, idempotencyKey }: WantedImport): ReturnType<typeof checked> {
    const isLong = csv.length > MOST_CHARACTERS;
    refuseFaults(REFUSED, [
      ...requestFaults({ reason, idempotencyKey, expectedVersion: null }),
      ...(isLong
        ? [
            {
              pointer: '/csv',
              ...coded('TOO_LONG', `must have at most ${String(MOST_CHARACTERS)} characters`, {
                most: MOST_CHARACTERS,
              }),
            },
          ]
        : []),
    ]);
    const file = readTermFile(csv, MOST_ROWS);
    if ('line' in file) throw new HeadwaterError('INVALID_INPUT', REFUSED, { faults: faultsOfFile('/csv', [file]) });
    const isFull = file.lines.length + file.faults.length > MOST_ROWS;
    refuseFaults(
      REFUSED,
      isFull
        ? [
            {
              pointer: '/csv',
              ...coded('TOO_MANY_ROWS', `must have at most ${String(MOST_ROWS)} rows`, { most: MOST_ROWS }),
            },
          ]
        : [],
    );
    return checked(file.lines, file.faults);
  }
}

interface Checked {
  readonly lines: readonly TermLine[];
  readonly faults: readonly LineFault[];
}

function checked(lines: readonly TermLine[], faults: readonly LineFault[]): Checked {
  const bad = lines.flatMap(({ line, key, body }): readonly LineFault[] => {
    const own = [...(isKey(key) ? [] : [keyFault('/key')]), ...termFaults(body)];
    const named = own.map((fault) => ({ ...fault, detail: `${fault.pointer.slice(1)} ${fault.detail}` }));
    return named.length === 0 ? [] : [{ line, key, faults: named }];
  });
  const isBad = new Set(bad.map(({ line }) => line));
  return { lines: lines.filter(({ line }) => !isBad.has(line)), faults: [...faults, ...bad] };
}

interface Sorted {
  readonly writes: readonly TermWrite[];
  readonly unchanged: number;
  readonly rejected: readonly LineFault[];
}

/** What is left when rows that do not fit are taken out, and then those that do not fit without them. */
function sorted({ lines, faults }: Checked, known: readonly TermRow[]): Sorted {
  const held = new Map(known.map((row) => [row.id, row]));
  const rejected = [...faults];
  let left = lines.flatMap((line): readonly ReadRow[] => {
    const write = writeOf(line, held.get(termId(line.key)));
    if (write !== null) return [{ line, write }];
    rejected.push(rowFault(line.line, line.key, coded('ROW_NAMELESS', 'has no name, and there is no such term yet')));
    return [];
  });
  const rows = left.length;
  left = left.filter(({ write }) => {
    const before = held.get(write.node);
    return before === undefined || contentHash({ ...before.body, ...write.body }) !== contentHash(before.body);
  });
  const unchanged = rows - left.length;
  for (;;) {
    const problems = problemsOf(
      left.map(({ write }) => write),
      held,
    );
    const bad = left.flatMap(({ line: { line, key } }, index) => {
      const problem = problems[index];
      return problem ? [rowFault(line, key, toldOf(problem))] : [];
    });
    if (bad.length === 0) break;
    const isBad = new Set(left.filter((_, index) => problems[index] !== null).map(({ write }) => write.node));
    const orphans = orphansOf(left, isBad, held);
    rejected.push(
      ...bad,
      ...orphans.map(({ line: { line, key } }) => rowFault(line, key, coded('EDIT_NAMES_UNKNOWN', NAMES_UNKNOWN))),
    );
    for (const { write } of orphans) isBad.add(write.node);
    left = left.filter(({ write }) => !isBad.has(write.node));
  }
  rejected.sort((a, b) => a.line - b.line);
  return { writes: left.map(({ write }) => write), unchanged, rejected };
}

interface ReadRow {
  readonly line: TermLine;
  readonly write: TermWrite;
}

/** Rows that name terms which bad rows would have made, and rows that name those. */
function orphansOf(
  rows: readonly ReadRow[],
  isBad: ReadonlySet<NodeId>,
  held: ReadonlyMap<NodeId, TermRow>,
): readonly ReadRow[] {
  const naming = new Map<NodeId, ReadRow[]>();
  for (const row of rows) {
    const { parent = null, successor = null, related = [] } = row.write.body;
    for (const id of [parent, successor, ...related]) {
      if (id === null || held.has(id)) continue;
      const others = naming.get(id);
      if (others === undefined) naming.set(id, [row]);
      else others.push(row);
    }
  }
  const orphans = new Map<NodeId, ReadRow>();
  const open = [...isBad];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const row of naming.get(id) ?? []) {
      const { node } = row.write;
      if (isBad.has(node) || orphans.has(node)) continue;
      orphans.set(node, row);
      open.push(node);
    }
  }
  return [...orphans.values()];
}

const NEW: Omit<TermDefinition, 'name'> = {
  ...{ description: null, parent: null, synonyms: [], related: [], status: 'DRAFT', successor: null },
};

function writeOf({ key, body }: TermLine, held: TermRow | undefined): TermWrite | null {
  const node = termId(key);
  if (held !== undefined) return { node, action: 'CHANGE', body, expected: held.position };
  const { name } = body;
  return name === undefined ? null : { node, action: 'CREATE', body: { ...NEW, ...body, name }, expected: null };
}
