import { expect, test } from 'vitest';
import { csvOf, detailOf } from '../csv-cells.js';
import { readAssetFile } from './read-asset-file.js';

const ID = 'dataset:shop:orders';

test.each([
  ['CSV', 'id,tags\n', 'x\n'],
  ['JSON_LINES', '\n', '{\n\n'],
] as const)('rows of %s that are too many are not read, however bad they are', (format, head, row) => {
  const read = readAssetFile(head + row.repeat(200_000), format, 10);
  expect('line' in read ? detailOf(read) : [...read.lines, ...read.faults].length).toBe(11);
});

test('as many rows as may be are read to the end of the file', () => {
  const rows = (count: number): string => `id,tags\n${`${ID},x\n`.repeat(count)}"`;
  expect(readAssetFile(rows(10), 'CSV', 10)).toMatchObject({
    line: 12,
    faults: [{ code: 'QUOTE_OPEN', detail: expect.stringContaining('is no CSV') as string }],
  });
  expect(readAssetFile(rows(11), 'CSV', 10)).toHaveProperty('lines');
});

test('a quote that nothing closes is told by the row that it opens in', () => {
  const rows = `id,description\n${ID},"two\nlines"\n${ID},"open\n` + `${ID},"told ""so"""\n`.repeat(3);
  expect(readAssetFile(rows, 'CSV', 10)).toMatchObject({
    line: 4,
    faults: [{ code: 'NO_CSV', detail: expect.stringContaining('is no CSV') as string }],
  });
  expect(readAssetFile(`id,tags\n${ID},x\n${ID},"open\n${ID},y\n${ID},z\n`, 'CSV', 10)).toMatchObject({
    line: 3,
    faults: [
      { code: 'QUOTE_OPEN', detail: expect.stringContaining('a quote opens in this row and is not closed') as string },
    ],
  });
});

test.each([
  ['id;tags', 'semicolons'],
  ['id\ttags', 'tabs'],
])('a file of which the cells are parted by other characters is told so: %s', (header, what) => {
  const read = readAssetFile(`${header}\n`, 'CSV', 10);
  expect('line' in read ? detailOf(read) : '').toContain(`Its cells are parted by ${what}: save it with commas`);
});

test('null in JSON Lines says that there is none, as an empty list and an empty cell do', () => {
  const said = (row: object): unknown => {
    const read = readAssetFile(JSON.stringify({ id: ID, ...row }), 'JSON_LINES', 10);
    return 'lines' in read ? read.lines.map(({ says }) => says) : read;
  };
  const none = { owners: [], tags: [], terms: [], description: null, domain: null };
  expect(said({ owners: null, tags: null, terms: null, description: null, domain: null })).toEqual([none]);
  expect(said({ owners: [], tags: [], terms: [], description: '', domain: null })).toEqual([none]);
  expect(readAssetFile(`id,owners,tags,terms,description,domain\n${ID},,,,,\n`, 'CSV', 10)).toMatchObject({
    lines: [{ says: none }],
  });
});

test('a cell is one cell where a spreadsheet parts them by semicolons or tabs', () => {
  expect(csvOf([['a;=1+1', 'b\t@x', '=2']])).toBe(`"a;=1+1","b\t@x",'=2\n`);
});
