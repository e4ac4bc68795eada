import { describe, expect, it } from 'vitest';
import { indentJson } from './indent-json.js';

describe('indentJson', () => {
  it('lays out like the standard serializer', () => {
    const value = { a: [1, { b: 'x,{}[]:"y' }], empty: {}, none: [], deep: { er: [[true], null] } };
    expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    expect(indentJson(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
  });

  it('keeps every digit and the order of keys', () => {
    expect(indentJson('{"2":12345678901234567890,"1":1.10e+05}')).toBe(
      '{\n  "2": 12345678901234567890,\n  "1": 1.10e+05\n}',
    );
  });

  it('leaves escapes and what is cut off as they are', () => {
    expect(indentJson(String.raw`["a\"]b\\"]`)).toBe(`[\n  ${String.raw`"a\"]b\\"`}\n]`);
    expect(indentJson('{"a": "b')).toBe('{\n  "a": "b');
    expect(indentJson(']]')).toBe('\n]\n]');
  });
});
