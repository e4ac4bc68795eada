import i18next, { type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { refusals } from '../i18n/messages/refusals.js';
import { faultWords, reasonWords } from './refusal-words.js';

let german: TFunction<'refusals'>;

beforeAll(async () => {
  const own = i18next.createInstance();
  const words: unknown = await own.init({
    lng: 'de',
    ns: ['refusals'],
    defaultNS: 'refusals',
    resources: { de: { refusals: refusals.de } },
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  });
  german = words as TFunction<'refusals'>;
});

const parameters = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

test('a reason is told in the language of the page; one that came later has no words', () => {
  expect(reasonWords('NO_SUCH_ASSET', german)).toBe(refusals.de.reason.NO_SUCH_ASSET);
  expect(reasonWords('SOMETHING_NEW', german)).toBeNull();
  expect(reasonWords('toString', german)).toBeNull();
});

test('a fault is told by its code with what it speaks of, the line before it', () => {
  const read = { code: 'NO_OWNER', parameters: parameters({ line: '3', text: 'bar' }) };
  expect(faultWords(read, german)).toMatch(/^Zeile 3: „bar“ nennt niemanden/);
  expect(faultWords({ code: 'SOMETHING_NEW', parameters: [] }, german)).toBeNull();
});

test('bounds of a number are told as far as there are any', () => {
  const bounds = (min: string, max: string, unit = '') =>
    faultWords({ code: 'NUMBER_BOUNDS', parameters: parameters({ min, max, unit }) }, german);
  expect(bounds('', '')).toBe('muss eine Zahl sein, etwa 30 oder 0.5');
  expect(bounds('1', '')).toBe('muss eine Zahl ab 1 sein');
  expect(bounds('', '9', 'Tage')).toBe('muss eine Zahl bis 9 sein (Tage)');
  expect(bounds('1', '9')).toBe('muss eine Zahl von 1 bis 9 sein');
});

test('a fault of a file is told with its line, its column and the value of the cell', () => {
  const given = parameters({ line: '3', member: 'owners', value: 'jo', kind: 'AGENT' });
  expect(faultWords({ code: 'NOT_AN_ID', parameters: given }, german)).toBe(
    'Zeile 3: Verantwortliche: „jo“ muss eine ID sein, und zwar die eines Agenten, etwa agent:team:claims',
  );
});
