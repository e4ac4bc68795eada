import { expect, test } from 'vitest';
import { slipsBetween } from './correct-terms.js';
import { queryFor, termsOf, tiersOf } from './query-terms.js';
import { stemOf } from './words.js';

const prefixes = (text: string): readonly string[] => termsOf(text).map(({ prefix }) => prefix);

test('a query has the words that name something, each once, in the form that all of theirs begin with', () => {
  expect(prefixes('where is the customerOrders table of customers?')).toEqual(['customer', 'order']);
  expect(prefixes('which table')).toEqual(['table']);
  expect(prefixes('the')).toEqual(['the']);
  expect(
    ['policies', 'addresses', 'batches', 'class', 'gas', 'scoring', 'string', 'masked', 'feed'].map(stemOf),
  ).toEqual([...['polic', 'address', 'batch', 'class', 'gas', 'scor', 'string', 'mask', 'feed']]);
});

test('a letter changed, added, left out or swapped is one slip, one that is still to be typed half of one', () => {
  const slips = [
    ['claims', 'claims', 0],
    ['cliams', 'claims', 1],
    ['claim', 'claims', 0.5],
    ['clams', 'claims', 1],
    ['claiims', 'claims', 1],
    ['clsims', 'claims', 1],
    ['custmer', 'customers', 1.5],
    ['abc', 'xyz', 3],
  ] as const;
  for (const [typed, word, count] of slips) expect(slipsBetween(typed, word), `${typed} ${word}`).toBe(count);
});

test('fewer words than written are asked for in every combination, unless there are too many of them', () => {
  const terms = termsOf('one two three four five six seven eight');
  expect(queryFor('one two three', terms.slice(0, 3), 2)?.combinations).toHaveLength(3);
  expect(queryFor('one', terms, 8)?.combinations).toHaveLength(1);
  expect(queryFor('one', terms.slice(0, 5), 4)?.combinations).toHaveLength(5);
  expect(queryFor('one', terms, 7)).toBeUndefined();
  expect(queryFor('one', terms, 1)?.combinations).toHaveLength(8);
});

test('no lexeme of a query breaks out of its quotes', () => {
  const query = queryFor(`it's a\\b`, termsOf(`it's a\\b`));
  for (const tier of query === undefined ? [] : tiersOf(query)) expect(tier.split("'").length % 2).toBe(1);
  expect(query?.joined[0]).toBe('itsab');
});
