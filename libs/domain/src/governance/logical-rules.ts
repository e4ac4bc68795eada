import { toGlob, type Glob } from '../glob.js';
import { logicalId, type NodeId } from '../identifiers.js';
import type { Held } from './held.js';

/** There is one list of rules. */
export const LOGICAL_RULES_ID = 'rules:logical' as NodeId;
export const MOST_LOGICAL_RULES = 500;
/** In a pattern the part of a name that is captured; in a key where it goes. */
export const CAPTURED = '{name}';

const OF_WORD = /^[\p{L}\p{N}_-]$/u;
const KEY = /^[\p{L}\p{N}._-]{1,100}$/u;

/** Of which logical dataset the datasets are that fit. */
export interface LogicalRule {
  /** A glob ({@link toGlob}) on the namespace; null: in any. */
  readonly namespace: string | null;
  /**
   * A glob on the name with {@link CAPTURED} in it at most once: one or more letters, digits, dashes and underscores. Where
   * several parts of a name may be meant it is the first, and of that as much as fits.
   */
  readonly name: string;
  /** The key of the logical dataset, with {@link CAPTURED} for what was captured, written in lower case. */
  readonly key: string;
}

/** A rule of a list that holds, with who entered it, and when, as it is. */
export interface HeldLogicalRule extends LogicalRule, Held {}

/** Rules in their order: of several that fit a dataset the last one decides, alone. */
export interface LogicalRules {
  readonly rules: readonly HeldLogicalRule[];
}

export interface LogicalMatch<Rule extends LogicalRule = HeldLogicalRule> {
  readonly rule: Rule;
  /** Place in the list, from 1. */
  readonly number: number;
  readonly logical: NodeId;
}

interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/** A list of rules, ready to be asked about many datasets. */
export class LogicalRuleSet<Rule extends LogicalRule = HeldLogicalRule> {
  readonly #tests: readonly { readonly rule: Rule; readonly keyOf: (of: DatasetName) => string | null }[];

  constructor(rules: readonly Rule[]) {
    this.#tests = rules.map((rule) => ({ rule, keyOf: keyOfRule(rule) }));
  }

  /** The rule that decides about a dataset by one of its names, the first that it fits; undefined where none fits. */
  deciding(names: readonly DatasetName[]): LogicalMatch<Rule> | undefined {
    const plain = names.map(({ namespace, name }) => ({
      namespace: namespace.normalize('NFC'),
      name: name.normalize('NFC'),
    }));
    for (let at = this.#tests.length - 1; at >= 0; at--) {
      const test = this.#tests[at];
      for (const name of plain) {
        const key = test?.keyOf(name) ?? null;
        if (test !== undefined && key !== null) return { rule: test.rule, number: at + 1, logical: logicalId(key) };
      }
    }
    return undefined;
  }
}

/** What a rule must have captured to make a key; undefined: it cannot make it. Null: whatever it was. */
export function capturedFor({ key }: LogicalRule, wanted: string): string | null | undefined {
  const [before = '', after] = key.toLowerCase().split(CAPTURED);
  if (after === undefined) return before === wanted ? null : undefined;
  const isMade = wanted.length > before.length + after.length && wanted.startsWith(before) && wanted.endsWith(after);
  return isMade ? wanted.slice(before.length, wanted.length - after.length) : undefined;
}

/** Whether a logical dataset can have this key: rules make none with capitals. */
export function isLogicalKey(key: string): boolean {
  return KEY.test(key) && key === key.toLowerCase();
}

function keyOfRule({ namespace, name, key }: LogicalRule): (of: DatasetName) => string | null {
  const inNamespace = namespace === null ? undefined : toGlob(namespace.normalize('NFC'));
  const capture = captureOf(name.normalize('NFC'));
  return (of) => {
    if (inNamespace?.matches(of.namespace) === false) return null;
    const captured = capture(of.name);
    if (captured === null) return null;
    const made = key.replace(CAPTURED, () => captured).toLowerCase();
    return isLogicalKey(made) ? made : null;
  };
}

/** Tells what a pattern captures of a name, '' where it captures nothing; null where the name does not fit. */
function captureOf(pattern: string): (name: string) => string | null {
  const [before = '', after] = pattern.split(CAPTURED);
  const head = toGlob(before);
  if (after === undefined) return (name) => (head.matches(name) ? '' : null);
  const tail = toGlob(after);
  return (name) => {
    const chars = [...name];
    for (const start of placesOf(before, chars.length, 'BEGINNING')) {
      let end = start;
      while (end < chars.length && OF_WORD.test(chars[end] ?? '')) end++;
      if (end === start || !head.matches(chars.slice(0, start).join(''))) continue;
      const found = longest(chars, start, end, after, tail);
      if (found !== null) return found;
    }
    return null;
  };
}

function longest(chars: readonly string[], start: number, end: number, after: string, tail: Glob): string | null {
  for (const stop of placesOf(after, chars.length, 'END').reverse())
    if (stop > start && stop <= end && tail.matches(chars.slice(stop).join('')))
      return chars.slice(start, stop).join('');
  return null;
}

/** Where a text may be cut so that a glob fits what is on one side: one place for a plain text, else any. */
function placesOf(glob: string, length: number, side: 'BEGINNING' | 'END'): number[] {
  if (glob.includes('*')) return Array.from({ length: length + 1 }, (_, at) => at);
  const own = [...glob].length;
  if (own > length) return [];
  return [side === 'BEGINNING' ? own : length - own];
}
