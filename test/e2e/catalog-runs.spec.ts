import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { facet, jobNode, JOBS, runEvent, runId, runNode } from './catalog-events.js';

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const BULK = 110;

interface Listed {
  readonly runs: {
    readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> & { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

let catalog: CatalogApp;

/** Five runs of ten minutes each, and one that runs for 40 minutes now. */
function loads(): readonly object[] {
  const done = [1, 2, 3, 4, 5].flatMap((n) => [
    runEvent({ job: 'load', runId: runId(n), at: ago(60 * n + 10), type: 'START' }),
    runEvent({ job: 'load', runId: runId(n), at: ago(60 * n) }),
  ]);
  return [...done, runEvent({ job: 'load', runId: runId(6), at: ago(40), type: 'START' })];
}

beforeAll(async () => {
  catalog = await CatalogApp.start();
  const errorMessage = facet({ message: 'no space left', programmingLanguage: 'SQL' });
  await catalog.take([
    ...loads(),
    runEvent({ job: 'report', runId: runId(10), at: ago(30), type: 'FAIL', runFacets: { errorMessage } }),
    runEvent({ job: 'silent', runId: runId(11), at: ago(25 * 60), type: 'START' }),
    ...Array.from({ length: BULK }, (_, n) =>
      runEvent({ job: `bulk.${String(n)}`, runId: runId(1_000 + n), at: ago(600 + n), type: 'START' }),
    ),
  ]);
});
afterAll(() => catalog.close());

const idsOf = ({ runs }: Listed): readonly string[] => runs.edges.map(({ node }) => node.id);

test('what needs attention is asked for by state, with its error and its job', async () => {
  const { runs } = await catalog.data<Listed>(`{
    runs(filter: { states: [FAILED, ABORTED, UNFINISHED] }) {
      edges { node { id state isLate job { id } facets(names: ["errorMessage"]) { body } } } pageInfo { hasNextPage }
    }
  }`);
  expect(runs).toMatchObject({
    edges: [
      {
        node: {
          ...{ id: runNode('report', 10), state: 'FAILED', isLate: false, job: { id: jobNode('report') } },
          facets: [{ body: { message: 'no space left' } }],
        },
      },
      { node: { id: runNode('silent', 11), state: 'UNFINISHED', isLate: false, facets: [] } },
    ],
    pageInfo: { hasNextPage: false },
  });
});

test('a late run says so, and what is usual for its job', async () => {
  const late = await catalog.data<Listed>(`{ runs(filter: { isLate: true }) {
    edges { node { id state isLate usualDurationMs } } } }`);
  expect(late.runs.edges).toEqual([
    { node: { id: runNode('load', 6), state: 'RUNNING', isLate: true, usualDurationMs: 600_000 } },
  ]);
  const { job } = await catalog.data<{ job: { runs: Listed['runs'] } }>(
    `{ job(namespace: "${JOBS}", name: "load") { runs { edges { node { id isLate usualDurationMs } } } } }`,
  );
  expect(job.runs.edges.map(({ node }) => [node['isLate'], node['usualDurationMs']])).toEqual([
    [true, 600_000],
    ...Array<unknown>(5).fill([false, 600_000]),
  ]);
  const silent = await catalog.data<{ run: object }>(
    `{ run(id: "${runNode('silent', 11)}") { isLate usualDurationMs } }`,
  );
  expect(silent.run).toEqual({ isLate: false, usualDurationMs: null });
});

test('runs are read on page by page, of a job, of namespaces and of a period', async () => {
  const query = `query ($filter: RunFilter, $first: Int, $after: String) {
    runs(filter: $filter, first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
  const all: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Listed = await catalog.data<Listed>(query, { first: 50, after });
    all.push(...idsOf(page));
    more = page.runs.pageInfo.hasNextPage;
    after = page.runs.pageInfo.endCursor;
  }
  expect(all).toHaveLength(BULK + 8);
  expect(new Set(all).size).toBe(all.length);
  expect(all[0]).toBe(runNode('report', 10));
  const asked = async (filter: object): Promise<readonly string[]> =>
    idsOf(await catalog.data<Listed>(query, { filter, first: 100 }));
  expect(await asked({ job: jobNode('load'), states: ['RUNNING'] })).toEqual([runNode('load', 6)]);
  expect(await asked({ namespaces: ['nowhere'] })).toEqual([]);
  expect(await asked({ namespaces: [JOBS], since: ago(35) })).toEqual([runNode('report', 10)]);
  expect(await asked({ until: ago(24 * 60) })).toEqual([runNode('silent', 11)]);
  const { errors } = await catalog.ask(query, { filter: { since: ago(1), until: ago(2) } });
  expect(errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', reason: 'PERIOD' } });
});

test('a page of 100 runs costs as many statements as a page of one', async () => {
  const cost = async (first: number): Promise<number> => {
    const statements = vi.spyOn(catalog.apiPool, 'query');
    const { runs } = await catalog.data<Listed>(
      `query ($first: Int) { runs(first: $first, filter: { states: [RUNNING] }) { edges { node {
        id state isLate usualDurationMs job { id displayName latestRun { id } } facets(names: ["errorMessage"]) { body }
      } } } }`,
      { first },
    );
    const count = statements.mock.calls.length;
    vi.restoreAllMocks();
    expect(runs.edges).toHaveLength(first);
    return count;
  };
  const [one, many] = [await cost(1), await cost(100)];
  expect(many).toBe(one);
  expect(many).toBeLessThan(10);
});

test('producers are listed with what they sent', async () => {
  const { producers } = await catalog.data<{ producers: object }>(
    '{ producers { edges { node { producer firstSeenAt lastSeenAt events findings isExact } } pageInfo { hasNextPage } } }',
  );
  expect(producers).toEqual({
    edges: [
      {
        node: {
          ...{ producer: 'https://example.com/etl/1.2.3', events: BULK + 13, findings: 0, isExact: true },
          firstSeenAt: expect.stringMatching(/Z$/) as unknown,
          lastSeenAt: expect.stringMatching(/Z$/) as unknown,
        },
      },
    ],
    pageInfo: { hasNextPage: false },
  });
});
