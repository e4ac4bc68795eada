import { facetSlices } from './facet-slices.js';
import { pointerToken } from './findings.js';

// Members with whole numbers in JSON text: no string holds a quote without a backslash before it.
const INTEGER_MEMBERS = /([^\\]"\s*:\s*)(-?\d{16,})(?=\s*[,}])/g;

/** Whether a number was read that the text may have had other digits for: a double is exact below 2^53 only. */
export function mayBeInexact(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/**
 * The facet at `pointer` (RFC 6901) of an event with its own whole numbers from 2^53 on as strings of their digits, which
 * Iceberg's snapshot ids need. The same body where the event repeats or escapes keys, so that nobody can tell.
 */
export function withExactIntegers(
  body: Readonly<Record<string, unknown>>,
  pointer: string,
  event: Uint8Array,
): Readonly<Record<string, unknown>> {
  const slice = facetSlices(event).find(({ path }) => pointer === `/${path.map(tokenOf).join('/')}`);
  if (slice === undefined) return body;
  const text = Buffer.from(event.subarray(slice.from, slice.to)).toString('utf8');
  const exact = parsed(text.replace(INTEGER_MEMBERS, '$1"$2"'));
  if (exact === undefined) return body;
  const members = Object.entries(body).map(([name, value]) => [name, mayBeInexact(value) ? exact[name] : value]);
  return Object.fromEntries(members) as Readonly<Record<string, unknown>>;
}

/** Undefined for what is JSON with a producer's liberties only. */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function tokenOf(step: string | number): string {
  return typeof step === 'number' ? String(step) : pointerToken(step);
}
