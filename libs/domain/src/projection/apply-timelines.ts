import type { NodeId, NodeKey } from '../identifiers.js';
import type { Batch, CurrentEvent } from './batch.js';
import { keyOf, mentionKey } from './batch.js';
import type { MentionDocument, NodeDocument } from './documents.js';
import type { Span } from './edge-intervals.js';
import { diffRows } from './row-diff.js';
import { compareStamps } from './stamp.js';
import { ensureField, rebuildFields } from './apply-fields.js';
import type { Stamp, TimelineStatement } from './statements.js';
import { mergeValue, repeatsTail, segmentsOf, type Segment, type TimelineValue, type ValueSpans } from './timeline.js';
import { writeFacts } from './write-facts.js';

/** Facts and schemas: merges what the event says of each timeline and derives its rows where they may have changed. */
export async function applyTimelines(batch: Batch, current: CurrentEvent, subjectKey: NodeKey): Promise<void> {
  const { statements } = current;
  for (const statement of statements.timelines) {
    const owner = ownerOf(batch, statement.node);
    if (owner === undefined) continue;
    const key = timelineKey(statement);
    const hash = batch.bodies.keepValue(statement);
    const mention = mentionOf(batch, current, subjectKey, statement);
    const held = (mention.timelines[key] ??= {});
    const known = held[hash];
    const lastSaid = known?.last;
    mergeValue(held, hash, statements.stamp);
    // Fields stay known, also those of a schema that another one hides.
    if (known === undefined) for (const field of statement.fields ?? []) ensureField(batch, current, owner, field.path);
    // Readers only confirm a schema that a writer or a DatasetEvent defines (rule 28).
    if (!statement.authoritative && owner.hasAuthoritativeSchema) continue;
    const tail = owner.tails[key];
    if (repeatsTail(tail, hash, statements.stamp) && keepsPast(lastSaid, tail?.from ?? 0)) {
      if (tail !== undefined && compareStamps(statements.stamp, tail.stamp) > 0) tail.stamp = statements.stamp;
      continue;
    }
    batch.dirtyDetails.add(owner.id);
    const said = await saidOf(batch, owner.id, key);
    const segments = segmentsOf(said);
    const last = segments.at(-1);
    if (last !== undefined) owner.tails[key] = { hash: last.hash, stamp: latestOf(said), from: last.from };
    await batch.bodies.load(
      segments.map((segment) => segment.hash),
      batch.source,
    );
    if (statement.fields === null) writeFacts(batch, current, owner, key, segments);
    else await writeSchemas(batch, current, owner, key, segments, statement.authoritative);
  }
}

/** Only datasets and jobs have timelines; a run's own tags stay among its facets. */
function ownerOf(batch: Batch, node: NodeId): NodeDocument | undefined {
  return batch.nodes.get(node);
}

function timelineKey(statement: TimelineStatement): string {
  const suffix = statement.authoritative ? '' : '?';
  return `${statement.slot}${suffix}|${statement.producerKey}`;
}

/** Moving a value's last stamp may take a point out of the past; it does not where that point began nothing. */
function keepsPast(last: Stamp | undefined, tailFrom: number): boolean {
  return last === undefined || last.at > tailFrom;
}

function mentionOf(
  batch: Batch,
  current: CurrentEvent,
  subjectKey: NodeKey,
  statement: TimelineStatement,
): MentionDocument {
  const { statements } = current;
  const side = statements.writes.includes(statement.node)
    ? 'WRITE'
    : statements.reads.includes(statement.node)
      ? 'READ'
      : 'SELF';
  return touchMention(batch, subjectKey, statement.node, side, statements.run?.id ?? null);
}

export function touchMention(
  batch: Batch,
  subjectKey: NodeKey,
  node: NodeId,
  side: MentionDocument['side'],
  run: NodeId | null,
): MentionDocument {
  const nodeKey = keyOf(node);
  const key = mentionKey(subjectKey, nodeKey, side);
  const held = batch.mentions.get(key);
  batch.dirtyMentions.add(key);
  if (held !== undefined) return held;
  const mention: MentionDocument = { subjectKey, nodeKey, node, side, run, versions: [], timelines: {} };
  batch.mentions.set(key, mention);
  return mention;
}

/** All that was ever said on a timeline: stored mentions, with those of this batch in place of their older selves. */
export async function saidOf(batch: Batch, node: NodeId, key: string): Promise<readonly ValueSpans[]> {
  const nodeKey = keyOf(node);
  const ours = [...batch.mentions].filter(([, mention]) => mention.nodeKey === nodeKey);
  const held = new Set(ours.map(([id]) => id));
  const stored = await batch.source.mentionsOf(node);
  const others = stored.filter((mention) => !held.has(mentionKey(mention.subjectKey, mention.nodeKey, mention.side)));
  return [...others, ...ours.map(([, mention]) => mention)].flatMap((mention) => {
    const values = mention.timelines[key];
    return values === undefined ? [] : [values];
  });
}

function latestOf(said: readonly ValueSpans[]): Stamp {
  const stamps = said
    .flatMap((values) => Object.values(values).map(({ first, last }) => last ?? first))
    .sort(compareStamps);
  return stamps.at(-1) ?? { at: 0, claimedAt: 0, rank: 0, digest: '' };
}

async function writeSchemas(
  batch: Batch,
  current: CurrentEvent,
  owner: NodeDocument,
  key: string,
  segments: readonly Segment[],
  authoritative: boolean,
): Promise<void> {
  // Readers define the schema only where no writer or DatasetEvent does (rule 28).
  const isFirstAuthority = authoritative && !owner.hasAuthoritativeSchema;
  if (authoritative) owner.hasAuthoritativeSchema = true;
  if (isFirstAuthority) {
    for (const id of Object.keys(owner.schemas)) if (id.startsWith('schema?|')) closeSchema(batch, current, owner, id);
  }
  if (authoritative || !owner.hasAuthoritativeSchema) {
    const desired = new Map<string, Span[]>();
    for (const segment of segments) {
      // No fields are no schema: the facet was deleted, or says nothing.
      if ((batch.bodies.get(segment.hash) as TimelineValue).fields?.length === 0) continue;
      const spans = desired.get(segment.hash) ?? [];
      spans.push({ from: segment.from, to: segment.to });
      desired.set(segment.hash, spans);
    }
    for (const id of Object.keys(owner.schemas)) {
      if (id.startsWith(`${key}|`) && !desired.has(id.slice(key.length + 1))) closeSchema(batch, current, owner, id);
    }
    for (const [hash, spans] of desired) openSchema(batch, current, owner, key, hash, spans, authoritative);
  }
  await rebuildFields(batch, current, owner);
}

function openSchema(
  batch: Batch,
  current: CurrentEvent,
  owner: NodeDocument,
  key: string,
  hash: string,
  spans: readonly Span[],
  authoritative: boolean,
): void {
  const id = `${key}|${hash}`;
  const producer = key.slice(key.indexOf('|') + 1);
  const diff = diffRows(owner.schemas[id]?.open, spans, `SCHEMA|${owner.id}|${id}|${String(current.position)}`);
  if (diff.closed.length === 0 && diff.opened.length === 0) return;
  for (const [rowId] of diff.closed) batch.out.closedSchemas.push({ rowId, recordedTo: current.recordedAt });
  const fields = (batch.bodies.get(hash) as TimelineValue).fields ?? [];
  const common = {
    datasetKey: keyOf(owner.id),
    producer: producer === '' ? null : producer,
    schemaHash: hash,
    authoritative,
    recordedFrom: current.recordedAt,
    recordedTo: null,
  };
  const rows = diff.opened.map(([rowId, validFrom, validTo]) => ({ rowId, validFrom, validTo, ...common }));
  batch.out.openedSchemas.push(...rows.map((row) => ({ ...row, fields })));
  const row = owner.schemas[id]?.row ?? rows[0];
  if (row !== undefined) owner.schemas[id] = { row, open: diff.open };
  current.touched.add(keyOf(owner.id));
}

function closeSchema(batch: Batch, current: CurrentEvent, owner: NodeDocument, id: string): void {
  for (const [rowId] of owner.schemas[id]?.open ?? [])
    batch.out.closedSchemas.push({ rowId, recordedTo: current.recordedAt });
  Reflect.deleteProperty(owner.schemas, id);
  current.touched.add(keyOf(owner.id));
}
