import { expect, test } from 'vitest';
import { matchesOf } from './matches.js';
import type { Hit } from './search-query.js';

type Highlight = Hit['highlights'][number];

const RANGES = [{ start: 0, end: 4 }];
const hit = (more: Partial<Hit>): Hit => ({
  id: 'dataset:postgres%3A%2F%2Fwarehouse:shop.sales.orders',
  kind: 'DATASET',
  displayName: 'orders',
  namespace: 'postgres://warehouse',
  score: 1,
  asset: null,
  highlights: [],
  ...more,
});

test('a match in the part of the name that is not said is marked in the whole name', () => {
  const { name, namespace, fullName } = matchesOf(
    hit({ highlights: [{ field: 'NAME', text: 'shop.sales.orders', ranges: RANGES }] }),
  );
  expect({ name, namespace, fullName }).toEqual({
    name: [],
    namespace: [],
    fullName: { text: 'shop.sales.orders', ranges: RANGES },
  });
});

test('a match in the namespace is marked there', () => {
  const { namespace, name } = matchesOf(
    hit({ highlights: [{ field: 'NAME', text: 'postgres://warehouse', ranges: RANGES }] }),
  );
  expect({ namespace, name }).toEqual({ namespace: RANGES, name: [] });
});

test('a name that people say whole is there once', () => {
  expect(matchesOf(hit({ id: 'job:shop:orders', namespace: 'shop' })).fullName).toBeNull();
});

test('of what matched beside the name, the longest match is first', () => {
  const field: Highlight = { field: 'FIELD', text: 'id', ranges: [{ start: 0, end: 2 }] };
  const description: Highlight = { field: 'DESCRIPTION', text: 'All orders', ranges: [{ start: 4, end: 10 }] };
  expect(matchesOf(hit({ highlights: [field, description] })).others).toEqual([description, field]);
});
