import type { ReadTime } from '@headwater/domain/catalog-reader';
import { withParts } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { CatalogContext } from '../catalog-context.js';
import { toDomain, type Domain } from '../types/domain.js';

/** The domain as of then; null where there was none. */
export async function loadDomain({ loaders }: CatalogContext, id: NodeId, time: ReadTime): Promise<Domain | null> {
  const row = await loaders.definitions.load(id, time);
  return row === undefined ? null : toDomain(row, time);
}

/** Domains and, as of now, all that are part of them. */
export async function domainsWithParts(
  context: CatalogContext,
  domains: readonly NodeId[],
): Promise<readonly NodeId[]> {
  return withParts(domains, (await context.loaders.definitionsOf.load('DOMAIN', context.readTime({}))) ?? []);
}
