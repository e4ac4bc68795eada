import type { AssetRow } from '@headwater/domain/catalog';
import type { NodeId } from '@headwater/domain/identifiers';
import type { PageRequest } from '@headwater/domain/page';
import type { CatalogContext } from '../catalog-context.js';
import { pageInfo, type Connection } from '../types/connection.js';
import type { NeighborQuestion } from './neighbors.js';

/** A page of neighbors in the graph with what the catalog says of them. */
export async function neighborAssets<T>(
  context: CatalogContext,
  node: NodeId,
  question: Omit<NeighborQuestion, 'page'>,
  page: PageRequest,
  map: (row: AssetRow) => T,
): Promise<Connection<T>> {
  const found = await context.loaders.neighbors.load(node, { ...question, page });
  const items = found?.items ?? [];
  const rows = await context.loaders.assets.loadMany(items.map(({ item }) => item));
  const edges = items.flatMap(({ cursor }, index) => {
    const row = rows[index];
    if (row instanceof Error) throw row;
    return row === undefined ? [] : [{ cursor, node: map(row) }];
  });
  const cursors = items.map(({ cursor }) => cursor);
  return { edges, pageInfo: pageInfo(cursors, found?.hasNextPage ?? false, page.after) };
}
