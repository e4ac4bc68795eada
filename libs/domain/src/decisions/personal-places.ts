import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endOfString,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipSpace,
} from '../openlineage/json-scan.js';

/** Which values of a document are personal: members by name, items of an array, and what is none of these. */
interface Places {
  readonly members?: Readonly<Record<string, Places>>;
  readonly items?: Places;
  /** Whether any other value is personal as a whole. */
  readonly whole?: true;
}

const WHOLE: Places = { whole: true };

/** Of a decision: what its subject is called, and keys and values of its inputs. Where these have another shape, all. */
const OF_DECISION: Places = {
  members: {
    subject: { members: { ref: WHOLE }, whole: true },
    inputs: { items: { members: { key: WHOLE, values: WHOLE }, whole: true }, whole: true },
  },
};

/** The run facet that carries a decision. */
export const DECISION_FACET = 'headwater_decision';

const OF_RUN_EVENT: Places = {
  members: { run: { members: { facets: { members: { [DECISION_FACET]: OF_DECISION } } } } },
};

/** Where a value begins in some bytes and where it ends. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the personal values of a decision stand, in the order of the bytes, which are JSON. Repeated keys count each, and
 * escaped ones as what they stand for: what a parser would not see must not stay either.
 */
export function personalSpans(bytes: Uint8Array, of: 'DECISION' | 'RUN_EVENT'): readonly Span[] {
  const scan = new PlaceScan(bytes);
  scan.value(of === 'DECISION' ? OF_DECISION : OF_RUN_EVENT);
  return scan.spans;
}

class PlaceScan {
  readonly spans: Span[] = [];
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.#at = skipSpace(bytes, hasMark ? 3 : 0);
  }

  /** Passes the value at hand by; `places` undefined: nothing in it is personal. */
  value(places: Places | undefined): void {
    const from = this.#at;
    const first = this.#bytes[from];
    if (places?.members !== undefined && first === OPEN_BRACE) this.#members(places.members);
    else if (places?.items !== undefined && first === OPEN_BRACKET) this.#items(places.items);
    else {
      this.#skip();
      if (places?.whole === true && !this.#isNull(from)) this.spans.push({ from, to: this.#at });
    }
  }

  #members(members: Readonly<Record<string, Places>>): void {
    this.#each(CLOSE_BRACE, () => {
      const from = this.#at;
      this.#at = endOfString(this.#bytes, from) + 1;
      const key = keyOf(this.#bytes.subarray(from, this.#at));
      // Behind the colon.
      this.#at = skipSpace(this.#bytes, skipSpace(this.#bytes, this.#at) + 1);
      this.value(Object.hasOwn(members, key) ? members[key] : undefined);
    });
  }

  #items(places: Places): void {
    this.#each(CLOSE_BRACKET, () => {
      this.value(places);
    });
  }

  #each(close: number, read: () => void): void {
    const bytes = this.#bytes;
    this.#at = skipSpace(bytes, this.#at + 1);
    while (this.#at < bytes.length && bytes[this.#at] !== close) {
      read();
      this.#at = skipSpace(bytes, this.#at);
      if (bytes[this.#at] === COMMA) this.#at = skipSpace(bytes, this.#at + 1);
    }
    this.#at++;
  }

  #skip(): void {
    const bytes = this.#bytes;
    let depth = 0;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at];
      if (byte === QUOTE) this.#at = endOfString(bytes, this.#at);
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
      const isScalar = byte !== QUOTE && depth === 0 && byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET;
      this.#at++;
      if (depth === 0 && (!isScalar || isEnd(bytes[this.#at]))) return;
    }
  }

  #isNull(from: number): boolean {
    return this.#at - from === 4 && this.#bytes[from] === 0x6e;
  }
}

const ENDS: ReadonlySet<number | undefined> = new Set([
  ...[COMMA, CLOSE_BRACE, CLOSE_BRACKET],
  ...[0x20, 0x0a, 0x0d, 0x09, undefined],
]);

function isEnd(byte: number | undefined): boolean {
  return ENDS.has(byte);
}

function keyOf(quoted: Uint8Array): string {
  const text = Buffer.from(quoted.buffer, quoted.byteOffset, quoted.byteLength).toString('utf8');
  return quoted.includes(BACKSLASH) ? (JSON.parse(text) as string) : text.slice(1, -1);
}
