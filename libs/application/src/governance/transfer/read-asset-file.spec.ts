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
    lines: { length: 10 },
    faults: [{ line: 12, faults: [{ code: 'QUOTE_OPEN' }] }],
  });
  expect(readAssetFile(rows(11), 'CSV', 10)).toMatchObject({ lines: { length: 11 }, faults: [] });
});

/** What a file of the columns id and description is read as: descriptions of rows by line, and codes of faults by line. */
function readLines(rows: string): unknown {
  const read = readAssetFile(`id,description\n${rows}`, 'CSV', 10);
  if ('line' in read) return read;
  return {
    good: read.lines.map(({ line, says }) => `${String(line)} ${says.description ?? ''}`),
    bad: read.faults.map(({ line, faults }) => `${String(line)} ${faults.map(({ code }) => code).join()}`),
  };
}

test('a row that is no CSV is told by its line, and those around it are read', () => {
  const stray = `ab"c,x\nnot ${ID},two\n${ID}\n${ID},"th"ree\n`;
  expect(readLines(`${ID},one\n${stray}${ID},"a ""b"""\n`)).toEqual({
    good: ['2 one', '7 a "b"'],
    bad: ['3 QUOTE_WITHIN', '4 NOT_AN_ID', '5 ROW_CELLS', '6 QUOTE_EARLY'],
  });
});

test('a quote that nothing closes is told by the row that it opens in, and reading goes on at the next line', () => {
  const rows = `${ID},"two\nlines"\n${ID},"open\n${ID},"told ""so"""\n\n${ID},"of\n\nthree"\n`;
  expect(readLines(rows)).toEqual({ good: ['2 two\nlines', '5 told "so"', '7 of\n\nthree'], bad: ['4 QUOTE_OPEN'] });
  expect(readLines(`${ID},x\n${ID},"open\n${ID},y\nno id,z\n`)).toEqual({
    good: ['2 x', '4 y'],
    bad: ['3 QUOTE_OPEN', '5 NOT_AN_ID'],
  });
});

test('columns that are no CSV are told by their line, and no row is read', () => {
  const read = readAssetFile(`\nid,ta"gs\n${ID},x\n`, 'CSV', 10);
  expect(read).toMatchObject({ line: 2, faults: [{ code: 'QUOTE_WITHIN' }] });
});

test.each([
  ['id;tags', 'semicolons'],
  ['id\ttags', 'tabs'],
  ['"id";"tags"', 'semicolons'],
  [`id;tags\n"${ID}";"x"`, 'semicolons'],
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

test('a known role is one however it is spelled', () => {
  const said = { owners: [{ agent: 'agent:team:a', role: 'STEWARD' }] };
  expect(readAssetFile(`id,owners\n${ID},steward=agent:team:a\n`, 'CSV', 10)).toMatchObject({
    lines: [{ says: said }],
  });
  const row = JSON.stringify({ id: ID, owners: [{ agent: 'agent:team:a', role: 'Steward' }] });
  expect(readAssetFile(row, 'JSON_LINES', 10)).toMatchObject({ lines: [{ says: said }] });
});
