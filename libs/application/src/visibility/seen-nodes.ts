import type { NamedThing } from '@headwater/domain/access/named-things';
import type { Sight } from '@headwater/domain/access/sight';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { AssetReader } from '@headwater/domain/catalog-reader';
import { datasetId, datasetOf, jobId, jobOfRun, kindOf, type NodeId } from '@headwater/domain/identifiers';

/**
 * What one caller may see where names are not all: a node is seen where the id at hand and the canonical name of what
 * it belongs to may be. Costs one read of assets for each batch.
 */
export class SeenNodes {
  constructor(
    readonly sight: Sight,
    private readonly catalog: Pick<AssetReader, 'assets'>,
  ) {}

  /** Those of the ids that may be seen. */
  async of(ids: readonly NodeId[]): Promise<ReadonlySet<NodeId>> {
    const named = ids.filter((id) => this.sight.sees(id));
    const assets = await this.catalog.assets([...new Set(named.flatMap(assetsOf))], LATEST);
    const isSeen = (asset: NodeId): boolean => this.sight.sees(assets.get(asset)?.id ?? asset);
    return new Set(named.filter((id) => assetsOf(id).every(isSeen)));
  }

  /** Of datasets and jobs that may be seen the canonical name, also where the name at hand may not be seen. */
  async canonical(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, NodeId>> {
    const assets = await this.catalog.assets(ids, LATEST);
    const named = ids.map((id) => [id, assets.get(id)?.id ?? id] as const);
    return new Map(named.filter(([, canonical]) => this.sight.sees(canonical)));
  }

  /** Whether each of the things is hidden, under the name given or under the one that it is known by now. */
  async hiding(things: readonly NamedThing[]): Promise<(thing: NamedThing) => boolean> {
    const named = things.filter(({ namespace }) => this.sight.seesNamespace(namespace));
    const seen = await this.of(named.flatMap(idsOf));
    return (thing) => !this.sight.seesNamespace(thing.namespace) || !idsOf(thing).every((id) => seen.has(id));
  }
}

/** A document does not say of everything whether it is a dataset or a job. */
function idsOf({ namespace, name }: NamedThing): readonly NodeId[] {
  return name === null ? [] : [datasetId(namespace, name), jobId(namespace, name)];
}

/** The datasets and jobs that a node is, or belongs to. */
function assetsOf(id: NodeId): readonly NodeId[] {
  switch (kindOf(id)) {
    case 'DATASET':
    case 'JOB':
      return [id];
    case 'FIELD':
      return [datasetOf(id)];
    case 'RUN':
      return [jobOfRun(id)];
    case 'VERSION': {
      const [, , , by, namespace = '', name = ''] = id.split(':');
      return by === 'run' ? [datasetOf(id), `job:${namespace}:${name}` as NodeId] : [datasetOf(id)];
    }
    case 'DECISION':
    case 'AGENT':
    case 'DOMAIN':
    case 'TERM':
    case 'DATA_PRODUCT':
    case 'PROPERTY':
    case 'LOGICAL_DATASET':
    case undefined:
      return [];
  }
}
