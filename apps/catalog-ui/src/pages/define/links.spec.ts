import { expect, test } from 'vitest';
import { changedMembers, emptyDraft } from './draft.js';
import { linksBetween } from './links.js';

const [orders, parcels, depots] = ['orders', 'parcels', 'depots'].map((name) => ({ id: `dataset:shop:${name}`, name }));

test('what leads from some datasets to others takes away first and adds then; none where only the order differs', () => {
  if (!orders || !parcels || !depots) throw new Error('three datasets are needed');
  expect(linksBetween([orders, parcels], [depots, parcels])).toEqual([
    { do: 'remove', dataset: orders },
    { do: 'add', dataset: depots },
  ]);
  expect(linksBetween([orders, parcels], [parcels, { ...orders, name: 'other' }])).toEqual([]);
  const before = emptyDraft('product', { datasets: [orders, parcels] });
  expect(changedMembers('product', before, { ...before, datasets: [parcels, orders] })).toEqual([]);
  expect(changedMembers('product', before, { ...before, datasets: [parcels] })).toEqual(['datasets']);
});
