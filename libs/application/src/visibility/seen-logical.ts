import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { DefinitionRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';

type Reader = Pick<CatalogReader, 'mayBeMembers' | 'logicalMemberships'>;

/**
 * Definitions without the logical datasets of which the caller sees no member at `time`: what they are called would tell of
 * datasets that are hidden. `seen` gives those of some ids that the caller may see.
 */
export async function withSeenLogical<Row extends DefinitionRow>(
  catalog: Reader,
  rows: readonly Row[],
  time: ReadTime,
  seen: (ids: readonly NodeId[]) => Promise<readonly NodeId[]>,
): Promise<readonly Row[]> {
  const logical = rows.filter(({ kind }) => kind === 'LOGICAL_DATASET').map(({ id }) => id);
  if (logical.length === 0) return rows;
  const candidates = await catalog.mayBeMembers(logical, time);
  const members = await seen(candidates.map(({ id }) => id));
  const memberships = await catalog.logicalMemberships(members, time);
  const shown = new Set([...memberships.values()].map((membership) => membership.logical.id));
  return rows.filter(({ kind, id }) => kind !== 'LOGICAL_DATASET' || shown.has(id));
}
