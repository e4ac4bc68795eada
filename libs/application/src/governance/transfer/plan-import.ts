import type { AssetRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { namesDefinition } from '@headwater/domain/facts';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { isPropertyRow } from '@headwater/domain/governance/definition';
import { datasetOf, kindOf, type NodeId } from '@headwater/domain/identifiers';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { FieldView } from '@headwater/domain/reading/schema-reader';
import { refuseFaults } from '../../access/access-parts.js';
import type { AssetRights, EditRights } from '../../access/edit-rights.js';
import { MOST_ASSETS, planOf, type EditPlan } from '../bulk/plan-edits.js';
import { faultsOfFile, type LineFault } from '../csv-cells.js';
import { readHeld, type AssetFile, type AssetFileFormat, type AssetLine, type Held } from './asset-line.js';
import { editProblems, lineEdits, propertyProblems, type KnownProperties } from './line-edits.js';
import { readAssetFile } from './read-asset-file.js';

/** What a request of 1 MiB holds, with its escapes. */
export const MOST_CHARACTERS = 800_000;
export const MOST_ROWS = 20_000;
/** Rows of which the catalog is read at once. */
const PORTION = 500;
const REFUSED = 'The file cannot be imported like this';

export interface GivenFile {
  readonly file: string;
  readonly format: AssetFileFormat;
}

export interface ImportPlan extends EditPlan {
  /** Rows that cannot be carried out, by line. They are no part of the edits. */
  readonly rejected: readonly LineFault[];
}

export type ImportView = Pick<CatalogReader, 'assets' | 'fields' | 'facts' | 'definitions' | 'effectiveOwners'>;

/**
 * What it takes that all is as a file says, one edit an asset with its fields, as the caller sees the catalog at `time`.
 * Throws INVALID_INPUT for a file that is no table of assets, or too large.
 */
export async function planImport(
  view: ImportView,
  rights: EditRights,
  given: GivenFile,
  time: ReadTime,
): Promise<ImportPlan> {
  const { lines, faults } = readGiven(given);
  const { rows, rejected } = await knownRows(view, lines);
  const properties = await propertiesOf(view, rows, time);
  const planned: PlannedRow[] = [];
  for (let start = 0; start < rows.length; start += PORTION) {
    const portion = rows.slice(start, start + PORTION);
    const nodes = portion.map(({ node }) => node);
    const [held, mayEdit] = await Promise.all([
      readHeld(view, nodes, time),
      rights.over(portion.map(({ row }) => row)),
    ]);
    planned.push(...portion.map((row) => plannedRow(row, held.get(row.node) ?? NOTHING, properties, mayEdit)));
  }
  const unknown = await unknownDefinitions(view, planned, time);
  const judged = planned.map((row) => ({ ...row, problems: [...row.problems, ...unknownOf(row.edits, unknown)] }));
  const bad = judged.filter(({ problems }) => problems.length > 0);
  const good = judged.filter(({ problems }) => problems.length === 0);
  const all = [...faults, ...rejected, ...bad.map(({ line, problems }) => faultOf(line, problems))];
  return { ...planOfRows(good), rejected: all.sort((a, b) => a.line - b.line) };
}

/** As the refusal of a request with the file in it. */
export function refuseRows(rejected: readonly LineFault[]): void {
  refuseFaults(REFUSED, faultsOfFile('/file', rejected));
}

function readGiven({ file, format }: GivenFile): AssetFile {
  const isLong = file.length > MOST_CHARACTERS;
  const tooLong = coded('TOO_LONG', `must have at most ${String(MOST_CHARACTERS)} characters: import it in parts`, {
    most: MOST_CHARACTERS,
  });
  refuseFaults(REFUSED, isLong ? [{ pointer: '/file', ...tooLong }] : []);
  const read = readAssetFile(file, format, MOST_ROWS);
  if ('line' in read) {
    refuseRows([read]);
    throw new HeadwaterError('INTERNAL', 'a file that cannot be read was not refused');
  }
  const isFull = read.lines.length + read.faults.length > MOST_ROWS;
  const tooMany = coded('TOO_MANY_ROWS', `must have at most ${String(MOST_ROWS)} rows: import it in parts`, {
    most: MOST_ROWS,
  });
  refuseFaults(REFUSED, isFull ? [{ pointer: '/file', ...tooMany }] : []);
  return read;
}

/** A row, and what it is about. */
interface KnownRow {
  readonly line: AssetLine;
  readonly row: AssetRow;
  /** The asset, or a field of it, by the name that holds. */
  readonly node: NodeId;
  readonly field: FieldView | undefined;
}

async function knownRows(
  view: ImportView,
  lines: readonly AssetLine[],
): Promise<{ readonly rows: readonly KnownRow[]; readonly rejected: readonly LineFault[] }> {
  const rows: KnownRow[] = [];
  const rejected: LineFault[] = [];
  const firstOf = new Map<NodeId, number>();
  for (let start = 0; start < lines.length; start += PORTION) {
    const portion = lines.slice(start, start + PORTION);
    const fields = await view.fields(portion.map(({ id }) => id).filter((id) => kindOf(id) === 'FIELD'));
    const assetOf = ({ id }: AssetLine): NodeId => (kindOf(id) === 'FIELD' ? datasetOf(fields.get(id)?.id ?? id) : id);
    const assets = await view.assets([...new Set(portion.map(assetOf))], LATEST);
    for (const line of portion) {
      const row = assets.get(assetOf(line));
      const field = fields.get(line.id);
      const problem = problemOf(line, row, field);
      const node = field?.id ?? row?.id;
      if (problem !== null) rejected.push(faultOf(line, [problem]));
      else if (row !== undefined && node !== undefined) {
        const before = firstOf.get(node);
        if (before === undefined) rows.push({ line, row, node, field });
        else rejected.push(faultOf(line, [sameRow(before, node)]));
        firstOf.set(node, before ?? line.line);
      }
    }
  }
  return { rows, rejected };
}

function problemOf({ id }: AssetLine, row: AssetRow | undefined, field: FieldView | undefined): InputFault | null {
  const pointer = '/id';
  if (row === undefined) return { pointer, ...coded('NO_SUCH_ASSET', 'is of an asset that there is not') };
  if (kindOf(id) !== 'FIELD') return null;
  if (field === undefined) return { pointer, ...coded('NO_SUCH_FIELD', 'is of a field that there is not') };
  return field.deletedAt === null
    ? null
    : { pointer, ...coded('FIELD_GONE', 'is of a field that its dataset does not have any more') };
}

function sameRow(before: number, node: NodeId): InputFault {
  const detail = `line ${String(before)} is of the same ${kindOf(node)?.toLowerCase() ?? ''}`;
  return { pointer: '/id', ...coded('ROW_TWICE', detail, { before }) };
}

interface PlannedRow {
  readonly line: AssetLine;
  readonly row: AssetRow;
  readonly edits: readonly FactEdit[];
  readonly problems: readonly InputFault[];
}

const NOTHING: Held = { facts: [], owners: undefined };

function plannedRow(
  { line, row, node, field }: KnownRow,
  held: Held,
  properties: KnownProperties['properties'],
  mayEdit: AssetRights,
): PlannedRow {
  const known = { kind: row.kind, properties };
  const edits = lineEdits(node, line.says, held, field?.description ?? null, known);
  const isAllowed = edits.length === 0 || mayEdit.allows(row, edits);
  const refused = isAllowed ? '' : mayEdit.refused(row, edits);
  const forbidden = coded('ROW_FORBIDDEN', `says something else than what is so, and you may not ${refused}`);
  return {
    line,
    row,
    edits,
    problems: [
      ...(isAllowed ? [] : [{ pointer: '', ...forbidden }]),
      ...editProblems(edits),
      ...propertyProblems(line.says, held, known),
    ],
  };
}

/** The properties that rows name, of those that there are. */
async function propertiesOf(
  view: ImportView,
  rows: readonly KnownRow[],
  time: ReadTime,
): Promise<KnownProperties['properties']> {
  const named = rows.flatMap(({ line: { says } }) => (says.properties ?? []).map(({ property }) => property));
  const ids = [...new Set(named)].filter((id) => kindOf(id) === 'PROPERTY');
  const known = ids.length === 0 ? [] : [...(await view.definitions(ids, time)).values()];
  return new Map(known.filter(isPropertyRow).map((row) => [row.id, row]));
}

/** Domains, terms and properties that rows would give, and that there are not. */
async function unknownDefinitions(
  view: ImportView,
  rows: readonly PlannedRow[],
  time: ReadTime,
): Promise<ReadonlySet<string>> {
  const named = new Set(
    rows
      .flatMap(({ edits }) => edits)
      .filter(({ action, kind, value }) => action === 'STATE' && namesDefinition(kind) && kindOf(value) === kind)
      .map(({ value }) => value as NodeId),
  );
  const known = named.size === 0 ? new Map<NodeId, unknown>() : await view.definitions([...named], time);
  return new Set([...named].filter((id) => !known.has(id)));
}

const COLUMN_OF: Readonly<Record<string, string>> = { DOMAIN: '/domain', TERM: '/terms', PROPERTY: '/properties' };

function unknownOf(edits: readonly FactEdit[], unknown: ReadonlySet<string>): readonly InputFault[] {
  return edits
    .filter(({ action, value }) => action === 'STATE' && unknown.has(value))
    .map(({ kind, value }) => ({
      pointer: COLUMN_OF[kind] ?? '',
      ...coded('NO_SUCH', `has ${value}, and there is no such ${kind.toLowerCase()}: make it first`, {
        ...{ kind, id: value },
      }),
    }));
}

/** One edit an asset, in the order of its rows. */
function planOfRows(rows: readonly PlannedRow[]): EditPlan {
  const byAsset = new Map<NodeId, { row: AssetRow; edits: FactEdit[] }>();
  for (const { row, edits } of rows) {
    const of = byAsset.get(row.id);
    if (of === undefined) byAsset.set(row.id, { row, edits: [...edits] });
    else of.edits.push(...edits);
  }
  const edited = [...byAsset.values()].filter(({ edits }) => edits.length > 0);
  const detail = `changes ${String(edited.length)} assets, and one job edits at most ${String(MOST_ASSETS)}: import it in parts`;
  const tooMany = coded('FINDS_TOO_MANY', detail, { found: edited.length, most: MOST_ASSETS });
  refuseFaults(REFUSED, edited.length > MOST_ASSETS ? [{ pointer: '/file', ...tooMany }] : []);
  return planOf(
    edited.map(({ row, edits }) => ({ row, asset: row.id, expected: row.editPosition, changes: edits })),
    { unchanged: byAsset.size - edited.length, forbidden: 0 },
  );
}

function faultOf({ line, id }: AssetLine, faults: readonly InputFault[]): LineFault {
  return { line, key: id, faults };
}
