import type { EdgeEvidence, RestrictionRow } from '../graph.js';
import { datasetOf, fieldPath, kindOf, type NodeId } from '../identifiers.js';
import { ensureField } from './apply-fields.js';
import { keyOf, type Batch, type CurrentEntry, type CurrentEvent } from './batch.js';
import type { NodeDocument, OpenRow } from './documents.js';
import type { Span } from './edge-intervals.js';
import type { EdgeSpec } from './edge-set.js';
import type { DerivedPairs } from './pair-intervals.js';
import { renamingProducer } from './rename-statements.js';
import { diffRows } from './row-diff.js';

/** An edge of a subject under one assertion. */
export interface Assertion {
  readonly spec: EdgeSpec;
  readonly evidence: EdgeEvidence;
  readonly producerKey: string;
  readonly spans: readonly Span[];
}

export function writeEdges(
  batch: Batch,
  current: CurrentEntry,
  document: NodeDocument,
  assertions: ReadonlyMap<string, Assertion>,
): void {
  const job = document.kind === 'JOB' ? document.id : null;
  const readBefore = openReads(document);
  for (const [key, held] of Object.entries(document.edges)) {
    if (assertions.has(key)) continue;
    closeEdges(current, key, held.from, held.to, held.open);
    Reflect.deleteProperty(document.edges, key);
  }
  for (const [key, { spec, evidence, producerKey, spans }] of assertions) {
    const held = document.edges[key];
    const diff = diffRows(held?.open, spans, `${key}|${document.id}|${String(current.position)}`);
    if (diff.closed.length === 0 && diff.opened.length === 0) continue;
    closeEdges(current, key, spec.from, spec.to, diff.closed);
    // Nothing but a RENAME is observed of a dataset itself.
    const producer = job === null && evidence === 'OBSERVED' ? renamingProducer(producerKey) : producerKey;
    for (const [rowId, validFrom, validTo] of diff.opened) {
      current.graph.push({
        op: 'openEdge',
        row: {
          rowId,
          kind: spec.kind,
          from: spec.from,
          to: spec.to,
          evidence,
          producer: producer === '' ? null : producer,
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

/** Fields that only lineage names are nodes like any other (rule 20). */
export function ensureFields(batch: Batch, current: CurrentEvent, spec: EdgeSpec): void {
  for (const end of [spec.from, spec.to]) {
    if (kindOf(end) !== 'FIELD') continue;
    const dataset = batch.nodes.get(datasetOf(end));
    if (dataset !== undefined) ensureField(batch, current, dataset, fieldPath(end));
  }
}

function closeEdges(current: CurrentEntry, key: string, from: NodeId, to: NodeId, rows: readonly OpenRow[]): void {
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

export function writePairs(
  batch: Batch,
  current: CurrentEntry,
  document: NodeDocument,
  { pairs, restriction, inferred }: DerivedPairs,
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
    Reflect.deleteProperty(document.pairs, key);
  }
  for (const [key, { item, spans }] of pairs) {
    const diff = diffRows(document.pairs[key]?.open, spans, `PAIR|${job}|${key}|${String(current.position)}`);
    close(item.input, item.output, diff.closed);
    for (const row of diff.opened) {
      current.graph.push({ op: 'openPair', row: { job, input: item.input, output: item.output, ...bitemporal(row) } });
    }
    document.pairs[key] = { input: item.input, output: item.output, open: diff.open };
  }
  const restrict = (mode: RestrictionRow['mode'], held: OpenRow | null, span: Span | null): OpenRow | null => {
    const identity = `${mode}|${job}|${String(current.position)}`;
    const diff = diffRows(held === null ? [] : [held], span === null ? [] : [span], identity);
    for (const [rowId] of diff.closed) current.graph.push({ op: 'closeRestriction', row: { rowId, job }, recordedTo });
    for (const row of diff.opened)
      current.graph.push({ op: 'openRestriction', row: { job, mode, ...bitemporal(row) } });
    return diff.open[0] ?? null;
  };
  document.restriction = restrict('PAIRS', document.restriction, restriction);
  document.inferred = restrict('INFERRED', document.inferred, inferred);
  batch.dirtyNodes.add(job);
}
