import { LATEST } from '@headwater/domain/reading/read-time';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { agentId, datasetId, fieldId, jobId, runNodeId, type NodeId } from '@headwater/domain/identifiers';
import { shownRunState } from '@headwater/domain/run-state';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { PostgresLineageRoots } from '@headwater/store-postgres/catalog/lineage-roots';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import {
  ALL,
  DB,
  EVENTS,
  at,
  claims,
  edge,
  itemsOf,
  loader,
  parentJob,
  readAll,
  report,
  uuid,
} from '../support/claims-catalog.js';

let catalog: TestCatalog;
let reader: CatalogReader;
let roots: PostgresLineageRoots;

beforeAll(async () => {
  catalog = await createTestCatalog();
  reader = postgresCatalogReader(catalog.reading);
  roots = new PostgresLineageRoots(catalog.reading);
  await catalog.send(EVENTS);
});
afterAll(() => catalog.close());

const NOW = { at: LATEST, knownAt: LATEST };

test('32. what is unknown is absent, whatever its id looks like', async () => {
  const strange = ['dataset:x:y', 'job:x:y', 'dataset:a', '', 'x\u0000y', 'dataset:%ZZ:\ud800'] as NodeId[];
  expect((await reader.assets(strange, LATEST)).size).toBe(0);
  expect((await reader.runs(strange)).size).toBe(0);
  expect((await reader.fields(strange)).size).toBe(0);
  expect((await reader.versions(strange)).size).toBe(0);
  expect((await reader.runsByUuid(['nonsense', uuid(77), 'a\u0000'])).size).toBe(0);
  expect((await reader.facets(strange, ['a\u0000'])).get('dataset:x:y' as NodeId)).toEqual([]);
  expect(itemsOf((await reader.runsOfJobs(strange, ALL)).get('job:x:y' as NodeId))).toEqual([]);
});

test('assets come under the ids asked for', async () => {
  const assets = await reader.assets([loader, claims], LATEST);
  expect([...assets.keys()]).toEqual([loader, claims]);
  expect(assets.get(claims)).toMatchObject({
    ...{ id: claims, kind: 'DATASET', namespace: DB, name: 'public.claims', description: 'Claims as filed' },
    ...{ deletedAt: null, placeholder: false, consumers: 2, createdAt: at('2026-11-01T00:00:00Z') },
  });
});

test('an id that is asked for twice changes nothing about the ids behind it', async () => {
  const [assets, page] = [[report, claims, loader], ALL];
  const fields = (await reader.fieldsOfDatasets([claims, report], { at: null, knownAt: LATEST }, page)).get(claims);
  const paths = itemsOf(fields).map(({ id }) => id);
  const asked: readonly ((twice: <T>(ids: readonly T[]) => readonly T[]) => Promise<unknown>)[] = [
    (twice) => reader.assets(twice(assets), LATEST),
    (twice) => reader.aliases(twice(assets), LATEST),
    (twice) => reader.childJobs(twice([loader, parentJob]), page),
    (twice) => reader.fields(twice(paths)),
    (twice) => reader.fieldsOfDatasets(twice([claims, report]), { at: null, knownAt: LATEST }, page),
    (twice) => reader.schemaVersions(twice([claims, report]), page, LATEST),
    (twice) => reader.facts(twice(assets), ['TAG', 'OWNER', 'DESCRIPTION'], NOW),
    (twice) => reader.facets(twice(assets), null),
    (twice) => reader.runsOfJobs(twice([loader, parentJob]), page),
    (twice) => reader.latestRuns(twice([loader, parentJob])),
    (twice) => reader.versionsOfDatasets(twice([claims, report]), page),
    (twice) => reader.similarDatasets(twice([claims, report])),
    (twice) => reader.runsReadTogether(twice([claims, report]), 0),
    (twice) =>
      reader.effectiveOwners(twice(assets), NOW).then((found) => [...found].map(([id, { owners }]) => [id, owners])),
  ];
  for (const ask of asked) expect(await ask((ids) => ids.flatMap((id) => [id, id]))).toEqual(await ask((ids) => ids));
  expect(paths.length).toBeGreaterThan(1);
});

test('15. a bare run id finds every run that has it', async () => {
  const found = await reader.runsByUuid([uuid(4).toUpperCase(), uuid(1)]);
  expect(found.get(uuid(4).toUpperCase())?.map(({ id }) => id)).toEqual([
    runNodeId(loader, uuid(4)),
    runNodeId(jobId('airflow', 'twin'), uuid(4)),
  ]);
  expect(found.get(uuid(1))?.map(({ id }) => id)).toEqual([runNodeId(loader, uuid(1))]);
});

test('runs of a job come newest first, page by page; the latest is the first of them', async () => {
  const whole = itemsOf((await reader.runsOfJobs([loader], ALL)).get(loader)).map(({ runId }) => runId);
  expect(whole).toEqual([5, 4, 3, 2, 1].map(uuid));
  const paged = await readAll(2, async (page) => (await reader.runsOfJobs([loader], page)).get(loader));
  expect(paged.map(({ runId }) => runId)).toEqual(whole);
  expect((await reader.latestRuns([loader, parentJob])).get(loader)?.runId).toBe(uuid(5));
});

test('14. children of runs and jobs, also where the parent is known by name only', async () => {
  const dagRun = runNodeId(parentJob, uuid(90));
  const children = itemsOf((await reader.childRuns([dagRun], ALL)).get(dagRun)).map(({ runId }) => runId);
  expect(children).toEqual([uuid(2), uuid(1)]);
  expect((await reader.runs([dagRun])).get(dagRun)?.placeholder).toBe(true);
  expect((await reader.latestRuns([parentJob])).get(parentJob)?.id).toBe(dagRun);
  expect(itemsOf((await reader.childJobs([parentJob], ALL)).get(parentJob)).map(({ id }) => id)).toEqual([loader]);
});

test('13. a run that is silent for a day is unfinished at that moment, not before, and never where silence means nothing', async () => {
  const silent = (await reader.runs([runNodeId(loader, uuid(4))])).get(runNodeId(loader, uuid(4)));
  if (silent === undefined) throw new Error('the run is missing');
  const day = 24 * MICROS_PER_HOUR;
  expect(shownRunState(silent, silent.lastEventAt + day, day)).toBe('RUNNING');
  expect(shownRunState(silent, silent.lastEventAt + day + 1, day)).toBe('UNFINISHED');
  expect(shownRunState({ ...silent, perpetual: true }, LATEST, day)).toBe('RUNNING');
  expect(shownRunState({ ...silent, state: 'COMPLETED' }, LATEST, day)).toBe('COMPLETED');
});

test('28. fields are those of the schema that held then, in its order', async () => {
  const fieldsAt = async (moment: number | null): Promise<string[]> =>
    itemsOf((await reader.fieldsOfDatasets([claims], { at: moment, knownAt: LATEST }, ALL)).get(claims)).map(
      ({ name }) => name,
    );
  expect(await fieldsAt(at('2026-10-31T00:00:00Z'))).toEqual([]);
  expect(await fieldsAt(at('2026-11-02T00:00:00Z'))).toEqual(['id', 'amount', 'note']);
  expect(await fieldsAt(null)).toEqual(['amount', 'id']);
  const note = fieldId(claims, ['note']);
  expect((await reader.fields([note])).get(note)).toMatchObject({
    name: 'note',
    deletedAt: at('2026-11-05T00:00:00Z'),
  });
  const versions = itemsOf((await reader.schemaVersions([claims], ALL, LATEST)).get(claims));
  expect(versions.map(({ fields, validTo }) => [fields.length, validTo])).toEqual([
    [2, null],
    [3, at('2026-11-05T00:00:00Z')],
  ]);
  const paged = await readAll(1, async (page) =>
    (await reader.fieldsOfDatasets([claims], { at: null, knownAt: LATEST }, page)).get(claims),
  );
  expect(paged.map(({ name }) => name)).toEqual(['amount', 'id']);
});

test('18. facts hold at a moment in valid time as known at a moment in record time', async () => {
  const ownersAt = async (moment: number, knownAt = LATEST): Promise<string[]> =>
    ((await reader.facts([claims], ['OWNER'], { at: moment, knownAt })).get(claims) ?? []).map(({ value }) => value);
  const old = agentId('team', 'claims');
  const [then, now] = [await ownersAt(at('2026-11-02T00:00:00Z')), await ownersAt(LATEST)];
  expect(then).toHaveLength(1);
  expect(now).toHaveLength(1);
  expect(then).not.toEqual(now);
  expect(then[0]?.startsWith(old.slice(0, 'agent:'.length))).toBe(true);
  expect(await ownersAt(LATEST, 1)).toEqual([]);
  const effective = await reader.effectiveOwners([claims], { at: at('2026-11-02T00:00:00Z'), knownAt: LATEST });
  expect(effective.get(claims)?.owners).toMatchObject([{ agent: then[0], role: 'OWNER' }]);
});

test('25. every member of a merged dataset stands for all of it, before the merge for itself', async () => {
  const a = datasetId(DB, 'a.ledger');
  const b = datasetId(DB, 'b.ledger');
  const assets = await reader.assets([b, a], LATEST);
  expect(assets.get(b)?.id).toBe(a);
  expect(assets.get(a)).toEqual(assets.get(b));
  expect(assets.get(b)?.name).toBe('a.ledger');
  expect((await reader.aliases([b], LATEST)).get(b)?.map(({ memberId, cause }) => [memberId, cause])).toEqual([
    [b, 'SYMLINK'],
  ]);
  const fields = itemsOf((await reader.fieldsOfDatasets([b], { at: null, knownAt: LATEST }, ALL)).get(b));
  expect(fields.map(({ id }) => id).sort()).toEqual([fieldId(a, ['booking']), fieldId(a, ['entry'])]);
  const booking = fieldId(a, ['booking']);
  expect((await reader.fields([booking])).get(booking)).toMatchObject({ id: booking, datasetId: a });
  expect((await reader.facts([a], ['OWNER'], NOW)).get(a)?.map(({ nodeId }) => nodeId)).toEqual([b]);
  const merged = (await reader.aliases([a], LATEST)).get(a)?.[0]?.recordedFrom ?? 0;
  expect((await reader.assets([b], merged - 1)).get(b)?.id).toBe(b);
});

test('27. what runs used and generated, and which runs made a version', async () => {
  const first = runNodeId(loader, uuid(1));
  const made = itemsOf((await reader.versionsOfRuns([first], 'GENERATED', ALL, LATEST)).get(first));
  expect(made.map(({ version, link }) => [version.datasetId, version.runId, link.evidence])).toEqual([
    [report, first, 'OBSERVED'],
  ]);
  const version = made[0]?.version.id as NodeId;
  expect((await reader.versions([version])).get(version)?.id).toBe(version);
  const makers = itemsOf((await reader.runsOfVersions([version], 'GENERATED', ALL, LATEST)).get(version));
  expect(makers.map(({ run: { id } }) => id)).toEqual([first]);
  const versions = await readAll(1, async (page) => (await reader.versionsOfDatasets([report], page)).get(report));
  const writers = [4, 2, 1].map((n) => runNodeId(loader, uuid(n)));
  expect(versions.map(({ runId }) => runId)).toEqual([runNodeId(jobId('airflow', 'twin'), uuid(4)), ...writers]);
  expect((await reader.versionsOfRuns([first], 'GENERATED', ALL, 1)).get(first)?.items).toEqual([]);
});

test('roots of a traversal: fields, versions and the latest run of that moment', async () => {
  const moment = { at: at('2026-11-07T12:00:00Z') };
  expect(await roots.fieldsOf(claims, { at: at('2026-11-02T00:00:00Z') }, LATEST)).toEqual(
    ['id', 'amount', 'note'].map((name) => fieldId(claims, [name])),
  );
  // Runs 1 and 2 stand under one parent run.
  expect(await roots.runsOf(loader, moment, LATEST)).toEqual([2, 1].map((n) => runNodeId(loader, uuid(n))));
  expect(await roots.runsOf(loader, { at: at('2026-11-08T12:00:00Z') }, LATEST)).toEqual([runNodeId(loader, uuid(3))]);
  const period = { from: at('2026-11-07T00:00:00Z'), to: at('2026-11-09T00:00:00Z') };
  expect(await roots.runsOf(loader, period, LATEST)).toEqual([3, 2].map((n) => runNodeId(loader, uuid(n))));
  expect(await roots.runsOf(loader, moment, 1)).toEqual([]);
  expect(await roots.versionsOf(report, moment, LATEST)).toHaveLength(2);
  expect(await roots.versionsOf(report, moment, 1)).toEqual([]);
  expect(await roots.runsByBareId(uuid(4))).toHaveLength(2);
});

test('malformed cursors and page sizes are refused by every list', async () => {
  const lists: readonly ((page: { first: number; after: string | null }) => Promise<unknown>)[] = [
    (page) => reader.runsOfJobs([loader], page),
    (page) => reader.childRuns([loader], page),
    (page) => reader.childJobs([loader], page),
    (page) => reader.versionsOfDatasets([report], page),
    (page) => reader.versionsOfRuns([loader], 'USED', page, LATEST),
    (page) => reader.gapsOfRuns([loader], page, LATEST),
    (page) => reader.runsOfVersions([loader], 'USED', page, LATEST),
    (page) => reader.fieldsOfDatasets([claims], { at: null, knownAt: LATEST }, page),
    (page) => reader.schemaVersions([claims], page, LATEST),
    (page) => reader.proofs([edge('READ', claims, loader)], page),
    (page) => reader.events({}, page),
    (page) => reader.findings({}, page),
    (page) => reader.namespaces(page),
  ];
  const foreign = Buffer.from('["other",1,"x"]').toString('base64url');
  for (const list of lists) {
    for (const page of [
      { first: 0, after: null },
      { first: 101, after: null },
      { first: 5, after: '§' },
      { first: 5, after: foreign },
    ]) {
      await expect(list(page)).rejects.toMatchObject({ category: 'INVALID_INPUT' });
    }
  }
});

test('the number of statements does not depend on the number of ids', async () => {
  const many = Array.from({ length: 100 }, (_, index) => datasetId(DB, `public.t${index}`));
  const runs = Array.from({ length: 100 }, (_, index) => runNodeId(loader, uuid(index)));
  const cost = (ids: readonly NodeId[], runIds: readonly NodeId[]): Promise<number> =>
    catalog.countStatements(() =>
      Promise.all([
        reader.assets(ids, LATEST),
        reader.facts(ids, ['OWNER', 'TAG', 'DESCRIPTION'], NOW),
        reader.fieldsOfDatasets(ids, { at: null, knownAt: LATEST }, ALL),
        reader.facets(ids, null),
        reader.versionsOfDatasets(ids, ALL),
        reader.schemaVersions(ids, ALL, LATEST),
        reader.aliases(ids, LATEST),
        reader.runs(runIds),
        reader.versionsOfRuns(runIds, 'USED', ALL, LATEST),
        reader.gapsOfRuns(runIds, ALL, LATEST),
        reader.sightings(ids.map((id) => edge('READ', id, loader))),
        reader.proofs(
          ids.map((id) => edge('READ', id, loader)),
          ALL,
        ),
      ]),
    );
  const one = await cost([claims], runs.slice(0, 1));
  expect(one).toBeGreaterThan(10);
  expect(await cost(many, runs)).toBe(one);
});
