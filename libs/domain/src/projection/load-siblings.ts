import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Batch } from './batch.js';
import { datasetsOf } from './documents.js';
import { CYCLE_SPAN } from './job-cycles.js';
import { siblingKey, SiblingRuns } from './sibling-runs.js';
import type { EventStatements } from './statements.js';

interface Group {
  readonly job: NodeId;
  readonly parentRun: NodeId;
}

/** Runs of the batch under one parent run, with every time at which one of them may turn out to have started. */
interface BatchGroup extends Group {
  readonly runs: Set<NodeId>;
  readonly times: Micros[];
}

/**
 * Loads the siblings of the batch's runs. Where these are of more than one cycle, or become so, a run of the batch may
 * change the cycles of others: answers with the datasets that those write, each with the time from when on.
 */
export async function loadSiblings(
  batch: Batch,
  events: readonly EventStatements[],
): Promise<readonly { readonly dataset: NodeId; readonly from: Micros }[]> {
  const groups = groupsOf(batch, events);
  await load(batch, [...groups.values()]);
  const later = new Map<NodeId, Micros>();
  for (const [key, { runs, times }] of groups) {
    const starts = batch.siblings.get(key)?.starts ?? new Map<NodeId, Micros>();
    const from = times.reduce((a, b) => Math.min(a, b));
    let [first, last] = [from, times.reduce((a, b) => Math.max(a, b))];
    for (const start of starts.values()) [first, last] = [Math.min(first, start), Math.max(last, start)];
    if (last - first <= CYCLE_SPAN) continue;
    // Cycles are grouped from the earliest start on: what stands before the batch's runs stays as it is.
    const moving = [...starts].flatMap(([run, start]) => (start >= from ? [run] : []));
    for (const run of [...moving, ...runs]) later.set(run, Math.min(later.get(run) ?? Infinity, from));
  }
  const missing = [...later.keys()].filter((run) => !batch.runs.has(run));
  for (const document of await batch.source.runs(missing)) batch.runs.set(document.id, document);
  const written = new Map<NodeId, readonly NodeId[]>();
  for (const run of later.keys()) {
    const document = batch.runs.get(run);
    written.set(run, document === undefined ? [] : datasetsOf(document).writes);
  }
  for (const { run, writes } of events) {
    const held = run === null ? undefined : written.get(run.id);
    if (run !== null && held !== undefined) written.set(run.id, [...held, ...writes]);
  }
  return [...later].flatMap(([run, from]) => (written.get(run) ?? []).map((dataset) => ({ dataset, from })));
}

/** Loads siblings wherever the loaded writers have several runs of a job under one parent run. */
export async function loadWriterSiblings(batch: Batch): Promise<void> {
  const groups = new Map<string, Group>();
  for (const writers of batch.writers.values()) {
    const first = new Map<string, NodeId>();
    for (const { job, parentRun, run } of writers.values()) {
      if (parentRun === null) continue;
      const key = siblingKey(job, parentRun);
      const other = first.get(key);
      if (other === undefined) first.set(key, run);
      else if (other !== run && !batch.siblings.has(key)) groups.set(key, { job, parentRun });
    }
  }
  await load(batch, [...groups.values()]);
}

function groupsOf(batch: Batch, events: readonly EventStatements[]): ReadonlyMap<string, BatchGroup> {
  const byRun = new Map<NodeId, { readonly job: NodeId; readonly parents: Set<NodeId>; readonly times: Micros[] }>();
  for (const { run, job, stamp } of events) {
    if (run === null || job === null) continue;
    const record = batch.runs.get(run.id)?.record;
    const isKnown = record !== undefined && record.marks.length > 0;
    const held = byRun.get(run.id) ?? { job, parents: new Set(), times: isKnown ? [record.firstAt] : [] };
    byRun.set(run.id, held);
    held.times.push(stamp.at);
    for (const parent of [record?.parent?.value, run.parent]) if (parent != null) held.parents.add(parent.run);
  }
  const groups = new Map<string, BatchGroup>();
  for (const [run, { job, parents, times }] of byRun) {
    for (const parentRun of parents) {
      const key = siblingKey(job, parentRun);
      const group = groups.get(key) ?? { job, parentRun, runs: new Set(), times: [] };
      groups.set(key, group);
      group.runs.add(run);
      group.times.push(...times);
    }
  }
  return groups;
}

async function load(batch: Batch, groups: readonly Group[]): Promise<void> {
  const found = new Map<string, [NodeId, Micros][]>();
  for (const { job, parentRun } of groups) found.set(siblingKey(job, parentRun), []);
  for (const { job, parentRun, run, firstAt } of await batch.source.siblings(groups)) {
    found.get(siblingKey(job, parentRun))?.push([run, firstAt]);
  }
  for (const [key, starts] of found) batch.siblings.set(key, new SiblingRuns(starts));
}
