import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';

const PROPERTIES = graphql(`
  query SearchProperties {
    customProperties {
      id
      name
      type
      values
      unit
    }
  }
`);

export type FoundProperty = ResultOf<typeof PROPERTIES>['customProperties'][number];

const NONE: readonly FoundProperty[] = [];

/** The properties that assets are found by, by name. */
export function useFoundProperties(): readonly FoundProperty[] {
  const [{ data }] = useQuery({ query: PROPERTIES });
  return data?.customProperties ?? NONE;
}

/** How an asset is asked for by a property: the text of one parameter of the address. */
export type Asked = 'any' | 'none' | 'is' | 'from' | 'to';

interface AskedProperty {
  readonly property: string;
  readonly how: Asked;
  readonly value: string;
}

const SIGNS: Readonly<Record<'is' | 'from' | 'to', string>> = { is: '=', from: '>=', to: '<=' };

// The id of a property has none of these signs in it, however its key is spelled.
const ASKED = /^(!?)(property:[^=<>!]+?)(?:(>=|<=|=)(.+))?$/s;

export function addressOf({ property, how, value }: AskedProperty): string {
  if (how === 'any') return property;
  return how === 'none' ? `!${property}` : `${property}${SIGNS[how]}${value}`;
}

/** What a parameter of the address asks for; null where it asks for nothing. */
export function askedIn(text: string): AskedProperty | null {
  const [, not, property, sign, value = ''] = ASKED.exec(text) ?? [];
  if (property === undefined || (not === '!' && sign !== undefined)) return null;
  if (sign === undefined) return { property, how: not === '!' ? 'none' : 'any', value: '' };
  const how = (['is', 'from', 'to'] as const).find((one) => SIGNS[one] === sign) ?? 'is';
  return { property, how, value };
}

interface PropertyFilter {
  property: string;
  has?: boolean;
  values?: string[];
  from?: string;
  to?: string;
}

interface AskedFilter {
  readonly property: string;
  readonly has: boolean;
  readonly values: readonly string[] | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** The texts of the address that ask for the same as a filter does. */
export function textsOf({ property, has, values, from, to }: AskedFilter): readonly string[] {
  if (!has) return [addressOf({ property, how: 'none', value: '' })];
  const texts = [
    ...(values ?? []).map((value) => addressOf({ property, how: 'is', value })),
    ...(from === null ? [] : [addressOf({ property, how: 'from', value: from })]),
    ...(to === null ? [] : [addressOf({ property, how: 'to', value: to })]),
  ];
  return texts.length === 0 ? [property] : texts;
}

/** What the API is asked for: of one property any of the values, within the bounds. */
export function filtersOf(texts: readonly string[]): PropertyFilter[] {
  const filters = new Map<string, PropertyFilter>();
  for (const text of texts) {
    const asked = askedIn(text);
    if (asked === null) continue;
    const { property, how, value } = asked;
    // That there is none is asked by itself, so that it finds nothing beside a value.
    const key = how === 'none' ? `!${property}` : property;
    const filter = filters.get(key) ?? { property };
    filters.set(key, filter);
    if (how === 'none') filter.has = false;
    if (how === 'is') filter.values = [...(filter.values ?? []), value];
    if (how === 'from' || how === 'to') filter[how] = value;
  }
  return [...filters.values()];
}
