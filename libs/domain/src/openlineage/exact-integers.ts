import { facetSlices, type FacetSlice } from './facet-slices.js';
import { pointerToken } from './findings.js';

// Members with whole numbers in JSON text: no string holds a quote without a backslash before it.
const INTEGER_MEMBERS = /([^\\]"\s*:\s*)(-?\d{16,})(?=\s*[,}])/g;

/** Whether a number was read that the text may have had other digits for: a double is exact below 2^53 only. */
function mayBeInexact(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** Reads whole numbers from 2^53 on digit for digit, which Iceberg's snapshot ids need. */
export class ExactIntegers {
  readonly #event: Uint8Array;
  /** By RFC 6901 pointer; one scan an event, however many facets ask. */
  #slices: ReadonlyMap<string, FacetSlice> | undefined;

  constructor(event: Uint8Array) {
    this.#event = event;
  }

  /**
   * The facet at `pointer` with its own whole numbers from 2^53 on as strings of their digits. The same body where there
   * are none, or where the event repeats or escapes keys, so that nobody can tell.
   */
  of(body: Readonly<Record<string, unknown>>, pointer: string): Readonly<Record<string, unknown>> {
    if (!Object.values(body).some(mayBeInexact)) return body;
    this.#slices ??= new Map(facetSlices(this.#event).map((slice) => [`/${slice.path.map(tokenOf).join('/')}`, slice]));
    const slice = this.#slices.get(pointer);
    if (slice === undefined) return body;
    const text = Buffer.from(this.#event.subarray(slice.from, slice.to)).toString('utf8');
    const exact = parsed(text.replace(INTEGER_MEMBERS, '$1"$2"'));
    if (exact === undefined) return body;
    const members = Object.entries(body).map(([name, value]) => [name, mayBeInexact(value) ? exact[name] : value]);
    return Object.fromEntries(members) as Readonly<Record<string, unknown>>;
  }
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
