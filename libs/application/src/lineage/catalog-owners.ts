import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Owner, OwnersOf } from '@headwater/domain/lineage-roots';
import type { ReadTime } from '@headwater/domain/reading/read-time';

/** Owners and domains as the catalog has them: owners are the effective ones. */
export class CatalogOwners implements OwnersOf {
  constructor(private readonly catalog: Pick<CatalogReader, 'effectiveOwners' | 'facts'>) {}

  async ownersOf(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly Owner[]>> {
    const found = await this.catalog.effectiveOwners(ids, time);
    return new Map([...found].map(([id, { owners }]) => [id, owners]));
  }

  async domainsOf(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, NodeId>> {
    const found = await this.catalog.facts(ids, ['DOMAIN'], time);
    return new Map(
      [...found].flatMap(([id, [first]]) => (first === undefined ? [] : [[id, first.value as NodeId] as const])),
    );
  }
}
