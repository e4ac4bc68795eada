import { expect, test } from 'vitest';
import { datasetId, fieldId, jobId } from '../identifiers.js';
import { beginDeletion, deletedByEditAt, endDeletion, endsOf, isDeleted } from './deletions.js';
import type { Span } from './edge-intervals.js';
import { withoutGaps } from './withdrawals.js';

const asset = (): { deletions: Span[] } => ({ deletions: [] });

test('24. a deletion holds from its edit to the one that restores, and may come again', () => {
  const one = asset();
  expect([isDeleted(one), deletedByEditAt(one)]).toEqual([false, null]);
  beginDeletion(one, 10);
  expect([isDeleted(one), deletedByEditAt(one)]).toEqual([true, 10]);
  endDeletion(one, 20);
  expect([isDeleted(one), deletedByEditAt(one)]).toEqual([false, null]);
  beginDeletion(one, 30);
  expect(deletedByEditAt(one)).toBe(30);
  expect(withoutGaps([{ from: 0, to: null }], one.deletions)).toEqual([
    { from: 0, to: 10 },
    { from: 20, to: 30 },
  ]);
});

test('24. a restoring edit by a clock that is behind leaves no deletion, and cuts no edge in two', () => {
  const one = asset();
  beginDeletion(one, 10);
  endDeletion(one, 9);
  endDeletion(one, 12);
  expect(one.deletions).toEqual([]);
});

test('24. an edge ends at its datasets and jobs, a field at its dataset', () => {
  const [a, b, j] = [datasetId('db', 'a'), datasetId('db', 'b'), jobId('jobs', 'j')];
  const spec = { key: '', kind: 'READ', transformations: [], side: 'IN' } as const;
  expect(endsOf({ ...spec, from: a, to: j, datasets: [a] })).toEqual([a, j]);
  expect(endsOf({ ...spec, from: j, to: b, datasets: [b] })).toEqual([b, j]);
  expect(endsOf({ ...spec, from: j, to: jobId('jobs', 'k'), datasets: [] })).toHaveLength(2);
  expect(endsOf({ ...spec, from: fieldId(a, ['x']), to: fieldId(b, ['y']), datasets: [a, b] })).toEqual([a, b]);
});
