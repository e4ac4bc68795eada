import { LATEST } from '@headwater/domain/reading/read-time';
import type { AssetReader } from '@headwater/domain/catalog-reader';
import type { ChangeFeed, ChangesAt } from '@headwater/domain/change-feed';
import { edgeChanges, type EventChanges } from '@headwater/domain/event-changes';
import { datasetOf, fieldId, fieldPath, kindOf, type NodeId } from '@headwater/domain/identifiers';

/** PENDING: not projected yet; REMOVED: what it changed is no longer kept. */
export type KnownChanges = EventChanges | 'PENDING' | 'REMOVED';

export interface ReadEventChangesPorts {
  readonly feed: Pick<ChangeFeed, 'at'>;
  readonly catalog: Pick<AssetReader, 'assets' | 'idsOfKeys'>;
}

/** What events changed when they were projected, in three statements however many are asked for. */
export class ReadEventChanges {
  constructor(private readonly ports: ReadEventChangesPorts) {}

  async execute(positions: readonly number[]): Promise<ReadonlyMap<number, KnownChanges>> {
    const { feed, catalog } = this.ports;
    const found = await feed.at(positions);
    const kept = [...found.values()].flatMap((at) => (at.state === 'KEPT' ? [at] : []));
    const ids = await catalog.idsOfKeys([...new Set(kept.flatMap(({ touched }) => touched))]);
    const named = kept.flatMap(({ changes }) => [...changes.flatMap(nodeIn), ...changes.flatMap(endsOf)]);
    const assets = await catalog.assets(
      [...new Set([...ids.values(), ...named].flatMap((id) => assetOf(id) ?? []))],
      LATEST,
    );
    const canonicalOf = (id: NodeId): NodeId => {
      const asset = assetOf(id);
      const canonical = asset === undefined ? undefined : assets.get(asset)?.id;
      if (canonical === undefined || canonical === asset) return id;
      return kindOf(id) === 'FIELD' ? fieldId(canonical, fieldPath(id)) : canonical;
    };
    const changesAt = (at: ChangesAt): KnownChanges => {
      if (at.state !== 'KEPT') return at.state;
      const nodes = [...at.touched.flatMap((key) => ids.get(key) ?? []), ...at.changes.flatMap(nodeIn)].map(
        canonicalOf,
      );
      return {
        nodes: [...new Set(nodes)].sort(inOrder),
        hiddenNodes: 0,
        edges: edgeChanges(at.changes, canonicalOf),
      };
    };
    return new Map([...found].map(([position, at]) => [position, changesAt(at)]));
  }
}

/** What may go by another name; runs and versions keep the name of the job or dataset that they were sent under. */
function assetOf(id: NodeId): NodeId | undefined {
  const kind = kindOf(id);
  if (kind === 'FIELD') return datasetOf(id);
  return kind === 'DATASET' || kind === 'JOB' ? id : undefined;
}

type Change = Extract<ChangesAt, { readonly state: 'KEPT' }>['changes'][number];

function nodeIn(change: Change): readonly NodeId[] {
  return change.op === 'node' ? [change.node.id] : [];
}

function endsOf(change: Change): readonly NodeId[] {
  if (change.op !== 'openEdge' && change.op !== 'closeEdge') return [];
  const { from, to } = change.row;
  return change.op === 'openEdge' && change.row.job !== null ? [from, to, change.row.job] : [from, to];
}

const KINDS: readonly unknown[] = ['JOB', 'RUN', 'DATASET', 'VERSION', 'FIELD'];

function inOrder(a: NodeId, b: NodeId): number {
  const apart = KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b));
  return apart !== 0 ? apart : a < b ? -1 : 1;
}
