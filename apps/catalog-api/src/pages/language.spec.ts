import { expect, test } from 'vitest';
import { languageOf } from './language.js';

test.each([
  ['de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7', 'de'],
  ['de-AT', 'de'],
  ['DE', 'de'],
  ['en-US,en;q=0.9,de;q=0.8', 'en'],
  ['fr-FR, de;q=0.4', 'de'],
  ['en;q=0.2, de ; q=0.7', 'de'],
  ['en, de', 'en'],
  ['de;q=0', 'en'],
  ['de;q=much', 'en'],
  ['deu', 'en'],
  ['fr', 'en'],
  ['*', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('of %j, a page speaks %s', (header, language) => {
  expect(languageOf({ 'accept-language': header })).toBe(language);
});

test.each([
  ['headwater-language=en', 'en'],
  ['a=b; headwater-language=en; c=d', 'en'],
  ['headwater-language=fr', 'de'],
  ['x-headwater-language=en', 'de'],
  ['headwater-language=english', 'de'],
])('with the cookie %j and a German browser, a page speaks %s', (cookie, language) => {
  expect(languageOf({ cookie, 'accept-language': 'de-DE' })).toBe(language);
});
