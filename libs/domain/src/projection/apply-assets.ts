import type { Batch, CurrentEvent } from './batch.js';
import { keyOf, nodeOf } from './batch.js';
import { newNodeDocument, type NodeDocument } from './documents.js';
import { compareStamps } from './stamp.js';
import type { AssetStatement, EventStatements } from './statements.js';
import type { NodeId } from '../identifiers.js';

/** Makes and touches the documents of every dataset and job that the event names. */
export function applyAssets(batch: Batch, current: CurrentEvent): void {
  const { statements } = current;
  const spoken = spokenOf(statements);
  const dropped = new Set(statements.lifecycle.filter((mark) => mark.change === 'DROP').map((mark) => mark.dataset));
  for (const asset of statements.assets) {
    const held = batch.nodes.get(asset.id);
    const document = held ?? newNodeDocument(asset, statements.stamp.at);
    if (held === undefined) {
      batch.nodes.set(asset.id, document);
      batch.dirtyDetails.add(asset.id);
    }
    batch.dirtyNodes.add(asset.id);
    document.firstAt = Math.min(document.firstAt, statements.stamp.at);
    document.lastAt = Math.max(document.lastAt, statements.stamp.at);
    document.version = current.position;
    describe(document, asset, statements);
    // A DROP of a name never seen makes no dataset (rule 24); any other word of it does.
    if (dropped.has(asset.id) && !spoken.has(asset.id)) {
      if (document.isGhost) reportUnknownDrop(current, asset);
      continue;
    }
    reveal(current, document, !asset.referenced);
  }
  if (statements.nature !== null && statements.job !== null) {
    const job = nodeOf(batch, statements.job);
    if (job.nature === null || compareStamps(statements.stamp, job.nature.stamp) > 0) {
      job.nature = { stamp: statements.stamp, value: statements.nature };
    }
  }
}

/** Datasets that the event speaks of in another way than by their DROP. */
function spokenOf(statements: EventStatements): ReadonlySet<NodeId> {
  return new Set([...statements.reads, ...statements.writes]);
}

function describe(document: NodeDocument, asset: AssetStatement, statements: EventStatements): void {
  if (asset.assetType === null) return;
  if (document.type !== null && compareStamps(statements.stamp, document.type.stamp) <= 0) return;
  document.type = { stamp: statements.stamp, value: asset.assetType };
}

/** A node enters the graph when it is first more than a ghost, and again when its own event ends its placeholder. */
function reveal(current: CurrentEvent, document: NodeDocument, hasOwnEvent: boolean): void {
  const isNew = document.isGhost;
  const endsPlaceholder = document.referencedOnly && hasOwnEvent;
  if (!isNew && !endsPlaceholder) return;
  document.isGhost = false;
  if (hasOwnEvent) document.referencedOnly = false;
  current.touched.add(keyOf(document.id));
  current.graph.push({
    op: 'node',
    node: {
      id: document.id,
      kind: document.kind,
      displayName: document.displayName,
      placeholder: isPlaceholder(document),
    },
  });
}

/** Datasets are known by being named; a job or run is a placeholder until an event of its own comes. */
export function isPlaceholder(document: NodeDocument): boolean {
  return document.kind === 'JOB' && document.referencedOnly;
}

function reportUnknownDrop(current: CurrentEvent, asset: AssetStatement): void {
  current.findings.push({
    code: 'DROP_OF_UNKNOWN',
    pointer: '',
    message: `DROP of a dataset that no event has named: ${asset.name.slice(0, 200)}`,
  });
}
