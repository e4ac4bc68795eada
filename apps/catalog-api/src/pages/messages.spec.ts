import { expect, test } from 'vitest';
import { Html } from './html.js';
import { TEXTS, type Texts } from './messages.js';

test('a language that lacks a text does not compile', () => {
  const { signIn, ...rest } = TEXTS.de;
  // @ts-expect-error signIn is missing
  const lacking: Texts = rest;
  expect([signIn, lacking.signIn]).toEqual(['Anmelden', undefined]);
});

/** Every text by its key; what is put in stands as its number. */
function textsOf(value: unknown, key = ''): readonly (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (value instanceof Html) return [[key, value.markup]];
  if (typeof value === 'function') return textsOf((value as (...all: unknown[]) => unknown)('1', '2', '3'), key);
  return Object.entries(value as object).flatMap(([name, text]) => textsOf(text, `${key}.${name}`));
}

test('no text stands there in the other language', () => {
  const german = new Map(textsOf(TEXTS.de));
  const same = textsOf(TEXTS.en).filter(([key, text]) => german.get(key) === text);
  expect(same.map(([key]) => key)).toEqual(['.token']);
});

test('all that is put into a text stands in it in every language', () => {
  const numbersOf = (texts: Texts) => textsOf(texts).map(([key, text]) => [key, text.match(/\b[123]\b/g)]);
  expect(numbersOf(TEXTS.de)).toEqual(numbersOf(TEXTS.en));
});
