import type { StoredEvent } from '../events.js';
import { MOST_LEVELS, upwards, type DefinitionRow, type DomainDefinition } from '../governance/definition.js';
import type { DefinitionEdit } from '../governance/definition-edit.js';
import { hash128, type NodeId } from '../identifiers.js';
import { keyOf, type Batch } from './batch.js';
import { contentHash } from './canonical-json.js';

interface Problem {
  readonly code: string;
  readonly message: string;
}

/**
 * Applies an edit of a definition: it is as the edit says from its receipt on, and was as it was before. One that does
 * not fit what there is changes nothing and becomes a finding.
 */
export async function applyDefinition(batch: Batch, stored: StoredEvent, edit: DefinitionEdit): Promise<void> {
  const held = batch.definitions.get(edit.node);
  const { position, recordedAt, receivedAt } = stored;
  const body = edit.action === 'REMOVE' ? null : ({ ...held?.body, ...edit.body } as DomainDefinition);
  batch.out.references.push({ position, subjectKey: keyOf(edit.node), effectiveAt: receivedAt });
  const problem =
    unfit(edit, held) ?? (body === null ? await inUse(batch, edit.node) : misplaced(batch, edit.node, body));
  if (problem !== null) {
    batch.out.findings.push({ ...problem, position, seq: 0, pointer: '', nodeKey: null, recordedAt });
    return;
  }
  if (held !== undefined && body !== null && contentHash(held.body) === contentHash(body)) return;
  if (held !== undefined) end(batch, stored, held);
  if (body === null) return;
  const row: DefinitionRow = {
    rowId: hash128(`DEFINITION|${edit.node}|${String(position)}`),
    ...{ key: keyOf(edit.node), id: edit.node, kind: 'DOMAIN', body, enteredBy: edit.by.name, position },
    validFrom: receivedAt,
    validTo: null,
    recordedFrom: recordedAt,
    recordedTo: null,
  };
  batch.out.openedDefinitions.push(row);
  batch.definitions.set(edit.node, row);
}

/** The row stays for what was, and as known before. */
function end(batch: Batch, { position, recordedAt, receivedAt }: StoredEvent, held: DefinitionRow): void {
  batch.definitions.delete(held.id);
  batch.out.closedDefinitions.push({ rowId: held.rowId, recordedTo: recordedAt });
  if (held.validFrom >= receivedAt) return;
  const rowId = hash128(`DEFINITION|${held.rowId}|${String(position)}`);
  batch.out.openedDefinitions.push({ ...held, rowId, validTo: receivedAt, recordedFrom: recordedAt });
}

/** What speaks against an edit, whatever it says. */
function unfit({ action, expected }: DefinitionEdit, held: DefinitionRow | undefined): Problem | null {
  if (action === 'CREATE')
    return held === undefined ? null : { code: 'EDIT_OF_KNOWN', message: 'something was to be defined that is there' };
  if (held === undefined)
    return { code: 'EDIT_OF_UNKNOWN', message: 'an edit of something that the catalog does not have' };
  if (expected === null || expected === held.position) return null;
  return {
    code: 'EDIT_CONFLICT',
    message: `an edit made when ${String(expected)} was the latest came behind ${String(held.position)}`,
  };
}

/** What speaks against the place of a domain in the hierarchy. */
function misplaced(batch: Batch, node: NodeId, { parent }: DomainDefinition): Problem | null {
  if (parent === null) return null;
  if (!batch.definitions.has(parent))
    return { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit puts a domain below one that there is not' };
  const above = upwards(parent, (id) => batch.definitions.get(id)?.body.parent);
  if (above.includes(node)) return { code: 'EDIT_MAKES_CYCLE', message: 'an edit puts a domain below itself' };
  if (above.length + levelsFrom(batch, node) <= MOST_LEVELS) return null;
  return { code: 'EDIT_TOO_DEEP', message: `an edit makes more than ${String(MOST_LEVELS)} levels of domains` };
}

/** Levels of a domain and of what is part of it. */
function levelsFrom(batch: Batch, node: NodeId): number {
  return 1 + Math.max(0, ...partsOf(batch, node).map((id) => levelsFrom(batch, id)));
}

function partsOf(batch: Batch, node: NodeId): readonly NodeId[] {
  return [...batch.definitions.values()].filter(({ body }) => body.parent === node).map(({ id }) => id);
}

/** What is part of a domain, or in it, would be left without. */
async function inUse(batch: Batch, node: NodeId): Promise<Problem | null> {
  const parts = partsOf(batch, node).length;
  const stored = await batch.source.nodesWithFact('DOMAIN', node);
  // Of what the batch has loaded the documents know more than the tables.
  const others = stored.filter((id) => !batch.nodes.has(id)).length;
  const loaded = [...batch.nodes.values()].filter(({ facts }) =>
    Object.values(facts).some(({ row, open }) => row.kind === 'DOMAIN' && row.value === node && open.length > 0),
  ).length;
  if (parts + others + loaded === 0) return null;
  const message = `a domain was to be removed that has ${String(parts)} parts and ${String(others + loaded)} assets`;
  return { code: 'EDIT_OF_USED', message };
}
