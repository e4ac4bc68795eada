import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personalSpans } from './personal-places.js';

const cutFrom = (text: string, of: 'DECISION' | 'RUN_EVENT' = 'DECISION'): readonly string[] => {
  const bytes = Buffer.from(text);
  return personalSpans(bytes, of).map(({ from, to }) => bytes.subarray(from, to).toString());
};

test('what a subject is called and the keys and values of inputs are personal, and nothing else', () => {
  const text = `{ "subject" : {"type":"c", "ref" : "C-1"}, "id":"ref",
    "inputs":[{"key":{"a":[1,{"b":"]}"}]},"dataset":{"key":1},"values" : 7 },{"fields":["key"]}] , "key": 1}`;
  expect(cutFrom(text)).toEqual(['"C-1"', '{"a":[1,{"b":"]}"}]}', '7']);
});

test('a value of another shape is personal as a whole; null is nothing', () => {
  expect(cutFrom('{"subject":"C-1","inputs":{"key":1}}')).toEqual(['"C-1"', '{"key":1}']);
  expect(cutFrom('{"inputs":["x",[2],null],"subject":["a"]}')).toEqual(['"x"', '[2]', '["a"]']);
  expect(cutFrom('{"subject":{"ref":null},"inputs":null}')).toEqual([]);
});

test('repeated and escaped keys hide nothing', () => {
  expect(cutFrom('{"subject":{"ref":"a","ref":"b"},"\\u0073ubject":{"r\\u0065f":"c"}}')).toEqual(['"a"', '"b"', '"c"']);
});

test('of a run event it is the facet that is looked through, behind a byte order mark as well', () => {
  const facet = '{"subject":{"ref":"a"}}';
  const text = `\ufeff{"run":{"runId":"r","facets":{"headwater_decision":${facet},"other":${facet}}},"subject":{"ref":"b"}}`;
  expect(cutFrom(text, 'RUN_EVENT')).toEqual(['"a"']);
});

test('what is cut out of any document are whole values, and no two overlap', () => {
  const personal = fc.record({ ref: fc.jsonValue(), key: fc.jsonValue(), values: fc.jsonValue() });
  const document = fc.record(
    {
      id: fc.jsonValue(),
      subject: fc.oneof(personal, fc.jsonValue()),
      inputs: fc.oneof(fc.array(fc.oneof(personal, fc.jsonValue())), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(document, fc.constantFrom(undefined, 1, 2), (value, indent) => {
      const bytes = Buffer.from(JSON.stringify(value, null, indent));
      let end = 0;
      for (const { from, to } of personalSpans(bytes, 'DECISION')) {
        expect(from).toBeGreaterThanOrEqual(end);
        end = to;
        expect(() => JSON.parse(bytes.subarray(from, to).toString()) as unknown).not.toThrow();
      }
    }),
  );
});
