import type { EdgeEvidence } from '../graph.js';
import { datasetOf, fieldPath, hash128, kindOf, type NodeId } from '../identifiers.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf, loadNodes, nodeOf } from './batch.js';
import { declaredSpans, declaredPairs } from './declared-lineage.js';
import type { NodeDocument, OpenRow, StableLineage } from './documents.js';
import { deriveSpans, edgeViews, type Derived, type Drop, type Span } from './edge-intervals.js';
import { edgeSetOf, type EdgeSpec } from './edge-set.js';
import { CYCLE_SPAN, compareEntries, cyclesOf, type Cycle, type HistoryEntry } from './job-cycles.js';
import { derivePairs, mergeSpans, type Pair } from './pair-intervals.js';
import { ensureField } from './apply-fields.js';
import { diffRows } from './row-diff.js';
import { historyOf, type RunChange } from './apply-run.js';

/** An edge of a subject under one assertion. */
interface Assertion {
  readonly spec: EdgeSpec;
  readonly evidence: EdgeEvidence;
  readonly producerKey: string;
  readonly spans: readonly Span[];
}

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
  const { stable } = nodeOf(batch, job);
  if (JSON.stringify(change.before) === JSON.stringify(change.after)) return false;
  rememberHistory(batch, job, change);
  const contributions = change.after.flatMap((entry) => Object.values(entry.contributions));
  await registerContributions(batch, job, contributions);
  const isRepeated = batch.settings.derivesAlways !== true && stable !== null && isRepetition(stable, change);
  if (!isRepeated) current.derive.add(job);
  return true;
}

/** Derives every subject that the event concerns. */
export async function deriveConcerned(batch: Batch, current: CurrentEvent): Promise<void> {
  for (const subject of [...current.derive].sort()) await deriveLineage(batch, current, nodeOf(batch, subject));
}

function rememberHistory(batch: Batch, job: NodeId, change: RunChange): void {
  const history = batch.histories.get(job);
  if (history === undefined) return;
  const run = change.after[0]?.run ?? change.before[0]?.run;
  const isAppended = change.before.length === 0 && change.after.length === 1;
  const last = history.at(-1);
  const [added] = change.after;
  if (isAppended && added !== undefined && (last === undefined || compareEntries(last, added) < 0)) {
    history.push(added);
    return;
  }
  const kept = history.filter((entry) => entry.run !== run);
  batch.histories.set(job, [...kept, ...change.after].sort(compareEntries));
}

/**
 * Whether the change adds cycles that show only edges which are open already and miss none, at a time from which that
 * holds for every cycle, and takes no sighting or miss back: then the derived rows stay as they are.
 */
export function isRepetition(stable: StableLineage, change: RunChange): boolean {
  return (
    change.after.length >= change.before.length &&
    change.after.every((entry) =>
      repeats(
        stable,
        entry,
        change.before.find((held) => held.window === entry.window),
      ),
    )
  );
}

function repeats(stable: StableLineage, entry: HistoryEntry, before: HistoryEntry | undefined): boolean {
  if (entry.firstAt < stable.since || entry.perpetual) return false;
  // It would join a cycle that began before, and may not have shown all that is open now.
  if (entry.parentRun !== null && stable.parents.includes(entry.parentRun)) return false;
  if (before !== undefined && (before.parentRun !== entry.parentRun || before.firstAt < stable.since)) return false;
  if (before?.complete === true && !entry.complete) return false;
  // Pairs are told by all producers together: who is missing from a complete run misses them.
  if (entry.complete && Object.keys(stable.full).some((producer) => entry.contributions[producer] === undefined))
    return false;
  return Object.entries(entry.contributions).every(([producer, contribution]) => {
    if (stable.full[producer]?.includes(contribution) === true) return true;
    const held = before?.contributions[producer];
    if (entry.complete || (held !== undefined && held !== contribution)) return false;
    return stable.partial[producer]?.includes(contribution) === true;
  });
}

/** Derives all edges and pairs of a subject anew and writes what differs from the open rows. */
async function deriveLineage(batch: Batch, current: CurrentEvent, document: NodeDocument): Promise<void> {
  const job = document.kind === 'JOB' ? document.id : null;
  const history = job === null ? [] : await historyOfJob(batch, job);
  const hashes = [...new Set(history.flatMap((entry) => Object.values(entry.contributions)))];
  await batch.bodies.loadContributions(
    [...hashes, ...document.declarations.map((declared) => declared.contribution)],
    batch.source,
  );
  const cycles = cyclesOf(history);
  await loadNodes(batch, datasetsOf(batch, job, document, hashes));
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
  writeEdges(batch, current, document, assertions);
  if (job !== null) {
    const ends = { reads: spansOf(assertions, 'READ', job), writes: spansOf(assertions, 'WRITE', job) };
    const declared = declaredPairs(document.declarations, edgeSet);
    const pairs = derivePairs(cycles, declared, ends, drops, batch.settings.missTolerance, edgeSet);
    writePairs(batch, current, document, pairs.pairs, pairs.restriction);
    document.stable = stableOf(cycles, observed, pairs.restriction !== null, edgeSet, batch.settings.missTolerance);
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
  const history = [...stored.filter((entry) => !changed.has(entry.run)), ...ours.flatMap(historyOf)].sort(
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

/** Every dataset that the subject's edges, past or present, have an end at. */
function datasetsOf(
  batch: Batch,
  job: NodeId | null,
  document: NodeDocument,
  contributions: readonly string[],
): readonly NodeId[] {
  const all = [...new Set([...contributions, ...document.declarations.map((declared) => declared.contribution)])];
  const named = all.flatMap((hash) =>
    [...batch.bodies.edgeSet(job, hash).edges.values()].flatMap((spec) => spec.datasets),
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
 * What the event's lineage names: datasets that `subject` has to do with from now on, and fields that no schema may list
 * (rule 20). Told by each event and not by what is derived of it, so that it does not depend on what came first.
 */
export async function registerLineage(batch: Batch, current: CurrentEvent, subject: NodeId): Promise<void> {
  const { reads, writes, lineage } = current.statements;
  for (const dataset of [...reads, ...writes])
    if (isFirst(batch, `${subject}|${dataset}`)) registerNeighbor(batch, dataset, subject);
  for (const slot of lineage) {
    const body = batch.bodies.keepSlot(slot);
    if (!isFirst(batch, `${subject}|${body}`)) continue;
    const job = kindOf(subject) === 'JOB' ? subject : null;
    const { edges } = edgeSetOf(job, { reads: [], writes: [], slots: [[slot.slot, body]], parents: [] }, batch.bodies);
    const specs = [...edges.values()];
    const datasets = [...new Set(specs.flatMap((spec) => spec.datasets))];
    await loadNodes(batch, datasets);
    for (const spec of specs) ensureFields(batch, current, spec);
    for (const dataset of datasets) registerNeighbor(batch, dataset, subject);
  }
}

function isFirst(batch: Batch, id: string): boolean {
  if (batch.registered.has(id)) return false;
  batch.registered.add(id);
  return true;
}

export function registerNeighbor(batch: Batch, dataset: NodeId, subject: NodeId): void {
  const [datasetKey, jobKey] = [keyOf(dataset), keyOf(subject)];
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

function writeEdges(
  batch: Batch,
  current: CurrentEvent,
  document: NodeDocument,
  assertions: ReadonlyMap<string, Assertion>,
): void {
  const job = document.kind === 'JOB' ? document.id : null;
  const readBefore = openReads(document);
  for (const [key, held] of Object.entries(document.edges)) {
    if (assertions.has(key)) continue;
    closeEdges(current, key, held.from, held.to, held.open);
    delete document.edges[key];
  }
  for (const [key, { spec, evidence, producerKey, spans }] of assertions) {
    const held = document.edges[key];
    const diff = diffRows(held?.open, spans, `${key}|${document.id}|${String(current.position)}`);
    if (diff.closed.length === 0 && diff.opened.length === 0) continue;
    closeEdges(current, key, spec.from, spec.to, diff.closed);
    for (const [rowId, validFrom, validTo] of diff.opened) {
      current.graph.push({
        op: 'openEdge',
        row: {
          rowId,
          kind: spec.kind,
          from: spec.from,
          to: spec.to,
          evidence,
          producer: producerKey === '' ? null : producerKey,
          job,
          confidence: 1,
          transformations: spec.transformations,
          validFrom,
          validTo,
          recordedFrom: current.recordedAt,
          recordedTo: null,
        },
      });
    }
    document.edges[key] = { from: spec.from, to: spec.to, open: diff.open };
    current.touched.add(keyOf(document.id));
    for (const dataset of spec.datasets) current.touched.add(keyOf(dataset));
  }
  countConsumers(batch, readBefore, openReads(document));
}

function ensureFields(batch: Batch, current: CurrentEvent, spec: EdgeSpec): void {
  for (const end of [spec.from, spec.to]) {
    if (kindOf(end) !== 'FIELD') continue;
    const dataset = batch.nodes.get(datasetOf(end));
    if (dataset !== undefined) ensureField(batch, current, dataset, fieldPath(end));
  }
}

function closeEdges(current: CurrentEvent, key: string, from: NodeId, to: NodeId, rows: readonly OpenRow[]): void {
  const kind = key.slice(0, key.indexOf('|')) as EdgeSpec['kind'];
  for (const [rowId] of rows) {
    current.graph.push({ op: 'closeEdge', row: { rowId, kind, from, to }, recordedTo: current.recordedAt });
  }
}

/** Datasets that the job reads as of now. */
function openReads(document: NodeDocument): ReadonlySet<NodeId> {
  const reads = new Set<NodeId>();
  for (const [key, { from, open }] of Object.entries(document.edges)) {
    if (key.startsWith('READ|') && open.some((row) => row[2] === null)) reads.add(from);
  }
  return reads;
}

function countConsumers(batch: Batch, before: ReadonlySet<NodeId>, after: ReadonlySet<NodeId>): void {
  const change = (dataset: NodeId, by: number): void => {
    const document = batch.nodes.get(dataset);
    if (document === undefined) return;
    document.consumers += by;
    batch.dirtyNodes.add(dataset);
  };
  for (const dataset of after) if (!before.has(dataset)) change(dataset, 1);
  for (const dataset of before) if (!after.has(dataset)) change(dataset, -1);
}

function writePairs(
  batch: Batch,
  current: CurrentEvent,
  document: NodeDocument,
  pairs: ReadonlyMap<string, Derived<Pair>>,
  restriction: Span | null,
): void {
  const job = document.id;
  const recordedTo = current.recordedAt;
  const close = (input: NodeId, output: NodeId, rows: readonly OpenRow[]): void => {
    for (const [rowId] of rows) current.graph.push({ op: 'closePair', row: { rowId, job, input, output }, recordedTo });
  };
  const bitemporal = (row: OpenRow) => ({
    rowId: row[0],
    validFrom: row[1],
    validTo: row[2],
    recordedFrom: current.recordedAt,
    recordedTo: null,
  });
  for (const [key, held] of Object.entries(document.pairs)) {
    if (pairs.has(key)) continue;
    close(held.input, held.output, held.open);
    delete document.pairs[key];
  }
  for (const [key, { item, spans }] of pairs) {
    const diff = diffRows(document.pairs[key]?.open, spans, `PAIR|${job}|${key}|${String(current.position)}`);
    close(item.input, item.output, diff.closed);
    for (const row of diff.opened) {
      current.graph.push({ op: 'openPair', row: { job, input: item.input, output: item.output, ...bitemporal(row) } });
    }
    document.pairs[key] = { input: item.input, output: item.output, open: diff.open };
  }
  const held = document.restriction === null ? [] : [document.restriction];
  const diff = diffRows(held, restriction === null ? [] : [restriction], `ONLY|${job}|${String(current.position)}`);
  for (const [rowId] of diff.closed) current.graph.push({ op: 'closeRestriction', row: { rowId, job }, recordedTo });
  for (const row of diff.opened) current.graph.push({ op: 'openRestriction', row: { job, ...bitemporal(row) } });
  document.restriction = diff.open[0] ?? null;
  batch.dirtyNodes.add(job);
}

/** Edges by the key under which sightings are looked up: kind and ends, whatever the transformations. */
export function edgeKeyOf(kind: EdgeSpec['kind'], from: NodeId, to: NodeId): string {
  return hash128(`${kind}|${from}|${to}`);
}

/**
 * What the job's next cycles may repeat without any change: contributions that name every open edge of their producer
 * (full), and parts of them. None while pairs are restricted or runs supersede each other.
 */
function stableOf(
  cycles: readonly Cycle[],
  observed: ReadonlyMap<string, ReadonlyMap<string, Derived<EdgeSpec>>>,
  isRestricted: boolean,
  edgeSet: (contribution: string) => { readonly edges: ReadonlyMap<string, EdgeSpec> },
  tolerance: number,
): StableLineage | null {
  const last = cycles.at(-1);
  if (last === undefined || isRestricted || last.entries.some((entry) => entry.perpetual)) return null;
  const earlier = cycles.slice(0, -1).filter((cycle) => cycle.at >= last.at - CYCLE_SPAN);
  const parents = new Set(earlier.flatMap((cycle) => cycle.entries.flatMap((entry) => entry.parentRun ?? [])));
  const stable: StableLineage = { since: last.at, parents: [...parents].sort(), full: {}, partial: {} };
  const recent = cycles.slice(-tolerance).flatMap((cycle) => cycle.entries);
  for (const [producerKey, derived] of observed) {
    const open = new Set([...derived].filter(([, { spans }]) => spans.at(-1)?.to === null).map(([key]) => key));
    const full: string[] = [];
    const partial: string[] = [];
    for (const contribution of new Set(recent.flatMap((entry) => entry.contributions[producerKey] ?? []))) {
      const { edges } = edgeSet(contribution);
      if ([...edges.keys()].some((key) => !open.has(key))) continue;
      (edges.size === open.size ? full : partial).push(contribution);
    }
    stable.full[producerKey] = full;
    stable.partial[producerKey] = partial;
  }
  return stable;
}
