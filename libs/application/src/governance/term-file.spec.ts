import fc from 'fast-check';
import { expect, test } from 'vitest';
import { termId, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { TermDefinition, TermRow } from '@headwater/domain/governance/definition';
import { TERM_STATUSES } from '@headwater/domain/governance/definitions/term';
import { detailOf } from './csv-cells.js';
import { readTermFile as readRows, termFile } from './term-file.js';

const readTermFile = (text: string) => readRows(text, 1_000);

const row = (key: string, body: TermDefinition): TermRow => ({
  ...{ rowId: key, key: key as NodeKey, id: termId(key), kind: 'TERM', body, enteredBy: 'Ana', position: 1 },
  ...{ validFrom: 1, validTo: null, recordedFrom: 1, recordedTo: null },
});

const KEY = fc.stringMatching(/^[a-z0-9._-]{1,8}$/);
const TEXT = fc
  .string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'ab |\\",;\n\'=+-@äß😀'.split(/(?:)/u)) })
  .map((text) => text.trim())
  .filter((text) => text !== '');
const ID = KEY.map(termId);
const BODY: fc.Arbitrary<TermDefinition> = fc.record({
  name: TEXT,
  description: fc.option(TEXT),
  parent: fc.option(ID),
  synonyms: fc.uniqueArray(TEXT, { maxLength: 4 }),
  related: fc.uniqueArray(ID, { maxLength: 4 }).map((ids): NodeId[] => [...ids].sort()),
  status: fc.constantFrom(...TERM_STATUSES),
  successor: fc.option(ID),
});

test('what is written is read back, whatever the texts have in them', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(KEY, BODY), { maxLength: 5, selector: ([key]) => key }), (terms) => {
      const read = readTermFile(termFile(terms.map(([key, body]) => row(key, body))));
      if ('line' in read) throw new Error(detailOf(read));
      expect(read.faults).toEqual([]);
      expect(read.lines.map(({ key, body }) => [key, body])).toEqual(terms);
    }),
  );
});

test('no cell is a formula to a spreadsheet, and what looks like an escaped one is read back', () => {
  const names = ['=HYPERLINK("x")', "'=1", '+1', '@x', '- item'];
  const body: TermDefinition = {
    ...{ name: '=1', description: names[0] ?? '', parent: null, synonyms: names, related: [] },
    ...{ status: 'DRAFT', successor: null },
  };
  const text = termFile([row('a', body)]);
  expect(text).not.toMatch(/(?:^|,)"?[=+@-]/mu);
  expect(readTermFile(text)).toMatchObject({ lines: [{ body }], faults: [] });
});

test('rows are told by the line that they begin at, also behind breaks of lines within cells', () => {
  const read = readTermFile('\ufeffkey,name,description\r\na,A,"x\r\ny"\r\n\r\nb,B\r\na,C,z\r\nd,D,w\r\n');
  expect(read).toMatchObject({
    lines: [
      { line: 2, key: 'a', body: { name: 'A', description: 'x\ny' } },
      { line: 7, key: 'd' },
    ],
    faults: [
      { line: 5, key: 'b', faults: [{ code: 'ROW_CELLS', detail: 'has 2 cells where the header names 3' }] },
      { line: 6, key: 'a', faults: [{ code: 'ROW_TWICE', detail: 'line 2 is of the same key' }] },
    ],
  });
});

test('columns that a file has not stay, and an empty cell takes away', () => {
  const read = readTermFile('Key, status ,parent\na,approved,\nb,maybe,a\n');
  expect(read).toEqual({
    lines: [{ line: 2, key: 'a', body: { status: 'APPROVED', parent: null } }],
    faults: [
      {
        ...{ line: 3, key: 'b' },
        faults: [
          {
            ...{ pointer: '/status', detail: 'has no status of DRAFT, APPROVED, DEPRECATED' },
            ...{ code: 'ROW_STATUS', parameters: [{ name: 'statuses', value: 'DRAFT, APPROVED, DEPRECATED' }] },
          },
        ],
      },
    ],
  });
});

test.each([
  ['', 1, /"key" among them/],
  ['name\nA\n', 1, /"key" among them/],
  ['key,nmae\na,A\n', 1, /there are not: nmae/],
  ['key,name,name\n', 1, /twice/],
  ['key,"name\na,A\n', 1, /no CSV/],
  ['"key";"name"\na;A\n', 1, /parted by semicolons/],
])('%j is no table of terms', (text, line, detail) => {
  const read = readTermFile(text);
  expect(read).toMatchObject({ line });
  expect('line' in read ? detailOf(read) : '').toMatch(detail);
});

test('a row that is no CSV is told in its place, and those around it are read', () => {
  const read = readTermFile('key,name\na,A\nb,"B"b\nc\nd,D"\ne,E\n');
  expect(read).toMatchObject({
    lines: [{ key: 'a' }, { key: 'e' }],
    faults: [
      { line: 3, faults: [{ code: 'QUOTE_EARLY' }] },
      { line: 4, faults: [{ code: 'ROW_CELLS' }] },
      { line: 5, faults: [{ code: 'QUOTE_WITHIN' }] },
    ],
  });
});

test('rows that are too many are not read, however bad they are', () => {
  const text = `key,name\n${'a\n'.repeat(400_000)}`;
  const read = readRows(text, 10);
  expect('line' in read ? detailOf(read) : [...read.lines, ...read.faults].length).toBe(11);
  // Not even the break of a cell behind them is seen.
  expect(readRows(`key,name\n${'a,b\n'.repeat(11)}"`, 10)).toMatchObject({ faults: { length: 10 } });
  expect(readRows(`key,name\n${'a,b\n'.repeat(10)}"`, 10)).toMatchObject({ faults: { 9: { line: 12 } } });
});
