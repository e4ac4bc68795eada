import { LATEST } from '@headwater/domain/reading/read-time';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { EdgeRow } from '@headwater/domain/graph';
import { datasetId, jobId, nodeKey, runNodeId } from '@headwater/domain/identifiers';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import {
  ALL,
  DB,
  EVENTS,
  PRODUCER,
  at,
  claims,
  edge,
  itemsOf,
  loader,
  parentJob,
  readAll,
  report,
  run,
  uuid,
} from '../support/claims-catalog.js';

const NOW = { at: LATEST, knownAt: LATEST };

let catalog: TestCatalog;
let reader: CatalogReader;
let positions: readonly number[];

beforeAll(async () => {
  catalog = await createTestCatalog();
  reader = postgresCatalogReader(catalog.reading);
  positions = await catalog.send(EVENTS);
});
afterAll(() => catalog.close());

test('23. an edge tells its last sighting, what missed it since, and the events that prove it', async () => {
  const edges = [edge('WRITE', loader, report), edge('READ', claims, loader), edge('READ', report, loader)];
  const [written, read, never] = await reader.sightings(edges);
  expect(written).toMatchObject([{ lastRunId: runNodeId(loader, uuid(4)), missedRuns: 0 }]);
  expect(read).toMatchObject([{ lastSeenAt: at('2026-11-09T01:00:00Z') }]);
  expect(never).toMatchObject([{ lastRunId: null, lastSeenAt: 0, missedRuns: 0 }]);
  const other = edge('WRITE', loader, datasetId(DB, 'public.other'));
  expect((await reader.sightings([other]))[0]).toMatchObject([
    { lastRunId: runNodeId(loader, uuid(3)), missedRuns: 0 },
  ]);
  const [proofs] = await reader.proofs(edges, ALL);
  expect(itemsOf(proofs).map(({ position }) => position)).toEqual([
    positions[6],
    positions[4],
    positions[3],
    positions[2],
  ]);
  const paged = await readAll(1, async (page) => (await reader.proofs(edges, page))[0]);
  expect(paged).toEqual(itemsOf(proofs));
});

test('23. a completed run that writes something else is a miss of what it does not write', async () => {
  await catalog.send([
    run(6, 'COMPLETE', '2026-11-11T01:00:00Z', { outputs: [{ namespace: DB, name: 'public.other' }] }),
  ]);
  expect((await reader.sightings([edge('WRITE', loader, report)]))[0]).toMatchObject([{ missedRuns: 1 }]);
  expect((await reader.sightings([edge('READ', claims, loader)]))[0]).toMatchObject([{ missedRuns: 0 }]);
});

test('23. what a job declares is proved by its own events while the declaration holds', async () => {
  const planner = jobId('dbt', 'plan');
  const declare = (eventTime: string): object => ({
    ...{ eventTime, producer: PRODUCER, job: { namespace: 'dbt', name: 'plan' } },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent',
    inputs: [{ namespace: DB, name: 'public.claims' }],
  });
  const own = await catalog.send(['2026-11-12T00:00:00Z', '2026-11-13T00:00:00Z'].map(declare));
  const [row] = edge('READ', claims, planner).rows;
  if (row === undefined) throw new Error('the row is missing');
  const declared: EdgeRow = { ...row, evidence: 'DECLARED', job: planner, validFrom: at('2026-11-12T00:00:00Z') };
  const [whole] = await reader.proofs([{ rows: [declared], time: NOW }], ALL);
  expect(itemsOf(whole).map(({ position, kind }) => [position, kind])).toEqual([
    [own[1], 'JOB'],
    [own[0], 'JOB'],
  ]);
  const ended = { ...declared, validTo: at('2026-11-13T00:00:00Z') };
  const [part] = await reader.proofs([{ rows: [ended], time: NOW }], ALL);
  expect(itemsOf(part).map(({ position }) => position)).toEqual([own[0]]);
});

test('events by node, kind, position and record time, newest first', async () => {
  const find = async (filter: Parameters<CatalogReader['events']>[0]): Promise<number[]> =>
    (await readAll(2, (page) => reader.events(filter, page))).map(({ position }) => position);
  const head = (await catalog.log.head()).position;
  expect(await find({})).toEqual(Array.from({ length: head }, (_, index) => head - index));
  expect(await find({ kinds: ['DATASET'] })).toEqual([positions[9], positions[8], positions[1], positions[0]]);
  expect(await find({ node: runNodeId(loader, uuid(1)) })).toEqual([positions[3], positions[2]]);
  const ofReport = [7, 6, 4, 3, 2].map((index) => positions[index]);
  expect(await find({ node: report, toPosition: positions[10] ?? 0 })).toEqual(ofReport);
  expect(await find({ node: parentJob })).toEqual([]);
  expect(await find({ fromPosition: 2, toPosition: 3 })).toEqual([3, 2]);
  const [third] = (await reader.eventsAt([3])).values();
  const recordedAt = third?.recordedAt ?? 0;
  const later = await find({ recordedFrom: recordedAt });
  const earlier = await find({ recordedTo: recordedAt });
  expect([...later, ...earlier]).toEqual(await find({}));
  expect(later).toContain(3);
  expect(third).toMatchObject({ kind: 'RUN', effectiveAt: at('2026-11-06T01:00:00Z') });
});

test('findings by code and node, and those of an event', async () => {
  const all = itemsOf(await reader.findings({}, ALL));
  const zoneless = all.find(({ position }) => position === positions[10]);
  expect(zoneless).toBeDefined();
  const code = zoneless?.code ?? '';
  expect(itemsOf(await reader.findings({ codes: [code] }, ALL))).toContainEqual(zoneless);
  expect(itemsOf(await reader.findings({ codes: ['NO_SUCH_CODE'] }, ALL))).toEqual([]);
  const node = runNodeId(loader, uuid(5));
  expect(itemsOf(await reader.findings({ node }, ALL)).every(({ position }) => position === positions[10])).toBe(true);
  expect(itemsOf(await reader.findings({ node }, ALL))).toContainEqual(zoneless);
  expect((await reader.findingsOfEvents([positions[10] ?? 0])).get(positions[10] ?? 0)).toContainEqual(zoneless);
  expect([...(await reader.idsOfKeys([nodeKey(node)])).values()]).toEqual([node]);
  expect(zoneless?.nodeKey).toBe(nodeKey(node));
  expect(await readAll(1, (page) => reader.findings({}, page))).toEqual(all);
});

test('namespaces by name with their counts, merged datasets once', async () => {
  expect(await readAll(1, (page) => reader.namespaces(page))).toEqual([
    { name: 'airflow', datasets: 0, jobs: 3 },
    { name: 'dbt', datasets: 0, jobs: 1 },
    { name: DB, datasets: 4, jobs: 0 },
  ]);
});

test('facets that hold now, by name, with where they stand in their event', async () => {
  const facets = (await reader.facets([claims], null)).get(claims) ?? [];
  expect(facets.map(({ name }) => name)).toEqual(['documentation', 'ownership', 'schema']);
  expect((await reader.facets([claims], ['schema'])).get(claims)).toMatchObject([
    { name: 'schema', position: positions[1], pointer: '/dataset/facets/schema', known: true, valid: true },
  ]);
});

test('status tells the generation and the checkpoint', async () => {
  const status = await reader.status();
  const head = await catalog.log.head();
  expect(status).toMatchObject({ generation: 1, position: head.position, recordedAt: head.recordedAt });
  expect(await reader.recordedAtBehind(head.position - 1)).toBe(head.recordedAt);
  expect(await reader.recordedAtBehind(head.position)).toBeNull();
});

test('findings are counted by kind, the most frequent first, also those that come later', async () => {
  const counted = async (): Promise<readonly string[]> =>
    (await reader.findingCounts()).map(({ code, count, isExact }) => `${code} ${String(count)} ${String(isExact)}`);
  const listed = async (): Promise<readonly string[]> => {
    const codes = (await readAll(100, (page) => reader.findings({}, page))).map(({ code }) => code);
    const counts = [...new Set(codes)].map((code) => ({ code, count: codes.filter((one) => one === code).length }));
    return counts
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
      .map(({ code, count }) => `${code} ${String(count)} true`);
  };
  const before = await counted();
  expect(before.length).toBeGreaterThan(0);
  expect(before).toEqual(await listed());
  await catalog.send([
    { eventTime: '2026-11-20T10:00:00', job: { namespace: 'late', name: 'a' } },
    { eventTime: '2026-11-20T11:00:00', job: { namespace: 'late', name: 'b' } },
  ]);
  const after = await counted();
  expect(after).not.toEqual(before);
  expect(after).toEqual(await listed());
  expect(await Promise.all([counted(), counted()])).toEqual([after, after]);
});
