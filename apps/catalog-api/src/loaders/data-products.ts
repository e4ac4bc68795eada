import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import { isDataProductRow, type DataProductRow } from '@headwater/domain/governance/definition';
import { consumersOf, type PortJobs } from '@headwater/domain/governance/data-products';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogContext } from '../catalog-context.js';
import { toDataset, toJob } from '../types/asset.js';
import { toDataProduct, type DataProduct, type DataProductConsumer } from '../types/data-product.js';

/** A page that has all that there is. */
const ALL = { first: Number.MAX_SAFE_INTEGER, after: null } as const;

/** Every data product as of then, by id. */
export async function productsAt({ loaders }: CatalogContext, time: ReadTime): Promise<readonly DataProductRow[]> {
  return (await loaders.products.load('DATA_PRODUCT', time)) ?? [];
}

/** The data product as of then; null where there was none. */
export async function loadProduct(
  { loaders }: CatalogContext,
  id: NodeId,
  time: ReadTime,
): Promise<DataProduct | null> {
  const row = await loaders.definitions.load(id, time);
  return isDataProductRow(row) ? toDataProduct(row, time) : null;
}

/** The data products that an asset is an output port of, by id. */
export async function productsOf(context: CatalogContext, asset: NodeId, time: ReadTime): Promise<DataProduct[]> {
  const facts = (await context.loaders.facts.load(asset, { kind: 'PRODUCT', time })) ?? [];
  const ids = [...new Set(facts.map(({ value }) => value as NodeId))].sort();
  const found = await Promise.all(ids.map((id) => loadProduct(context, id, time)));
  return found.filter((product) => product !== null);
}

/** Output ports that the caller may see, by id, each dataset once whatever its names. */
export async function portsOf(
  context: CatalogContext,
  { row, time }: DataProduct,
): Promise<readonly { readonly fact: FactRow; readonly dataset: AssetRow }[]> {
  const facts = (await context.loaders.outputPorts.load(row.id, time)) ?? [];
  const assets = await assetsOf(
    context,
    facts.map(({ nodeId }) => nodeId),
  );
  const ports = new Map<NodeId, { readonly fact: FactRow; readonly dataset: AssetRow }>();
  for (const fact of facts) {
    const dataset = assets.get(fact.nodeId);
    if (dataset?.kind === 'DATASET' && !ports.has(dataset.id)) ports.set(dataset.id, { fact, dataset });
  }
  return [...ports.values()].sort((a, b) => (a.dataset.id < b.dataset.id ? -1 : 1));
}

/** Jobs that read output ports and write none, as of then and as far as the caller may see them. */
export async function consumers(
  context: CatalogContext,
  product: DataProduct,
  { skip, most }: { readonly skip: number; readonly most: number },
): Promise<DataProductConsumer[]> {
  const { time } = product;
  const ports = await portsOf(context, product);
  const around = await Promise.all(
    ports.map(async ({ dataset: { id: port } }): Promise<PortJobs> => {
      const [readers, writers] = await Promise.all([
        context.loaders.neighbors.load(port, { direction: 'DOWNSTREAM', kind: 'READ', time, page: ALL }),
        context.loaders.neighbors.load(port, { direction: 'UPSTREAM', kind: 'WRITE', time, page: ALL }),
      ]);
      const idsOf = (page: typeof readers): readonly NodeId[] => (page?.items ?? []).map(({ item }) => item);
      return { port, readers: idsOf(readers), writers: idsOf(writers) };
    }),
  );
  const found = consumersOf(around);
  const jobs = await assetsOf(
    context,
    found.map(({ job }) => job),
  );
  const datasets = new Map(ports.map(({ dataset }) => [dataset.id, dataset]));
  return found
    .flatMap(({ job, ports: read }) => {
      const row = jobs.get(job);
      if (row === undefined) return [];
      return [{ job: toJob(row), ports: read.flatMap((id) => datasets.get(id) ?? []).map(toDataset) }];
    })
    .slice(skip, skip + most);
}

async function assetsOf({ loaders }: CatalogContext, ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, AssetRow>> {
  const rows = await loaders.assets.loadMany([...ids]);
  return new Map(
    ids.flatMap((id, index) => {
      const row = rows[index];
      if (row instanceof Error) throw row;
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}
