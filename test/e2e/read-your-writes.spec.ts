import { afterEach, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, NS, runEvent, runId } from './catalog-events.js';

/** Longer than a projection takes on a machine that is busy. */
const PATIENT_MS = 30_000;
const IMPATIENT_MS = 300;

const query = `{ lineage(root: "${datasetNode('later')}") { nodes { id } position } }`;

const at = (position: string): Record<string, string> => ({ 'headwater-position': position });

describe('31. headwater-position', () => {
  let catalog: CatalogApp;
  const start = async (awaitTimeoutMs: number): Promise<void> => {
    catalog = await CatalogApp.start({ settings: { awaitTimeoutMs } });
  };
  afterEach(() => catalog.close());

  test('31. a query waits for the position that it is given, and then sees the write', async () => {
    await start(PATIENT_MS);
    const position = await catalog.append([
      runEvent({ job: 'k', runId: runId(2), at: '2026-03-02T00:00:00Z', inputs: ['later'], outputs: ['c'] }),
    ]);
    const asked = catalog.data<{ lineage: { nodes: unknown[]; position: string } }>(
      query,
      {},
      { 'headwater-position': position },
    );
    const caughtUp = new Promise((resolve) => setTimeout(resolve, 50)).then(() => catalog.catchUp());
    const [{ lineage }] = await Promise.all([asked, caughtUp]);
    expect(lineage.nodes).toHaveLength(3);
    expect(lineage.position).toBe(position);
  });

  test('31. a projection that does not get there in time is UNAVAILABLE with the lag, and others still answer', async () => {
    await start(IMPATIENT_MS);
    await catalog.take([runEvent({ job: 'j', runId: runId(1), at: '2026-03-01T00:00:00Z', inputs: ['a'] })]);
    const position = await catalog.append([
      runEvent({ job: 'l', runId: runId(3), at: '2026-03-03T00:00:00Z', inputs: ['later'], outputs: ['d'] }),
    ]);
    await catalog.catchUp('CATALOG');
    const headers = { 'headwater-position': position };
    const answer = await catalog.ask(
      `{ lineage(root: "${datasetNode('a')}") { depthReached } job(namespace: "airflow", name: "l") { name } }`,
      {},
      headers,
    );
    expect(answer.data).toEqual({ lineage: null, job: { name: 'l' } });
    expect(answer.errors[0]).toMatchObject({
      message: expect.stringContaining('1 events behind') as unknown,
      extensions: { code: 'SERVICE_UNAVAILABLE', reason: 'PROJECTION_BEHIND', projection: 'GRAPH', lagEvents: 1 },
    });
    const neighbors = await catalog.ask(
      '{ job(namespace: "airflow", name: "l") { name inputs { edges { cursor } } } }',
      {},
      headers,
    );
    expect(neighbors.errors[0]?.extensions).toMatchObject({ reason: 'PROJECTION_BEHIND' });
    await catalog.catchUp();
    expect((await catalog.ask(query, {}, headers)).errors).toEqual([]);
  });

  test('31. a mutation waits as a query does, and is judged by what was written', async () => {
    await start(PATIENT_MS);
    const schema = (columns: readonly string[]): object =>
      facet({ fields: columns.map((column) => ({ name: column, type: 'TEXT' })) });
    const written = (n: number, columns: readonly string[]): object => ({
      ...runEvent({ job: 'm', runId: runId(n), at: `2026-03-0${String(n)}T00:00:00Z` }),
      outputs: [{ namespace: NS, name: 'later', facets: { schema: schema(columns) } }],
    });
    const tag = async (on: string, position: string): Promise<object> => {
      const mutation = `mutation { done: tagAsset(input: { on: "${on}", tag: "seen" }) { __typename ... on EditRefusal { reason } } }`;
      const asked = catalog.data<{ done: object }>(mutation, {}, at(position));
      await new Promise((resolve) => setTimeout(resolve, 50));
      return (await catalog.whileProjecting(asked)).done;
    };
    const made = await catalog.append([written(1, ['kept', 'gone'])]);
    expect(await tag(datasetNode('later'), made)).toEqual({ __typename: 'EditedAsset' });
    const dropped = await catalog.append([written(2, ['kept'])]);
    expect(await tag(fieldNode('later', 'gone'), dropped)).toEqual({
      __typename: 'EditRefusal',
      reason: 'NO_SUCH_FIELD',
    });
    expect(await tag(fieldNode('later', 'kept'), dropped)).toEqual({ __typename: 'EditedAsset' });
  });

  test('31. a mutation that would be judged by what is old is UNAVAILABLE; to end a token waits for nothing', async () => {
    await start(IMPATIENT_MS);
    const position = await catalog.append([
      runEvent({ job: 'j', runId: runId(1), at: '2026-03-01T00:00:00Z', inputs: ['a'] }),
    ]);
    const behind = { code: 'SERVICE_UNAVAILABLE', reason: 'PROJECTION_BEHIND', projection: 'CATALOG', lagEvents: 1 };
    for (const mutation of [
      `tagAsset(input: { on: "${datasetNode('a')}", tag: "seen" })`,
      `importAssets(input: { file: "id,tags", format: CSV, mode: GOOD_ROWS, isPreview: true })`,
      `recordViews(ids: ["${datasetNode('a')}"])`,
    ]) {
      const { errors } = await catalog.ask(`mutation { done: ${mutation} { __typename } }`, {}, at(position));
      expect(errors.map(({ extensions }) => extensions)).toEqual([expect.objectContaining(behind)]);
    }
    const ended = 'mutation { done: revokeToken(input: { id: "abcdefghijkl" }) { __typename } }';
    expect(await catalog.data(ended, {}, at(position))).toEqual({ done: { __typename: 'AccessRefusal' } });
  });

  test('31. a position of another log, or none at all, is BAD_USER_INPUT', async () => {
    await start(IMPATIENT_MS);
    for (const [position, reason] of [
      ['elsewhere.5', 'OTHER_LOG'],
      ['5', 'BAD_POSITION'],
    ] as const) {
      const answer = await catalog.ask('{ suggest(prefix: "a") { id } }', {}, { 'headwater-position': position });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
    }
  });
});
