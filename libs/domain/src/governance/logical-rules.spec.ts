import fc from 'fast-check';
import { toGlob } from '../glob.js';
import { expect, test } from 'vitest';
import { capturedFor, LogicalRuleSet, type LogicalRule } from './logical-rules.js';

function keyOf(rule: Partial<LogicalRule>, name: string, namespace = 'db'): string | undefined {
  const set = new LogicalRuleSet([{ namespace: null, name: '{name}', key: '{name}', ...rule }]);
  return set.deciding([{ namespace, name }])?.logical;
}

test.each([
  ['{name}', 'orders', 'logical:orders'],
  ['{name}', 'ORDERS', 'logical:orders'],
  ['{name}', 'shop.orders', undefined],
  ['public.{name}', 'public.orders', 'logical:orders'],
  ['public.{name}', 'public.', undefined],
  ['*.{name}', 'shop.public.orders', 'logical:orders'],
  ['*/{name}/*', 'lake/orders/2024.parquet', 'logical:orders'],
  ['*/{name}/*', 'lake/raw/orders/2024.parquet', 'logical:raw'],
  ['lake/*/{name}/part-?', 'lake/raw/orders/part-0', 'logical:orders'],
  ['raw_{name}', 'raw_orders', 'logical:orders'],
  ['{name}_v?', 'orders_v2_v3', 'logical:orders_v2'],
  ['{name}*', 'orders.old', 'logical:orders'],
  ['a?{name}', 'ab', undefined],
  ['{name}', 'bestellungen-ä', 'logical:bestellungen-%C3%A4'],
])('%s makes of %s the key %s', (pattern, name, key) => {
  expect(keyOf({ name: pattern }, name)).toBe(key);
});

test('a key may stand without what was captured, and around it', () => {
  expect(keyOf({ name: 'orders*', key: 'Orders' }, 'orders_2024')).toBe('logical:orders');
  expect(keyOf({ name: '{name}.csv', key: 'sales-{name}' }, 'orders.csv')).toBe('logical:sales-orders');
  expect(keyOf({ name: '{name}', key: 'x'.repeat(95) + '{name}' }, 'orders')).toBeUndefined();
});

test('the namespace must fit, any name counts, and of several rules the last one that fits decides', () => {
  const rules = [
    { namespace: 'kafka://*', name: '{name}', key: '{name}' },
    { namespace: null, name: 'orders', key: 'all-orders' },
    { namespace: 's3://lake', name: '{name}/*', key: '{name}' },
  ];
  const set = new LogicalRuleSet(rules);
  const decide = (...names: [string, string][]) =>
    set.deciding(names.map(([namespace, name]) => ({ namespace, name })));
  expect(decide(['kafka://a', 'claims'])).toMatchObject({ number: 1, logical: 'logical:claims' });
  expect(decide(['kafka://a', 'orders'])).toMatchObject({ number: 2, logical: 'logical:all-orders' });
  expect(decide(['kafka://a', 'orders'], ['s3://lake', 'claims/1'])).toMatchObject({ number: 3 });
  expect(decide(['postgres://x', 'claims'])).toBeUndefined();
});

test('what a rule must have captured makes the key that was asked for, and nothing else does', () => {
  const part = fc.stringMatching(/^[a-z0-9._-]{1,4}$/);
  const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/);
  fc.assert(
    fc.property(part, part, word, fc.boolean(), (before, after, captured, isFixed) => {
      const rule = { namespace: null, name: '{name}', key: isFixed ? `${before}k` : `${before}{name}${after}` };
      const made = keyOf(rule, captured);
      const key = (isFixed ? `${before}k` : `${before}${captured}${after}`).toLowerCase();
      expect(made).toBe(`logical:${key}`);
      expect(capturedFor(rule, key)).toBe(isFixed ? null : captured.toLowerCase());
      expect(capturedFor(rule, `~${key}`)).toBeUndefined();
    }),
  );
});

test('what is captured is the first part that fits, and of that as much as does, word for word', () => {
  const glob = fc.stringMatching(/^[ab.*?]{0,5}$/);
  const text = fc.stringMatching(/^[ab.]{0,9}$/);
  const plain = (before: string, after: string, name: string): string | undefined => {
    const [head, tail] = [toGlob(before), toGlob(after)];
    for (let start = 0; start < name.length; start++)
      for (let stop = name.length; stop > start; stop--)
        if (
          /^[a-z0-9_-]+$/.test(name.slice(start, stop)) &&
          head.matches(name.slice(0, start)) &&
          tail.matches(name.slice(stop))
        )
          return `logical:${name.slice(start, stop)}`;
    return undefined;
  };
  fc.assert(
    fc.property(glob, glob, text, (before, after, name) => {
      expect(keyOf({ name: `${before}{name}${after}` }, name)).toBe(plain(before, after, name));
    }),
    { numRuns: 2_000 },
  );
});

test('a name as long as names may be costs no more than reading it', () => {
  const name = `${'a'.repeat(4_000)}.json`;
  expect(keyOf({ name: '*{name}*.parquet' }, name)).toBeUndefined();
  expect(keyOf({ name: '*{name}a*n', key: 'x' }, name)).toBe('logical:x');
});
