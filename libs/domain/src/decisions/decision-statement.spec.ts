import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvent } from '../openlineage/read-event.js';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../time.js';
import { DECISION_FACET } from './personal-places.js';
import {
  decisionOfFacet,
  effectiveAt,
  readDecisionEvent,
  standingStatement,
  type ReceivedStatement,
} from './decision-statement.js';

const SEALED = `sealed:0b5c6b1e-6d0c-4f0e-9a53-0c7a1f4f2a11:${'a'.repeat(43)}`;
const whole = {
  ...{ id: 'd/1', decidedAt: '2026-11-23T09:30:00Z', type: 't', producer: 'https://p', outcome: { label: 'YES' } },
  subject: { type: 'customer', ref: SEALED },
  inputs: [{ dataset: { namespace: 'n', name: 'd' }, key: SEALED, values: SEALED }],
};
const job = { namespace: 'claims', name: 'payout' };
const run = { runId: '01936894-494e-7c48-be1c-000000000001' };

function ofFacet(body: object) {
  const event = { eventTime: '2026-11-23T10:15:30Z', producer: 'https://other', job };
  const facets = { [DECISION_FACET]: { _producer: 'https://p', _schemaURL: 'urn:x', ...body } };
  const read = readEvent(Buffer.from(JSON.stringify({ ...event, run: { ...run, facets } })));
  if (!read.ok) throw new Error(read.detail);
  const [facet] = read.event.run?.facets ?? [];
  return { facet, statement: facet && decisionOfFacet(facet, read.event), findings: read.findings };
}

test('a posted decision and the same object in a run facet are one statement about one decision', () => {
  const posted = readDecisionEvent(Buffer.from(JSON.stringify({ ...whole, job, runId: run.runId })));
  const { facet, statement } = ofFacet(whole);
  expect(posted?.id).toBe('decision:https%3A%2F%2Fp:d%2F1');
  expect(statement).toEqual(posted);
  expect(facet).toMatchObject({ known: true, valid: true });
  expect(ofFacet({ ...whole, job: { namespace: 'x', name: 'y' } }).statement?.content['job']).toEqual({
    namespace: 'x',
    name: 'y',
  });
});

test('a facet that is no decision is none, and a finding says why', () => {
  const { facet, statement, findings } = ofFacet({ ...whole, outcome: undefined });
  expect([facet?.valid, statement]).toEqual([false, undefined]);
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'FACET_INVALID', message: expect.stringContaining('outcome is missing') }),
  );
  expect(readDecisionEvent(Buffer.from('{'))).toBeUndefined();
});

test('members in another order are the same statement, another outcome is not', () => {
  const digestOf = (content: object) => readDecisionEvent(Buffer.from(JSON.stringify(content)))?.digest;
  expect(digestOf(Object.fromEntries(Object.entries(whole).reverse()))).toBe(digestOf(whole));
  expect(digestOf({ ...whole, outcome: { label: 'NO' } })).not.toBe(digestOf(whole));
});

test('10. a decision of the future counts as of five minutes behind its receipt, one of hours ago as of its own time', () => {
  const receivedAt = 1_000 * MICROS_PER_HOUR;
  const at = (decidedAt: number) => effectiveAt({ digest: '', decidedAt, receivedAt });
  expect(at(receivedAt + 3 * MICROS_PER_HOUR)).toBe(receivedAt + 5 * MICROS_PER_MINUTE);
  expect(at(receivedAt - 3 * MICROS_PER_HOUR)).toBe(receivedAt - 3 * MICROS_PER_HOUR);
});

test('which statement stands depends on no order; of equal times the greatest digest', () => {
  const statement = fc.record({
    digest: fc.constantFrom('a', 'b', 'c', 'd'),
    decidedAt: fc.integer({ min: 0, max: 3 }),
    receivedAt: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(statement, { selector: ({ digest }) => digest, minLength: 1 }), (statements) => {
      const standing = standingStatement(statements);
      expect(standingStatement([...statements].reverse())).toEqual(standing);
      const last = Math.max(...statements.map(effectiveAt));
      const tied = statements.filter((one) => effectiveAt(one) === last).map(({ digest }) => digest);
      expect(standing?.digest).toBe(tied.sort().at(-1));
    }),
  );
  expect(standingStatement<ReceivedStatement>([])).toBeUndefined();
});
