import { coded, type Told } from '../errors.js';
import { kindOf, parseNodeId, respellNodeId } from '../identifiers.js';
import { parseEventTime } from '../openlineage/event-time.js';
import { formatMicros, type Micros } from '../time.js';
import type { PropertyDefinition, PropertyKind, PropertyType } from './definition.js';

/** Of a property that takes many; more would make a list of what is a page. */
export const MOST_VALUES = 50;
const MOST_CHARACTERS = 1_000;
const MOST_URL_CHARACTERS = 2_000;

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What the values of a property must be. */
export type Declared = Pick<PropertyDefinition, 'type' | 'isMany' | 'values' | 'min' | 'max' | 'unit'>;

/** Why a value does not fit; `index` is its place among those given, null where it is not one of them. */
export interface ValueFault extends Told {
  readonly index: number | null;
}

/** A value in the one spelling that is kept, or what would fit instead. */
type ReadValue = { readonly text: string } | { readonly fault: Told };

/**
 * Texts in the one spelling in which values of the property are kept, each once: `7` for `7.0`, UTC for other offsets. What
 * does not fit is a fault that says what fits; there are then no values.
 */
export function readValues(
  declared: Declared,
  texts: readonly string[],
): { readonly values: readonly string[]; readonly faults: readonly ValueFault[] } {
  const faults: ValueFault[] = [];
  const values: string[] = [];
  const most = declared.isMany ? MOST_VALUES : 1;
  for (const [index, text] of texts.entries()) {
    const read = readValue(declared, text);
    if ('fault' in read) faults.push({ index, ...read.fault });
    else if (!values.includes(read.text)) values.push(read.text);
  }
  if (texts.length === 0)
    faults.push({ index: null, ...coded('NO_VALUE', 'must have a value: unset the property to take it away') });
  if (values.length > most)
    faults.push({
      index: null,
      ...coded('TOO_MANY', declared.isMany ? `must have at most ${String(most)} values` : 'must have one value', {
        most,
      }),
    });
  return { values: faults.length > 0 ? [] : values, faults };
}

/** One text as {@link readValues} reads it. */
export function readValue(declared: Declared, given: string): ReadValue {
  const text = given.trim();
  if (text === '' || !text.isWellFormed() || /\p{Cc}/u.test(text))
    return {
      fault: coded('TEXT_LENGTH', 'must have a character, and no control characters', { most: MOST_CHARACTERS }),
    };
  return READ[declared.type](text, declared);
}

const READ: Readonly<Record<PropertyType, (text: string, declared: Declared) => ReadValue>> = {
  TEXT: (text) =>
    text.length <= MOST_CHARACTERS
      ? { text }
      : {
          fault: coded('TEXT_LENGTH', `must have at most ${String(MOST_CHARACTERS)} characters`, {
            most: MOST_CHARACTERS,
          }),
        },
  NUMBER: (text, { min, max, unit }) => {
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    const isWithin = (min === null || number >= min) && (max === null || number <= max);
    // Minus zero is zero.
    if (Number.isFinite(number) && isWithin) return { text: String(number === 0 ? 0 : number) };
    const within = `${boundsIn({ min, max })}${unit === null ? '' : ` (in ${unit})`}`;
    return {
      fault: coded('NUMBER_BOUNDS', `must be a number${within}, such as 30 or 0.5`, {
        ...{ min: min ?? '', max: max ?? '', unit: unit ?? '' },
      }),
    };
  },
  BOOLEAN: (text) => {
    const lower = text.toLowerCase();
    return lower === 'true' || lower === 'false'
      ? { text: lower }
      : { fault: coded('NO_BOOLEAN', 'must be true or false') };
  },
  DATE: (text) =>
    DATE.test(text) && microsOf('DATE', text) !== null
      ? { text }
      : { fault: coded('NO_DATE', 'must be a date, such as 2026-11-23') },
  DATE_TIME: (text) => {
    const at = microsOf('DATE_TIME', text);
    if (at !== null) return { text: formatMicros(at) };
    return { fault: coded('NO_MOMENT', 'must be a moment with its offset from UTC, such as 2026-11-23T08:15:30Z') };
  },
  ENUM: (text, { values }) =>
    values.includes(text)
      ? { text }
      : { fault: coded('NOT_ONE_OF', `must be one of: ${values.join(', ')}`, { values: values.join(', ') }) },
  URL: (text) => {
    const isUrl = /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text) && text.length <= MOST_URL_CHARACTERS;
    return isUrl && !/\s/.test(text)
      ? { text }
      : { fault: coded('NO_URL', 'must be an address that begins with https:// or http://') };
  },
  AGENT: (text) => {
    const parsed = parseNodeId(text);
    const isAgent = parsed?.kind === 'AGENT' && parsed.segments.every((segment) => segment.trim() !== '');
    return isAgent
      ? { text: respellNodeId(text) ?? text }
      : {
          fault: coded('NOT_AN_ID', 'must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims', {
            kind: 'AGENT',
          }),
        };
  },
};

function boundsIn({ min, max }: Pick<Declared, 'min' | 'max'>): string {
  if (min !== null && max !== null) return ` from ${String(min)} to ${String(max)}`;
  if (min !== null) return ` of ${String(min)} or more`;
  return max === null ? '' : ` of ${String(max)} or less`;
}

/** The moment of a DATE (its first in UTC) or a DATE_TIME; null for what is none. */
export function microsOf(type: 'DATE' | 'DATE_TIME', text: string): Micros | null {
  const time = parseEventTime(type === 'DATE' ? `${text}T00:00:00Z` : text);
  return typeof time === 'object' && time.hasZone ? time.at : null;
}

/** Values as the fact about them keeps them. */
export function writeValues(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** The values that a fact keeps; none where it keeps something else. Total. */
export function keptValues(detail: string | null): readonly string[] {
  try {
    const values: unknown = JSON.parse(detail ?? '[]');
    return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
  } catch {
    // Written by this product alone; what is not is no value.
    return [];
  }
}

/** Of PROPERTY facts about one asset the values by property: of several names of it, the first of the list holds. */
export function valuesByProperty(
  facts: readonly { readonly value: string; readonly detail: string | null }[],
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { value, detail } of facts) if (!values.has(value)) values.set(value, keptValues(detail));
  return values;
}

/** Why values, as they are kept, do not fit a property on something of that kind; null where they do. */
export function misfitOf(
  declared: Declared & Pick<PropertyDefinition, 'kinds'>,
  values: readonly string[],
  kind: PropertyKind,
): string | null {
  if (!declared.kinds.includes(kind)) return `goes on ${kindsIn(declared.kinds)} only`;
  return readValues(declared, values).faults[0]?.detail ?? null;
}

/** Kinds in words: `datasets and jobs`. */
export function kindsIn(kinds: readonly PropertyKind[]): string {
  return kinds.map((kind) => (kind === 'DATASET' ? 'datasets' : 'jobs')).join(' and ');
}

/** The kind of asset that a NodeId is of; undefined for an id of something else. */
export function propertyKindOf(id: string): PropertyKind | undefined {
  const kind = kindOf(id);
  return kind === 'DATASET' || kind === 'JOB' ? kind : undefined;
}
