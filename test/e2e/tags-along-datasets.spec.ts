import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { TAG_RULES_ID } from '@headwater/domain/classification/tag-rules';
import { HeadwaterError } from '@headwater/domain/errors';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { LineageGraph } from '@headwater/domain/ports';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, jobNode, NS, runEvent, runId } from './catalog-events.js';

const ASSIGNMENT = 'tag { name } on source producer since until propagated via';
const REACH = `total places { id hidden distance via node { __typename id } assignment { ${ASSIGNMENT} } }
  totalStops stops { from to because enteredBy reason }`;

interface Assignment {
  readonly tag: { readonly name: string };
  readonly on: string;
  readonly producer: string | null;
  readonly since: string;
  readonly propagated: boolean;
  readonly via: readonly string[];
}

interface Reach {
  readonly total: number;
  readonly places: readonly { readonly id: string; readonly distance: number; readonly via: readonly string[] }[];
  readonly stops: readonly { readonly from: string; readonly to: string; readonly because: string }[];
}

const tags = (...all: readonly string[]): object => ({
  tags: facet({
    tags: all.map((tag) => {
      const [key = '', value = 'true', field] = tag.split('=');
      return { key, value, source: 'ETL', ...(field !== undefined && { field }) };
    }),
  }),
});
const from = (...names: readonly string[]): object => ({
  lineage: facet({ inputs: names.map((name) => ({ namespace: NS, name, type: 'DATASET' })) }),
});

/** ledger, rates -> close -> { balance (of ledger), fees (of rates) }; balance -> report -> summary; alarm is triggered only. */
const FLOW = [
  runEvent({
    ...{ job: 'load', runId: runId(1), at: '2026-03-01T10:00:00Z' },
    outputs: [{ name: 'ledger', facets: tags('retention=10y', 'tier=gold', 'retention=1y=amount') }, 'rates'],
  }),
  runEvent({
    ...{ job: 'close', runId: runId(2), at: '2026-03-02T10:00:00Z', inputs: ['ledger', 'rates'] },
    outputs: [
      { name: 'balance', facets: from('ledger') },
      { name: 'fees', facets: from('rates') },
    ],
  }),
  runEvent({
    ...{ job: 'report', runId: runId(3), at: '2026-03-03T10:00:00Z', inputs: ['balance'], outputs: ['summary'] },
  }),
  runEvent({
    ...{ job: 'ring', runId: runId(4), at: '2026-03-03T11:00:00Z', outputs: ['alarm'] },
    runFacets: {
      jobDependencies: facet({
        upstream: [{ job: { namespace: 'airflow', name: 'report' }, run: { runId: runId(3) } }],
        downstream: [],
      }),
    },
  }),
];

const [LEDGER, BALANCE, FEES, SUMMARY] = ['ledger', 'balance', 'fees', 'summary'].map(datasetNode) as [
  string,
  string,
  string,
  string,
];
const [CLOSE, REPORT] = ['close', 'report'].map(jobNode) as [string, string];

/** The rules of a log in which the edits come behind the events. */
const rulesOf = (...along: readonly string[]): Uint8Array =>
  definitionEditBytes({
    ...{ id: along.join(), by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null },
    ...{ node: TAG_RULES_ID, action: 'REPLACE' },
    tagRules: along.map((tag) => ({ ...USUAL_CARRIAGE, tag, alongDatasets: true })),
  });

describe.each(graphStores())('tags along the lineage of datasets, on $name', (store) => {
  let catalog: CatalogApp;
  const graph: { walks: number; isAway: boolean } = { walks: 0, isAway: false };
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled, graph: (filled) => watched(filled, graph) });
    await catalog.take(FLOW);
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  const whereIs = async (tag: string, asOf: string | null = null): Promise<Reach> => {
    const query = `query ($tag: String!, $asOf: DateTime) { whereIs(tag: $tag, asOf: $asOf) { ${REACH} } }`;
    return (await catalog.data<{ whereIs: Reach }>(query, { tag, asOf })).whereIs;
  };
  const placesOf = async (tag: string, asOf: string | null = null) =>
    (await whereIs(tag, asOf)).places.map(({ id, distance }) => [id, distance]);
  const cameTo = async (id: string, time: object = {}): Promise<readonly Assignment[] | null> => {
    const query = `query ($id: ID!, $asOf: DateTime, $knownAt: DateTime) { node(id: $id) { ... on Dataset {
      carriedTags(asOf: $asOf, knownAt: $knownAt) { ${ASSIGNMENT} } } } }`;
    const { node } = await catalog.data<{ node: { carriedTags: readonly Assignment[] } }>(query, { id, ...time });
    return node.carriedTags;
  };
  const edit = (call: string, input: object): Promise<Record<string, unknown>> =>
    catalog.whileProjecting(
      catalog.data(
        `mutation ($input: ${call[0]?.toUpperCase() ?? ''}${call.slice(1)}Input!) { ${call}(input: $input) { __typename } }`,
        { input },
      ),
    );

  test('without a rule a tag of a dataset stays there, and no graph is walked for it', async () => {
    graph.walks = 0;
    expect(await cameTo(SUMMARY)).toEqual([]);
    expect(graph.walks).toBe(0);
    expect(await placesOf('retention=10y')).toEqual([[LEDGER, 0]]);
    graph.isAway = true;
    expect(await cameTo(SUMMARY)).toEqual([]);
    graph.isAway = false;
  });

  test('with one it goes through jobs, to what they make of it alone, and names its way', async () => {
    const query = `mutation ($input: SetTagRulesInput!) { setTagRules(input: $input) { ... on EditedTagRules {
      rules { rules { tag isCarried alongDatasets } } } } }`;
    const input = { rules: [{ tag: 'retention', alongDatasets: true }, { tag: 'tier' }] };
    expect(await catalog.whileProjecting(catalog.data(query, { input }))).toEqual({
      setTagRules: {
        rules: {
          rules: [
            { tag: 'retention', isCarried: true, alongDatasets: true },
            { tag: 'tier', isCarried: true, alongDatasets: false },
          ],
        },
      },
    });
    expect(await placesOf('retention=10y')).toEqual([
      [LEDGER, 0],
      [BALANCE, 1],
      [SUMMARY, 2],
    ]);
    expect(await cameTo(SUMMARY)).toMatchObject([
      {
        ...{ tag: { name: 'retention=10y' }, on: LEDGER, source: 'FACET', propagated: true, until: null },
        ...{ via: [LEDGER, CLOSE, BALANCE, REPORT, SUMMARY], producer: 'https://example.com/etl' },
      },
    ]);
    for (const none of [FEES, datasetNode('alarm'), LEDGER]) expect(await cameTo(none), none).toEqual([]);
    expect(await placesOf('tier=gold')).toEqual([[LEDGER, 0]]);
    // What is put on a field is no tag of its dataset.
    expect(await placesOf('retention=1y')).toEqual([[fieldNode('ledger', 'amount'), 0]]);
  });

  test('it is answered for any moment, by the rules of that moment', async () => {
    const before = '2026-03-02T12:00:00Z';
    expect(await cameTo(SUMMARY, { asOf: before })).toEqual([]);
    expect(await placesOf('retention=10y', before)).toEqual([[LEDGER, 0]]);
    const now = new Date().toISOString();
    expect((await cameTo(SUMMARY, { asOf: now }))?.[0]?.via).toHaveLength(5);
    expect(await cameTo(SUMMARY, { asOf: now, knownAt: '2026-03-01T00:00:00Z' })).toEqual([]);
  });

  test('"not here" on a dataset ends it there and behind, with the reason, until it is put there', async () => {
    const moment = new Date().toISOString();
    await edit('untagAsset', { on: BALANCE, tag: 'retention=10y', reason: 'made anew each day' });
    expect(await whereIs('retention=10y')).toMatchObject({
      places: [{ id: LEDGER }],
      stops: [{ from: LEDGER, to: BALANCE, because: 'NOT_HERE', reason: 'made anew each day' }],
    });
    expect([await cameTo(BALANCE), await cameTo(SUMMARY)]).toEqual([[], []]);
    expect(await cameTo(SUMMARY, { asOf: moment })).toHaveLength(1);
    await edit('tagAsset', { on: BALANCE, tag: 'retention=10y' });
    expect(await placesOf('retention=10y')).toEqual([
      [BALANCE, 0],
      [LEDGER, 0],
      [SUMMARY, 1],
    ]);
    expect([await cameTo(BALANCE), (await cameTo(SUMMARY))?.map(({ via }) => via)]).toEqual([
      [],
      [[BALANCE, REPORT, SUMMARY]],
    ]);
  });

  test('a page of datasets costs as many trips and statements as one', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Dataset { tags { tag { name } } carriedTags { tag { name } } } } }`;
    const countOnce = async (ids: readonly string[]): Promise<number> => {
      const statements = vi.spyOn(catalog.apiPool, 'query');
      graph.walks = 0;
      await catalog.data(query, { ids });
      const found = statements.mock.calls.length;
      statements.mockRestore();
      return found;
    };
    // The feed of changes uses the same pool, and may ask for some meanwhile.
    const count = async (ids: readonly string[]): Promise<readonly [number, number]> => {
      const counts = [await countOnce(ids), await countOnce(ids), await countOnce(ids)];
      return [Math.min(...counts), graph.walks];
    };
    const one = await count([SUMMARY]);
    expect(await count([SUMMARY, datasetNode('alarm')])).toEqual(one);
    // Ways that meet are walked once.
    const [statements, walks] = await count([SUMMARY, FEES, BALANCE, LEDGER]);
    expect([statements, walks <= one[1]]).toEqual([one[0], true]);
  });

  test('without the graph what came along cannot be told, and what was put there is', async () => {
    graph.isAway = true;
    const { data, errors } = await catalog.ask(
      `{ node(id: ${JSON.stringify(BALANCE)}) { ... on Dataset { tags { tag { name } } carriedTags { tag { name } } } } }`,
    );
    graph.isAway = false;
    expect(data).toEqual({ node: { tags: [{ tag: { name: 'retention=10y' } }], carriedTags: null } });
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['SERVICE_UNAVAILABLE']);
  });
});

/** Counts the trips of walks, and fails them while it is told to. */
function watched(filled: LineageGraph, state: { walks: number; isAway: boolean }): LineageGraph {
  const asked = new Set<string | symbol>(['expand', 'canonical', 'checkpoint']);
  return new Proxy(filled, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        if (!asked.has(name)) return Reflect.apply(member, target, given);
        state.walks += 1;
        if (state.isAway) return Promise.reject(new HeadwaterError('UNAVAILABLE', 'away', { retryAfterS: 1 }));
        return Reflect.apply(member, target, given);
      };
    },
  });
}

describe('before a caller who may see a part', () => {
  const HUSH = 'hush';
  let catalog: CatalogApp;
  beforeAll(async () => {
    catalog = await CatalogApp.start({ auth: 'on' });
    await catalog.take([
      runEvent({
        ...{ job: 'fill', runId: runId(1), at: '2026-03-01T10:00:00Z' },
        outputs: [{ namespace: HUSH, name: 'vault', facets: tags('retention=10y', 'secret=mark') }, 'blind'],
      }),
      runEvent({
        ...{ job: 'open', runId: runId(2), at: '2026-03-02T10:00:00Z' },
        ...{ inputs: [{ namespace: HUSH, name: 'vault' }], outputs: ['shown', { namespace: HUSH, name: 'deeper' }] },
      }),
    ]);
    await catalog.takeEdits([rulesOf('retention')]);
  });
  afterAll(() => catalog.close());

  test('a tag that came from what is hidden is told, with an opaque way; one that is hidden is not', async () => {
    const seeing = await catalog.readerOf([NS]);
    const query = `{ node(id: ${JSON.stringify(datasetNode('shown'))}) { ... on Dataset { carriedTags { ${ASSIGNMENT} } } }
      whereIs(tag: "retention") { ${REACH} } secret: whereIs(tag: "secret") { total totalStops } }`;
    interface Answer {
      readonly node: { readonly carriedTags: readonly Assignment[] };
      readonly whereIs: Reach;
      readonly secret: object;
    }
    const { node, whereIs, secret } = await catalog.data<Answer>(query, {}, seeing);
    const hidden = expect.stringMatching(/^hidden:[0-9a-f]{32}$/) as string;
    expect(node.carriedTags).toMatchObject([
      { tag: { name: 'retention=10y' }, producer: null, on: hidden, via: [hidden, hidden, datasetNode('shown')] },
    ]);
    expect(whereIs.places.map(({ id, distance }) => [id, distance])).toEqual([
      [hidden, 0],
      [datasetNode('shown'), 1],
      [hidden, 1],
    ]);
    expect(secret).toEqual({ total: 0, totalStops: 0 });
    expect(JSON.stringify([node, whereIs])).not.toMatch(/vault|deeper|hush/);
    const full = await catalog.data<Answer>(query, {}, await catalog.readerOf(null));
    expect(full.node.carriedTags[0]?.via[0]).toBe('dataset:hush:vault');
    expect(full.whereIs.total).toBe(3);
  });
});
