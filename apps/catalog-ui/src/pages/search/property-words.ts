import type { TFunction } from 'i18next';
import { partsOf } from '../../lib/node-id.js';
import { askedIn, type FoundProperty } from './property-query.js';

/** What a parameter of the address asks of a property, in words; `t` has the messages of the search. */
export function propertyWords(text: string, known: readonly FoundProperty[], t: TFunction<'search'>): string {
  const asked = askedIn(text);
  if (asked === null) return text;
  const { property, how, value } = asked;
  const name = known.find(({ id }) => id === property)?.name ?? partsOf(property).namespace;
  return t(`property.said.${how}`, { name, value });
}
