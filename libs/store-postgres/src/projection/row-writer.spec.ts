import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storableJson } from './row-writer.js';

const stored = (text: string): unknown => JSON.parse(storableJson(text));

describe('JSON that PostgreSQL stores', () => {
  test.each([
    ['a\u0000b', 'a\ufffdb'],
    ['high \ud800 alone', 'high \ufffd alone'],
    ['low \udc00 alone', 'low \ufffd alone'],
    ['\ud83d\ude00', '\ud83d\ude00'],
    ['C:\\u0000', 'C:\\u0000'],
    ['\\\u0000', '\\\ufffd'],
    ['\\ud800 as letters, and \ud800', '\\ud800 as letters, and \ufffd'],
  ])('%j becomes %j', (text, expected) => {
    expect(stored(text)).toBe(expected);
  });

  test('whatever the text, what comes out is it in well-formed Unicode without U+0000', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\\', 'u', 'd', '8', '0', '\u0000', '\ud800', '\udc00', '"') }),
        (text) => {
          expect(stored(text)).toBe(text.toWellFormed().replaceAll('\u0000', '\ufffd'));
        },
      ),
    );
  });
});
