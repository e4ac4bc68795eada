export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const COMMA = 0x2c;

/** Deeper JSON is refused: everything that walks an event recurses, and PostgreSQL and clients have such limits too. */
export const MAX_NESTING = 512;

/** Whether the document nests deeper than {@link MAX_NESTING}. Brackets inside strings do not count. */
export function nestsTooDeep(bytes: Uint8Array): boolean {
  // Fewer bytes than brackets needed: the common small event costs nothing.
  if (bytes.length <= MAX_NESTING) return false;
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (++depth > MAX_NESTING) return true;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
  }
  return false;
}

/** The index of the quote that ends the string which begins at `start`, or the length of the text when none does. */
export function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
  }
  return bytes.length;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export type SplitArray =
  | { readonly ok: true; readonly elements: readonly Uint8Array[] }
  | { readonly ok: false; readonly reason: 'JSON' | 'SHAPE'; readonly detail: string };

/**
 * Splits one top-level JSON array into its elements, verbatim and without surrounding white space, by one scan that
 * knows strings and nesting but parses nothing: an element may still turn out to be no JSON. The slices share memory
 * with `bytes`. A body that is not one whole array is refused.
 */
export function splitJsonArray(bytes: Uint8Array): SplitArray {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const begin = skipSpace(bytes, hasMark ? 3 : 0);
  if (begin >= bytes.length)
    return { ok: false, reason: 'JSON', detail: 'The body is empty; send a JSON array of events.' };
  if (bytes[begin] !== OPEN_BRACKET) {
    return {
      ok: false,
      reason: bytes[begin] === OPEN_BRACE ? 'SHAPE' : 'JSON',
      detail: 'The body is not a JSON array. Send an array of events, or one event to /api/v1/lineage.',
    };
  }
  const elements: Uint8Array[] = [];
  let from = skipSpace(bytes, begin + 1);
  if (bytes[from] === CLOSE_BRACKET) return endOfArray(bytes, from, elements);
  for (;;) {
    const end = endOfElement(bytes, from);
    const stop = bytes[end];
    if (stop !== COMMA && stop !== CLOSE_BRACKET) return unterminated(bytes.length);
    let last = end;
    while (last > from && isSpace(bytes[last - 1])) last--;
    if (last === from) {
      return { ok: false, reason: 'JSON', detail: `The array has an empty element at byte ${String(from)}.` };
    }
    elements.push(bytes.subarray(from, last));
    if (stop === CLOSE_BRACKET) return endOfArray(bytes, end, elements);
    from = skipSpace(bytes, end + 1);
  }
}

/** The index of the first byte from `from` on that is no white space, or the length of the text. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at])) at++;
  return at;
}

/** The index of the comma or bracket behind the element that begins at `from`, or the length where there is none. */
function endOfElement(bytes: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth--;
    } else if (byte === COMMA && depth === 0) return at;
  }
  return bytes.length;
}

function endOfArray(bytes: Uint8Array, bracket: number, elements: readonly Uint8Array[]): SplitArray {
  const rest = skipSpace(bytes, bracket + 1);
  if (rest < bytes.length) {
    return {
      ok: false,
      reason: 'JSON',
      detail: `Something follows the array at byte ${String(rest)}; send one array.`,
    };
  }
  return { ok: true, elements };
}

function unterminated(length: number): SplitArray {
  return { ok: false, reason: 'JSON', detail: `The array is not closed: the body ends after ${String(length)} bytes.` };
}
