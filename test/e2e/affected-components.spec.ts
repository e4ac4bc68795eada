import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, JOBS, jobNode, NS, runEvent, runId } from './catalog-events.js';

const QUERY = `query ($from: DateTime!, $to: DateTime!, $filter: SearchFilter, $first: Int, $after: String) {
  affectedComponents(from: $from, to: $to, filter: $filter, first: $first, after: $after) {
    datasets { created changed } jobs { created changed }
    edges { node { asset { id } changes { kind at } } } pageInfo { hasNextPage endCursor } } }`;

interface Affected {
  readonly datasets: { readonly created: number; readonly changed: number };
  readonly jobs: { readonly created: number; readonly changed: number };
  readonly edges: readonly {
    readonly node: {
      readonly asset: { readonly id: string };
      readonly changes: readonly { readonly kind: string; readonly at: string }[];
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const columns = (...names: string[]): object => ({
  schema: facet({ fields: names.map((name) => ({ name, type: 'VARCHAR' })) }),
});
const load = (n: number, day: string, inputs: readonly string[], fields: readonly string[], facets: object = {}) =>
  runEvent({
    ...{ job: 'load', runId: runId(n), at: `2026-03-${day}T10:00:00Z`, inputs },
    outputs: [{ name: 'claims', facets: { ...columns(...fields), ...facets } }],
  });

/** In the first week `load` makes `claims` of `forms`; in the second it reads `rates` too, and claims get a column. */
const EVENTS = [
  load(1, '01', ['forms'], ['id']),
  load(2, '02', ['forms'], ['id'], { ownership: facet({ owners: [{ name: 'team:claims', type: 'OWNER' }] }) }),
  runEvent({ job: 'report', runId: runId(3), at: '2026-03-03T10:00:00Z', inputs: ['claims'], outputs: ['daily'] }),
  load(4, '09', ['forms', 'rates'], ['id', 'rate']),
  load(5, '10', ['forms', 'rates'], ['id', 'rate']),
  runEvent({ job: 'report', runId: runId(6), at: '2026-03-10T10:00:00Z', inputs: ['claims'], outputs: ['daily'] }),
  runEvent({
    ...{ job: 'report', runId: runId(7), at: '2026-03-11T10:00:00Z', inputs: ['claims'] },
    outputs: [{ name: 'daily', facets: { lifecycleStateChange: facet({ lifecycleStateChange: 'DROP' }) } }],
  }),
];
const FIRST_WEEK = { from: '2026-03-01T00:00:00Z', to: '2026-03-08T00:00:00Z' };
const SECOND_WEEK = { from: '2026-03-08T00:00:00Z', to: '2026-03-15T00:00:00Z' };

describe('what came, changed and went', () => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    catalog = await CatalogApp.start();
    await catalog.take(EVENTS);
  });
  afterAll(async () => {
    await catalog.close();
  });

  const affected = async (variables: object): Promise<Affected> =>
    (await catalog.data<{ affectedComponents: Affected }>(QUERY, variables)).affectedComponents;
  const told = ({ edges }: Affected): readonly (readonly [string, ...string[]])[] =>
    edges.map(({ node }) => [node.asset.id, ...node.changes.map(({ kind }) => kind)]);

  test('what was heard of first is created; what was there before tells what became of it', async () => {
    const first = await affected(FIRST_WEEK);
    expect([first.datasets, first.jobs]).toEqual([
      { created: 3, changed: 0 },
      { created: 2, changed: 0 },
    ]);
    const second = await affected(SECOND_WEEK);
    expect(told(second)).toEqual([
      [datasetNode('claims'), 'SCHEMA'],
      [datasetNode('daily'), 'DELETED'],
      [datasetNode('rates'), 'CREATED'],
      [jobNode('load'), 'LINEAGE'],
    ]);
    expect([second.datasets, second.jobs]).toEqual([
      { created: 1, changed: 2 },
      { created: 0, changed: 1 },
    ]);
    expect(second.edges.map(({ node }) => node.changes[0]?.at)).toEqual([
      '2026-03-09T10:00:00.000Z',
      '2026-03-11T10:00:00.000Z',
      '2026-03-09T10:00:00.000Z',
      '2026-03-09T10:00:00.000Z',
    ]);
    expect(told(await affected({ from: '2026-03-09T11:00:00Z', to: '2026-03-11T00:00:00Z' }))).toEqual([]);
  });

  test('every member of a filter is understood', async () => {
    const filter = {
      ...{ kinds: ['JOB'], namespaces: [JOBS], tags: ['x'], owners: ['agent:team:x'], hasOwner: true },
      ...{ domains: ['domain:x'], terms: ['term:x'], updatedAfter: '2026-03-01T00:00:00Z' },
    };
    for (const [name, value] of Object.entries(filter))
      expect(await affected({ ...SECOND_WEEK, filter: { [name]: value } }), name).toBeDefined();
  });

  test('a filter and pages leave the same counts', async () => {
    expect(told(await affected({ ...SECOND_WEEK, filter: { kinds: ['JOB'] } }))).toEqual([
      [jobNode('load'), 'LINEAGE'],
    ]);
    expect(told(await affected({ ...SECOND_WEEK, filter: { owners: ['agent:team:claims'] } }))).toEqual([
      [datasetNode('claims'), 'SCHEMA'],
    ]);
    expect((await affected({ ...SECOND_WEEK, filter: { namespaces: [JOBS] } })).datasets).toEqual({
      created: 0,
      changed: 0,
    });
    const read: (readonly [string, ...string[]])[] = [];
    for (let after: string | null = null; ;) {
      const page: Affected = await affected({ ...SECOND_WEEK, first: 3, after });
      expect(page.datasets).toEqual({ created: 1, changed: 2 });
      read.push(...told(page));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(read).toEqual(told(await affected(SECOND_WEEK)));
  });

  test('merged assets came with the first of them', async () => {
    await catalog.take([
      runEvent({
        ...{ job: 'load', runId: runId(8), at: '2026-04-02T10:00:00Z', inputs: ['forms', 'rates'] },
        outputs: [
          {
            name: 'a_claims',
            facets: {
              ...columns('id', 'rate'),
              symlinks: facet({ identifiers: [{ namespace: NS, name: 'claims', type: 'TABLE' }] }),
            },
          },
        ],
      }),
    ]);
    const april = await affected({ from: '2026-04-01T00:00:00Z', to: '2026-05-01T00:00:00Z' });
    expect(april.datasets.created).toBe(0);
    expect(told(april).map(([id]) => id)).not.toContain(datasetNode('claims'));
  });

  test('a job that reads something no more is changed, from the first run on that leaves it out', async () => {
    // As many as it takes until it is no exception any more.
    const june = Array.from({ length: 14 }, (_, index) =>
      runEvent({
        ...{ job: 'narrow', runId: runId(20 + index), at: `2026-06-${String(index + 1).padStart(2, '0')}T10:00:00Z` },
        ...{ inputs: index === 0 ? ['forms', 'rates'] : ['forms'], outputs: ['narrowed'] },
      }),
    );
    await catalog.take(june);
    const period = { from: '2026-06-02T00:00:00Z', to: '2026-06-30T00:00:00Z' };
    const found = await affected({ ...period, filter: { kinds: ['JOB'] } });
    expect(found.jobs).toEqual({ created: 0, changed: 1 });
    expect(found.edges.map(({ node }) => node)).toEqual([
      { asset: { id: jobNode('narrow') }, changes: [{ kind: 'LINEAGE', at: '2026-06-02T10:00:00.000Z' }] },
    ]);
    expect(told(await affected({ ...period, from: '2026-06-02T11:00:00Z' }))).toEqual([]);
  });

  test('other code of a job is no change of it, until it reads something else', async () => {
    const versioned = (n: number, day: string, version: string, query: string): object =>
      runEvent({
        ...{ job: 'versioned', runId: runId(n), at: `2026-07-${day}T10:00:00Z` },
        ...{ inputs: ['forms'], outputs: ['versioned_out'] },
        jobFacets: {
          sourceCodeLocation: facet({ type: 'git', url: 'https://git.example/jobs', version }),
          sql: facet({ query }),
        },
      });
    await catalog.take([
      versioned(60, '01', 'a1', 'SELECT 1'),
      versioned(61, '02', 'a1', 'SELECT 1'),
      versioned(62, '09', 'b2', 'SELECT 1'),
      versioned(63, '16', 'b2', 'SELECT 2'),
    ]);
    const jobs = async (from: string, to: string) =>
      (
        await affected({
          ...{ from: `2026-07-${from}T00:00:00Z`, to: `2026-07-${to}T00:00:00Z` },
          filter: { kinds: ['JOB'], namespaces: [JOBS] },
        })
      ).edges.map(({ node }) => [node.asset.id, node.changes]);
    expect(await jobs('01', '02')).toEqual([
      [jobNode('versioned'), [{ kind: 'CREATED', at: '2026-07-01T10:00:00.000Z' }]],
    ]);
    expect(await jobs('02', '09')).toEqual([]);
    // ADR 18: what a job reads, writes and derives makes it another; its code alone does not.
    expect(await jobs('09', '16')).toEqual([]);
    expect(await jobs('16', '23')).toEqual([]);
    await catalog.take([
      runEvent({
        ...{ job: 'versioned', runId: runId(64), at: '2026-07-24T10:00:00Z' },
        ...{ inputs: ['forms', 'rates'], outputs: ['versioned_out'] },
        jobFacets: { sourceCodeLocation: facet({ type: 'git', url: 'https://git.example/jobs', version: 'c3' }) },
      }),
    ]);
    expect(await jobs('24', '30')).toEqual([
      [jobNode('versioned'), [{ kind: 'LINEAGE', at: '2026-07-24T10:00:00.000Z' }]],
    ]);
  });

  test('a period that is none is refused', async () => {
    const { errors } = await catalog.ask(QUERY, { from: SECOND_WEEK.to, to: SECOND_WEEK.from });
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(errors[0]?.message).toContain('`to` must be later than `from`');
  });
});
