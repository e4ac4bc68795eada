import { projectRoot } from '../../scripts/build-project.mjs';
import { LONGEST_ANSWER_MS } from './fuzzed-product.js';

/** Nothing that answers say: where the program lies, how it was called, what a store was told or said. */
const INNARDS: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /\n\s+at |\bat \S+ \(|\.[cm]?[jt]s:\d+/],
  ['a path', new RegExp(`node_modules|file://|/dist/|${projectRoot.replaceAll(/[^\w/]/g, '\\$&')}`)],
  ['SQL', /\bSELECT\b[^"]{1,200}\bFROM\b|INSERT INTO|WITH RECURSIVE|pg_catalog|relation \\?"/],
  ['words of PostgreSQL', /at or near|invalid (?:input|byte)|out of range for type|duplicate key|SQLSTATE/],
  ['Cypher', /\bMATCH \(|Neo\.\w+Error/],
  ['words of V8', /Cannot read propert|is not a function|is not iterable|Maximum call stack/],
  ['a file of the system', /root:x:0/],
];

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
  readonly ms: number;
}

/** What is wrong with an answer, whatever was asked; empty for a good one. */
export function faultsOf({ status, retryAfter, text, ms }: Answer): readonly string[] {
  const faults: string[] = [];
  const isOverload = status === 503 && retryAfter !== null;
  if (status >= 500 && !isOverload) faults.push(`status ${String(status)}`);
  if (ms > LONGEST_ANSWER_MS) faults.push(`${ms.toFixed(0)} ms`);
  for (const [what, pattern] of INNARDS) {
    const found = pattern.exec(text);
    if (found !== null) faults.push(`${what}: ${found[0].slice(0, 80)}`);
  }
  // An executed operation is 200 whatever its fields met.
  const code = /"code":"(INTERNAL\w*|SERVICE_UNAVAILABLE)"/.exec(text)?.[1];
  if (code !== undefined && !isOverload) faults.push(code);
  return faults.map((fault) => `${fault}: ${text.slice(0, 500)}`);
}
