import { expect, test } from 'vitest';
import { nodeIdIn, whereOf } from './node-id.js';

const ID = 'dataset:postgres%3A%2F%2Fwarehouse%3A5432:shop.orders';

test('an id is taken as it stands, and out of the address of a page', () => {
  expect(nodeIdIn(ID)).toBe(ID);
  expect(nodeIdIn('run:shop:load_orders:0199a000-0000-7000-8000-000000000004')).toMatch(/^run:/);
  expect(nodeIdIn(`https://headwater.example.org/asset?id=${encodeURIComponent(ID)}&tab=runs`)).toBe(ID);
  expect(nodeIdIn(`https://headwater.example.org/lineage?root=${encodeURIComponent(ID)}`)).toBe(ID);
});

test.each(['orders', 'job:', 'job:shop', 'job:shop:', 'token:0123456789ab', 'https://example.org/orders', 'job: a: b'])(
  '%s is no id',
  (text) => {
    expect(nodeIdIn(text)).toBeNull();
  },
);

test('where something is has its whole name where people say a part of it', () => {
  expect(whereOf({ id: ID, displayName: 'orders', namespace: 'postgres://warehouse:5432' })).toBe(
    'postgres://warehouse:5432 · shop.orders',
  );
  expect(whereOf({ id: 'job:shop:load', displayName: 'load', namespace: 'shop' })).toBe('shop');
});
