import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import { pageByName, sortedByName } from './by-name.js';
import type { DataProductRow, DataProductStatus } from './definition.js';

export interface DataProductFilter {
  /** Only what is in one of these, exactly: whoever asks names the domains below them too; null: in any or in none. */
  readonly domains: readonly NodeId[] | null;
  /** Empty: of any. */
  readonly statuses: readonly DataProductStatus[];
}

/** A page of the data products that fit, by name and then by id. INVALID_INPUT for a cursor of another list. */
export function pageOfProducts(
  products: readonly DataProductRow[],
  { domains, statuses }: DataProductFilter,
  page: PageRequest,
): Page<DataProductRow> {
  const fitting = products.filter(
    ({ body: { domain, status } }) =>
      (domains === null || (domain !== null && domains.includes(domain))) &&
      (statuses.length === 0 || statuses.includes(status)),
  );
  return pageByName('products', sortedByName(fitting), page);
}

/** Jobs around one output port. */
export interface PortJobs {
  readonly port: NodeId;
  readonly readers: readonly NodeId[];
  readonly writers: readonly NodeId[];
}

/** A job and the output ports that it reads, sorted. */
export interface ProductConsumer {
  readonly job: NodeId;
  readonly ports: readonly NodeId[];
}

/** Jobs that read a port and write none, by id: what writes a port is part of the product. */
export function consumersOf(around: readonly PortJobs[]): readonly ProductConsumer[] {
  const own = new Set(around.flatMap(({ writers }) => writers));
  const read = new Map<NodeId, Set<NodeId>>();
  for (const { port, readers } of around)
    for (const job of readers) if (!own.has(job)) read.set(job, (read.get(job) ?? new Set()).add(port));
  return [...read.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([job, ports]) => ({ job, ports: [...ports].sort() }));
}
