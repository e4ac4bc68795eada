import { hash128 } from '../identifiers.js';
import { compareText } from './stamp.js';

/** JSON with keys in code unit order: equal values have equal text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}

/**
 * 128-bit hash of a value as its code built it, 32 hex digits: members in another order make another hash, so it is for
 * values that one piece of code builds (and much faster than going through {@link canonicalJson}).
 */
export function contentHash(value: unknown): string {
  return hash128(JSON.stringify(value));
}
