import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { NodeId } from '@headwater/domain/identifiers';
import type { SeenEvents } from './seen-events.js';
import type { SeenNodes } from './seen-nodes.js';
import type { SeenPages } from './seen-pages.js';

export interface SeenCatalogParts {
  readonly catalog: CatalogReader;
  readonly nodes: SeenNodes;
  readonly events: SeenEvents;
  readonly pages: SeenPages;
}

/** Some methods of the catalog. */
export type Part<M extends keyof CatalogReader> = Pick<CatalogReader, M>;

/** A page of nothing. */
export const NONE = { items: [], hasNextPage: false };

/** The ids whose own names may be seen. */
export function named(ids: readonly NodeId[], { sight }: SeenNodes): readonly NodeId[] {
  return ids.filter((id) => sight.sees(id));
}

/** The entries whose value may be seen. */
export function only<K, V>(found: ReadonlyMap<K, V>, isSeen: (value: V) => boolean): ReadonlyMap<K, V> {
  return new Map([...found].filter(([, value]) => isSeen(value)));
}

/** The same keys with other values. */
export function mapped<K, V, W>(found: ReadonlyMap<K, V>, map: (key: K, value: V) => W): ReadonlyMap<K, W> {
  return new Map([...found].map(([key, value]) => [key, map(key, value)]));
}
