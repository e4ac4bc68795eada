import type { ReadTime } from '@headwater/domain/reading/read-time';
import { countsWithParts, isDomainRow, withParts, type DomainRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { SearchFacet } from '@headwater/domain/search';
import type { CatalogContext } from '../catalog-context.js';
import { toDomain, type Domain } from '../types/domain.js';

const MAX_VALUES = 20;

/** Every domain as of then, by id. */
export async function domainsAt({ loaders }: CatalogContext, time: ReadTime): Promise<readonly DomainRow[]> {
  return (await loaders.domains.load('DOMAIN', time)) ?? [];
}

/** The domain as of then; null where there was none. */
export async function loadDomain({ loaders }: CatalogContext, id: NodeId, time: ReadTime): Promise<Domain | null> {
  const row = await loaders.definitions.load(id, time);
  return isDomainRow(row) ? toDomain(row, time) : null;
}

/** Domains and, as of now, all that are part of them. */
export async function domainsWithParts(
  context: CatalogContext,
  domains: readonly NodeId[],
): Promise<readonly NodeId[]> {
  return withParts(domains, await domainsAt(context, context.readTime({})));
}

/** Facets in which domains count what is in their parts too; at most 20 values of these. */
export async function withDomainSums(
  context: CatalogContext,
  facets: readonly SearchFacet[],
): Promise<readonly SearchFacet[]> {
  if (!facets.some(({ name, values }) => name === 'DOMAIN' && values.length > 0)) return facets;
  const all = await domainsAt(context, context.readTime({}));
  return facets.map(({ name, property, values }) => ({
    ...{ name, property },
    values: name === 'DOMAIN' ? countsWithParts(values, all).slice(0, MAX_VALUES) : values,
  }));
}
