import { facetVersionId, runVersionId, type NodeId } from '../identifiers.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf, putWriter } from './batch.js';
import type { RunChange } from './apply-run.js';
import { touchMention } from './apply-timelines.js';
import { datasetsOf, type RunDocument } from './documents.js';
import { readingSpan, runStateOf } from './run-record.js';
import type { Micros } from '../time.js';
import { regroup } from './sibling-runs.js';
import type { Reader, Writer } from './version-history.js';
import { relink } from './version-links.js';

/**
 * Versions that the event's run reads and writes, and links of every run that this concerns (rule 27). `change` is what
 * the event made of its job's history.
 */
export function applyVersions(batch: Batch, current: CurrentEvent, change: RunChange | null): void {
  const { statements } = current;
  nameVersions(batch, current);
  const document = statements.run === null ? undefined : batch.runs.get(statements.run.id);
  if (document === undefined) return;
  const { reads, writes } = datasetsOf(document);
  const regrouped = change === null ? null : regroup(batch.siblings, document.job, change);
  // Only these datasets are loaded with all that matters to the run.
  const affected = new Map<NodeId, Set<NodeId>>([[document.id, new Set([...reads, ...writes])]]);
  const affect = (dataset: NodeId, since: Micros): void => {
    for (const reader of batch.readers.get(dataset)?.values() ?? []) {
      if (reader.lastAt < since || reader.versions.length > 0) continue;
      affected.set(reader.run, (affected.get(reader.run) ?? new Set()).add(dataset));
    }
  };
  for (const dataset of writes) {
    const made = writersOf(batch, document, dataset);
    forgetWriters(batch, document.id, dataset, made);
    for (const writer of made) if (replaceWriter(batch, current, writer)) affect(dataset, writer.firstAt);
  }
  for (const dataset of writtenBy(batch, regrouped?.runs)) affect(dataset, regrouped?.since ?? 0);
  for (const dataset of reads) {
    const readers = batch.readers.get(dataset) ?? new Map<NodeId, Reader>();
    batch.readers.set(dataset, readers);
    const key = keyOf(document.id);
    const mention = touchMention(batch, key, dataset, 'READ', document.id);
    readers.set(document.id, {
      dataset,
      run: document.id,
      ...readingSpan(document.record),
      versions: mention.versions.map((value) => facetVersionId(dataset, value)),
    });
  }
  for (const [run, datasets] of affected) relink(batch, current, run, datasets);
}

/** Datasets with a version that one of these runs made. */
function writtenBy(batch: Batch, runs: ReadonlySet<NodeId> | undefined): readonly NodeId[] {
  if (runs === undefined || runs.size === 0) return [];
  const datasets = new Set([...runs].flatMap((run) => [...(batch.written.get(run) ?? [])]));
  const isWritten = (dataset: NodeId): boolean =>
    [...(batch.writers.get(dataset)?.values() ?? [])].some((writer) => runs.has(writer.run));
  return [...datasets].filter(isWritten);
}

/** Values of `version` facets: a version node each, also where only a reader or a DatasetEvent names it. */
function nameVersions(batch: Batch, current: CurrentEvent): void {
  const { statements } = current;
  for (const { dataset, side, value } of statements.versions) {
    const version = facetVersionId(dataset, value);
    putVersion(batch, current, {
      version,
      dataset,
      value,
      run: null,
      createdAt: statements.stamp.at,
      generatedAt: null,
    });
    if (statements.run === null || side === 'SELF') continue;
    const mention = touchMention(batch, keyOf(statements.run.id), dataset, side, statements.run.id);
    if (!mention.versions.includes(value)) mention.versions = [...mention.versions, value].sort();
  }
}

/** The versions of `dataset` that a run made: what its `version` facet names, else one for the run or each window. */
function writersOf(batch: Batch, document: RunDocument, dataset: NodeId): readonly Writer[] {
  const { record } = document;
  const mention = touchMention(batch, keyOf(document.id), dataset, 'WRITE', document.id);
  const { completedAt } = runStateOf(record);
  const common = { dataset, run: document.id, job: document.job, parentRun: record.parent?.value.run ?? null };
  const whole = { firstAt: record.firstAt, lastAt: record.lastAt, generatedAt: completedAt };
  if (mention.versions.length > 0) {
    return mention.versions.map((value) => ({ ...common, ...whole, version: facetVersionId(dataset, value) }));
  }
  return Object.entries(record.windows)
    .filter(([, window]) => Object.values(window.parts).some((part) => part.writes.includes(dataset)))
    .map(([key, window]) => {
      const version = runVersionId(dataset, document.id, key === '' ? undefined : key);
      if (key === '') return { ...common, ...whole, version };
      const generatedAt = window.snapshot ? [window.lastAt] : completedAt;
      return { ...common, version, firstAt: window.firstAt, lastAt: window.lastAt, generatedAt };
    });
}

/** A run's own version is none once its `version` facet names one: it goes, whichever of the two came first. */
function forgetWriters(batch: Batch, run: NodeId, dataset: NodeId, made: readonly Writer[]): void {
  const writers = batch.writers.get(dataset);
  for (const [key, writer] of writers ?? []) {
    if (writer.run !== run || made.some((other) => other.version === writer.version)) continue;
    writers?.delete(key);
    batch.dirtyWriters.delete(key);
    batch.out.versions.delete(writer.version);
    batch.out.removedWriters.set(key, writer);
  }
}

/** False where nothing about the writer changed. */
function replaceWriter(batch: Batch, current: CurrentEvent, writer: Writer): boolean {
  const key = writerKey(writer);
  if (JSON.stringify(batch.writers.get(writer.dataset)?.get(key)) === JSON.stringify(writer)) return false;
  putWriter(batch, key, writer);
  batch.dirtyWriters.set(key, writer);
  const value = writer.version.includes(':facet:') ? decodeURIComponent(writer.version.split(':')[4] ?? '') : null;
  putVersion(batch, current, {
    version: writer.version,
    dataset: writer.dataset,
    value,
    run: writer.run,
    createdAt: writer.firstAt,
    generatedAt: writer.generatedAt.at(-1) ?? null,
  });
  return true;
}

export function writerKey(writer: Pick<Writer, 'version' | 'run'>): NodeId {
  return `${writer.version}|${writer.run}` as NodeId;
}

function putVersion(
  batch: Batch,
  current: CurrentEvent,
  version: {
    readonly version: NodeId;
    readonly dataset: NodeId;
    readonly value: string | null;
    readonly run: NodeId | null;
    readonly createdAt: Micros;
    readonly generatedAt: Micros | null;
  },
): void {
  const held = batch.out.versions.get(version.version);
  const earlier = held === undefined ? version.createdAt : Math.min(held.createdAt, version.createdAt);
  const later = Math.max(held?.generatedAt ?? -Infinity, version.generatedAt ?? -Infinity);
  batch.out.versions.set(version.version, {
    key: keyOf(version.version),
    id: version.version,
    datasetKey: keyOf(version.dataset),
    datasetId: version.dataset,
    value: version.value,
    runId: smaller(held?.runId ?? null, version.run),
    createdAt: earlier,
    generatedAt: later === -Infinity ? null : later,
  });
  if (held === undefined) {
    const displayName = version.value ?? version.version.split(':').slice(4).join(':');
    current.graph.push({ op: 'node', node: { id: version.version, kind: 'VERSION', displayName, placeholder: false } });
  }
}

/** Several runs may write one named version; the first in code unit order stands for them. */
function smaller(a: NodeId | null, b: NodeId | null): NodeId | null {
  return a === null ? b : b === null || a < b ? a : b;
}
