import { toGlob } from '../glob.js';
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
  if (after === undefined) {
    const whole = toGlob(before);
    return (name) => (whole.matches(name) ? '' : null);
  }
  const around = toGlob(`${before}?*${after}`);
  const [head, tail] = [[...before], [...after].reverse()];
  return (name) => {
    if (!around.matches(name)) return null;
    const chars = [...name];
    const begins = beginningsOf(head, chars);
    const ends = beginningsOf(tail, [...chars].reverse()).reverse();
    for (let start = 0; start < chars.length; start++) {
      if (begins[start] !== true) continue;
      // Every place of a run of word characters ends in the same way: a later one captures less of it.
      let stop = start;
      let found = -1;
      while (stop < chars.length && OF_WORD.test(chars[stop] ?? '')) if (ends[++stop] === true) found = stop;
      if (found > start) return chars.slice(start, found).join('');
      if (stop > start) start = stop;
    }
    return null;
  };
}

/** Of how many characters, from none to all, a glob fits the beginning: in time linear in both. */
function beginningsOf(glob: readonly string[], chars: readonly string[]): boolean[] {
  // How much of the glob may be behind what was read.
  let behind = passing(glob, new Set([0]));
  const fits = [behind.has(glob.length)];
  for (const char of chars) {
    const next = new Set<number>();
    for (const at of behind) {
      const wanted = glob[at];
      if (wanted === '*') next.add(at);
      else if (wanted !== undefined && (wanted === '?' || wanted === char)) next.add(at + 1);
    }
    behind = passing(glob, next);
    fits.push(behind.has(glob.length));
  }
  return fits;
}

/** A star stands for no character too. */
function passing(glob: readonly string[], places: Set<number>): Set<number> {
  for (const at of places) if (glob[at] === '*') places.add(at + 1);
  return places;
}
