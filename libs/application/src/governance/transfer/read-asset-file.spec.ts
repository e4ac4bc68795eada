import { expect, test } from 'vitest';
import { readAssetFile } from './read-asset-file.js';

const ID = 'dataset:shop:orders';

test.each([
  ['CSV', 'id,tags\n', 'x\n'],
  ['JSON_LINES', '\n', '{\n\n'],
] as const)('rows of %s that are too many are not read, however bad they are', (format, head, row) => {
  const read = readAssetFile(head + row.repeat(200_000), format, 10);
  expect('detail' in read ? read.detail : [...read.lines, ...read.faults].length).toBe(11);
});

test('as many rows as may be are read to the end of the file', () => {
  const rows = (count: number): string => `id,tags\n${`${ID},x\n`.repeat(count)}"`;
  expect(readAssetFile(rows(10), 'CSV', 10)).toMatchObject({
    line: 12,
    detail: expect.stringContaining('is no CSV') as string,
  });
  expect(readAssetFile(rows(11), 'CSV', 10)).toHaveProperty('lines');
});
