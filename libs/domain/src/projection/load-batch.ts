import type { NodeId, NodeKey } from '../identifiers.js';
import type { Micros } from '../time.js';
import { writerKey } from './apply-versions.js';
import { keyOf, loadNodes, mentionKey, putWriter, type Batch } from './batch.js';
import { datasetsOf } from './documents.js';
import { loadSiblings, loadWriterSiblings } from './load-siblings.js';
import type { MentionKey } from './projection-source.js';
import type { EventStatements } from './statements.js';

interface Loaded {
  readonly statements: EventStatements;
  readonly subject: NodeKey;
}

/** Loads what the events of a batch touch: one statement a kind, whatever the batch's size. */
export async function loadBatch(batch: Batch, events: readonly Loaded[]): Promise<void> {
  const assets = new Set(events.flatMap(({ statements }) => statements.assets.map((asset) => asset.id)));
  await Promise.all([loadNodes(batch, [...assets]), loadRuns(batch, events)]);
  await Promise.all([loadMentions(batch, events), loadVersions(batch, events)]);
  // Tails and registers refer to bodies by hash; they are loaded where a comparison needs them.
}

async function loadRuns(batch: Batch, events: readonly Loaded[]): Promise<void> {
  const runs = new Set<NodeId>();
  for (const { run } of events.map(({ statements }) => statements)) {
    if (run === null) continue;
    runs.add(run.id);
    if (run.parent !== null) runs.add(run.parent.run);
    if (run.parent?.root != null) runs.add(run.parent.root.run);
  }
  for (const document of await batch.source.runs([...runs])) batch.runs.set(document.id, document);
  const fresh = events.flatMap(({ statements: { run } }) => {
    const isKnown = run === null || (batch.runs.get(run.id)?.record.marks.length ?? 0) > 0;
    return isKnown ? [] : [run.runId];
  });
  for (const { runId, run } of await batch.source.runsByUuid([...new Set(fresh)])) batch.uuids.set(runId, run);
}

async function loadMentions(batch: Batch, events: readonly Loaded[]): Promise<void> {
  const keys = new Map<string, MentionKey>();
  for (const { statements, subject } of events) {
    const add = (node: NodeId, side: MentionKey['side']): void => {
      const nodeKey = keyOf(node);
      keys.set(mentionKey(subject, nodeKey, side), { subjectKey: subject, nodeKey, side });
    };
    for (const dataset of statements.reads) add(dataset, 'READ');
    for (const dataset of statements.writes) add(dataset, 'WRITE');
    for (const { node } of statements.timelines) add(node, 'SELF');
    for (const { dataset, side } of statements.versions) add(dataset, side);
    // Earlier events of the run may name datasets that this one does not.
    const record = statements.run === null ? undefined : batch.runs.get(statements.run.id);
    const held = record === undefined ? { reads: [], writes: [] } : datasetsOf(record);
    for (const dataset of held.reads) add(dataset, 'READ');
    for (const dataset of held.writes) add(dataset, 'WRITE');
  }
  for (const mention of await batch.source.mentions([...keys.values()])) {
    batch.mentions.set(mentionKey(mention.subjectKey, mention.nodeKey, mention.side), mention);
  }
}

/** Writers and readers of every dataset that a run of the batch touches, from the earliest time that can matter. */
async function loadVersions(batch: Batch, events: readonly Loaded[]): Promise<void> {
  const windows = new Map<NodeId, Micros>();
  const widen = (dataset: NodeId, from: Micros): void => {
    windows.set(dataset, Math.min(windows.get(dataset) ?? Infinity, from));
  };
  const earliest = new Map<NodeId, Micros>();
  for (const { statements } of events) {
    if (statements.run === null) continue;
    earliest.set(statements.run.id, Math.min(earliest.get(statements.run.id) ?? Infinity, statements.stamp.at));
  }
  for (const { statements } of events) {
    if (statements.run === null) continue;
    const record = batch.runs.get(statements.run.id);
    const held = record === undefined ? { reads: [], writes: [] } : datasetsOf(record);
    const known = record === undefined || record.record.marks.length === 0 ? Infinity : record.record.firstAt;
    // Another event of the batch may tell that the run began earlier.
    const from = Math.min(earliest.get(statements.run.id) ?? Infinity, known);
    for (const dataset of [...statements.reads, ...statements.writes, ...held.reads, ...held.writes])
      widen(dataset, from);
  }
  const all = events.map(({ statements }) => statements);
  for (const { dataset, from } of await loadSiblings(batch, all)) widen(dataset, from);
  if (windows.size === 0) return;
  const list = [...windows].map(([dataset, from]) => ({ dataset, from }));
  const readers = await batch.source.readers(list);
  // A reader is linked by what was generated before its own first event, which may lie before the batch's.
  for (const reader of readers) widen(reader.dataset, reader.firstAt);
  const writers = await batch.source.writers([...windows].map(([dataset, from]) => ({ dataset, from })));
  for (const writer of writers) putWriter(batch, writerKey(writer), writer);
  for (const reader of readers) {
    const held = batch.readers.get(reader.dataset) ?? new Map<NodeId, typeof reader>();
    held.set(reader.run, reader);
    batch.readers.set(reader.dataset, held);
  }
  await Promise.all([loadReaderRuns(batch), loadWriterSiblings(batch)]);
}

/** Runs whose links may change are needed whole. */
async function loadReaderRuns(batch: Batch): Promise<void> {
  const missing = new Set<NodeId>();
  for (const readers of batch.readers.values())
    for (const run of readers.keys()) if (!batch.runs.has(run)) missing.add(run);
  if (missing.size === 0) return;
  for (const document of await batch.source.runs([...missing])) batch.runs.set(document.id, document);
}
