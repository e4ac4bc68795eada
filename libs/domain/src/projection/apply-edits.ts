import type { FactRow } from '../catalog.js';
import type { StoredEvent } from '../events.js';
import { namesDefinition, type OwnerAnswer } from '../facts.js';
import { readAcceptedValue } from '../governance/accepted-findings.js';
import type { AssetEdit, FactEdit } from '../governance/asset-edit.js';
import { isPropertyRow } from '../governance/definition.js';
import { isAnswer, readAnswerDetail } from '../governance/owner-answers.js';
import { keptValues, misfitOf, propertyKindOf, readValues, writeValues } from '../governance/property-values.js';
import { datasetOf, kindOf, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { deleteOrRestore, deletionProblem, isOfDeletion, namesOf } from './apply-deletions.js';
import { deriveConcerned } from './apply-lineage.js';
import { saidOf } from './apply-timelines.js';
import { keyOf, nodeOf, type Batch, type CurrentEntry } from './batch.js';
import type { NodeDocument } from './documents.js';
import { end, enter, enteredOf, type Stating } from './entered-facts.js';
import { segmentsOf } from './timeline.js';
import { withdraws } from './withdrawals.js';
import { writeFacts } from './write-facts.js';

/** Nodes whose documents an edit needs. */
export function nodesOfEdit({ asset, changes }: AssetEdit): readonly NodeId[] {
  return [asset, ...changes.map(({ node }) => ownerOf(node))];
}

/** Whether it says something of an asset that takes a definition: a domain, a term, a data product, a logical dataset. */
export function needsDefinitions({ changes }: AssetEdit): boolean {
  return changes.some(({ action, kind }) => action === 'STATE' && namesDefinition(kind));
}

/**
 * Applies an edit: facts that it states hold from its receipt on and outrank what facets say, facts that it withdraws
 * hold no more, whoever states them (rule 30). An edit of something unknown, or that names an unknown domain, term or data
 * product or logical dataset, or makes something else than a dataset an output port or a member of a logical dataset, or puts a
 * dataset into a second logical dataset, or gives a property values that do not fit, or deletes what is deleted or restores what is not, or one
 * that expected another edit to be the latest, changes nothing and becomes a finding.
 */
export async function applyEdit(batch: Batch, stored: StoredEvent, edit: AssetEdit): Promise<void> {
  const current: CurrentEntry = {
    position: stored.position,
    recordedAt: stored.recordedAt,
    graph: [],
    touched: new Set(),
  };
  const names = edit.changes.some(isOfAllNames) ? await namesOf(batch, edit.asset) : [];
  const problem = problemOf(batch, edit, names);
  if (problem !== null) {
    batch.out.findings.push({
      ...problem,
      position: stored.position,
      seq: 0,
      pointer: '',
      nodeKey: keyOf(edit.asset),
      recordedAt: stored.recordedAt,
    });
    return;
  }
  for (const [index, change] of edit.changes.entries()) {
    const owner = nodeOf(batch, ownerOf(change.node));
    const stating = { owner, change, at: stored.receivedAt, edit, index };
    if (isOfDeletion(change)) {
      for (const name of names) touch(batch, current, name, stored.receivedAt);
      await deriveConcerned(batch, current, await deleteOrRestore(batch, current, names, stating));
    } else if (change.action === 'STATE') {
      if (change.kind === 'OWNER') endDeclines(batch, current, names, stating);
      state(batch, current, stating);
    } else withdraw(batch, current, stating);
    touch(batch, current, owner, stored.receivedAt);
  }
  const edited = nodeOf(batch, edit.asset);
  touch(batch, current, edited, stored.receivedAt);
  edited.editPosition = stored.position;
  for (const id of new Set(nodesOfEdit(edit))) await deriveStated(batch, current, nodeOf(batch, id));
  batch.out.references.push({
    position: stored.position,
    subjectKey: keyOf(edit.asset),
    effectiveAt: stored.receivedAt,
  });
  batch.out.feed.push({
    batch: { position: stored.position, recordedAt: stored.recordedAt, changes: current.graph },
    touched: [...current.touched],
  });
}

function problemOf(
  batch: Batch,
  edit: AssetEdit,
  names: readonly NodeDocument[],
): { readonly code: string; readonly message: string } | null {
  const unknown = nodesOfEdit(edit).find((id) => batch.nodes.get(id)?.isGhost !== false);
  if (unknown !== undefined)
    return {
      code: 'EDIT_OF_UNKNOWN',
      message: 'an edit of something that the catalog does not have: nothing was changed',
    };
  if (edit.changes.some(({ node, kind }) => kind === 'PRODUCT' && kindOf(node) !== 'DATASET'))
    return {
      code: 'EDIT_OF_OTHER_KIND',
      message: 'an edit of an output port that is no dataset: nothing was changed',
    };
  if (edit.changes.some(({ node, kind }) => kind === 'LOGICAL' && kindOf(node) !== 'DATASET'))
    return {
      code: 'EDIT_OF_OTHER_KIND',
      message: 'an edit of a member of a logical dataset that is no dataset: nothing was changed',
    };
  if (edit.changes.some(({ node, kind, value }) => kind === 'ACCEPTED_FINDING' && !isOfRead(node, value)))
    return {
      code: 'EDIT_OF_OTHER_KIND',
      message: 'an edit that accepts something else than a finding about a dataset: nothing was changed',
    };
  const isLost = ({ action, kind, value }: FactEdit): boolean =>
    action === 'STATE' && namesDefinition(kind) && !batch.definitions.has(value as NodeId);
  if (edit.changes.some(isLost))
    return {
      code: 'EDIT_NAMES_UNKNOWN',
      message:
        'an edit that names a domain, a term, a data product or a logical dataset which there is not: nothing was changed',
    };
  if (edit.changes.some((change) => unfitsProperty(batch, change)))
    return {
      code: 'EDIT_UNFITS_PROPERTY',
      message: 'an edit that gives a property something which it does not take, or not there: nothing was changed',
    };
  const { editPosition } = nodeOf(batch, edit.asset);
  if (edit.expected !== null && edit.expected !== editPosition)
    return {
      code: 'EDIT_CONFLICT',
      message: `an edit made when ${String(edit.expected)} was the latest came behind ${String(editPosition)}: nothing was changed`,
    };
  if (edit.changes.some((change) => change.kind === 'LOGICAL' && isElsewhere(change, names)))
    return {
      code: 'EDIT_OF_MEMBER_ELSEWHERE',
      message: 'an edit that puts a dataset into a second logical dataset: nothing was changed',
    };
  return deletionProblem(edit, names);
}

function isOfRead(node: NodeId, value: string): boolean {
  return kindOf(node) === 'DATASET' && readAcceptedValue(value) !== undefined;
}

/** Whether an edit has put it, by any of its names, into another logical dataset than this. */
function isElsewhere({ action, value }: FactEdit, names: readonly NodeDocument[]): boolean {
  return (
    action === 'STATE' &&
    names.some((name) => enteredOf(name, name.id, 'LOGICAL').some(([, { row }]) => row.value !== value))
  );
}

function touch(batch: Batch, current: CurrentEntry, document: NodeDocument, at: Micros): void {
  document.version = current.position;
  document.lastAt = Math.max(document.lastAt, at);
  batch.dirtyNodes.add(document.id);
  batch.dirtyDetails.add(document.id);
  current.touched.add(keyOf(document.id));
}

/** A deletion is of all names of an asset, and so are the answer to a decline (rule 25) and the one logical dataset. */
function isOfAllNames(change: FactEdit): boolean {
  const isStated = change.action === 'STATE' && (change.kind === 'OWNER' || change.kind === 'LOGICAL');
  return isOfDeletion(change) || isStated;
}

/** Who is entered as an owner again declines no more, under whichever name of the asset that was said. */
function endDeclines(batch: Batch, current: CurrentEntry, names: readonly NodeDocument[], stating: Stating): void {
  const { change, at } = stating;
  for (const owner of new Set([stating.owner, ...names])) {
    const held = { ...stating, owner, change: { ...change, node: owner.id } };
    if (endAnswers(batch, current, held, change.detail ?? 'OWNER', ['DECLINED'])) touch(batch, current, owner, at);
  }
}

function state(batch: Batch, current: CurrentEntry, stating: Stating): void {
  const { owner, change, at } = stating;
  const { node, kind, value, detail } = change;
  for (const one of owner.withdrawn) if (one.to === null && withdraws(one, change)) one.to = at;
  if (kind === 'OWNER')
    for (const [id, { row }] of enteredOf(owner, node, 'NOT_OWNER'))
      if (withdraws({ node, kind, value: row.value, detail: row.detail }, change)) end(batch, current, owner, id, at);
  if (kind === 'TAG')
    for (const [id, { row }] of enteredOf(owner, node, 'NOT_TAG'))
      if (row.value === value) end(batch, current, owner, id, at);
  if (kind === 'LOGICAL')
    for (const [id, { row }] of enteredOf(owner, node, 'NOT_LOGICAL'))
      if (row.value === value) end(batch, current, owner, id, at);
  if (isAnswer(kind)) endAnswers(batch, current, stating, readAnswerDetail(detail).role, ['CONFIRMED', 'DECLINED']);
  const isSame = ({ row }: { readonly row: FactRow }): boolean => row.value === value && row.detail === detail;
  const held = enteredOf(owner, node, kind);
  const isReplaced = ({ row }: { readonly row: FactRow }): boolean =>
    isSingle(kind) || ((kind === 'PROPERTY' || kind === 'ACCEPTED_FINDING') && row.value === value);
  for (const [id, fact] of held) if (isReplaced(fact) && !isSame(fact)) end(batch, current, owner, id, at);
  if (!held.some(([, fact]) => isSame(fact))) enter(batch, current, stating, kind, detail);
}

/** What was said before of the agent in that role holds no more. Returns whether anything was. */
function endAnswers(
  batch: Batch,
  current: CurrentEntry,
  { owner, change: { node, value }, at }: Stating,
  role: string,
  kinds: readonly OwnerAnswer[],
): boolean {
  const said = kinds
    .flatMap((kind) => enteredOf(owner, node, kind))
    .filter(([, { row }]) => row.value === value && readAnswerDetail(row.detail).role === role);
  for (const [id] of said) end(batch, current, owner, id, at);
  return said.length > 0;
}

function withdraw(batch: Batch, current: CurrentEntry, stating: Stating): void {
  const { owner, change, at, edit } = stating;
  const { node, kind, value, detail } = change;
  const isAny = isSingle(kind) && value === '';
  for (const [id, { row }] of enteredOf(owner, node, kind)) {
    if (isAny || (row.value === value && (detail === null || detail === row.detail)))
      end(batch, current, owner, id, at);
  }
  // No producer states a property, nor that a finding may stand.
  if (isAny || kind === 'PROPERTY' || kind === 'ACCEPTED_FINDING') return;
  const isHeld = owner.withdrawn.some((one) => one.to === null && withdraws(one, change) && one.detail === detail);
  if (isHeld) return;
  owner.withdrawn.push({ node, kind, value, detail, from: at, to: null });
  if (kind === 'OWNER') enter(batch, current, stating, 'NOT_OWNER', detail);
  if (kind === 'TAG') enter(batch, current, stating, 'NOT_TAG', edit.reason);
  if (kind === 'LOGICAL') enter(batch, current, stating, 'NOT_LOGICAL', edit.reason);
  if (node !== owner.id) current.touched.add(keyOf(node));
}

function unfitsProperty(batch: Batch, { action, node, kind, value, detail }: FactEdit): boolean {
  if (kind !== 'PROPERTY') return false;
  const on = propertyKindOf(node);
  if (action === 'WITHDRAW' || on === undefined) return on === undefined;
  const property = batch.definitions.get(value as NodeId);
  const values = keptValues(detail);
  if (!isPropertyRow(property) || misfitOf(property.body, values, on) !== null) return true;
  return writeValues(readValues(property.body, values).values) !== detail;
}

/** There is one description and one domain: another takes its place. */
function isSingle(kind: FactEdit['kind']): boolean {
  return kind === 'DESCRIPTION' || kind === 'DOMAIN';
}

/** What facets state may stand again, or no more. */
async function deriveStated(batch: Batch, current: CurrentEntry, owner: NodeDocument): Promise<void> {
  for (const key of Object.keys(owner.tails)) {
    if (key.startsWith('schema|') || key.startsWith('schema?|')) continue;
    const segments = segmentsOf(await saidOf(batch, owner.id, key));
    await batch.bodies.load(
      segments.map(({ hash }) => hash),
      batch.source,
    );
    writeFacts(batch, current, owner, key, segments, true);
  }
}

/** The asset in whose document facts of a node are. */
export function ownerOf(node: NodeId): NodeId {
  return kindOf(node) === 'FIELD' ? datasetOf(node) : node;
}
