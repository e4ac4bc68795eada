import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endOfString,
  MAX_NESTING,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
} from './json-scan.js';

const COLON = 0x3a;
/** The bit that makes a brace of a bracket. */
const BRACE = 0x20;

// Facets stand at most five levels deep: what nests less than this is not too deep in any of their places.
const MAX_DEPTH = MAX_NESTING - 8;

/** Where one facet stands in the bytes of an event: from its `{` to behind its `}`. */
export interface FacetSlice {
  readonly from: number;
  readonly to: number;
  /** Keys and indexes from the event down to the facet. */
  readonly path: readonly (string | number)[];
}

const FACET_LISTS: ReadonlySet<string> = new Set(['facets', 'inputFacets', 'outputFacets']);

/**
 * The facets of an event that are JSON objects, by one scan that knows strings and nesting and parses nothing. None where
 * the bytes do not look like an event, or where a parser could take another text for the same key (repeated or escaped
 * keys). What it finds in bytes that are no JSON means nothing.
 */
export function facetSlices(bytes: Uint8Array): readonly FacetSlice[] {
  const scan = new EventScan(bytes);
  return scan.event() ? scan.slices : [];
}

/** Each method reads one value from `#at` on and tells whether it could; after a false the scan is of no use. */
class EventScan {
  readonly slices: FacetSlice[] = [];
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  event(): boolean {
    this.#at = skipSpace(this.#bytes, 0);
    return this.#members((key) => {
      if (key === 'inputs' || key === 'outputs') return this.#datasets(key);
      return key === 'run' || key === 'job' || key === 'dataset' ? this.#holder([key]) : this.#skip() >= 0;
    });
  }

  #datasets(list: string): boolean {
    if (this.#bytes[this.#at] !== OPEN_BRACKET) return this.#skip() >= 0;
    this.#at = skipSpace(this.#bytes, this.#at + 1);
    if (this.#bytes[this.#at] === CLOSE_BRACKET) return this.#step();
    for (let index = 0; ; index++) {
      if (!this.#holder([list, index])) return false;
      this.#at = skipSpace(this.#bytes, this.#at);
      const stop = this.#bytes[this.#at];
      if (stop === CLOSE_BRACKET) return this.#step();
      if (stop !== COMMA) return false;
      this.#at = skipSpace(this.#bytes, this.#at + 1);
    }
  }

  /** What may have facets: a run, a job or a dataset. */
  #holder(path: FacetSlice['path']): boolean {
    if (this.#bytes[this.#at] !== OPEN_BRACE) return this.#skip() >= 0;
    return this.#members((key) => (FACET_LISTS.has(key) ? this.#facets([...path, key]) : this.#skip() >= 0));
  }

  #facets(path: FacetSlice['path']): boolean {
    if (this.#bytes[this.#at] !== OPEN_BRACE) return this.#skip() >= 0;
    return this.#members((key) => {
      const from = this.#at;
      const depth = this.#skip();
      if (this.#bytes[from] === OPEN_BRACE && depth <= MAX_DEPTH)
        this.slices.push({ from, to: this.#at, path: [...path, key] });
      return depth >= 0;
    });
  }

  #members(read: (key: string) => boolean): boolean {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== OPEN_BRACE) return false;
    const seen = new Set<string>();
    this.#at = skipSpace(bytes, this.#at + 1);
    if (bytes[this.#at] === CLOSE_BRACE) return this.#step();
    for (;;) {
      const key = this.#key();
      if (key === undefined || seen.has(key)) return false;
      seen.add(key);
      if (!read(key)) return false;
      this.#at = skipSpace(bytes, this.#at);
      const stop = bytes[this.#at];
      if (stop === CLOSE_BRACE) return this.#step();
      if (stop !== COMMA) return false;
      this.#at = skipSpace(bytes, this.#at + 1);
    }
  }

  /** A key and its colon; undefined where it holds an escape or there is none. */
  #key(): string | undefined {
    const bytes = this.#bytes;
    if (bytes[this.#at] !== QUOTE) return undefined;
    const end = endOfString(bytes, this.#at);
    const text = bytes.subarray(this.#at + 1, end);
    if (text.includes(BACKSLASH)) return undefined;
    this.#at = skipSpace(bytes, end + 1);
    if (bytes[this.#at] !== COLON) return undefined;
    this.#at = skipSpace(bytes, this.#at + 1);
    return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf8');
  }

  #step(): true {
    this.#at++;
    return true;
  }

  /** Passes any value by and returns how deep it nests, 0 for one that does not; -1 where it has no end. */
  #skip(): number {
    const bytes = this.#bytes;
    const { length } = bytes;
    let depth = 0;
    let deepest = 0;
    for (let at = this.#at; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === QUOTE) {
        // endOfString, in place: most bytes of an event pass here.
        for (at++; at < length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
      } else if ((byte | BRACE) === OPEN_BRACE) {
        if (++depth > deepest) deepest = depth;
      } else if ((byte | BRACE) === CLOSE_BRACE) {
        if (depth-- > 1) continue;
        // One level too many closes what the value stands in.
        this.#at = depth < 0 ? at : at + 1;
        return deepest;
      } else if (byte === COMMA && depth === 0) {
        this.#at = at;
        return 0;
      }
    }
    return -1;
  }
}
