import type { RunRow } from '../catalog.js';
import { jobOfRun, hash128, type NodeId } from '../identifiers.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf, nodeOf } from './batch.js';
import type { Contribution } from './contribution.js';
import type { OpenRow, RunDocument } from './documents.js';
import { diffRows } from './row-diff.js';
import { compareStamps } from './stamp.js';
import { compareEntries, type HistoryEntry } from './job-cycles.js';
import { mergeRun, newRunRecord, runStateOf, windowKey, type Part } from './run-record.js';
import type { ParentStatement } from './statements.js';

/** Merges a RunEvent into its run and says what its job's history now holds of it: before and after. */
export interface RunChange {
  readonly before: readonly HistoryEntry[];
  readonly after: readonly HistoryEntry[];
}

export function applyRun(batch: Batch, current: CurrentEvent): RunChange | null {
  const { statements } = current;
  const { run, job } = statements;
  if (run === null || job === null) return null;
  const document = batch.runs.get(run.id) ?? newRun(run.id, run.runId, run.originalRunId, job);
  const isNew = document.record.marks.length === 0;
  const own = windowKey(statements);
  const shared = sharedOf(document);
  const before = isNew ? [] : historyOf(document);
  const stateBefore = isNew ? null : runStateOf(document.record).state;
  // One UUID may be written in several ways; the first in code unit order stands for them.
  if (isNew || run.originalRunId < document.originalRunId) document.originalRunId = run.originalRunId;
  mergeRun(document.record, statements, (slot) => batch.bodies.keepSlot(slot));
  document.version = current.position;
  batch.runs.set(run.id, document);
  batch.dirtyRuns.add(run.id);
  current.touched.add(keyOf(run.id));
  if (isNew || stateBefore !== runStateOf(document.record).state) current.touched.add(keyOf(job));
  if (isNew) {
    pushRunNode(current, document);
    reportSharedUuid(batch, current, document);
  }
  linkParent(batch, current, document);
  // Of a run with many windows only the event's own changes, unless the event says something of the whole run.
  const windows = sharedOf(document) === shared && !isNew ? [own] : Object.keys(document.record.windows);
  for (const window of windows) document.contributions[window] = contributionsOf(batch, document, window);
  sight(batch, document, windows);
  return { before: before.filter((entry) => windows.includes(entry.window)), after: historyOf(document, windows) };
}

/** What every window of a run takes from the run. */
function sharedOf({ record }: RunDocument): string {
  return JSON.stringify([isComplete(record), record.perpetual, record.parent?.value]);
}

function isComplete(record: RunDocument['record']): boolean {
  return runStateOf(record).state === 'COMPLETED';
}

function newRun(id: NodeId, runId: string, originalRunId: string, job: NodeId): RunDocument {
  return {
    id,
    runId,
    originalRunId,
    job,
    record: newRunRecord(),
    namedAt: null,
    version: 0,
    contributions: {},
    parentRow: null,
    links: {},
  };
}

function pushRunNode(current: CurrentEvent, document: RunDocument): void {
  const placeholder = document.record.marks.length === 0;
  current.graph.push({ op: 'node', node: { id: document.id, kind: 'RUN', displayName: document.runId, placeholder } });
}

/** Rule 14: the parent facet makes the hierarchy, also when the parent's own events come later or never. */
function linkParent(batch: Batch, current: CurrentEvent, document: RunDocument): void {
  referToParent(batch, current, document);
  const parent = document.record.parent?.value ?? null;
  if (parent === null) return;
  const { parentRow } = document;
  const { producerKey } = parent;
  const span = { from: document.record.firstAt, to: null };
  if (parentRow?.parent === parent.run && parentRow.producerKey === producerKey && parentRow.row[1] === span.from)
    return;
  if (parentRow !== null) {
    const row = { rowId: parentRow.row[0], kind: 'PARENT' as const, from: parentRow.parent, to: document.id };
    current.graph.push({ op: 'closeEdge', row, recordedTo: current.recordedAt });
  }
  const identity = `PARENT|${parent.run}|${document.id}|${String(current.position)}`;
  const row = diffRows([], [span], identity).open[0] as OpenRow;
  document.parentRow = { parent: parent.run, producerKey, row };
  current.graph.push({
    op: 'openEdge',
    row: {
      rowId: row[0],
      kind: 'PARENT',
      from: parent.run,
      to: document.id,
      evidence: 'OBSERVED',
      producer: producerKey === '' ? null : producerKey,
      job: null,
      confidence: 1,
      transformations: [],
      validFrom: span.from,
      validTo: null,
      recordedFrom: current.recordedAt,
      recordedTo: null,
    },
  });
}

/** Rule 15: two jobs that use one run id are kept apart; whoever comes second is told of. */
function reportSharedUuid(batch: Batch, current: CurrentEvent, document: RunDocument): void {
  const other = batch.uuids.get(document.runId);
  if (other === undefined) batch.uuids.set(document.runId, document.id);
  else if (other !== document.id) {
    current.findings.push({
      code: 'RUN_ID_SHARED',
      pointer: '/run/runId',
      message: `another job has a run of this id: ${jobOfRun(other).slice(0, 500)}; the two are kept apart`,
    });
  }
}

/** What this event says of the parent, whether or not another of the run's events has the last word. */
function referToParent(batch: Batch, current: CurrentEvent, document: RunDocument): void {
  const { stamp, run } = current.statements;
  const parent = run?.parent ?? null;
  if (parent === null) return;
  placeholderRun(batch, current, parent.run, stamp.at);
  if (parent.root !== null) placeholderRun(batch, current, parent.root.run, stamp.at);
  const job = nodeOf(batch, document.job);
  if (job.parent === null || compareStamps(stamp, job.parent.stamp) > 0) job.parent = { stamp, job: parent.job };
}

function placeholderRun(batch: Batch, current: CurrentEvent, id: NodeId, at: number): void {
  const held = batch.runs.get(id);
  if (held === undefined) {
    const runId = id.slice(id.lastIndexOf(':') + 1);
    const document = newRun(id, runId, runId, jobOfRun(id));
    batch.runs.set(id, document);
    pushRunNode(current, document);
  }
  const document = batch.runs.get(id);
  if (document === undefined || (document.namedAt !== null && document.namedAt <= at)) return;
  document.namedAt = at;
  if (held === undefined) document.version = current.position;
  batch.dirtyRuns.add(id);
}

function contributionsOf(batch: Batch, document: RunDocument, window: string): Record<string, string> {
  const parent = document.record.parent?.value;
  const parts = document.record.windows[window]?.parts ?? {};
  return Object.fromEntries(
    Object.entries(parts).map(([producer, part]) => {
      const parents = parent?.producerKey === producer ? [parent.job] : [];
      return [producer, batch.bodies.keep(contributionOf(part, parents))];
    }),
  );
}

function contributionOf(part: Part, parents: readonly NodeId[]): Contribution {
  const slots = Object.entries(part.slots)
    .map(([slot, { hash }]) => [slot, hash] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { reads: part.reads, writes: part.writes, slots, parents };
}

/** What the job's history holds of a run: an entry for each window, or for these. */
export function historyOf(document: RunDocument, windows?: readonly string[]): readonly HistoryEntry[] {
  const { record } = document;
  const complete = isComplete(record);
  return (windows ?? Object.keys(record.windows))
    .flatMap((window): readonly HistoryEntry[] => {
      const held = record.windows[window];
      if (held === undefined) return [];
      return [
        {
          run: document.id,
          window,
          firstAt: held.firstAt,
          parentRun: record.parent?.value.run ?? null,
          complete: complete || held.snapshot,
          perpetual: record.perpetual,
          contributions: document.contributions[window] ?? {},
        },
      ];
    })
    .sort(compareEntries);
}

/** Last sightings and proofs of edges are found beside the runs: one row a run, producer and window. */
function sight(batch: Batch, document: RunDocument, windows: readonly string[]): void {
  const runKey = keyOf(document.id);
  const jobKey = keyOf(document.job);
  for (const window of windows) {
    const at = document.record.windows[window]?.lastAt ?? document.record.lastAt;
    for (const [producer, contribution] of Object.entries(document.contributions[window] ?? {})) {
      batch.out.sightings.set(`${runKey}|${producer}|${window}`, {
        jobKey,
        producer,
        contribution,
        runKey,
        window,
        at,
      });
    }
  }
}

/** The catalog's row of a run. A placeholder shows when a child first named it. */
export function runRowOf(document: RunDocument): RunRow {
  const { record } = document;
  const placeholder = record.marks.length === 0;
  const { state, startedAt, endedAt } = runStateOf(record);
  const parent: ParentStatement | null = record.parent?.value ?? null;
  const namedAt = document.namedAt ?? 0;
  return {
    key: keyOf(document.id),
    id: document.id,
    runId: document.runId,
    originalRunId: document.originalRunId,
    jobKey: keyOf(document.job),
    jobId: document.job,
    state,
    firstAt: placeholder ? namedAt : record.firstAt,
    lastEventAt: placeholder ? namedAt : record.lastAt,
    startedAt,
    endedAt,
    nominalStartAt: record.nominal?.startAt ?? null,
    nominalEndAt: record.nominal?.endAt ?? null,
    parentKey: parent === null ? null : keyOf(parent.run),
    parentId: parent?.run ?? null,
    rootId: parent?.root?.run ?? null,
    placeholder,
    perpetual: record.perpetual,
    version: document.version,
  };
}

/** Identity of a run-less event as a subject of mentions: its digest's first 128 bits. */
export function eventSubject(digest: string): string {
  return hash128(`event:${digest}`);
}
