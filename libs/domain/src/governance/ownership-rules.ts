import { toGlob, type Glob } from '../glob.js';
import type { NodeId } from '../identifiers.js';
import type { Held } from './held.js';
import type { Micros } from '../time.js';

/** There is one list of rules. */
export const OWNERSHIP_RULES_ID = 'rules:ownership' as NodeId;
export const MOST_RULES = 2_000;

export interface RuleOwner {
  readonly agent: NodeId;
  readonly role: string;
}

/** Who answers for all assets that fulfil each condition that is not null. */
export interface OwnershipRule {
  /** A glob ({@link toGlob}) on the namespace. */
  readonly namespace: string | null;
  /** A glob on the name. */
  readonly name: string | null;
  /** A glob on `<namespace>/<name>`. */
  readonly path: string | null;
  /** Of the asset or of one of its fields, as search has it: `key=value`, or a bare key, which stands for every value. */
  readonly tag: string | null;
  /** The domain, or any that is part of it. */
  readonly domain: NodeId | null;
  /** None: what the rule fits has no owner by rule, whatever the rules before it say. */
  readonly owners: readonly RuleOwner[];
}

/** A rule of a list that holds, with who entered it, and when, as it is. */
export interface HeldOwnershipRule extends OwnershipRule, Held {}

/** Rules in their order: of several that fit an asset the last one decides, alone. */
export interface OwnershipRules {
  readonly rules: readonly HeldOwnershipRule[];
}

/** What rules look at, as it is at one moment. */
export interface RuleSubject {
  /** Every name of the asset: a rule that fits one of them fits it. */
  readonly names: readonly { readonly namespace: string; readonly name: string }[];
  /** Its own and those of its fields. */
  readonly tags: readonly { readonly value: string; readonly since: Micros }[];
  /** The domain that it is in and all above that, each with since when it is in it by that way. */
  readonly domains: readonly { readonly id: NodeId; readonly since: Micros }[];
}

export interface RuleMatch {
  readonly rule: HeldOwnershipRule;
  /** Place in the list, from 1. */
  readonly number: number;
  /** Since when the rule is there and what it asks of tag and domain holds. */
  readonly since: Micros;
}

/** Rules between what two lists have in common at their beginnings and at their ends. */
export interface ChangedRules<R extends OwnershipRule> {
  readonly before: readonly OwnershipRule[];
  /** Each with its place in the list, from 1. */
  readonly after: readonly { readonly rule: R; readonly number: number }[];
}

/** Whatever none of the rules of either list here fits is decided by the same rule, or by none, in both. */
export function changedRules<R extends OwnershipRule>(
  before: readonly OwnershipRule[],
  after: readonly R[],
): ChangedRules<R> {
  const [old, now] = [before.map(textOf), after.map(textOf)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  return {
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end).map((rule, index) => ({ rule, number: start + index + 1 })),
  };
}

function textOf({ namespace, name, path, tag, domain, owners }: OwnershipRule): string {
  return JSON.stringify([namespace, name, path, tag, domain, ...owners.flatMap(({ agent, role }) => [agent, role])]);
}

type Test = (subject: RuleSubject) => Micros | null;

/** A list of rules, ready to be asked about many assets. */
export class OwnershipRuleSet {
  readonly #tests: readonly { readonly rule: HeldOwnershipRule; readonly fits: Test }[];

  constructor({ rules }: OwnershipRules) {
    this.#tests = rules.map((rule) => ({ rule, fits: testOf(rule) }));
  }

  /** Tags that rules name, some twice. */
  get tags(): readonly string[] {
    return this.#tests.flatMap(({ rule: { tag } }) => (tag === null ? [] : [tag]));
  }

  /** The rule that decides about an asset; undefined where none fits it. */
  deciding(of: RuleSubject): RuleMatch | undefined {
    const names = of.names.map(({ namespace, name }) => ({
      namespace: namespace.normalize('NFC'),
      name: name.normalize('NFC'),
    }));
    const subject = { ...of, names };
    for (let at = this.#tests.length - 1; at >= 0; at--) {
      const test = this.#tests[at];
      const since = test?.fits(subject) ?? null;
      if (test !== undefined && since !== null) return { rule: test.rule, number: at + 1, since };
    }
    return undefined;
  }
}

const prepared = new WeakMap<OwnershipRules, OwnershipRuleSet>();

/** A list that holds, prepared once as long as it is the same object. */
export function ruleSetOf(rules: OwnershipRules): OwnershipRuleSet {
  const known = prepared.get(rules) ?? new OwnershipRuleSet(rules);
  prepared.set(rules, known);
  return known;
}

/** Whether a tag of an asset is what a rule or a filter names. */
export function isTagged(value: string, wanted: string): boolean {
  return value === wanted || (value.startsWith(wanted) && value[wanted.length] === '=');
}

/** Tells since when a rule fits, null where it does not. */
function testOf(rule: HeldOwnershipRule): Test {
  const { tag, domain, since } = rule;
  const globs = [rule.namespace, rule.name, rule.path].map(globOf);
  const [namespaces, names, paths] = globs;
  const isNamed = ({ namespace, name }: RuleSubject['names'][number]): boolean =>
    fits(names, name) && fits(namespaces, namespace) && (paths === undefined || paths.matches(`${namespace}/${name}`));
  const isUnnamed = globs.every((glob) => glob === undefined);
  return (subject) => {
    if (!isUnnamed && !subject.names.some(isNamed)) return null;
    const tagged = tag === null ? [since] : sincesOf(subject, tag);
    if (tagged.length === 0) return null;
    if (domain === null) return Math.max(since, Math.min(...tagged));
    const inDomain = subject.domains.find(({ id }) => id === domain);
    return inDomain === undefined ? null : Math.max(since, Math.min(...tagged), inDomain.since);
  };
}

function sincesOf({ tags }: RuleSubject, wanted: string): readonly Micros[] {
  return tags.filter(({ value }) => isTagged(value, wanted)).map(({ since }) => since);
}

function globOf(pattern: string | null): Glob | undefined {
  return pattern === null ? undefined : toGlob(pattern.normalize('NFC'));
}

function fits(glob: Glob | undefined, text: string): boolean {
  return glob === undefined || glob.matches(text);
}
