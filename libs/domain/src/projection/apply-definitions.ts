import type { StoredEvent } from '../events.js';
import type { DefinitionRow } from '../governance/definition.js';
import { moduleOf, type DefinitionEdit } from '../governance/definition-edit.js';
import type { DefinitionWorld, EditProblem, MadeDefinition } from '../governance/definitions/definition-module.js';
import { TERMS } from '../governance/definitions/term.js';
import { editsOf, problemsOf, type TermBatch } from '../governance/term-batch.js';
import { hash128 } from '../identifiers.js';
import { ownerOf } from './apply-edits.js';
import { keyOf, type Batch } from './batch.js';
import { contentHash } from './canonical-json.js';

/**
 * Applies an edit of a definition: it is as the edit says from its receipt on, and was as it was before. One that does
 * not fit what there is changes nothing and becomes a finding.
 */
export async function applyDefinition(batch: Batch, stored: StoredEvent, edit: DefinitionEdit): Promise<void> {
  const module = moduleOf(edit.node);
  if (module === undefined) throw new Error(`projection: no kind of definition has ${edit.node.slice(0, 200)}`);
  const held = batch.definitions.get(edit.node);
  const { position, receivedAt } = stored;
  batch.out.references.push({ position, subjectKey: keyOf(edit.node), effectiveAt: receivedAt });
  const made = await module.make(edit, held, stored, worldOf(batch));
  if (made !== null && 'code' in made) {
    report(batch, stored, made);
    return;
  }
  write(batch, stored, edit, made);
}

/** Applies edits of one event, each judged by what there is before it; where one does not fit, none is made. */
export async function applyDefinitions(
  batch: Batch,
  stored: StoredEvent,
  edits: readonly DefinitionEdit[],
): Promise<void> {
  const { position, receivedAt } = stored;
  const made: { readonly edit: DefinitionEdit; readonly made: MadeDefinition | null }[] = [];
  for (const edit of edits) {
    batch.out.references.push({ position, subjectKey: keyOf(edit.node), effectiveAt: receivedAt });
    const one = await moduleOf(edit.node)?.make(edit, batch.definitions.get(edit.node), stored, worldOf(batch));
    if (one !== undefined && one !== null && 'code' in one) {
      report(batch, stored, one);
      return;
    }
    made.push({ edit, made: one ?? null });
  }
  for (const one of made) write(batch, stored, one.edit, one.made);
}

/** Applies an edit of many terms as if each were one; where one does not fit, none is made, and that is the finding. */
export function applyTermBatch(batch: Batch, stored: StoredEvent, edit: TermBatch): void {
  const { position, receivedAt } = stored;
  for (const { node } of edit.writes)
    batch.out.references.push({ position, subjectKey: keyOf(node), effectiveAt: receivedAt });
  const problem = problemsOf(edit.writes, batch.definitions).find((one) => one !== null);
  if (problem !== undefined) {
    report(batch, stored, problem);
    return;
  }
  for (const one of editsOf(edit)) {
    const body = TERMS.bodyOf(one, batch.definitions.get(one.node));
    write(batch, stored, one, { kind: 'TERM', body });
  }
}

function report(batch: Batch, { position, recordedAt }: StoredEvent, problem: EditProblem): void {
  batch.out.findings.push({ ...problem, position, seq: 0, pointer: '', nodeKey: null, recordedAt });
}

/** What a definition becomes; null: it is no more. */
function write(
  batch: Batch,
  stored: StoredEvent,
  edit: Pick<DefinitionEdit, 'node' | 'by'>,
  made: MadeDefinition | null,
): void {
  const { position, recordedAt, receivedAt } = stored;
  const held = batch.definitions.get(edit.node);
  if (held !== undefined && made !== null && contentHash(held.body) === contentHash(made.body)) return;
  if (held !== undefined) end(batch, stored, held);
  if (made === null) return;
  const row: DefinitionRow = {
    rowId: hash128(`DEFINITION|${edit.node}|${String(position)}`),
    ...{ key: keyOf(edit.node), id: edit.node, ...made, enteredBy: edit.by.name, position },
    validFrom: receivedAt,
    validTo: null,
    recordedFrom: recordedAt,
    recordedTo: null,
  };
  batch.out.openedDefinitions.push(row);
  batch.definitions.set(edit.node, row);
}

/** What there is at this place of the log: tables, and what the batch has loaded of them and changed. */
function worldOf(batch: Batch): DefinitionWorld {
  return {
    definitions: batch.definitions,
    async countOf(kind, value) {
      const stored = await batch.source.nodesWithFact(kind, value);
      // Of what the batch has loaded the documents know more than the tables.
      const others = stored.filter((id) => !batch.nodes.has(ownerOf(id))).length;
      const loaded = [...batch.nodes.values()].filter(({ facts }) =>
        Object.values(facts).some(({ row, open }) => row.kind === kind && row.value === value && open.length > 0),
      ).length;
      return others + loaded;
    },
    async detailsOf(kind, value) {
      const stored = await batch.source.detailsOfFact(kind, value);
      const others = stored.filter(({ node }) => !batch.nodes.has(ownerOf(node)));
      const loaded = [...batch.nodes.values()].flatMap(({ facts }) =>
        Object.values(facts).flatMap(({ row, open }) =>
          row.kind === kind && row.value === value && open.length > 0 ? [{ node: row.nodeId, detail: row.detail }] : [],
        ),
      );
      return [...others, ...loaded];
    },
  };
}

/** The row stays for what was, and as known before. */
function end(batch: Batch, { position, recordedAt, receivedAt }: StoredEvent, held: DefinitionRow): void {
  batch.definitions.delete(held.id);
  batch.out.closedDefinitions.push({ rowId: held.rowId, recordedTo: recordedAt });
  if (held.validFrom >= receivedAt) return;
  const rowId = hash128(`DEFINITION|${held.rowId}|${String(position)}`);
  batch.out.openedDefinitions.push({ ...held, rowId, validTo: receivedAt, recordedFrom: recordedAt });
}
