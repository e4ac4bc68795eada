import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { DECISION_SCHEMA_TEXT } from './generated/decision-schema.js';
import { readDecision } from './read-decision.js';
import type { DecisionEnvelope } from './read-decision.js';

const whole = { id: 'd-1', decidedAt: '2026-11-23T09:30:00Z', type: 't', producer: 'p', outcome: { label: 'YES' } };
const read = (document: unknown, envelope: DecisionEnvelope = 'PLAIN') =>
  readDecision(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)), envelope);
const faultsOf = (document: unknown, envelope?: DecisionEnvelope): readonly (readonly [string, string])[] => {
  const refused = read(document, envelope);
  return refused.ok ? [] : refused.faults.map(({ pointer, detail }) => [pointer, detail]);
};
const pointersOf = (document: unknown, envelope?: DecisionEnvelope) =>
  faultsOf(document, envelope).map(([pointer]) => pointer);

describe('a decision', () => {
  test('needs an id, a time, a type, a producer and an outcome, and nothing else', () => {
    expect(read(whole)).toMatchObject({ ok: true, content: whole });
    expect(pointersOf({})).toEqual(['/id', '/decidedAt', '/type', '/producer', '/outcome']);
    expect(pointersOf({ ...whole, outcome: {} })).toEqual(['/outcome']);
  });

  test('with a member that its schema does not know is refused: it could be a personal one with a typing error', () => {
    expect(pointersOf({ ...whole, subjekt: { ref: 'C-1' } })).toEqual(['/subjekt']);
    expect(pointersOf({ ...whole, subject: { type: 'c', ref: 'C-1', name: 'Jane' } })).toEqual(['/subject/name']);
    expect(pointersOf({ ...whole, inputs: [{ dataset: { namespace: 'n', name: 'd' }, value: 1 }] })).toEqual([
      '/inputs/0/value',
    ]);
  });

  test('takes ten thousand inputs and not one more', () => {
    const input = { dataset: { namespace: 'n', name: 'd' }, key: { k: 1 } };
    expect(read({ ...whole, inputs: Array.from({ length: 10_000 }, () => input) }).ok).toBe(true);
    expect(pointersOf({ ...whole, inputs: Array.from({ length: 10_001 }, () => input) })).toEqual(['/inputs']);
  });

  test('with an explanation of 2 MB is told where to keep it', () => {
    const [fault] = faultsOf({ ...whole, explanation: { text: 'x'.repeat(2 * 1024 * 1024) } });
    expect(fault?.[0]).toBe('/explanation');
    expect(fault?.[1]).toContain('explanation.ref');
    expect(read({ ...whole, explanation: { text: 'x'.repeat(200_000), ref: 's3://explained/1' } }).ok).toBe(true);
  });

  test('says its time as RFC 3339 does, on the calendar', () => {
    for (const decidedAt of ['yesterday', '2026-11-23', '2026-11-23T09:30:00', '2026-02-30T09:30:00Z', 1])
      expect(pointersOf({ ...whole, decidedAt }), String(decidedAt)).toContain('/decidedAt');
  });

  test('holds nothing that two readers would take for two things', () => {
    expect(
      pointersOf('{"id":"d","decidedAt":"2026-11-23T09:30:00Z","type":"t","producer":"p","outcome":{"value":NaN}}'),
    ).toEqual(['/outcome/value']);
    const big =
      '{"id":"d","decidedAt":"2026-11-23T09:30:00Z","type":"t","producer":"p","outcome":{"value":[9007199254740993]}}';
    expect(faultsOf(big)).toEqual([['/outcome/value/0', expect.stringContaining('Send it as a string')]]);
    expect(pointersOf(JSON.stringify(whole).replace('YES', '\\ud800'))).toEqual(['/outcome/label']);
    expect(pointersOf({ ...whole, id: 'a\u0000' })).toEqual(['/id']);
    expect(read('{"id":').ok || read('[]').ok).toBe(false);
  });

  test('has the bytes of RFC 8785, so that the same content has the same ones', () => {
    const other =
      '{ "type":"t", "outcome":{"score":1.0, "label":"\\u0059ES"},"producer":"p","id":"d-1","decidedAt":"2026-11-23T09:30:00Z"}';
    const [a, b] = [read(other), read({ ...whole, outcome: { label: 'YES', score: 1 } })];
    if (!a.ok || !b.ok) throw new Error('refused');
    expect(Buffer.from(a.bytes).toString()).toBe(Buffer.from(b.bytes).toString());
    expect(Buffer.from(a.bytes).toString()).toBe(
      '{"decidedAt":"2026-11-23T09:30:00Z","id":"d-1","outcome":{"label":"YES","score":1},"producer":"p","type":"t"}',
    );
  });
});

describe('a CloudEvent', () => {
  const event = { specversion: '1.0', id: 'e-1', source: '/claims', type: 'acme.decided', data: whole };

  test('carries a decision as its data, as JSON or encoded', () => {
    expect(read(event, 'CLOUD_EVENT')).toMatchObject({ ok: true, content: whole });
    const { data: _data, ...attributes } = event;
    const encoded = Buffer.from(JSON.stringify(whole)).toString('base64');
    expect(read({ ...attributes, data_base64: encoded }, 'CLOUD_EVENT')).toMatchObject({ ok: true, content: whole });
    expect(pointersOf(attributes, 'CLOUD_EVENT')).toEqual(['/data']);
    expect(pointersOf({ ...attributes, data_base64: '!' }, 'CLOUD_EVENT')).toEqual(['/data_base64']);
  });

  test('has the attributes that each has, of version 1.0, and JSON in it', () => {
    expect(pointersOf({ data: whole }, 'CLOUD_EVENT')).toEqual(['/specversion', '/id', '/source', '/type']);
    expect(pointersOf({ ...event, specversion: '0.3' }, 'CLOUD_EVENT')).toEqual(['/specversion']);
    expect(pointersOf({ ...event, datacontenttype: 'text/xml' }, 'CLOUD_EVENT')).toEqual(['/datacontenttype']);
    expect(read({ ...event, datacontenttype: 'application/json; charset=utf-8' }, 'CLOUD_EVENT').ok).toBe(true);
    expect(pointersOf([event], 'CLOUD_EVENT')).toEqual(['']);
  });
});

test('the published schema is one that other validators read, and they judge as this one does', () => {
  const schema = JSON.parse(DECISION_SCHEMA_TEXT) as Record<string, unknown>;
  expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
  const fits = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(schema);
  const documents = [
    ...[whole, { ...whole, outcome: {} }, { ...whole, automation: 'SOMETIMES' }, { ...whole, legalBasis: 'CONTRACT' }],
    ...[
      { ...whole, rules: [{ version: '1' }] },
      { ...whole, model: { namespace: 'm', name: 'x' } },
      { ...whole, runId: '' },
    ],
  ];
  for (const document of documents) expect(fits(document), JSON.stringify(document)).toBe(read(document).ok);
  expect(documents.filter((document) => fits(document))).toHaveLength(3);
});
