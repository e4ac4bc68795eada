import type { EdgeEvidence } from '../graph.js';
import { hash128, kindOf, type NodeId } from '../identifiers.js';
import type { Batch, CurrentEntry, CurrentEvent } from './batch.js';
import { keyOf, loadNodes, nodeOf } from './batch.js';
import { declaredSpans, declaredPairs } from './declared-lineage.js';
import { endsOf, hideDeleted } from './deletions.js';
import type { NodeDocument } from './documents.js';
import { deriveSpans, edgeViews, type Derived, type Drop, type Span } from './edge-intervals.js';
import { edgeSetOf, type EdgeSpec } from './edge-set.js';
import { compareEntries, cyclesOf, type Cycle, type HistoryEntry } from './job-cycles.js';
import { derivePairs, mergeSpans } from './pair-intervals.js';
import { historyOf, type RunChange } from './apply-run.js';
import { stableOf, takesAsRepetition } from './stable-lineage.js';
import { ensureFields, writeEdges, writePairs, type Assertion } from './write-lineage.js';
import { withoutSeveralVoices } from './several-voices.js';

/**
 * Takes a run's change into its job's history. Where the run only repeats the job, nothing has to be derived; false where
 * the history stays as it is.
 */
export async function applyRunLineage(
  batch: Batch,
  current: CurrentEvent,
  job: NodeId,
  change: RunChange,
): Promise<boolean> {
  if (JSON.stringify(change.before) === JSON.stringify(change.after)) return false;
  rememberHistory(batch, job, change);
  const contributions = change.after.flatMap((entry) => Object.values(entry.contributions));
  await registerContributions(batch, job, contributions);
  const before = change.before.flatMap((entry) => Object.values(entry.contributions));
  await batch.bodies.loadContributions([...before, ...contributions], batch.source);
  const edgeSet = (contribution: string) => batch.bodies.edgeSet(job, contribution);
  const isRepeated = batch.settings.derivesAlways !== true && takesAsRepetition(nodeOf(batch, job), change, edgeSet);
  if (!isRepeated) current.derive.add(job);
  return true;
}

/** Derives every subject whose lineage an event or an edit concerns. */
export async function deriveConcerned(
  batch: Batch,
  current: CurrentEntry,
  subjects: ReadonlySet<NodeId>,
): Promise<void> {
  for (const subject of [...subjects].sort()) await deriveLineage(batch, current, nodeOf(batch, subject));
}

/** Jobs and datasets whose lineage ever named a dataset or another job. */
export async function subjectsBeside(batch: Batch, node: NodeId): Promise<readonly NodeId[]> {
  const stored = await batch.source.subjectsOf(node);
  const ours = [...batch.out.neighbors.values()].filter((neighbor) => neighbor.datasetKey === keyOf(node));
  return [...new Set([...stored, ...ours.map((neighbor) => neighbor.job)])].sort();
}

function rememberHistory(batch: Batch, job: NodeId, change: RunChange): void {
  const history = batch.histories.get(job);
  if (history === undefined) return;
  const touched = new Set([...change.before, ...change.after].map((entry) => `${entry.run}|${entry.window}`));
  const isAppended = change.before.length === 0 && change.after.length === 1;
  const last = history.at(-1);
  const [added] = change.after;
  if (isAppended && added !== undefined && (last === undefined || compareEntries(last, added) < 0)) {
    history.push(added);
    return;
  }
  const kept = history.filter((entry) => !touched.has(`${entry.run}|${entry.window}`));
  batch.histories.set(job, [...kept, ...change.after].sort(compareEntries));
}

/** Derives all edges and pairs of a subject anew and writes what differs from the open rows. */
async function deriveLineage(batch: Batch, current: CurrentEntry, document: NodeDocument): Promise<void> {
  const job = document.kind === 'JOB' ? document.id : null;
  const history = job === null ? [] : await historyOfJob(batch, job);
  const hashes = [...new Set(history.flatMap((entry) => Object.values(entry.contributions)))];
  await batch.bodies.loadContributions(
    [...hashes, ...document.declarations.map((declared) => declared.contribution)],
    batch.source,
  );
  const cycles = cyclesOf(history);
  const neighbors = neighborsOf(batch, job, document, hashes);
  await loadNodes(batch, neighbors);
  const edgeSet = (contribution: string) => batch.bodies.edgeSet(job, contribution);
  const drops = dropsOf(batch, cycles, document, edgeSet);
  const assertions = new Map<string, Assertion>();
  const observed = new Map<string, ReadonlyMap<string, Derived<EdgeSpec>>>();
  const producers = [...new Set(history.flatMap((entry) => Object.keys(entry.contributions)))].sort();
  for (const producerKey of producers) {
    const derived = deriveSpans(edgeViews(cycles, producerKey, edgeSet), drops, batch.settings.missTolerance);
    observed.set(producerKey, derived);
    for (const [key, { item, spans }] of derived) addAssertion(assertions, key, item, 'OBSERVED', producerKey, spans);
  }
  for (const { key, spec, evidence, producerKey, spans } of declaredSpans(document.declarations, edgeSet, drops)) {
    addAssertion(assertions, key, spec, evidence, producerKey, spans);
  }
  if (job === null)
    writeEdges(batch, current, document, hideDeleted(batch, document, neighbors, assertions, new Map()).assertions);
  else {
    const said = withoutSeveralVoices(job, assertions);
    const ends = { reads: spansOf(assertions, 'READ', job), writes: spansOf(assertions, 'WRITE', job) };
    const declared = declaredPairs(document.declarations, edgeSet);
    const pairs = derivePairs(cycles, declared, ends, drops, batch.settings.missTolerance, edgeSet);
    const shown = hideDeleted(batch, document, neighbors, said, pairs.pairs);
    writeEdges(batch, current, document, shown.assertions);
    writePairs(batch, current, document, { ...pairs, pairs: shown.pairs });
    document.stable = stableOf(history, cycles, observed, pairs, shown.hidden, batch.settings.missTolerance);
  }
  batch.dirtyNodes.add(document.id);
  batch.dirtyDetails.add(document.id);
}

/** A job's history, sorted; loaded once a batch, with what this batch's runs have changed. */
export async function historyOfJob(batch: Batch, job: NodeId): Promise<readonly HistoryEntry[]> {
  const held = batch.histories.get(job);
  if (held !== undefined) return held;
  const stored = await batch.source.history(job);
  const ours = [...batch.runs.values()].filter((run) => run.job === job);
  const changed = new Set(ours.map((run) => run.id));
  const history = [...stored.filter((entry) => !changed.has(entry.run)), ...ours.flatMap((run) => historyOf(run))].sort(
    compareEntries,
  );
  batch.histories.set(job, history);
  return history;
}

function dropsOf(
  batch: Batch,
  cycles: readonly Cycle[],
  document: NodeDocument,
  edgeSet: (contribution: string) => { readonly edges: ReadonlyMap<string, EdgeSpec> },
): readonly Drop[] {
  const contributions = new Set([
    ...cycles.flatMap((cycle) => cycle.entries.flatMap((entry) => Object.values(entry.contributions))),
    ...document.declarations.map((declared) => declared.contribution),
  ]);
  const datasets = new Set<NodeId>();
  for (const contribution of contributions) {
    for (const spec of edgeSet(contribution).edges.values()) for (const dataset of spec.datasets) datasets.add(dataset);
  }
  return [...datasets].flatMap((dataset) =>
    (batch.nodes.get(dataset)?.effectiveDrops ?? []).map((at) => ({ dataset, at })),
  );
}

/** Every dataset and job that the subject's edges, past or present, have an end at. */
function neighborsOf(
  batch: Batch,
  job: NodeId | null,
  document: NodeDocument,
  contributions: readonly string[],
): readonly NodeId[] {
  const all = [...new Set([...contributions, ...document.declarations.map((declared) => declared.contribution)])];
  const named = all.flatMap((hash) =>
    [...batch.bodies.edgeSet(job, hash).edges.values()].flatMap((spec) => endsOf(spec)),
  );
  const open = Object.entries(document.edges).flatMap(([key, edge]) => (key.startsWith('READ|') ? [edge.from] : []));
  return [...new Set([...named, ...open])];
}

/** Which contributions of a job name which edge, written once each. */
async function registerContributions(batch: Batch, job: NodeId, contributions: readonly string[]): Promise<void> {
  for (const contribution of contributions) {
    if (!isFirst(batch, `${job}|${contribution}`)) continue;
    await batch.bodies.loadContributions([contribution], batch.source);
    for (const { kind, from, to } of batch.bodies.edgeSet(job, contribution).edges.values()) {
      batch.out.contributionEdges.push({ edgeKey: edgeKeyOf(kind, from, to), contribution, jobKey: keyOf(job) });
    }
  }
}

/**
 * What the event's lineage names: datasets and jobs that `subject` has to do with from now on, and fields that no schema
 * may list (rule 20). Told by each event and not by what is derived of it, so that it does not depend on what came first.
 */
export async function registerLineage(batch: Batch, current: CurrentEvent, subject: NodeId): Promise<void> {
  const { reads, writes, lineage, run } = current.statements;
  const parent = run?.parent?.job;
  for (const node of [...reads, ...writes, ...(parent === undefined || parent === subject ? [] : [parent])])
    if (isFirst(batch, `${subject}|${node}`)) registerNeighbor(batch, node, subject);
  for (const slot of lineage) {
    const body = batch.bodies.keepSlot(slot);
    if (!isFirst(batch, `${subject}|${body}`)) continue;
    const job = kindOf(subject) === 'JOB' ? subject : null;
    const { edges } = edgeSetOf(job, { reads: [], writes: [], slots: [[slot.slot, body]], parents: [] }, batch.bodies);
    const specs = [...edges.values()];
    const ends = new Set(specs.flatMap((spec) => endsOf(spec)));
    await loadNodes(batch, [...ends]);
    for (const spec of specs) ensureFields(batch, current, spec);
    if (job !== null) ends.delete(job);
    for (const end of ends) registerNeighbor(batch, end, subject);
  }
}

function isFirst(batch: Batch, id: string): boolean {
  if (batch.registered.has(id)) return false;
  batch.registered.add(id);
  return true;
}

export function registerNeighbor(batch: Batch, node: NodeId, subject: NodeId): void {
  const [datasetKey, jobKey] = [keyOf(node), keyOf(subject)];
  batch.out.neighbors.set(`${datasetKey}|${jobKey}`, { datasetKey, jobKey, job: subject });
}

function addAssertion(
  assertions: Map<string, Assertion>,
  key: string,
  spec: EdgeSpec,
  evidence: EdgeEvidence,
  producerKey: string,
  spans: readonly Span[],
): void {
  assertions.set(`${key}|${evidence}|${producerKey}`, { spec, evidence, producerKey, spans });
}

function spansOf(
  assertions: ReadonlyMap<string, Assertion>,
  kind: 'READ' | 'WRITE',
  job: NodeId,
): ReadonlyMap<NodeId, readonly Span[]> {
  const ends = new Map<NodeId, Span[]>();
  for (const { spec, spans } of assertions.values()) {
    if (spec.kind !== kind || (kind === 'READ' ? spec.to : spec.from) !== job) continue;
    const dataset = kind === 'READ' ? spec.from : spec.to;
    ends.set(dataset, mergeSpans([...(ends.get(dataset) ?? []), ...spans]));
  }
  return ends;
}

/** Edges by the key under which sightings are looked up: kind and ends, whatever the transformations. */
export function edgeKeyOf(kind: EdgeSpec['kind'], from: NodeId, to: NodeId): string {
  return hash128(`${kind}|${from}|${to}`);
}
