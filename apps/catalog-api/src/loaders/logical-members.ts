import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { LogicalMembership } from '@headwater/domain/governance/logical-membership';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';

type Member = readonly [NodeId, LogicalMembership];

/** The members of many logical datasets, each with what makes it one, by id: as many statements as for one. */
export async function membersByLogical(
  catalog: Pick<CatalogReader, 'mayBeMembers' | 'logicalMemberships'>,
  logical: readonly NodeId[],
  time: ReadTime,
): Promise<ReadonlyMap<NodeId, readonly Member[]>> {
  const candidates = (await catalog.mayBeMembers(logical, time)).map(({ id }) => id).sort();
  const memberships = await catalog.logicalMemberships(candidates, time);
  const found = new Map<NodeId, Member[]>(logical.map((id) => [id, []]));
  for (const id of candidates) {
    const membership = memberships.get(id);
    if (membership !== undefined) found.get(membership.logical.id)?.push([id, membership]);
  }
  return found;
}
