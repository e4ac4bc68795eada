import { describe, expect, test } from 'vitest';
import { jsonSliceAt } from './json-slice.js';

describe('jsonSliceAt', () => {
  const text = '{ "a" : {"n": 12345678901234567890 , "a/b": [1, {"x":"]}\\""} ], "~": null}, "b": [ ] , "z": -1.0e5 }';

  test.each([
    ['/a/n', '12345678901234567890'],
    ['/a/a~1b', '[1, {"x":"]}\\""} ]'],
    ['/a/a~1b/1', '{"x":"]}\\""}'],
    ['/a/a~1b/1/x', '"]}\\""'],
    ['/a/~0', 'null'],
    ['/b', '[ ]'],
    ['/z', '-1.0e5'],
    ['', text],
  ])('pointer %j gives the text as it stands', (pointer, expected) => {
    expect(jsonSliceAt(text, pointer)).toBe(expected);
  });

  test.each(['/c', '/b/0', '/a/a~1b/2', '/a/a~1b/01', '/z/0', 'a'])('pointer %j leads nowhere', (pointer) => {
    expect(jsonSliceAt(text, pointer)).toBeUndefined();
  });

  test('of a repeated key the last counts, also when it is written with escapes', () => {
    expect(jsonSliceAt('{"k":1,"\\u006b":2}', '/k')).toBe('2');
  });

  test('a text that ends too early has no part', () => {
    expect(jsonSliceAt('{"a":{"b":1', '/a')).toBeUndefined();
    expect(jsonSliceAt('{"a":', '/a')).toBeUndefined();
  });

  test('what is found parses to what a parser finds', () => {
    const value = JSON.parse(text) as { a: { 'a/b': unknown } };
    expect(JSON.parse(jsonSliceAt(text, '/a/a~1b') ?? '')).toEqual(value.a['a/b']);
  });
});
