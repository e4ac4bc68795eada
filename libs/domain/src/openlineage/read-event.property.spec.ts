import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FacetMemory } from './facet-memory.js';
import { splitJsonArray } from './json-scan.js';
import { KNOWN_FACETS } from './known-facets.js';
import { readEvent } from './read-event.js';

const encode = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const weird = fc.oneof(
  fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(null, '', '\u0000', '\ud800', '2026-11-23T10:00:00', -0, 1e308, [], {}, '__proto__', 'NaN'),
);

const facetName = fc.oneof(fc.constantFrom(...KNOWN_FACETS.map(({ name }) => name)), fc.string({ unit: 'binary' }));
const facets = fc.dictionary(facetName, fc.oneof(weird, fc.dictionary(fc.string(), weird)), { maxKeys: 4 });
const dataset = fc.record(
  { namespace: fc.string(), name: fc.string({ minLength: 1 }), facets, inputFacets: facets, outputFacets: facets },
  { requiredKeys: ['namespace', 'name'] },
);
const event = fc.record(
  {
    eventType: fc.oneof(fc.constantFrom('START', 'COMPLETE', 'FAIL'), weird),
    eventTime: fc.oneof(
      fc.constant('2026-11-23T10:15:30Z'),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    ),
    producer: fc.oneof(fc.webUrl(), weird),
    schemaURL: fc.oneof(fc.webUrl(), weird),
    run: fc.record({ runId: fc.oneof(fc.uuid(), fc.string({ minLength: 1 })), facets }, { requiredKeys: ['runId'] }),
    job: fc.record(
      { namespace: fc.string(), name: fc.string({ minLength: 1 }), facets },
      { requiredKeys: ['namespace', 'name'] },
    ),
    inputs: fc.oneof(fc.array(dataset, { maxLength: 3 }), weird),
    outputs: fc.array(dataset, { maxLength: 3 }),
  },
  { requiredKeys: ['eventTime', 'run', 'job'] },
);

// Nothing that is stored may hold these.
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** Every string and key inside. */
function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...texts(inner)]);
}

/** Of everything that the tests here read. */
const memory = new FacetMemory({ smallest: 0, limit: 100_000 });

/** Reads again and again and checks what must hold of every outcome. */
function check(bytes: Uint8Array): boolean {
  const first = readEvent(bytes);
  expect(readEvent(bytes)).toEqual(first);
  for (const again of [readEvent(bytes, memory), readEvent(bytes, memory)]) {
    expect(again).toEqual(first);
    // The order of members counts, for whoever hashes them.
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  }
  if (first.ok) {
    const wrong = texts([first.event, first.findings]).filter((text) => UNSTORABLE.test(text) || !text.isWellFormed());
    expect(wrong).toEqual([]);
  } else if (first.reason === 'SHAPE') expect(first.faults.length).toBeGreaterThan(0);
  return first.ok;
}

test('3. reading never throws on arbitrary bytes and tells the same twice', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void check(bytes)),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void check(Buffer.from(text))),
    { numRuns: 1_000 },
  );
});

test('3. reading never throws on arbitrary JSON', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => void check(Buffer.from(text))),
    { numRuns: 1_000 },
  );
});

test('3. nothing that an event holds beside names, ids and times makes reading throw or refuse', () => {
  const accepted = { yes: 0, no: 0 };
  fc.assert(
    fc.property(event, (value) => {
      if (check(encode(value))) accepted.yes++;
      else accepted.no++;
    }),
    { numRuns: 1_500 },
  );
  expect(accepted.yes).toBeGreaterThan(100);
});

test('3. a valid event with bytes cut, changed or added is read or refused, never a crash', () => {
  const change = fc.record({ at: fc.nat(), remove: fc.nat({ max: 20 }), insert: fc.uint8Array({ maxLength: 8 }) });
  fc.assert(
    fc.property(event, fc.array(change, { minLength: 1, maxLength: 4 }), (value, changes) => {
      let bytes = Buffer.from(encode(value));
      for (const { at, remove, insert } of changes) {
        const from = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
      }
      check(bytes);
    }),
    { numRuns: 1_500 },
  );
});

test('3. the same facets in another event, spelled and placed in any way, are read as without a memory', () => {
  const spaces = fc.constantFrom('', ' ', '\n\t');
  const key = fc.constantFrom('schema', 'a', 'sch\\u0065ma', '__proto__', 'facets', '1', 'é');
  const value = fc.oneof(
    fc.constantFrom('{}', '{"a":{"b":[]}}', '{"_producer":"p","c":"}"}', '{"n":NaN}', '{"c":"\\u0007"}', '7', '[{}]'),
    fc.json({ stringUnit: 'binary' }),
  );
  const object = (members: fc.Arbitrary<readonly [string, string, string][]>): fc.Arbitrary<string> =>
    members.map(
      (list) => `{${list.map(([name, text, space]) => `${space}"${name}"${space}:${text}${space}`).join(',')}}`,
    );
  const facetsText = object(fc.array(fc.tuple(key, value, spaces), { maxLength: 4 }));
  const heldBy = fc.constantFrom('facets', 'facets', 'inputFacets', 'outputFacets', 'other');
  const holder = (own: string): fc.Arbitrary<string> =>
    object(fc.array(fc.tuple(heldBy, facetsText, spaces), { maxLength: 3 })).map(
      (text) => `{${own}${text === '{}' ? '' : ','}${text.slice(1)}`,
    );
  const mention = holder('"namespace":"n","name":"d"');
  const list = fc
    .tuple(fc.array(mention, { maxLength: 3 }), spaces)
    .map(([items, space]) => `[${space}${items.join(',')}${space}]`);
  const text = fc
    .tuple(
      holder('"runId":"r"'),
      holder('"namespace":"n","name":"j"'),
      list,
      list,
      fc.constantFrom('inputs', 'outputs', 'tail'),
    )
    .map(
      ([run, job, inputs, more, twice]) =>
        `{"eventTime":"2026-11-23T10:15:30Z","run":${run},"job":${job},"inputs":${inputs},"${twice}":${more}}`,
    );
  const read = { ok: 0, facets: 0 };
  fc.assert(
    fc.property(text, (json) => {
      if (!check(Buffer.from(json))) return;
      read.ok++;
      const again = readEvent(Buffer.from(json), memory);
      if (again.ok) read.facets += again.event.inputs.flatMap((input) => input.facets).length;
    }),
    { numRuns: 3_000 },
  );
  expect(read.ok).toBeGreaterThan(500);
  expect(read.facets).toBeGreaterThan(500);
});

test('3. with a memory the same facet is one object, in another event and place too', () => {
  const known = new FacetMemory();
  const schema = { _producer: 'p', fields: Array.from({ length: 60 }, (_, at) => ({ name: `field_${String(at)}` })) };
  const eventOf = (runId: string): Uint8Array =>
    encode({
      eventTime: '2026-11-23T10:15:30Z',
      run: { runId },
      job: { namespace: 'n', name: 'j' },
      inputs: [{ namespace: 'n', name: 'a', facets: { schema } }],
      outputs: [{ namespace: 'n', name: 'b', facets: { schema } }],
    });
  const bodies = ['one', 'two'].flatMap((runId) => {
    const read = readEvent(eventOf(runId), known);
    if (!read.ok) throw new Error(read.detail);
    return [...read.event.inputs, ...read.event.outputs].map(({ facets }) => facets[0]?.body);
  });
  expect(bodies.slice(0, 1)).toEqual([schema]);
  // Within the event that brought it, both stand as they were parsed.
  expect(new Set(bodies.slice(1)).size).toBe(1);
});

test('2. a batch of any JSON values is cut where JSON.parse would cut it', () => {
  const spaces = fc.constantFrom('', ' ', '\n\t', '\r\n ');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.json(), spaces, spaces)), (items) => {
      const body = `[${items.map(([text, before, after]) => before + text + after).join(',')}]`;
      const batch = splitJsonArray(Buffer.from(body));
      if (!batch.ok) throw new Error(batch.detail);
      const parts = batch.elements.map((bytes): unknown => JSON.parse(Buffer.from(bytes).toString()));
      expect(parts).toEqual(JSON.parse(body));
    }),
  );
});

test('2. splitting never throws on arbitrary bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const batch = splitJsonArray(Buffer.concat([Buffer.from('['), bytes, Buffer.from(']')]));
      if (batch.ok) for (const element of batch.elements) expect(element.length).toBeGreaterThan(0);
    }),
    { numRuns: 2_000 },
  );
});
