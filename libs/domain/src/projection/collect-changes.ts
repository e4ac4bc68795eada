import type { AssetRow } from '../catalog.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import { isPlaceholder } from './apply-assets.js';
import { deletedAtOf } from './apply-lifecycle.js';
import { runRowOf } from './apply-run.js';
import { keyOf, nodeOf, type Batch, type BatchOutput } from './batch.js';
import { contentHash } from './canonical-json.js';
import type { ProjectionChanges, ReadStored } from './changes.js';
import type { NodeDocument } from './documents.js';
import { readingSpan } from './run-record.js';
import { tallyProducers } from './tally-producers.js';

/** What a batch leaves to be written, once its events are applied. */
export function collectChanges(batch: Batch, read: readonly ReadStored[]): ProjectionChanges {
  const last = read.at(-1)?.stored;
  const { out } = batch;
  const documents = [...batch.dirtyNodes].map((id) => nodeOf(batch, id));
  const nodeDocuments = documents.filter((document) => batch.nodes.has(document.id));
  const shown = nodeDocuments
    .filter((document) => !document.isGhost)
    .map((document) => ({ document, row: assetRowOf(document) }));
  return {
    position: last?.position ?? 0,
    recordedAt: last?.recordedAt ?? 0,
    edits: read.flatMap(({ stored }) => (stored.kind === 'EDIT' ? [stored.bytes] : [])),
    nodeDocuments,
    detailed: [...batch.dirtyDetails].map((id) => nodeOf(batch, id)),
    assets: shown.map(({ row }) => row),
    searchable: searchableOf(shown, out),
    runs: [...batch.dirtyRuns].flatMap((id) => {
      const document = batch.runs.get(id);
      return document === undefined ? [] : [{ row: runRowOf(document), document }];
    }),
    mentions: [...batch.dirtyMentions].flatMap((key) => {
      const mention = batch.mentions.get(key);
      if (mention === undefined) return [];
      // Only readers are looked for by time.
      const record = mention.side !== 'READ' || mention.run === null ? undefined : batch.runs.get(mention.run)?.record;
      return [{ ...mention, ...(record === undefined ? { firstAt: 0, lastAt: 0 } : readingSpan(record)) }];
    }),
    bodies: batch.bodies.takeFresh(),
    facets: [...out.facets.values()],
    removedFacets: [...out.removedFacets.values()],
    openedFacts: out.openedFacts,
    closedFacts: out.closedFacts,
    openedDefinitions: out.openedDefinitions,
    closedDefinitions: out.closedDefinitions,
    openedSchemas: out.openedSchemas,
    closedSchemas: out.closedSchemas,
    fields: [...out.fields.values()],
    versions: [...out.versions.values()],
    writers: [...batch.dirtyWriters.values()],
    removedWriters: [...out.removedWriters.values()],
    openedLinks: out.openedLinks,
    closedLinks: out.closedLinks,
    aliasStatements: out.aliasStatements,
    openedAliases: out.openedAliases,
    closedAliases: out.closedAliases,
    openedAgentStatements: out.openedAgentStatements,
    closedAgentStatements: out.closedAgentStatements,
    areAgentsOther: out.areAgentsOther,
    metricSeries: [...out.metricSeries.values()],
    metrics: [...out.metrics.values()],
    references: out.references,
    sightings: [...out.sightings.values()],
    contributionEdges: out.contributionEdges,
    neighbors: [...out.neighbors.values()],
    findings: out.findings,
    decisions: read.flatMap(({ stored: { position, receivedAt, recordedAt }, decision }) =>
      decision === null ? [] : [{ ...decision, position, receivedAt, recordedAt }],
    ),
    producers: tallyProducers(read, out.findings),
    feed: out.feed,
  };
}

/** Assets that search would show in another way than before, and all that an alias joined or left. */
function searchableOf(
  shown: readonly { readonly document: NodeDocument; readonly row: AssetRow }[],
  out: BatchOutput,
): readonly NodeKey[] {
  const keys = new Set(
    out.openedAliases.flatMap((row) => (row.cause === 'AGENT' ? [] : [row.memberKey, row.canonicalKey])),
  );
  for (const { document, row } of shown) {
    const { updatedAt: _updatedAt, createdAt: _createdAt, version: _version, editPosition: _edit, ...searched } = row;
    const tagged = Object.entries(document.facts).flatMap(([key, { open }]) => open.map(([rowId]) => [key, rowId]));
    const hash = contentHash([searched, document.fields, tagged]);
    if (hash === document.searchHash) continue;
    document.searchHash = hash;
    keys.add(row.key);
  }
  return [...keys];
}

/** The catalog's row of a dataset or job as its document has it now. */
export function assetRowOf(document: NodeDocument): AssetRow {
  const open = Object.values(document.facts).filter(
    ({ row, open: rows }) => row.nodeId === document.id && rows.some((held) => held[2] === null),
  );
  const values = (kind: string, rows = open): string[] =>
    [...new Set(rows.filter(({ row }) => row.kind === kind).map(({ row }) => row.value))].sort();
  const entered = open.filter(({ row }) => row.source === 'EDIT');
  return {
    key: keyOf(document.id),
    id: document.id,
    kind: document.kind,
    namespace: document.namespace,
    name: document.name,
    displayName: document.displayName,
    assetType: document.type?.value ?? null,
    placeholder: isPlaceholder(document),
    createdAt: document.firstAt,
    updatedAt: document.lastAt,
    deletedAt: deletedAtOf(document),
    version: document.version,
    editPosition: document.editPosition,
    consumers: document.consumers,
    parentKey: document.parent === null ? null : keyOf(document.parent.job),
    description: values('DESCRIPTION', entered)[0] ?? values('DESCRIPTION')[0] ?? null,
    tags: values('TAG'),
    ownerIds: values('OWNER') as NodeId[],
  };
}
