import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, runEvent, runId } from './catalog-events.js';

const schema = (...names: readonly string[]): object => ({
  schema: facet({ fields: names.map((name) => ({ name, type: name.endsWith('_id') ? 'BIGINT' : 'VARCHAR' })) }),
});
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const LIKE = `query ($id: ID!, $skip: Int, $most: Int) { node(id: $id) { ... on Dataset {
  similar(skip: $skip, most: $most) { score shared sharedFields dataset { id } } } } }`;
const TOGETHER = `query ($id: ID!, $skip: Int, $most: Int) { node(id: $id) { ... on Dataset {
  usedTogether(skip: $skip, most: $most) { jobs recentRuns dataset { id } } } } }`;

interface Like {
  readonly score: number;
  readonly shared: number;
  readonly sharedFields: readonly string[];
  readonly dataset: { readonly id: string };
}
interface Together {
  readonly jobs: number;
  readonly recentRuns: number;
  readonly dataset: { readonly id: string };
}

/** Two tables of claims, one of them elsewhere; a table of shops; jobs that read them. */
const EVENTS = [
  runEvent({
    ...{ job: 'load', runId: runId(1), at: ago(60) },
    outputs: [
      { name: 'claims', facets: schema('claim_id', 'loss_date', 'loss_city', 'id') },
      { name: 'claims_old', facets: schema('ClaimId', 'lossDate', 'loss_city', 'id', 'reserve') },
      { name: 'claims_gone', facets: schema('claim_id', 'loss_date', 'loss_city', 'id') },
      { name: 'shops', facets: schema('shop', 'opened', 'manager', 'turnover', 'floor', 'id') },
      {
        ...{ namespace: 'postgres://hidden:5432', name: 'secret_claims' },
        facets: schema('claim_id', 'loss_date', 'loss_city', 'id'),
      },
    ],
  }),
  runEvent({ ...{ job: 'report', runId: runId(2), at: ago(40) }, inputs: ['claims', 'shops'] }),
  runEvent({ ...{ job: 'report', runId: runId(3), at: ago(4) }, inputs: ['claims', 'shops'] }),
  runEvent({ ...{ job: 'report', runId: runId(4), at: ago(3) }, inputs: ['claims', 'shops'] }),
  runEvent({
    ...{ job: 'audit', runId: runId(5), at: ago(2) },
    inputs: ['claims', 'claims_old', 'shops', { namespace: 'postgres://hidden:5432', name: 'secret_claims' }],
  }),
  runEvent({
    ...{ job: 'clean', runId: runId(6), at: ago(1) },
    inputs: ['claims', 'claims_gone'],
    outputs: [{ name: 'claims_gone', facets: { lifecycleStateChange: facet({ lifecycleStateChange: 'DROP' }) } }],
  }),
];

describe('what else there is like a dataset', () => {
  let catalog: CatalogApp;
  let all: Record<string, string>;
  let some: Record<string, string>;
  beforeAll(async () => {
    catalog = await CatalogApp.start({ auth: 'on' });
    await catalog.take(EVENTS);
    all = await catalog.readerOf(null);
    some = await catalog.readerOf(['*', '!postgres://hidden:5432']);
  });
  afterAll(() => catalog.close());

  async function similar(headers = all, part: object = {}): Promise<readonly Like[]> {
    const query = { id: datasetNode('claims'), ...part };
    return (await catalog.data<{ node: { similar: readonly Like[] } }>(LIKE, query, headers)).node.similar;
  }
  async function together(headers = all, part: object = {}): Promise<readonly Together[]> {
    const query = { id: datasetNode('claims'), ...part };
    return (await catalog.data<{ node: { usedTogether: readonly Together[] } }>(TOGETHER, query, headers)).node
      .usedTogether;
  }
  const secret = `dataset:${encodeURIComponent('postgres://hidden:5432')}:secret_claims`;

  test('datasets with the same names of fields are similar, those that share most first, deleted ones never', async () => {
    const found = await similar();
    expect(found.map(({ dataset }) => dataset.id)).toEqual([secret, datasetNode('claims_old')]);
    expect(found[0]).toMatchObject({ score: 1, shared: 4 });
    expect(found[0]?.sharedFields.toSorted()).toEqual(['claim_id', 'id', 'loss_city', 'loss_date']);
    expect(found[1]?.shared).toBe(3);
    expect(found[1]?.score).toBeGreaterThan(0.4);
    expect(found[1]?.score).toBeLessThan(0.8);
    expect(await similar(all, { skip: 1, most: 1 })).toEqual(found.slice(1));
  });

  test('for who may see a part, nothing else exists: neither the dataset nor its weight in a score', async () => {
    const found = await similar(some);
    expect(found.map(({ dataset }) => dataset.id)).toEqual([datasetNode('claims_old')]);
    const alone = await CatalogApp.start({ auth: 'on' });
    try {
      const [first, ...rest] = structuredClone(EVENTS) as Record<string, unknown>[];
      const outputs = (first as { outputs: { namespace: string }[] }).outputs;
      await alone.take([
        { ...first, outputs: outputs.filter(({ namespace }) => namespace !== 'postgres://hidden:5432') },
        ...rest.map((event) => {
          const inputs = (event['inputs'] as { namespace: string }[] | undefined) ?? [];
          return { ...event, inputs: inputs.filter(({ namespace }) => namespace !== 'postgres://hidden:5432') };
        }),
      ]);
      const headers = await alone.readerOf(null);
      const { node } = await alone.data<{ node: { similar: readonly Like[] } }>(
        LIKE,
        { id: datasetNode('claims') },
        headers,
      );
      expect(found).toEqual(node.similar);
    } finally {
      await alone.close();
    }
  });

  test('datasets that the same jobs read are used together, with the jobs and the runs of late', async () => {
    expect(await together()).toEqual(
      [
        { jobs: 2, recentRuns: 3, dataset: { id: datasetNode('shops') } },
        { jobs: 1, recentRuns: 1, dataset: { id: datasetNode('claims_old') } },
        { jobs: 1, recentRuns: 1, dataset: { id: secret } },
      ].toSorted((a, b) => b.jobs - a.jobs || (a.dataset.id < b.dataset.id ? -1 : 1)),
    );
    expect(await together(all, { most: 1 })).toMatchObject([{ dataset: { id: datasetNode('shops') } }]);
    expect((await together(some)).map(({ dataset }) => dataset.id)).toEqual([
      datasetNode('shops'),
      datasetNode('claims_old'),
    ]);
  });

  test('a part that is none is refused', async () => {
    for (const query of [LIKE, TOGETHER])
      expect(await catalog.ask(query, { id: datasetNode('claims'), skip: -1, most: 101 }, all)).toMatchObject({
        errors: [{ extensions: { faults: [{ pointer: '/skip' }, { pointer: '/most' }] } }],
      });
  });
});
