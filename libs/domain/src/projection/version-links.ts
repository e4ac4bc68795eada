import type { VersionLinkRow } from '../catalog.js';
import type { GraphChange } from '../graph.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { keyOf, type Batch, type CurrentEvent } from './batch.js';
import { datasetsOf, type RunDocument } from './documents.js';
import { diffRows } from './row-diff.js';
import { compareText } from './stamp.js';
import { usedVersions, type UsedVersion } from './version-history.js';

type Link = UsedVersion & {
  readonly dataset: NodeId;
  readonly role: 'USED' | 'GENERATED';
  readonly at: Micros;
  /** Of the first producer in code unit order that names the dataset on that side; '' where a rule infers the link. */
  readonly producerKey: string;
};

/** Closes and opens links between a run and versions of these datasets, as they now follow (rule 27). */
export function relink(batch: Batch, current: CurrentEvent, run: NodeId, datasets: ReadonlySet<NodeId>): void {
  const document = batch.runs.get(run);
  if (document === undefined) return;
  const links = linksOf(batch, document, datasets);
  for (const [key, held] of Object.entries(document.links)) {
    if (!datasets.has(held.dataset)) continue;
    const link = links.get(key);
    if (
      link?.evidence === held.evidence &&
      link.gap === held.gap &&
      link.producerKey === held.producerKey &&
      link.at === held.row[1]
    )
      continue;
    batch.out.closedLinks.push({ rowId: held.row[0], recordedTo: current.recordedAt });
    const ends = versionAndRole(key);
    if (ends !== null) current.graph.push(closing(document, ends.version, ends.role, held.row[0], current.recordedAt));
    Reflect.deleteProperty(document.links, key);
    batch.dirtyRuns.add(run);
  }
  for (const [key, link] of links) {
    if (document.links[key] !== undefined) continue;
    const identity = `LINK|${run}|${key}|${String(current.position)}`;
    const [row] = diffRows([], [{ from: link.at, to: null }], identity).open;
    if (row === undefined) continue;
    document.links[key] = {
      dataset: link.dataset,
      evidence: link.evidence,
      gap: link.gap,
      producerKey: link.producerKey,
      row,
    };
    batch.out.openedLinks.push(linkRow(document, link, row[0], current.recordedAt));
    if (link.version !== null) current.graph.push(opening(document, link, link.version, row[0], current));
    batch.dirtyRuns.add(run);
  }
}

function linksOf(batch: Batch, document: RunDocument, datasets: ReadonlySet<NodeId>): ReadonlyMap<string, Link> {
  const links = new Map<string, Link>();
  const { reads, writes } = datasetsOf(document);
  const at = document.record.firstAt;
  for (const dataset of reads) {
    if (!datasets.has(dataset)) continue;
    const reader = batch.readers.get(dataset)?.get(document.id);
    if (reader === undefined) continue;
    const writers = [...(batch.writers.get(dataset)?.values() ?? [])];
    for (const used of usedVersions(reader, writers, batch.siblings)) {
      const producerKey = used.evidence === 'INFERRED' ? '' : producerOf(document, 'reads', dataset);
      const key = used.version === null ? `GAP|${dataset}` : `USED|${used.version}`;
      links.set(key, { ...used, dataset, role: 'USED', at, producerKey });
    }
  }
  for (const dataset of writes) {
    if (!datasets.has(dataset)) continue;
    const producerKey = producerOf(document, 'writes', dataset);
    const common = { evidence: 'OBSERVED', gap: null, dataset, role: 'GENERATED', at, producerKey } as const;
    for (const { run, version } of batch.writers.get(dataset)?.values() ?? [])
      if (run === document.id) links.set(`GENERATED|${version}`, { version, ...common });
  }
  return links;
}

/** What a link's key says of it; null without a version. */
function versionAndRole(key: string): { readonly version: NodeId; readonly role: Link['role'] } | null {
  const bar = key.indexOf('|');
  const kind = key.slice(0, bar);
  return kind === 'USED' || kind === 'GENERATED' ? { version: key.slice(bar + 1) as NodeId, role: kind } : null;
}

function producerOf(document: RunDocument, side: 'reads' | 'writes', dataset: NodeId): string {
  const parts = Object.values(document.record.windows).flatMap((window) => Object.entries(window.parts));
  const named = parts.flatMap(([producer, part]) => (part[side].includes(dataset) ? [producer] : []));
  return named.sort(compareText)[0] ?? '';
}

function linkRow(document: RunDocument, link: Link, rowId: string, recordedFrom: Micros): VersionLinkRow {
  return {
    rowId,
    runKey: keyOf(document.id),
    runId: document.id,
    versionKey: link.version === null ? null : keyOf(link.version),
    versionId: link.version,
    datasetKey: keyOf(link.dataset),
    role: link.role,
    evidence: link.evidence,
    gap: link.gap,
    at: link.at,
    recordedFrom,
    recordedTo: null,
  };
}

function endsOf(
  document: RunDocument,
  version: NodeId,
  role: Link['role'],
): { kind: 'READ' | 'WRITE'; from: NodeId; to: NodeId } {
  return role === 'USED'
    ? { kind: 'READ', from: version, to: document.id }
    : { kind: 'WRITE', from: document.id, to: version };
}

function opening(
  document: RunDocument,
  link: Link,
  version: NodeId,
  rowId: string,
  current: CurrentEvent,
): GraphChange {
  return {
    op: 'openEdge',
    row: {
      rowId,
      ...endsOf(document, version, link.role),
      evidence: link.evidence,
      producer: link.producerKey === '' ? null : link.producerKey,
      job: document.job,
      confidence: link.gap === null ? 1 : 0.5,
      transformations: [],
      validFrom: link.at,
      validTo: null,
      recordedFrom: current.recordedAt,
      recordedTo: null,
    },
  };
}

function closing(
  document: RunDocument,
  version: NodeId,
  role: Link['role'],
  rowId: string,
  recordedTo: Micros,
): GraphChange {
  return { op: 'closeEdge', row: { rowId, ...endsOf(document, version, role) }, recordedTo };
}
