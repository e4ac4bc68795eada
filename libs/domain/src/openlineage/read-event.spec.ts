import { describe, expect, test } from 'vitest';
import type { LineageEvent } from '../events.js';
import { splitJsonArray } from './json-scan.js';
import { readEvent } from './read-event.js';

const PRODUCER = 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/client/python';
const SCHEMA_URL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
const RUN_ID = '01936894-494e-7c48-be1c-4a3656eb1868';
const BASE = { _producer: PRODUCER, _schemaURL: 'https://openlineage.io/spec/facets/1-0-0/Some.json' };

interface RunEventJson {
  [member: string]: unknown;
}

function runEvent(changes: RunEventJson = {}): RunEventJson {
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-11-23T10:15:30.123456Z',
    producer: PRODUCER,
    schemaURL: SCHEMA_URL,
    run: { runId: RUN_ID, facets: {} },
    job: { namespace: 'airflow', name: 'dag.task' },
    inputs: [{ namespace: 'kafka://host:9092', name: 'orders' }],
    outputs: [{ namespace: 'postgres://db:5432', name: 'shop.public.orders' }],
    ...changes,
  };
}

function without(event: RunEventJson, ...members: string[]): RunEventJson {
  return Object.fromEntries(Object.entries(event).filter(([member]) => !members.includes(member)));
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const read = (value: unknown) => readEvent(bytesOf(value));

function accepted(value: unknown): { event: LineageEvent; codes: string[]; pointers: string[] } {
  const result = read(value);
  if (!result.ok) throw new Error(`refused: ${result.detail}`);
  return {
    event: result.event,
    codes: result.findings.map(({ code }) => code),
    pointers: result.findings.map(({ pointer }) => pointer),
  };
}

function refused(value: unknown): { reason: string; pointers: string[]; detail: string } {
  const result = read(value);
  if (result.ok) throw new Error('accepted');
  return { reason: result.reason, pointers: result.faults.map(({ pointer }) => pointer), detail: result.detail };
}

describe('kinds', () => {
  test('1. run, dataset and job events are told apart by shape, whatever schemaURL says', () => {
    const job = { job: { namespace: 'n', name: 'j' } };
    const dataset = { dataset: { namespace: 'n', name: 'd' } };
    const common = { eventTime: '2026-11-23T10:15:30Z', producer: PRODUCER, schemaURL: SCHEMA_URL };
    expect(accepted(runEvent()).event.kind).toBe('RUN');
    expect(accepted({ ...common, ...job }).event.kind).toBe('JOB');
    expect(accepted({ ...common, ...dataset }).event.kind).toBe('DATASET');
    expect(accepted({ ...common, ...job, run: null, dataset: null }).event.kind).toBe('JOB');
  });

  test('1. an event of specification 0.x is read like one of 2-0-2', () => {
    const { event } = accepted(runEvent({ schemaURL: 'https://openlineage.io/spec/0-0-1/OpenLineage.json' }));
    expect(event).toMatchObject({ kind: 'RUN', eventType: 'COMPLETE', run: { runId: RUN_ID } });
  });

  test('1. an event that has neither run, job nor dataset is refused and told what it may have', () => {
    expect(refused({ eventTime: '2026-11-23T10:15:30Z' })).toMatchObject({ reason: 'SHAPE', pointers: [''] });
    expect(refused([runEvent()]).detail).toContain('/api/v1/lineage/batch');
    expect(refused('"text"')).toMatchObject({ reason: 'SHAPE' });
  });

  test('1. an eventType without a run is a finding, not a run', () => {
    const { event, codes } = accepted(without(runEvent(), 'run'));
    expect(event.kind).toBe('JOB');
    expect(codes).toContain('EVENT_TYPE_WITHOUT_RUN');
  });
});

describe('refusals', () => {
  test('3. unparsable JSON is refused as such, and says where', () => {
    for (const text of ['', '   ', '{', '{"a":}', 'nope', '{"a":NaM}', '{"a" 1}', '\u0000']) {
      expect(refused(text).reason).toBe('JSON');
    }
    expect(refused('{"a":}').detail).toContain('not valid JSON');
    expect(refused('').detail).toContain('empty');
  });

  test('3. a missing or wrong name, id or time is refused with a JSON pointer to each', () => {
    expect(refused(runEvent({ eventTime: undefined })).pointers).toEqual(['/eventTime']);
    expect(refused(runEvent({ eventTime: 1_700_000_000 })).pointers).toEqual(['/eventTime']);
    expect(refused(runEvent({ eventTime: 'yesterday' })).pointers).toEqual(['/eventTime']);
    expect(refused(runEvent({ run: {} })).pointers).toEqual(['/run/runId']);
    expect(refused(runEvent({ run: { runId: 7 } })).pointers).toEqual(['/run/runId']);
    expect(refused(runEvent({ run: { runId: '' } })).pointers).toEqual(['/run/runId']);
    expect(refused(runEvent({ run: 'abc' })).pointers).toEqual(['/run']);
    expect(refused(runEvent({ job: null })).pointers).toEqual(['/job']);
    expect(refused(runEvent({ job: {} })).pointers).toEqual(['/job/namespace', '/job/name']);
    expect(refused(runEvent({ inputs: [{ namespace: 'n', name: 'a' }, { namespace: 'n' }, null] })).pointers).toEqual([
      '/inputs/1/name',
      '/inputs/2',
    ]);
    expect(refused(runEvent({ outputs: [{ namespace: 1, name: '' }] })).pointers).toEqual(['/outputs/0/namespace']);
  });

  test('3. control characters and lone surrogates in a namespace, name or id are refused', () => {
    const bad = ['a\u0000', 'a\nb', '\u007f', '\u0085', 'a\ud800', '\udc00b'];
    for (const text of bad) {
      expect(refused(runEvent({ job: { namespace: text, name: 'j' } })).pointers).toEqual(['/job/namespace']);
      expect(refused(runEvent({ inputs: [{ namespace: 'n', name: text }] })).pointers).toEqual(['/inputs/0/name']);
      expect(refused(runEvent({ run: { runId: text } })).pointers).toEqual(['/run/runId']);
    }
    expect(accepted(runEvent({ job: { namespace: 'emoji 😀', name: 'ürün/テスト' } })).event.job?.name).toBe(
      'ürün/テスト',
    );
  });

  test('3. nesting beyond 512 levels is refused clearly, however deep it goes, and brackets in strings do not count', () => {
    const deep = (levels: number) => `{"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(refused(deep(600)).detail).toContain('512');
    expect(refused(deep(2_000_000)).reason).toBe('JSON');
    expect(refused('['.repeat(1_000_000)).reason).toBe('JSON');
    const nested = Array.from({ length: 200 }).reduce<unknown>((inner) => ({ name: 'a', fields: [inner] }), {
      name: 'a',
    });
    expect(
      accepted(runEvent({ inputs: [{ namespace: 'n', name: 'd', facets: { schema: { ...BASE, fields: [nested] } } }] }))
        .codes,
    ).toEqual([]);
    expect(accepted(runEvent({ note: '['.repeat(10_000) })).codes).toEqual([]);
  });

  test('9. names of 4,096 characters are taken, emoji counting once, and longer ones refused', () => {
    const longest = '😀'.repeat(4_096);
    expect(accepted(runEvent({ inputs: [{ namespace: longest, name: longest }] })).event.inputs[0]?.name).toBe(longest);
    const fault = refused(runEvent({ inputs: [{ namespace: 'n', name: `${longest}a` }] }));
    expect(fault).toMatchObject({ reason: 'SHAPE', pointers: ['/inputs/0/name'] });
    expect(fault.detail).toContain('4096');
  });
});

describe('leniency', () => {
  test('3. bare NaN and Infinity are read as null with a finding, but not inside strings', () => {
    const text = JSON.stringify(runEvent({ a: ['#', 'NaN "Infinity"'], b: '#' })).replaceAll('"#"', '-Infinity');
    const { codes, pointers } = accepted(text.replace('-Infinity', 'NaN'));
    expect(codes).toEqual(['NOT_A_NUMBER', 'NOT_A_NUMBER']);
    expect(pointers).toEqual(['/a/0', '/b']);
    expect(refused(JSON.stringify(runEvent()).replace('"airflow"', 'NaN')).pointers).toEqual(['/job/namespace']);
    expect(refused('{NaN:1}').reason).toBe('JSON');
  });

  test('3. a byte order mark and wrong UTF-8 are findings, but not inside a name', () => {
    const text = JSON.stringify(
      runEvent({ job: { namespace: 'n', name: 'j', facets: { sql: { ...BASE, query: '#' } } } }),
    );
    expect(accepted(`\ufeff${text}`).codes).toEqual(['BYTE_ORDER_MARK']);
    const latin1 = (around: string) =>
      Buffer.from(text.replace(around, around.replace('#', 'é').replace('"j"', '"é"')), 'latin1');
    const sql = readEvent(latin1('#'));
    expect(sql.ok && sql.findings.map(({ code }) => code)).toEqual(['INVALID_UTF8']);
    const name = readEvent(latin1('"j"'));
    expect(name).toMatchObject({ ok: false, reason: 'SHAPE', faults: [{ pointer: '/job/name' }] });
  });

  test('3. control characters and lone surrogates elsewhere are shown as U+FFFD with a finding; line ends stay', () => {
    const facets = {
      sql: { ...BASE, query: 'select\n\t1\r\u0000\u001b[31m' },
      'odd\u0001name': { ...BASE, 'k\ud800': ['x\u0085'] },
    };
    const { event, codes, pointers } = accepted(runEvent({ job: { namespace: 'n', name: 'j', facets } }));
    expect(new Set(codes)).toEqual(new Set(['CHARACTERS_REPLACED']));
    expect(pointers).toContain('/job/facets/sql/query');
    const [sql, odd] = event.job?.facets ?? [];
    expect(sql?.body['query']).toBe('select\n\t1\r\ufffd\ufffd[31m');
    expect(odd).toMatchObject({
      name: 'odd\ufffdname',
      pointer: '/job/facets/odd\ufffdname',
      known: false,
      valid: true,
    });
    expect(odd?.body['k\ufffd']).toEqual(['x\ufffd']);
  });

  test('3. a known facet that does not fit its schema is kept raw, marked and listed; an unknown one is kept', () => {
    const facets = { sql: { ...BASE, query: 17 }, mine: { ...BASE, anything: [1] } };
    const { event, codes, pointers } = accepted(runEvent({ job: { namespace: 'n', name: 'j', facets } }));
    expect(event.job?.facets.map(({ name, known, valid }) => [name, known, valid])).toEqual([
      ['sql', true, false],
      ['mine', false, true],
    ]);
    expect(event.job?.facets[0]?.body['query']).toBe(17);
    expect([codes, pointers]).toEqual([['FACET_INVALID'], ['/job/facets/sql/query']]);
  });

  test('3. a facet that only the published schema refuses stays usable, with a finding', () => {
    const assertions = [{ assertion: 'not_null', success: '<<non-serializable: bool>>', column: null }];
    const inputs = [{ namespace: 'n', name: 'd', facets: { dataQualityAssertions: { ...BASE, assertions } } }];
    const { event, codes } = accepted(runEvent({ inputs }));
    expect(event.inputs[0]?.facets[0]).toMatchObject({ known: true, valid: true });
    expect(codes).toEqual(['FACET_DEVIATES']);
  });

  test('3. facets, inputs and outputs may be absent, null or of a wrong type', () => {
    const bare = without(runEvent(), 'inputs', 'outputs');
    expect(accepted(bare).event).toMatchObject({ inputs: [], outputs: [] });
    expect(
      accepted(runEvent({ inputs: null, outputs: null, run: { runId: RUN_ID, facets: null } })).event.inputs,
    ).toEqual([]);
    const wrong = accepted(
      runEvent({
        inputs: { a: 1 },
        run: { runId: RUN_ID, facets: [] },
        job: { namespace: 'n', name: 'j', facets: 'x' },
      }),
    );
    expect(wrong.event).toMatchObject({ inputs: [], run: { facets: [] }, job: { facets: [] } });
    expect(wrong.codes.sort()).toEqual(['DATASET_LIST_IGNORED', 'FACETS_IGNORED', 'FACETS_IGNORED']);
  });

  test('3. a facet that is no object is listed and left out', () => {
    const { event, codes, pointers } = accepted(
      runEvent({ run: { runId: RUN_ID, facets: { a: 'x', b: null, c: BASE } } }),
    );
    expect(event.run?.facets.map(({ name }) => name)).toEqual(['c']);
    expect(codes).toEqual(['FACET_NOT_AN_OBJECT', 'FACET_NOT_AN_OBJECT']);
    expect(pointers).toEqual(['/run/facets/a', '/run/facets/b']);
  });

  test('3. an unknown eventType is read as none, with a finding', () => {
    for (const eventType of ['Finished', 'start', 7]) {
      const { event, codes } = accepted(runEvent({ eventType }));
      expect([event.eventType, codes]).toEqual([null, ['EVENT_TYPE_UNKNOWN']]);
    }
    expect(accepted(runEvent({ eventType: undefined }))).toMatchObject({ event: { eventType: null }, codes: [] });
  });

  test('3. at most 100 findings are kept, and the rest is counted', () => {
    const facets = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${String(index)}`, 1]));
    const { codes } = accepted(runEvent({ run: { runId: RUN_ID, facets } }));
    expect(codes).toHaveLength(101);
    expect(codes.at(-1)).toBe('FINDINGS_TRUNCATED');
  });

  test('4. a missing producer or schemaURL is a finding, and facets fall back to the producer of the event', () => {
    const bare = without(runEvent(), 'producer', 'schemaURL');
    expect(accepted(bare).codes.sort()).toEqual(['PRODUCER_MISSING', 'SCHEMA_URL_MISSING']);
    const facets = {
      mine: {},
      other: { _producer: 'https://example.com/v2.1.0/x', _schemaURL: 'https://example.com/s' },
    };
    const { event, codes } = accepted(runEvent({ run: { runId: RUN_ID, facets } }));
    expect(codes.sort()).toEqual(['FACET_PRODUCER_MISSING', 'FACET_SCHEMA_URL_MISSING']);
    expect(event.run?.facets.map(({ producerKey, producer }) => [producer, producerKey])).toEqual([
      [PRODUCER, 'https://github.com/OpenLineage/OpenLineage/client/python'],
      ['https://example.com/v2.1.0/x', 'https://example.com/x'],
    ]);
  });

  test('4. a runId that is no UUID gets a name-based one, and the original is kept', () => {
    const { event, codes } = accepted(runEvent({ run: { runId: 'manual__2026-11-23' } }));
    expect(event.run?.originalRunId).toBe('manual__2026-11-23');
    expect(event.run?.runId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(codes).toEqual(['RUN_ID_NOT_UUID']);
    const upper = accepted(runEvent({ run: { runId: RUN_ID.toUpperCase() } }));
    expect(upper).toMatchObject({ codes: [], event: { run: { runId: RUN_ID, originalRunId: RUN_ID.toUpperCase() } } });
  });

  test('4. a time without zone is UTC, with a finding', () => {
    const { event, codes } = accepted(runEvent({ eventTime: '2026-11-23T10:15:30.123456' }));
    expect(event.eventTime).toBe(accepted(runEvent()).event.eventTime);
    expect(codes).toEqual(['TIME_WITHOUT_ZONE']);
  });

  test('8. unknown producers, engines and facets are taken as they come', () => {
    const facets = { processing_engine: { ...BASE, version: '1', name: 'never-heard-of' }, brand_new: BASE };
    expect(accepted(runEvent({ producer: 'gopher://nobody/knows', run: { runId: RUN_ID, facets } })).codes).toEqual([]);
  });

  test('9. facet names may hold dots, hyphens, brackets, quotes and slashes; pointers escape them', () => {
    const names = ['spark.exception', 'environment-properties', 'a[0]', 'b"c', "d'e", 'f/g~h'];
    const facets = Object.fromEntries(names.map((name) => [name, BASE]));
    const { event } = accepted(runEvent({ run: { runId: RUN_ID, facets } }));
    expect(event.run?.facets.map(({ name }) => name)).toEqual(names);
    expect(event.run?.facets.at(-1)?.pointer).toBe('/run/facets/f~1g~0h');
  });

  test('9. keys such as __proto__ and constructor are ordinary keys and change no prototype', () => {
    const text = JSON.stringify(
      runEvent({ run: { runId: RUN_ID, facets: { constructor: { ...BASE, x: '\u0001' }, toString: BASE } } }),
    );
    const poisoned = text.replace('"constructor"', '"__proto__":{"polluted":"\\u0001"},"constructor"');
    const { event } = accepted(poisoned);
    expect(event.run?.facets.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(event.run?.facets.every(({ known }) => !known)).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('6. of a key that stands twice the last value counts', () => {
    const text = JSON.stringify(runEvent()).replace('"eventType":"COMPLETE"', '"eventType":"START","eventType":"FAIL"');
    expect(accepted(text).event.eventType).toBe('FAIL');
  });

  test('12. _deleted marks job and dataset facets only, and needs no other content', () => {
    const deleted = { ...BASE, _deleted: true };
    const { event, codes } = accepted(
      runEvent({
        run: { runId: RUN_ID, facets: { mine: deleted } },
        job: { namespace: 'n', name: 'j', facets: { sql: deleted } },
        inputs: [{ namespace: 'n', name: 'd', facets: { documentation: deleted }, inputFacets: { mine: deleted } }],
      }),
    );
    expect(codes).toEqual([]);
    expect(event.run?.facets[0]?.deleted).toBe(false);
    expect(event.job?.facets[0]).toMatchObject({ deleted: true, valid: true });
    expect(event.inputs[0]?.facets[0]).toMatchObject({ deleted: true, valid: true });
    expect(event.inputs[0]?.sideFacets[0]?.deleted).toBe(false);
  });
});

describe('batches', () => {
  test('2. a batch is cut into verbatim elements, each of which stands on its own', () => {
    const first = ' {"a" : "x]},{\\"" ,"n":12345678901234567890}';
    const body = `\n[${first}, ${JSON.stringify(runEvent())} ,{"broken":}, 7 ]\n`;
    const batch = splitJsonArray(bytesOf(body));
    if (!batch.ok) throw new Error(batch.detail);
    expect(batch.elements.map((bytes) => Buffer.from(bytes).toString())).toEqual([
      first.trim(),
      JSON.stringify(runEvent()),
      '{"broken":}',
      '7',
    ]);
    const read = batch.elements.map((bytes) => readEvent(bytes));
    expect(read.map((result) => (result.ok ? 'ok' : result.reason))).toEqual(['SHAPE', 'ok', 'JSON', 'SHAPE']);
  });

  test('2. an empty array is a batch of nothing', () => {
    for (const text of ['[]', ' [ ] ', '\ufeff[]'])
      expect(splitJsonArray(bytesOf(text))).toEqual({ ok: true, elements: [] });
  });

  test('2. a body that is not one whole array is refused as a whole', () => {
    const broken = ['', 'x', '[', '[1', '[1,', '[1,]', '[,1]', '[1 ,, 2]', '[1] [2]', '[1]x', '["abc', '[{"a":1]'];
    for (const text of broken) expect(splitJsonArray(bytesOf(text)), text).toMatchObject({ ok: false, reason: 'JSON' });
    expect(splitJsonArray(bytesOf(runEvent()))).toMatchObject({ ok: false, reason: 'SHAPE' });
  });
});

test('3. an event with very many facets of inexact numbers is looked through once', () => {
  const facets = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`facet_${String(at)}`, { n: 2 ** 60 }]));
  const event = { ...{ eventTime: '2026-11-23T10:15:30Z', run: { runId: 'r' } }, job: { namespace: 'n', name: 'j' } };
  const read = readEvent(Buffer.from(JSON.stringify({ ...event, inputs: [{ namespace: 'n', name: 'd', facets }] })));
  // Once a facet it would take minutes, which no test has.
  expect(read.ok && read.event.inputs[0]?.facets.at(-1)?.body).toEqual({ n: '1152921504606847000' });
});
