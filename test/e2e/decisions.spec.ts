import { DecisionIntake } from '@headwater/application/decisions/decision-intake';
import { PersonalKeys } from '@headwater/application/decisions/personal-keys';
import { SealPersonalParts } from '@headwater/application/decisions/seal-personal-parts';
import { AcceptEvents } from '@headwater/application/ingest/accept-events';
import { LineageIntake } from '@headwater/application/ingest/lineage-intake';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { decisionId } from '@headwater/domain/decisions/decision-statement';
import { SystemClock } from '@headwater/platform/system-clock';
import { PostgresSubjectKeyStore } from '@headwater/store-postgres/decisions/postgres-subject-key-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decision, PERSONAL } from '../support/decision-events.js';
import { CatalogApp } from './catalog-app.js';

const PRODUCER = 'https://github.com/acme/claims';
const ALL = { lineage: NamespaceRule.ALL, decisions: NamespaceRule.ALL };
const DECISION = `query ($id: ID!) { decision(id: $id) {
  __typename id producer producerId type decidedAt claimedAt outcome { label score value } automation legalBasis purpose
  responsible { agent onBehalfOf } subject { type ref } job { name } run { runId } runId model { name } modelVersion
  rules { id version } inputCount inputs { isHidden datasetId dataset { name } version fields key values }
  explanation correlationId causationId causedBy { id } overrides { decisionId by reason decision { id } }
  actions { type ref } conflict statements { outcome { label } } } }`;

let catalog: CatalogApp;
let post: (...decisions: readonly object[]) => Promise<void>;
let reader: Record<string, string>;
let auditor: Record<string, string>;

beforeAll(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  const { secrets, parts } = catalog.access;
  const store = new PostgresSubjectKeyStore(catalog.apiPool);
  const seal = new SealPersonalParts(new PersonalKeys({ store, secrets, ids: parts.ids }));
  const clock = new SystemClock();
  const posted = new AcceptEvents(catalog.log, clock, new DecisionIntake(seal, 'PLAIN', 2 ** 25));
  const sent = new AcceptEvents(catalog.log, clock, new LineageIntake(seal, 2 ** 25));
  post = async (...events) => {
    for (const event of events) {
      const accept = 'run' in event ? sent : posted;
      await accept.one(Buffer.from(JSON.stringify(event)), ALL);
    }
    await catalog.catchUp();
  };
  reader = await catalog.readerOf(null, ['catalog:read', 'decision:read']);
  auditor = await catalog.readerOf(null, ['catalog:read', 'decision:read', 'personal:read', 'audit:read']);
  const run = { runId: '01936894-494e-7c48-be1c-000000000001' };
  const job = { namespace: 'claims', name: 'payout' };
  const event = { eventTime: '2026-11-23T09:00:00Z', eventType: 'COMPLETE', job, run };
  await catalog.take([
    {
      ...event,
      inputs: [
        { namespace: 'claims', name: 'claim' },
        { namespace: 'models', name: 'complexity' },
      ],
    },
  ]);
});
afterAll(() => catalog.close());

const idOf = (id: unknown): string => decisionId(PRODUCER, String(id));
const read = async (id: unknown, headers = reader) =>
  (await catalog.data<{ decision: Record<string, unknown> | null }>(DECISION, { id: idOf(id) }, headers)).decision;
const list = async (filter: object, headers = reader): Promise<readonly string[]> => {
  const query =
    'query ($filter: DecisionFilter) { decisions(filter: $filter, first: 100) { edges { node { producerId } } } }';
  const { decisions } = await catalog.data<{ decisions: { edges: { node: { producerId: string } }[] } }>(
    query,
    { filter },
    headers,
  );
  return decisions.edges.map(({ node }) => node.producerId);
};
const personalReads = async (): Promise<
  readonly { decisionIds: string[]; subject: string | null; actor: string }[]
> => {
  const query = '{ accessEvents(filter: { types: [PERSONAL_READ] }) { edges { node { decisionIds subject actor } } } }';
  const { accessEvents } = await catalog.data<{
    accessEvents: { edges: { node: { decisionIds: string[]; subject: string | null; actor: string } }[] };
  }>(query, {}, auditor);
  return accessEvents.edges.map(({ node }) => node);
};

describe('a decision', () => {
  test('is read as it was sent, with what the catalog knows of its job, run, inputs and model', async () => {
    await post(decision());
    expect(await read('claim-4711/payout/1', auditor)).toEqual({
      ...{
        __typename: 'Decision',
        id: idOf('claim-4711/payout/1'),
        producer: PRODUCER,
        producerId: 'claim-4711/payout/1',
      },
      ...{ type: 'claims.payout', decidedAt: '2026-11-23T09:30:00.000Z', claimedAt: '2026-11-23T09:30:00.000Z' },
      outcome: { label: 'PAID', score: 0.83, value: { amount: 1200, currency: 'EUR' } },
      ...{ automation: 'AUTOMATED', legalBasis: 'CONTRACT', purpose: 'claim settlement' },
      responsible: { agent: 'team:claims', onBehalfOf: 'org:acme' },
      subject: { type: 'customer', ref: 'C-90210' },
      ...{ job: { name: 'payout' }, run: { runId: '01936894-494e-7c48-be1c-000000000001' } },
      ...{ runId: '01936894-494e-7c48-be1c-000000000001', model: { name: 'complexity' }, modelVersion: '3.1.0' },
      rules: [{ id: 'R7', version: '2' }],
      inputCount: 1,
      inputs: [
        {
          ...{
            isHidden: false,
            datasetId: 'dataset:claims:claim',
            dataset: { name: 'claim' },
            version: '42',
            fields: ['total'],
          },
          ...{ key: { claim: 4711 }, values: { total: 98765 } },
        },
      ],
      explanation: { method: 'shap', contributions: [{ field: 'total', value: 0.4 }] },
      ...{ correlationId: 'claim-4711', causationId: null, causedBy: null, overrides: null },
      ...{
        actions: [{ type: 'payment.sent', ref: 'P-1' }],
        conflict: false,
        statements: [{ outcome: { label: 'PAID' } }],
      },
    });
    expect(await read('never seen')).toBeNull();
  });

  test('is a node for who may read decisions, and nothing for others', async () => {
    const query = 'query ($id: ID!) { node(id: $id) { __typename id } }';
    const id = idOf('claim-4711/payout/1');
    expect(await catalog.data(query, { id }, reader)).toEqual({ node: { __typename: 'Decision', id } });
    expect(await catalog.data(query, { id }, await catalog.readerOf(null, ['catalog:read']))).toEqual({ node: null });
  });

  test('of a run facet takes its job and run from the event, and is the same one', async () => {
    const { job, runId, ...rest } = decision({ id: 'by facet' });
    const run = { runId, facets: { headwater_decision: { _producer: 'p', ...rest } } };
    await post({ eventTime: '2026-11-23T09:31:00Z', eventType: 'COMPLETE', job, run });
    await post(decision({ id: 'by facet' }));
    expect(await read('by facet', auditor)).toMatchObject({
      conflict: false,
      job: { name: 'payout' },
      subject: { ref: 'C-90210' },
    });
  });

  test('sent with different outcomes is in conflict: the latest by effective time stands, whatever came first', async () => {
    const said = [
      decision({ id: 'twice', decidedAt: '2026-11-23T09:30:00Z', outcome: { label: 'PAID' } }),
      decision({ id: 'twice', decidedAt: '2026-11-23T09:45:00Z', outcome: { label: 'DENIED' } }),
      decision({ id: 'twice', decidedAt: '2026-11-23T09:40:00Z', outcome: { label: 'HELD' } }),
    ];
    for (const id of ['forwards', 'backwards']) {
      const order = id === 'forwards' ? said : [...said].reverse();
      await post(...order.map((one) => ({ ...one, id })));
      expect(await read(id)).toMatchObject({
        conflict: true,
        outcome: { label: 'DENIED' },
        decidedAt: '2026-11-23T09:45:00.000Z',
      });
      const { statements } = (await read(id)) as { statements: { outcome: { label: string } }[] };
      expect(statements.map(({ outcome }) => outcome.label).sort()).toEqual(['DENIED', 'HELD', 'PAID']);
      expect(statements[0]?.outcome.label).toBe('DENIED');
    }
    expect([...(await list({ conflict: true }))].sort()).toEqual(['backwards', 'forwards']);
  });

  test('10. of the future counts as of five minutes behind its receipt', async () => {
    await post(decision({ id: 'future', decidedAt: '2199-01-01T00:00:00Z' }));
    const found = await read('future');
    expect(found?.['claimedAt']).toBe('2199-01-01T00:00:00.000Z');
    expect(Date.parse(String(found?.['decidedAt']))).toBeLessThan(Date.now() + 6 * 60_000);
  });

  test('that names what nobody knows is read with what it names', async () => {
    await post(
      decision({
        ...{ id: 'unknown', job: { namespace: 'nowhere', name: 'x' }, causationId: 'never seen' },
        overrides: { decision: 'never seen either', by: 'agent:jane', reason: 'wrong' },
        inputs: [{ dataset: { namespace: 'nowhere', name: 'd' }, version: 'never' }],
      }),
    );
    expect(await read('unknown')).toMatchObject({
      ...{ job: null, run: null, causationId: 'never seen', causedBy: null },
      overrides: { decisionId: idOf('never seen either'), by: 'agent:jane', reason: 'wrong', decision: null },
      inputs: [{ datasetId: 'dataset:nowhere:d', dataset: null, version: 'never' }],
    });
  });

  test('may be caused in a circle, and overrides what comes later', async () => {
    await post(
      decision({ id: 'a', causationId: 'b', overrides: { decision: 'b' } }),
      decision({ id: 'b', causationId: idOf('a') }),
    );
    expect(await read('a')).toMatchObject({ causedBy: { id: idOf('b') }, overrides: { decision: { id: idOf('b') } } });
    expect(await read('b')).toMatchObject({ causedBy: { id: idOf('a') } });
  });

  test('with ten thousand inputs is read a hundred at a time', async () => {
    const inputs = Array.from({ length: 10_000 }, (_, n) => ({
      dataset: { namespace: 'claims', name: 'claim' },
      key: { n },
    }));
    await post(decision({ id: 'many', inputs }));
    const query = `query ($id: ID!) { decision(id: $id) { inputCount inputs(skip: 9950) { key } } }`;
    const { decision: found } = await catalog.data<{ decision: { inputCount: number; inputs: object[] } }>(
      query,
      { id: idOf('many') },
      auditor,
    );
    expect([found.inputCount, found.inputs.length, found.inputs[0]]).toEqual([10_000, 50, { key: { n: 9950 } }]);
  });
});

describe('personal parts', () => {
  test('are null without the scope, and nothing of them is told', async () => {
    const found = await read('claim-4711/payout/1');
    expect(found).toMatchObject({ subject: { type: 'customer', ref: null }, inputs: [{ key: null, values: null }] });
    for (const personal of PERSONAL) expect(JSON.stringify(found)).not.toContain(personal);
  });

  test('are recorded as read by who read them, once an answer, and only where something was read', async () => {
    const before = (await personalReads()).length;
    await read('claim-4711/payout/1');
    await catalog.data('query ($id: ID!) { decision(id: $id) { type } }', { id: idOf('claim-4711/payout/1') }, auditor);
    expect((await personalReads()).length).toBe(before);
    await read('claim-4711/payout/1', auditor);
    const [latest, ...rest] = await personalReads();
    expect(rest).toHaveLength(before);
    expect(latest).toMatchObject({ decisionIds: [idOf('claim-4711/payout/1')], subject: null });
    expect(latest?.actor).toMatch(/^token:/);
  });

  test('a subject is looked for with the scope alone, and the search is recorded', async () => {
    await post(decision({ id: 'other subject', subject: { type: 'customer', ref: 'C-2' } }));
    const subject = { type: 'customer', ref: 'C-2' };
    const refused = await catalog.ask(
      'query ($subject: SubjectInput!) { decisions(filter: { subject: $subject }) { edges { node { id } } } }',
      { subject },
      reader,
    );
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'MISSING_SCOPE' });
    expect(await list({ subject }, auditor)).toEqual(['other subject']);
    expect(await list({ subject: { type: 'supplier', ref: 'C-2' } }, auditor)).toEqual([]);
    const [none, found] = await personalReads();
    expect([none?.subject, found?.subject]).toEqual([null, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  test('of a subject whose key is destroyed are gone, and the decision is still counted', async () => {
    await post(decision({ id: 'erased', subject: { type: 'customer', ref: 'C-gone' } }));
    expect(await read('erased', auditor)).toMatchObject({ subject: { ref: 'C-gone' } });
    await catalog.apiPool.query(
      `UPDATE subject_key SET wrapped_key = NULL, blind_index = NULL WHERE id = (SELECT subject_key FROM projection_g1.decision WHERE id = $1)`,
      [idOf('erased')],
    );
    expect(await read('erased', auditor)).toMatchObject({
      outcome: { label: 'PAID' },
      subject: { type: 'customer', ref: null },
    });
    expect(await list({ subject: { type: 'customer', ref: 'C-gone' } }, auditor)).toEqual([]);
  });
});

describe('lists', () => {
  test('are filtered by type, outcome, producer, job and period, the latest first', async () => {
    const at = (minute: number) => ({ type: 'listed', decidedAt: `2026-10-01T00:0${String(minute)}:00Z` });
    await post(
      decision({ id: 'l1', ...at(1), outcome: { label: 'YES' } }),
      decision({ id: 'l2', ...at(2), outcome: { label: 'NO' }, job: { namespace: 'claims', name: 'other' } }),
      decision({ id: 'l3', ...at(3), outcome: { score: 1 }, producer: 'https://p/2' }),
    );
    const of = (filter: object) => list({ types: ['listed'], ...filter });
    expect(await of({})).toEqual(['l3', 'l2', 'l1']);
    expect(await of({ outcomes: ['YES', 'NO'] })).toEqual(['l2', 'l1']);
    expect(await of({ producers: ['https://p/2'] })).toEqual(['l3']);
    expect(await of({ job: 'job:claims:other' })).toEqual(['l2']);
    expect(await of({ period: { from: '2026-10-01T00:02:00Z', to: '2026-10-01T00:03:00Z' } })).toEqual(['l2']);
    expect(await list({ types: ['never'] })).toEqual([]);
  });

  test('go on behind a cursor', async () => {
    const query = `query ($after: String) { decisions(filter: { types: ["listed"] }, first: 2, after: $after) {
      edges { node { producerId } } pageInfo { hasNextPage endCursor } } }`;
    type Answer = {
      decisions: { edges: { node: { producerId: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    const first = (await catalog.data<Answer>(query, {}, reader)).decisions;
    const second = (await catalog.data<Answer>(query, { after: first.pageInfo.endCursor }, reader)).decisions;
    expect([first, second].map(({ edges }) => edges.map(({ node }) => node.producerId))).toEqual([
      ['l3', 'l2'],
      ['l1'],
    ]);
    expect([first, second].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
  });
});

test('who may read some namespaces is shown decisions of their jobs alone, and no hidden input', async () => {
  const hidden = {
    dataset: { namespace: 'vault', name: 'secret' },
    version: 'hidden-version',
    fields: ['hidden-field'],
    key: { hidden: 1 },
  };
  await post(
    decision({ id: 'seen', type: 'scoped', inputs: [hidden] }),
    decision({ id: 'unseen', type: 'scoped', job: { namespace: 'vault', name: 'x' } }),
    decision({ id: 'jobless', type: 'scoped', job: undefined }),
  );
  const some = await catalog.readerOf(['claims'], ['catalog:read', 'decision:read', 'personal:read']);
  expect(await list({ types: ['scoped'] }, some)).toEqual(['seen']);
  expect([...(await list({ types: ['scoped'] }))].sort()).toEqual(['jobless', 'seen', 'unseen']);
  expect([await read('unseen', some), await read('jobless', some)]).toEqual([null, null]);
  const seen = await read('seen', some);
  expect(seen).toMatchObject({
    inputs: [{ isHidden: true, datasetId: null, dataset: null, version: null, fields: [], key: null }],
  });
  expect(JSON.stringify(seen)).not.toMatch(/vault|hidden-/);
  expect(await list({ types: ['scoped'], subject: { type: 'customer', ref: 'C-90210' } }, some)).toEqual(['seen']);
});

test('decisions are in no list of events', async () => {
  const query = '{ events(first: 100) { edges { node { kind raw } } } }';
  const { events } = await catalog.data<{ events: { edges: { node: { kind: string; raw: string } }[] } }>(
    query,
    {},
    auditor,
  );
  expect(new Set(events.edges.map(({ node }) => node.kind))).toEqual(new Set(['RUN']));
  for (const { node } of events.edges) for (const personal of PERSONAL) expect(node.raw).not.toContain(personal);
});
