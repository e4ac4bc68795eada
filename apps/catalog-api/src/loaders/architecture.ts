import type { CatalogView } from '@headwater/application/visibility/catalog-views';
import { findingsAbout, type JudgedFinding } from '@headwater/domain/governance/architecture-findings';
import { withParts } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';

/** Stands for all domains where one is asked for. */
export const EVERY_DOMAIN = 'EVERY_DOMAIN';

/** Findings about each domain with its parts. One domain is looked at alone; of several, all are found once. */
export async function findingsByDomain(
  { lineage, catalog }: CatalogView,
  domains: readonly (NodeId | typeof EVERY_DOMAIN)[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId | typeof EVERY_DOMAIN, readonly JudgedFinding[]>> {
  const [only, ...others] = domains;
  if (only !== undefined && only !== EVERY_DOMAIN && others.length === 0)
    return new Map([[only, await lineage.architectureFindings(time, only)]]);
  const [all, rows] = await Promise.all([
    lineage.architectureFindings(time, null),
    catalog.definitionsOf('DOMAIN', time),
  ]);
  return new Map(domains.map((one) => [one, one === EVERY_DOMAIN ? all : findingsAbout(all, withParts([one], rows))]));
}
