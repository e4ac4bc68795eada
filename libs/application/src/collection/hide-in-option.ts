import { shownId } from '@headwater/domain/classification/tag-lineage';
import type { CollectionOption } from '@headwater/domain/collection/collection-plan';
import type { Veil } from '@headwater/domain/traversal/hide-lineage';

/** An option for a caller who may not see all of the ways: what is to be read they see, what lies between is opaque. */
export function hideInOption(option: CollectionOption, veil: Veil): CollectionOption {
  return {
    ...option,
    datasets: option.datasets.map((dataset) => ({
      ...dataset,
      reads: dataset.reads.map((read) => ({
        ...read,
        via: read.via.map((id) => shownId(id, veil)),
        commonSource: shownId(read.commonSource, veil),
      })),
    })),
    joins: option.joins.map((join) => ({
      ...join,
      keys: join.keys.map((key) => ({ ...key, source: key.source === null ? null : shownId(key.source, veil) })),
    })),
  };
}
