import { kindOf, type NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf, loadNodes, nodeOf } from './batch.js';
import { historyOfJob, registerNeighbor, subjectsBeside } from './apply-lineage.js';
import { deletedByEditAt } from './deletions.js';
import type { LifecycleMark, NodeDocument } from './documents.js';
import { cyclesOf } from './job-cycles.js';
import { renamingKey } from './rename-statements.js';
import { compareStamps } from './stamp.js';

/**
 * Rule 24: what DROP and RENAME end. Called when the history of the event's job is up to date (`hasNewHistory` where the
 * event changed it) and before anything is derived; looks again at datasets whose DROP the job may turn out to have been
 * temporary.
 */
export async function applyLifecycle(batch: Batch, current: CurrentEvent, hasNewHistory: boolean): Promise<void> {
  const { statements } = current;
  const looked = new Set<NodeId>();
  for (const { dataset, change, previous } of statements.lifecycle) {
    const mark = { stamp: statements.stamp, change, other: previous, isOld: false };
    if (addMark(nodeOf(batch, dataset), mark)) looked.add(dataset);
    if (change === 'RENAME' && previous !== null && previous !== dataset) {
      if (addMark(nodeOf(batch, previous), { ...mark, other: dataset, isOld: true })) looked.add(previous);
      declareRename(batch, current, previous, dataset);
    }
  }
  for (const dataset of statements.writes) {
    const document = nodeOf(batch, dataset);
    document.lastWriteAt = Math.max(document.lastWriteAt ?? -Infinity, statements.stamp.at);
    if (dropsOf(document).length > 0) looked.add(dataset);
  }
  if (hasNewHistory && statements.job !== null)
    for (const dataset of nodeOf(batch, statements.job).dropWatch) looked.add(dataset);
  for (const dataset of looked) await lookAgain(batch, current, dataset);
}

function addMark(document: NodeDocument, mark: LifecycleMark): boolean {
  if (
    document.lifecycle.some(
      (held) => held.stamp.digest === mark.stamp.digest && held.isOld === mark.isOld && held.change === mark.change,
    )
  ) {
    return false;
  }
  document.lifecycle = [...document.lifecycle, mark].sort((a, b) => compareStamps(a.stamp, b.stamp));
  return true;
}

/** DROPs and RENAMEs away, oldest first. */
function dropsOf(document: NodeDocument): readonly Micros[] {
  return document.lifecycle
    .filter((mark) => mark.change === 'DROP' || (mark.change === 'RENAME' && mark.isOld))
    .map((mark) => mark.stamp.at);
}

/** old -> new, one hop at every granularity, so that swaps need no identity tricks. */
function declareRename(batch: Batch, current: CurrentEvent, from: NodeId, to: NodeId): void {
  const document = nodeOf(batch, to);
  const { stamp, producerKey } = current.statements;
  const declaring = renamingKey(producerKey, from);
  if (document.declarations.some((held) => held.stamp.digest === stamp.digest && held.producerKey === declaring))
    return;
  const body = batch.bodies.keep({
    statements: [{ target: to, explicit: true, datasets: [from], jobs: [], fields: [], wide: [] }],
    jobStatements: [],
    control: [],
  });
  const contribution = batch.bodies.keep({ reads: [], writes: [], slots: [[`rename@${from}`, body]], parents: [] });
  document.declarations.push({
    stamp,
    producerKey: declaring,
    contribution,
    evidence: 'OBSERVED',
  });
  for (const dataset of [from, to]) registerNeighbor(batch, dataset, to);
  current.derive.add(to);
}

/** Decides which DROPs of a dataset end edges; where that changed, every subject beside it is to be derived anew. */
async function lookAgain(batch: Batch, current: CurrentEvent, dataset: NodeId): Promise<void> {
  const document = nodeOf(batch, dataset);
  const before = document.effectiveDrops;
  document.effectiveDrops = await effectiveDrops(batch, document);
  batch.dirtyNodes.add(dataset);
  current.touched.add(keyOf(dataset));
  const changed =
    before.length !== document.effectiveDrops.length ||
    before.some((at, index) => at !== document.effectiveDrops[index]);
  if (!changed) return;
  const subjects = await subjectsBeside(batch, dataset);
  await loadNodes(batch, subjects);
  for (const subject of subjects) if (batch.nodes.has(subject)) current.derive.add(subject);
}

/**
 * A DROP ends edges unless the dataset is TRANSIENT there: written again within K cycles of its writer. The latest DROP of
 * a dataset that was TRANSIENT before counts only once K cycles of the writer have passed without a write.
 */
async function effectiveDrops(batch: Batch, document: NodeDocument): Promise<Micros[]> {
  const drops = dropsOf(document);
  if (drops.length === 0) return [];
  const turns = await writerTurns(batch, document.id);
  const effective: Micros[] = [];
  let wasTransient = false;
  for (const [index, at] of drops.entries()) {
    const isLast = index === drops.length - 1;
    // Dropped and made again within one run: `DROP TABLE IF EXISTS x; CREATE TABLE x AS …`.
    if (
      isLast &&
      document.lastWriteAt !== null &&
      document.lastWriteAt >= at &&
      !turns.some((turn) => turn.at >= at && turn.writes)
    )
      break;
    const later = turns.filter((turn) => turn.at >= at);
    const rewrite = later.findIndex((turn) => turn.writes);
    const isRewritten = rewrite >= 0 && rewrite < batch.settings.missTolerance;
    const isPending = rewrite < 0 && wasTransient && later.length < batch.settings.missTolerance;
    if (isRewritten) wasTransient = true;
    else if (!isPending) effective.push(at);
  }
  return effective;
}

/** The cycles of every job that ever wrote the dataset, oldest first, and whether each wrote it. */
async function writerTurns(
  batch: Batch,
  dataset: NodeId,
): Promise<readonly { readonly at: Micros; readonly writes: boolean }[]> {
  const turns: { at: Micros; writes: boolean }[] = [];
  for (const job of await subjectsBeside(batch, dataset)) {
    if (kindOf(job) !== 'JOB') continue;
    const history = await historyOfJob(batch, job);
    await batch.bodies.loadContributions(
      history.flatMap((entry) => Object.values(entry.contributions)),
      batch.source,
    );
    const jobTurns = cyclesOf(history).map((cycle) => ({
      at: cycle.at,
      writes: cycle.entries.some((entry) =>
        Object.values(entry.contributions).some((hash) => batch.bodies.contribution(hash).writes.includes(dataset)),
      ),
    }));
    if (!jobTurns.some((turn) => turn.writes)) continue;
    turns.push(...jobTurns);
    await loadNodes(batch, [job]);
    watch(batch, job, dataset);
  }
  return turns.sort((a, b) => a.at - b.at);
}

function watch(batch: Batch, job: NodeId, dataset: NodeId): void {
  const document = batch.nodes.get(job);
  if (document === undefined || document.dropWatch.includes(dataset)) return;
  document.dropWatch = [...document.dropWatch, dataset].sort();
  batch.dirtyNodes.add(job);
}

/** Since when it is deleted, by a DROP or by an edit, whichever was first of those that hold; null while it exists. */
export function deletedAtOf(document: NodeDocument): Micros | null {
  const [dropped, deleted] = [droppedAtOf(document), deletedByEditAt(document)];
  return dropped === null || deleted === null ? (dropped ?? deleted) : Math.min(dropped, deleted);
}

/** When the DROP that holds now took place: the latest one with no write or CREATE at or after it. */
function droppedAtOf(document: NodeDocument): Micros | null {
  const last = dropsOf(document).at(-1);
  if (last === undefined || (document.lastWriteAt !== null && document.lastWriteAt >= last)) return null;
  const revived = document.lifecycle.some(
    (mark) => mark.stamp.at >= last && (mark.change === 'CREATE' || (mark.change === 'RENAME' && !mark.isOld)),
  );
  return revived ? null : last;
}
