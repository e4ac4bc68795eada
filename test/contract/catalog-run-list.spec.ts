import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { RunFilter } from '@headwater/domain/reading/run-reader';
import { jobId, type NodeId } from '@headwater/domain/identifiers';
import { isLateRun, shownRunState, type RunState } from '@headwater/domain/run-state';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '@headwater/domain/time';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestCatalog, type TestCatalog } from '../support/catalog.js';
import { ALL, itemsOf, PRODUCER, readAll, uuid } from '../support/claims-catalog.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const CLOCK = { at: NOW * 1000, unfinishedAfter: 24 * MICROS_PER_HOUR };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Told {
  readonly job: string;
  readonly run: number;
  /** Minutes before now. */
  readonly ago: number;
  readonly type: string;
  readonly nominalAgo?: number;
  readonly streaming?: boolean;
}

const facet = (body: object): object => ({
  _producer: PRODUCER,
  _schemaURL: 'https://example.org/schema.json',
  ...body,
});

function event({ job, run, ago, type, nominalAgo, streaming }: Told): object {
  const [namespace = '', name = ''] = job.split('/');
  const time = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString();
  return {
    ...{ eventType: type, eventTime: time(ago), producer: PRODUCER },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: uuid(run),
      facets: nominalAgo === undefined ? {} : { nominalTime: facet({ nominalStartTime: time(nominalAgo) }) },
    },
    job: {
      ...{ namespace, name },
      facets: streaming === true ? { jobType: facet({ processingType: 'STREAMING', integration: 'FLINK' }) } : {},
    },
  };
}

/** So many runs of ten minutes each, an hour apart, the last one that many minutes ago. */
function completed(job: string, from: number, count: number, ago: number, nominal?: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => {
    const start = { job, run: from + index, ago: ago + index * 60, type: 'START' };
    const nominalAgo = nominal === undefined ? {} : { nominalAgo: start.ago + nominal };
    return [event({ ...start, ...nominalAgo }), event({ ...start, ago: start.ago - 10, type: 'COMPLETE' })];
  }).flat();
}

const EVENTS: readonly object[] = [
  ...completed('airflow/load', 1, 5, 120),
  event({ job: 'airflow/load', run: 10, ago: 22, type: 'START' }),
  event({ job: 'airflow/load', run: 11, ago: 20, type: 'START' }),
  // Late once, and silent for too long since.
  event({ job: 'airflow/load', run: 12, ago: 25 * 60, type: 'START' }),
  ...completed('airflow/young', 20, 2, 300),
  event({ job: 'airflow/young', run: 25, ago: 200, type: 'START' }),
  ...completed('airflow/nightly', 30, 4, 400, 24 * 60),
  event({ job: 'airflow/nightly', run: 35, ago: 5, type: 'START', nominalAgo: 24 * 60 + 10 }),
  event({ job: 'airflow/nightly', run: 36, ago: 4, type: 'START', nominalAgo: 24 * 60 + 60 }),
  event({ job: 'flink/stream', run: 40, ago: 3 * 24 * 60, type: 'START', streaming: true }),
  event({ job: 'dbt/model', run: 50, ago: 15, type: 'FAIL' }),
  event({ job: 'dbt/model', run: 51, ago: 14, type: 'ABORT' }),
  event({ job: 'dbt/model', run: 52, ago: 13, type: 'OTHER' }),
  // Two latest events of one moment.
  event({ job: 'dbt/other', run: 53, ago: 15, type: 'FAIL' }),
];

let catalog: TestCatalog;
let reader: CatalogReader;

beforeAll(async () => {
  catalog = await createTestCatalog();
  reader = postgresCatalogReader(catalog.reading);
  await catalog.send(EVENTS);
});
afterAll(() => catalog.close());

const find = async (filter: Omit<RunFilter, 'at' | 'unfinishedAfter'>, first = 3): Promise<number[]> => {
  const rows = await readAll(first, (page) => reader.findRuns({ ...filter, ...CLOCK }, page));
  return rows.map(({ runId }) => Number(runId.slice(-12)));
};

test('runs of all jobs come with the latest event first, each once, whatever the page', async () => {
  const rows = itemsOf(await reader.findRuns(CLOCK, ALL));
  expect(rows).toHaveLength(22);
  const order = [...rows].sort((a, b) => b.lastEventAt - a.lastEventAt || (a.key < b.key ? 1 : -1));
  expect(rows).toEqual(order);
  expect(await find({}, 100)).toEqual(await find({}, 1));
  expect(await find({}, 4)).toEqual(await find({}, 100));
});

test('13. a list by state has exactly the runs that show it', async () => {
  const rows = itemsOf(await reader.findRuns(CLOCK, ALL));
  for (const state of ['RUNNING', 'COMPLETED', 'FAILED', 'ABORTED', 'UNFINISHED', 'OTHER'] satisfies RunState[]) {
    const shown = rows.filter((row) => shownRunState(row, CLOCK.at, CLOCK.unfinishedAfter) === state);
    expect(shown.length, state).toBeGreaterThan(0);
    expect(await find({ states: [state] }), state).toEqual(shown.map(({ runId }) => Number(runId.slice(-12))));
  }
  expect(await find({ states: ['UNFINISHED'] })).toEqual([12]);
  expect(new Set(await find({ states: ['FAILED', 'ABORTED', 'UNFINISHED'] }))).toEqual(new Set([51, 53, 50, 12]));
  expect(await find({ states: [] })).toEqual(await find({}));
});

test('a run shows as UNFINISHED from the moment on at which it has been silent for too long, and not before', async () => {
  const silentFor = (micros: number) => ({
    at: (NOW - 25 * HOUR) * 1000 + micros,
    unfinishedAfter: CLOCK.unfinishedAfter,
  });
  const states = async (micros: number): Promise<number[]> =>
    await Promise.all(
      (['RUNNING', 'UNFINISHED'] as const).map(async (state) => {
        const page = await reader.findRuns(
          { ...silentFor(micros), states: [state], job: jobId('airflow', 'load') },
          ALL,
        );
        return itemsOf(page).filter(({ runId }) => runId === uuid(12)).length;
      }),
    );
  expect(await states(CLOCK.unfinishedAfter)).toEqual([1, 0]);
  expect(await states(CLOCK.unfinishedAfter + 1)).toEqual([0, 1]);
});

test('a run is late when it has lasted twice as long as usual and a minute, or began that much later than usual', async () => {
  // 21 minutes are the limit; of 36 it is 21 minutes behind a start that is usually a day behind the nominal one.
  expect(await find({ isLate: true })).toEqual([36, 10]);
  expect(await find({ isLate: true, states: ['RUNNING', 'FAILED'] })).toEqual([36, 10]);
  expect(await find({ isLate: true, states: ['FAILED'] })).toEqual([]);
  const others = await find({ isLate: false });
  expect([...others, 36, 10].sort()).toEqual((await find({})).sort());
});

test('what is late by the list is late by the run, at every moment', async () => {
  const usual = await reader.usualRuns([
    ...new Set(itemsOf(await reader.findRuns(CLOCK, ALL)).map(({ jobId: job }) => job)),
  ]);
  const found = new Set<number>();
  for (let minutes = -30; minutes <= 90; minutes += 1) {
    const clock = { ...CLOCK, at: CLOCK.at + minutes * MICROS_PER_MINUTE };
    const rows = itemsOf(await reader.findRuns(clock, ALL));
    const late = rows.filter((row) => isLateRun(row, usual.get(row.jobId), clock));
    expect(itemsOf(await reader.findRuns({ ...clock, isLate: true }, ALL)), String(minutes)).toEqual(late);
    found.add(late.length);
  }
  expect(found.size).toBeGreaterThan(2);
});

test('what is usual is the median of completed runs, and nothing where fewer than three tell', async () => {
  const jobs = ['load', 'young', 'nightly', 'nothing'].map((name) => jobId('airflow', name));
  const usual = await reader.usualRuns([...jobs, 'x\0y' as NodeId]);
  const [load, young, nightly, nothing] = jobs.map((job) => usual.get(job));
  expect(load).toEqual({ duration: 10 * MICROS_PER_MINUTE, delay: null });
  expect(nightly).toEqual({ duration: 10 * MICROS_PER_MINUTE, delay: 24 * MICROS_PER_HOUR });
  expect([young, nothing]).toEqual([undefined, undefined]);
});

test('runs by namespace and job of their job, and by when their latest event counts', async () => {
  expect(await find({ namespaces: ['dbt', 'flink'] })).toEqual(
    (await find({})).filter((run) => [52, 51, 50, 53, 40].includes(run)),
  );
  expect(await find({ namespaces: ['dbt'], states: ['ABORTED'] })).toEqual([51]);
  expect(await find({ namespaces: ['nowhere', 'a\0b', '\ud800'] })).toEqual([]);
  const job = jobId('airflow', 'load');
  expect(await find({ job, states: ['RUNNING'] })).toEqual([11, 10]);
  expect(await find({ job, namespaces: ['dbt'] })).toEqual([]);
  expect(await find({ job: 'dataset:x:y' as NodeId })).toEqual([]);
  const at = (minutesAgo: number): number => (NOW - minutesAgo * MINUTE) * 1000;
  expect(await find({ since: at(15), until: at(13) })).toEqual(
    (await find({})).filter((run) => [50, 51, 53].includes(run)),
  );
  expect(await find({ since: at(13), until: at(13) })).toEqual([]);
});

test('the number of statements depends neither on the page nor on the number of jobs', async () => {
  const count = (first: number, jobs: number): Promise<number> =>
    catalog.countStatements(async () => {
      const { items } = await reader.findRuns({ ...CLOCK, states: ['COMPLETED', 'RUNNING'] }, { first, after: null });
      await reader.usualRuns(items.slice(0, jobs).map(({ item }) => item.jobId));
    });
  expect(await count(1, 1)).toBe(2);
  expect(await count(100, 20)).toBe(2);
});
