/**
 * The part of a JSON document that an RFC 6901 pointer names, verbatim: key order, white space and numbers beyond 2^53
 * survive. Of a repeated key the last counts, as for every common parser. Undefined where the pointer leads nowhere or
 * the text is no JSON. One scan that builds nothing.
 */
export function jsonSliceAt(text: string, pointer: string): string | undefined {
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  const tokens = pointer.split('/').slice(1).map(unescapeToken);
  const start = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  let at: number | undefined = start;
  for (const token of tokens) {
    at = memberOf(text, at, token);
    if (at === undefined) return undefined;
  }
  const end = endOfValue(text, at);
  return end === undefined || end === at ? undefined : text.slice(at, end);
}

function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Where the member or element of the value at `at` begins. */
function memberOf(text: string, at: number, token: string): number | undefined {
  if (text[at] === '{') return valueOfKey(text, at, token);
  if (text[at] === '[' && /^(0|[1-9]\d*)$/.test(token)) return elementAt(text, at, Number(token));
  return undefined;
}

function valueOfKey(text: string, open: number, key: string): number | undefined {
  let found: number | undefined;
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const name = readString(text.slice(at, keyEnd));
    at = skipSpace(text, keyEnd);
    if (text[at] !== ':') return undefined;
    const value = skipSpace(text, at + 1);
    if (name === key) found = value;
    const end = endOfValue(text, value);
    if (end === undefined) return undefined;
    at = skipSpace(text, end);
    if (text[at] !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function elementAt(text: string, open: number, index: number): number | undefined {
  let at = skipSpace(text, open + 1);
  for (let left = index; text[at] !== ']'; left -= 1) {
    if (left === 0) return at;
    const end = endOfValue(text, at);
    if (end === undefined || end === at) return undefined;
    at = skipSpace(text, end);
    if (text[at] !== ',') return undefined;
    at = skipSpace(text, at + 1);
  }
  return undefined;
}

function readString(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    // A key with a bad escape is no key that a pointer could name.
    return undefined;
  }
}

/** The index behind the value that begins at `at`; undefined where the text ends before it does. */
function endOfValue(text: string, at: number): number | undefined {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    const char = text[index];
    if (char === '"') {
      index = endOfString(text, index) - 1;
      if (depth === 0) return index + 1;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      if (depth === 0) return index;
      depth -= 1;
      if (depth === 0) return index + 1;
    } else if (depth === 0 && (char === ',' || isSpace(text.charCodeAt(index)))) return index;
  }
  return depth === 0 ? text.length : undefined;
}

/** The index behind the closing quote, or the length of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
