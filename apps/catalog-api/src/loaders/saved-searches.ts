import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { NewsView } from '@headwater/application/saved/search-news';
import type { PropertyRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { RecentChange as DomainChange } from '@headwater/domain/reading/recent-change-reader';
import type { SearchFilter } from '@headwater/domain/search';
import type { CatalogContext } from '../catalog-context.js';
import { toAsset, type Asset } from '../types/asset.js';
import { toRecentChange, type RecentChange } from '../types/recent-change.js';
import { partsIn } from './terms.js';

/** A kept filter with all that its domains and terms stand for as of now. */
export async function expandIn(context: CatalogContext, filter: SearchFilter): Promise<SearchFilter> {
  const { domains, terms, properties, tags, carriedTags } = filter;
  const parts = partsIn(context);
  const known = properties === undefined ? [] : await parts.properties();
  return {
    ...filter,
    ...(domains !== undefined && domains.length > 0 && { domains: await parts.domains(domains) }),
    ...(terms !== undefined && terms.length > 0 && { terms: await parts.terms(terms) }),
    ...(carriedTags === true && tags !== undefined && tags.length > 0 && { carriedTo: await parts.carried(tags) }),
    // What its type is now decides how its values are looked up.
    ...(properties !== undefined && {
      properties: properties.map((one) => ({
        ...one,
        type: known.find(({ id }) => id === one.property)?.body.type ?? one.type,
      })),
    }),
  };
}

/** Every property that there is now. */
export function propertiesIn(context: CatalogContext): Promise<readonly PropertyRow[]> {
  return partsIn(context).properties();
}

export function newsViewIn(context: CatalogContext): NewsView {
  const { catalog, search } = context.view;
  return { catalog, search, expand: (filter) => expandIn(context, filter) };
}

/** Assets by id, in the order asked for, each once; what is not there, or hidden, is left out. */
export async function assetsOf({ loaders }: CatalogContext, ids: readonly NodeId[]): Promise<Asset[]> {
  const rows = await Promise.all(ids.map((id) => loaders.assets.load(id)));
  const once = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])));
  return [...once.values()].map(toAsset);
}

/** Changes with their assets; of merged assets the latest of each kind. */
export async function changesWithAssets(
  { loaders }: CatalogContext,
  changes: readonly DomainChange[],
): Promise<RecentChange[]> {
  const rows = await Promise.all(changes.map(({ asset }) => loaders.assets.load(asset)));
  const once = new Map<string, RecentChange>();
  for (const [index, change] of changes.entries()) {
    const row = rows[index];
    const key = `${change.kind} ${row?.id ?? ''}`;
    if (row !== undefined && !once.has(key)) once.set(key, toRecentChange(change, toAsset(row)));
  }
  return [...once.values()];
}

/** Who asks. Throws UNAUTHENTICATED where that is nobody known. */
export function signedIn({ principal }: CatalogContext): Principal {
  if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
  return principal;
}
