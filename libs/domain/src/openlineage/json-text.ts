import { pointerToken, type FindingList } from './findings.js';
import { MAX_NESTING, nestsTooDeep } from './json-scan.js';

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown; readonly text: string; readonly validUtf8: boolean }
  | { readonly ok: false; readonly detail: string };

/**
 * Parses bytes as JSON, leniently where producers are known to err: a byte order mark, wrong UTF-8 and Python's bare
 * NaN and Infinity become findings. Of a repeated key the last value holds, as in every common parser. Never throws.
 */
export function parseJson(bytes: Uint8Array, findings: FindingList): ParsedJson {
  if (nestsTooDeep(bytes)) {
    return { ok: false, detail: `The document nests deeper than ${String(MAX_NESTING)} levels.` };
  }
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const validUtf8 = !text.includes('\uFFFD') || isUtf8(bytes);
  if (!validUtf8) findings.add('INVALID_UTF8', '');
  if (text.charCodeAt(0) === 0xfeff) {
    findings.add('BYTE_ORDER_MARK', '');
    text = text.slice(1);
  }
  try {
    return { ok: true, value: JSON.parse(text), text, validUtf8 };
  } catch (error) {
    if (text.trim() === '') return { ok: false, detail: 'The body is empty; send one JSON object.' };
    const lenient = parseWithNonNumbers(text, findings);
    if (lenient !== undefined) return { ok: true, value: lenient.value, text, validUtf8 };
    return {
      ok: false,
      detail: `The document is not valid JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    };
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    // A fatal decoder tells wrong bytes by throwing; that is the answer, not a failure.
    return false;
  }
}

/** The value with NaN, Infinity and -Infinity read as null, or undefined when the text is no JSON even so. */
function parseWithNonNumbers(text: string, findings: FindingList): { readonly value: unknown } | undefined {
  const tokens = findNonNumbers(text);
  if (tokens.length === 0) return undefined;
  let value: unknown;
  let marked: unknown;
  const marker = unusedMarker(text);
  try {
    value = JSON.parse(replaceAt(text, tokens, 'null'));
    marked = JSON.parse(replaceAt(text, tokens, `"${marker}"`));
  } catch {
    return undefined;
  }
  reportMarked(marked, marker, '', findings);
  return { value };
}

interface Token {
  readonly from: number;
  readonly to: number;
}

const NON_NUMBERS = ['NaN', 'Infinity', '-Infinity'];

/** Bare tokens outside strings, by a scan rather than a pattern: patterns over strings of megabytes exhaust the stack. */
function findNonNumbers(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') {
      at = skipString(text, at);
    } else if (char === 'N' || char === 'I' || (char === '-' && text[at + 1] === 'I')) {
      const word = NON_NUMBERS.find((candidate) => text.startsWith(candidate, at));
      if (word === undefined) return [];
      tokens.push({ from: at, to: at + word.length });
      at += word.length;
    } else at++;
  }
  return tokens;
}

function skipString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function replaceAt(text: string, tokens: readonly Token[], by: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const token of tokens) {
    parts.push(text.slice(from, token.from), by);
    from = token.to;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function unusedMarker(text: string): string {
  let marker = 'not-a-number';
  while (text.includes(marker)) marker += '-';
  return marker;
}

function reportMarked(value: unknown, marker: string, pointer: string, findings: FindingList): void {
  if (value === marker) findings.add('NOT_A_NUMBER', pointer);
  else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      reportMarked(item, marker, `${pointer}/${String(index)}`, findings);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      reportMarked(item, marker, `${pointer}/${pointerToken(key)}`, findings);
    }
  }
}
