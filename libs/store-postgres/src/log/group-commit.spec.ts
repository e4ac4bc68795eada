import { HeadwaterError } from '@headwater/domain/errors';
import { expect, test } from 'vitest';
import { GroupCommit } from './group-commit.js';

function recording(fails: (rows: readonly string[]) => HeadwaterError | undefined = () => undefined) {
  const groups: string[][] = [];
  const group = new GroupCommit<string, string>({
    write: async (rows) => {
      groups.push([...rows]);
      await new Promise((resolve) => setImmediate(resolve));
      const failure = fails(rows);
      if (failure !== undefined) throw failure;
      return rows.map((row) => `${row}!`);
    },
    bytesOf: (row) => row.length,
    maxGroupRows: 4,
    maxGroupBytes: 100,
    maxQueuedRows: 12,
    maxQueuedBytes: 1000,
    translate: (error) => error as HeadwaterError,
  });
  return { group, groups };
}

test('a lone call is written alone, and calls that come meanwhile share the next group', async () => {
  const { group, groups } = recording();
  const first = group.submit(['a']);
  await Promise.resolve();
  await Promise.resolve();
  const later = [group.submit(['b']), group.submit(['c', 'd'])];
  expect(await first).toEqual(['a!']);
  expect(await Promise.all(later)).toEqual([['b!'], ['c!', 'd!']]);
  expect(groups).toEqual([['a'], ['b', 'c', 'd']]);
});

test('a group ends before its limit of rows or bytes, and a call is never cut', async () => {
  const { group, groups } = recording();
  const long = 'x'.repeat(90);
  await Promise.all(
    [['1'], ['2', '3'], ['4', '5'], [long], ['6', '7', '8', '9', '10']].map((rows) => group.submit(rows)),
  );
  expect(groups).toEqual([
    ['1', '2', '3'],
    ['4', '5', long],
    ['6', '7', '8', '9', '10'],
  ]);
});

test('what a group holds fails only the call it belongs to', async () => {
  const { group } = recording((rows) => (rows.includes('bad') ? new HeadwaterError('INTERNAL', 'bad') : undefined));
  const outcomes = await Promise.allSettled([['a'], ['bad'], ['c']].map((rows) => group.submit(rows)));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a store that is away is asked once a group, not once a call', async () => {
  const { group, groups } = recording(() => new HeadwaterError('UNAVAILABLE', 'away'));
  const outcomes = await Promise.allSettled([['a'], ['b'], ['c']].map((rows) => group.submit(rows)));
  expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
  expect(groups).toHaveLength(1);
});

test('a full queue refuses, an empty one takes even a call beyond the limit, and the count returns to zero', async () => {
  const { group } = recording();
  const large = group.submit(Array.from({ length: 20 }, (_, n) => `${n}`));
  await expect(group.submit(['more'])).rejects.toMatchObject({ reason: 'LOG_QUEUE_FULL', retryAfterS: 1 });
  expect(await large).toHaveLength(20);
  expect(group.pending).toEqual({ rows: 0, bytes: 0 });
  expect(await group.submit(['now'])).toEqual(['now!']);
});
