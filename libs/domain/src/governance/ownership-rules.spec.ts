import { agentId, domainId } from '../identifiers.js';
import { expect, test } from 'vitest';
import {
  changedRules,
  isTagged,
  OwnershipRuleSet,
  type HeldOwnershipRule,
  type RuleSubject,
} from './ownership-rules.js';

const rule = (given: Partial<HeldOwnershipRule>): HeldOwnershipRule => ({
  ...{ namespace: null, name: null, path: null, tag: null, domain: null },
  owners: [{ agent: agentId('team', 'data'), role: 'OWNER' }],
  ...{ since: 10, enteredBy: 'Ana', position: 1 },
  ...given,
});
const subject = (given: Partial<RuleSubject> = {}): RuleSubject => ({
  names: [{ namespace: 'postgres://w:5432', name: 'public.orders' }],
  tags: [],
  domains: [],
  ...given,
});
const deciding = (rules: readonly HeldOwnershipRule[], of = subject()) => {
  const found = new OwnershipRuleSet({ rules }).deciding(of);
  return found === undefined ? null : [found.number, found.since];
};

test('the last rule that fits decides, alone', () => {
  expect(deciding([rule({}), rule({ name: 'public.*', owners: [] }), rule({ name: 'other.*' })])).toEqual([2, 10]);
  expect(deciding([rule({ name: 'other.*' })])).toBeNull();
  expect(deciding([])).toBeNull();
});

test('every condition of a rule must hold', () => {
  expect(deciding([rule({ namespace: 'postgres://*', name: '*.orders' })])).toEqual([1, 10]);
  expect(deciding([rule({ namespace: 'kafka://*', name: '*.orders' })])).toBeNull();
  expect(deciding([rule({ path: 'postgres://w:5432/public.?rders' })])).toEqual([1, 10]);
  expect(deciding([rule({ name: '*.orders', tag: 'pii' })])).toBeNull();
});

test('names are fitted together, not one with the namespace of another', () => {
  const of = subject({
    names: [
      { namespace: 's3://lake', name: 'orders' },
      { namespace: 'hive://m', name: 'shop.orders' },
    ],
  });
  expect(deciding([rule({ namespace: 'hive://*', name: 'shop.*' })], of)).toEqual([1, 10]);
  expect(deciding([rule({ namespace: 's3://*', name: 'shop.*' })], of)).toBeNull();
});

test('a rule holds since it is there and what it asks for is', () => {
  const of = subject({
    tags: [
      { value: 'pii=email', since: 30 },
      { value: 'pii=name', since: 20 },
    ],
    domains: [
      { id: domainId('intake'), since: 40 },
      { id: domainId('claims'), since: 50 },
    ],
  });
  expect(deciding([rule({ tag: 'pii' })], of)).toEqual([1, 20]);
  expect(deciding([rule({ tag: 'pii=email' })], of)).toEqual([1, 30]);
  expect(deciding([rule({ tag: 'pii', domain: domainId('claims') })], of)).toEqual([1, 50]);
  expect(deciding([rule({ domain: domainId('intake') })], of)).toEqual([1, 40]);
  expect(deciding([rule({ domain: domainId('payout') })], of)).toBeNull();
});

test('a bare key stands for every value of it, and for no other key', () => {
  expect(['pii', 'pii=x', 'piix', 'pi'].map((value) => isTagged(value, 'pii'))).toEqual([true, true, false, false]);
});

test('rules that two lists share at either end are no change', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => rule({ name })) as [
    HeldOwnershipRule,
    HeldOwnershipRule,
    HeldOwnershipRule,
    HeldOwnershipRule,
  ];
  const names = (before: readonly HeldOwnershipRule[], after: readonly HeldOwnershipRule[]) => {
    const changed = changedRules(before, after);
    return [changed.before.map(({ name }) => name), changed.after.map(({ rule: { name }, number }) => [name, number])];
  };
  expect(names([a, b, c], [a, d, c])).toEqual([['b'], [['d', 2]]]);
  expect(names([a, c], [a, b, c])).toEqual([[], [['b', 2]]]);
  expect(names([a, a], [a])).toEqual([['a'], []]);
  expect(names([a, b], [b, a])).toEqual([
    ['a', 'b'],
    [
      ['b', 1],
      ['a', 2],
    ],
  ]);
  expect(names([a, b], [rule({ name: 'a', since: 99 }), b])).toEqual([[], []]);
  expect(names([], [])).toEqual([[], []]);
});
