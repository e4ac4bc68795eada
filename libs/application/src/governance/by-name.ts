import type { NodeId } from '@headwater/domain/identifiers';
import type { NamedAsset } from '@headwater/domain/reading/ownership-reader';

/** Where an asset stands in a list by name. */
export interface NamePlace {
  /** In lower case. */
  readonly name: string;
  readonly id: NodeId;
}

/** By name, without regard to case, and then by id. */
export function byName(found: readonly NamedAsset[]): readonly NamePlace[] {
  return found.map(({ id, displayName }) => ({ id, name: displayName.toLowerCase() })).sort(compareNames);
}

/** Negative, zero or positive, as for sorting. */
export function compareNames(a: NamePlace, b: NamePlace): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
