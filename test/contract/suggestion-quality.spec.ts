import {
  measureSuggestions,
  readLabelledFields,
  type LabelledField,
} from '@headwater/domain/classification/suggestions/suggestion-quality';
import { suggestTags } from '@headwater/domain/classification/suggestions/suggest-tags';
import { describe, expect, test } from 'vitest';
import { labelledFields } from '../support/labelled-fields.js';

const suggest = suggestTags([]);

test('precision and recall are counted tag by tag, each suggested tag of a field by itself', () => {
  const labelled = (field: string, tag: string | null): LabelledField => ({
    ...{ schema: 's', dataset: 'd', field, type: 'text', tag },
  });
  const fields = [labelled('a', 'x'), labelled('b', 'x'), labelled('c', null), labelled('d', 'y'), labelled('e', 'z')];
  const said: Readonly<Record<string, readonly string[]>> = { a: ['x'], b: [], c: ['x'], d: ['x', 'y'], e: ['y'] };
  const { total, byTag, mistakes } = measureSuggestions(fields, ({ name }) =>
    (said[name] ?? []).map((tag) => ({ tag, rule: 'r', confidence: 1 })),
  );
  expect([...byTag]).toEqual([
    ['x', { right: 1, wrong: 2, missed: 1, precision: 1 / 3, recall: 1 / 2 }],
    ['y', { right: 1, wrong: 1, missed: 0, precision: 1 / 2, recall: 1 }],
    ['z', { right: 0, wrong: 0, missed: 1, precision: null, recall: 0 }],
  ]);
  expect(total).toEqual({ right: 2, wrong: 3, missed: 2, precision: 2 / 5, recall: 1 / 2 });
  expect(mistakes.map(({ field, suggested }) => `${field} ${String(suggested)}`)).toEqual([
    ...['b null', 'c x', 'd x', 'e y', 'e null'],
  ]);
});

test('a line that is no labelled field is refused with what it says', () => {
  expect(() => readLabelledFields('# s\n@d\nfield varchar')).toThrow('no labelled field: field varchar');
  expect(() => readLabelledFields('# s\nfield varchar -')).toThrow('no labelled field');
});

test('the two parts share no schema, and say nothing twice of one field', () => {
  const [development, heldOut] = [labelledFields('development'), labelledFields('held-out')];
  const schemas = new Set(development.map(({ schema }) => schema));
  expect(heldOut.filter(({ schema }) => schemas.has(schema))).toEqual([]);
  const names = [...development, ...heldOut].map((one) => `${one.schema} ${one.dataset} ${one.field}`);
  expect(new Set(names).size).toBe(names.length);
  expect(Math.min(development.length, heldOut.length)).toBeGreaterThan(300);
});

describe('of labelled fields', () => {
  test('what the rules were written with keeps to what they were written for', () => {
    const { total, byTag } = measureSuggestions(labelledFields('development'), suggest);
    expect(total.precision).toBeGreaterThanOrEqual(0.97);
    expect(total.recall).toBeGreaterThanOrEqual(0.95);
    for (const [tag, { precision, recall }] of byTag) {
      expect(precision, `precision of ${tag}`).toBeGreaterThanOrEqual(0.9);
      expect(recall, `recall of ${tag}`).toBeGreaterThanOrEqual(0.8);
    }
  });

  test('in schemas that the rules were not written with they hold as well, if less is found', () => {
    const { total, byTag } = measureSuggestions(labelledFields('held-out'), suggest);
    expect(total.precision).toBeGreaterThanOrEqual(0.95);
    expect(total.recall).toBeGreaterThanOrEqual(0.78);
    for (const [tag, { precision, recall }] of byTag) {
      expect(precision, `precision of ${tag}`).toBeGreaterThanOrEqual(0.6);
      expect(recall, `recall of ${tag}`).toBeGreaterThanOrEqual(0.5);
    }
  });
});
