import type { AssetRow } from '@headwater/domain/catalog';
import { isPropertyRow, type PropertyRow } from '@headwater/domain/governance/definition';
import type { PropertyUse } from '@headwater/domain/search';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { CatalogContext } from '../catalog-context.js';
import {
  toAssetProperty,
  toCustomProperty,
  type AssetProperty,
  type CustomProperty,
} from '../types/custom-property.js';

/** Every property as of then, by name. */
export async function propertiesAt({ loaders }: CatalogContext, time: ReadTime): Promise<readonly PropertyRow[]> {
  const rows = (await loaders.properties.load('PROPERTY', time)) ?? [];
  const nameOf = ({ body, id }: PropertyRow): string => `${body.name.toLowerCase()}\n${id}`;
  return [...rows].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** The property as of then; null where there was none. */
export async function loadProperty(
  { loaders }: CatalogContext,
  id: NodeId,
  time: ReadTime,
): Promise<CustomProperty | null> {
  const row = await loaders.definitions.load(id, time);
  return isPropertyRow(row) ? toCustomProperty(row) : null;
}

/** What an asset has of each property, by the names of these: of several names of the asset, the latest edit holds. */
export async function propertiesOf(
  context: CatalogContext,
  { id, kind }: AssetRow,
  time: ReadTime,
): Promise<AssetProperty[]> {
  const facts = (await context.loaders.facts.load(id, { kind: 'PROPERTY', time })) ?? [];
  if (facts.length === 0) return [];
  return (await propertiesAt(context, time)).flatMap((row) => {
    const fact = facts.find(({ value }) => value === row.id);
    return fact === undefined ? [] : [toAssetProperty(fact, row, kind, context)];
  });
}

/** Of the assets that a property goes on, and that the caller may see, how many have values of it and how many have none. */
export async function usesOf(
  { loaders }: CatalogContext,
  { id, body: { kinds } }: PropertyRow,
): Promise<{ readonly assets: number; readonly without: number }> {
  const all = (await loaders.propertyUses.load('USES')) ?? [];
  const sum = (uses: readonly PropertyUse[]): number => uses.reduce((total, { assets }) => total + assets, 0);
  const own = all.filter(({ property }) => property === id);
  const goesOn = ({ kind }: PropertyUse): boolean => kinds.includes(kind);
  const there = sum(all.filter((use) => use.property === null && goesOn(use)));
  return { assets: sum(own), without: there - sum(own.filter(goesOn)) };
}
