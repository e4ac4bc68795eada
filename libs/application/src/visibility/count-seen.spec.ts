import type { FindingRow } from '@headwater/domain/catalog';
import { MAX_PAGE, type Page, type PageRequest } from '@headwater/domain/page';
import { expect, test } from 'vitest';
import { countSeenFindings } from './count-seen.js';

/** So many findings, the code of each by its number. */
function listOf(count: number, codeOf: (seq: number) => string) {
  const row = (seq: number): FindingRow => ({
    ...{ position: seq, seq, code: codeOf(seq), pointer: '', message: '', nodeKey: null, recordedAt: 0 },
  });
  let reads = 0;
  const read = ({ first, after }: PageRequest): Promise<Page<FindingRow>> => {
    reads += 1;
    const from = after === null ? 0 : Number(after) + 1;
    const length = Math.max(0, Math.min(first, count - from));
    const items = Array.from({ length }, (_, index) => ({ cursor: String(from + index), item: row(from + index) }));
    return Promise.resolve({ items, hasNextPage: from + length < count });
  };
  return { read, reads: () => reads };
}

const all = () => Promise.resolve(() => true);

test('findings that may be seen are counted by kind, the most frequent first, and all others are not', async () => {
  const { read } = listOf(250, (seq) => (seq % 5 === 0 ? 'RARE' : 'OFTEN'));
  const isSeen = () => Promise.resolve(({ seq }: FindingRow) => seq >= 50);
  expect(await countSeenFindings(read, isSeen)).toEqual([
    { code: 'OFTEN', count: 160, isExact: true },
    { code: 'RARE', count: 40, isExact: true },
  ]);
  expect(await countSeenFindings(read, () => Promise.resolve(() => false))).toEqual([]);
  expect(await countSeenFindings(listOf(0, String).read, all)).toEqual([]);
});

test('of very many the latest are counted, and the counts say so', async () => {
  const { read, reads } = listOf(10 * MAX_PAGE + 1, () => 'ONE');
  expect(await countSeenFindings(read, all)).toEqual([{ code: 'ONE', count: 10 * MAX_PAGE, isExact: false }]);
  expect(reads()).toBe(10);
  expect(await countSeenFindings(listOf(10 * MAX_PAGE, () => 'ONE').read, all)).toMatchObject([{ isExact: true }]);
});
