import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';
import {
  columnLineageFacet,
  datasetEvent,
  deletedFacet,
  facet,
  jobEvent,
  jobTypeFacet,
  lifecycleFacet,
  minute,
  ownershipFacet,
  run,
  schemaFacet,
  symlinksFacet,
  versionFacet,
  type Sent,
} from '../support/lineage-events.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { TestProjection } from '../support/projection.js';

const DAY = 24 * 60;
let database: TestDatabase;
let projection: TestProjection;

beforeAll(async () => {
  database = await createTestDatabase();
  projection = await TestProjection.create(database);
});

afterEach(async () => {
  projection = await projection.emptied();
});

afterAll(async () => {
  await database.drop();
});

const send = (...events: readonly Sent[]): Promise<void> => projection.send(...events);
const stateOfRuns = async (): Promise<readonly string[]> =>
  (await projection.rows<{ state: string }>('SELECT state FROM @.run ORDER BY id')).map(({ state }) => state);

describe('time and runs', () => {
  test('10. a clock in 2099 counts as the receipt plus five minutes, with a finding, and does not win for ever', async () => {
    const future = run({ run: 1, at: 10, inputs: ['a'] });
    const event = { ...future.event, eventTime: '2099-01-01T00:00:00Z' };
    await send({ event, receivedAt: minute(10) });
    expect(await projection.findings()).toContain('CLOCK_AHEAD');
    expect(await projection.lineageAt(14)).toEqual([]);
    expect(await projection.lineageAt(15)).toEqual(['READ a -> j']);
    const name = (at: number, description: string) =>
      datasetEvent({ at, dataset: { name: 'a', facets: { documentation: facet({ description }) } } });
    await send({ ...name(0, 'early'), event: { ...name(0, 'early').event, eventTime: '2099-01-01T00:00:00Z' } });
    await send(name(60, 'later'));
    const [row] = await projection.rows<{ description: string }>(
      `SELECT description FROM @.asset WHERE name = 'a' AND kind = 'DATASET'`,
    );
    expect(row?.description).toBe('later');
  });

  test('10. at one moment the end wins over the start, whichever arrives first', async () => {
    await send(run({ run: 1, at: 1, type: 'ABORT' }), run({ run: 1, at: 1, type: 'START' }));
    expect(await stateOfRuns()).toEqual(['ABORTED']);
  });

  test('11. FAIL stays though a COMPLETE follows, and a START behind the end begins another attempt', async () => {
    await send(run({ run: 1, at: 1, type: 'START' }), run({ run: 1, at: 2, type: 'FAIL' }));
    await send(run({ run: 1, at: 2.1, type: 'COMPLETE' }));
    expect(await stateOfRuns()).toEqual(['FAILED']);
    await send(run({ run: 1, at: 5, type: 'START' }));
    expect(await stateOfRuns()).toEqual(['RUNNING']);
    await send(run({ run: 1, at: 6, type: 'COMPLETE' }));
    expect(await stateOfRuns()).toEqual(['COMPLETED']);
  });

  test('12. what a later event leaves out stays, and a deleted facet goes', async () => {
    await send(
      run({ run: 1, at: 1, type: 'START', inputs: ['a'], jobFacets: { documentation: facet({ description: 'x' }) } }),
    );
    await send(run({ run: 1, at: 2, outputs: ['b'] }));
    expect(await projection.lineageAt(3)).toEqual(['READ a -> j', 'WRITE j -> b']);
    const facets = () => projection.rows('SELECT name FROM @.facet');
    expect(await facets()).toEqual([{ name: 'documentation' }]);
    await send(run({ run: 2, at: 3, jobFacets: { documentation: deletedFacet() } }));
    expect(await facets()).toEqual([]);
  });

  test('14. a parent that never speaks is a placeholder until it does', async () => {
    await send(run({ run: 1, at: 1, parent: ['dag', 9] }));
    const placeholders = () =>
      projection.rows<{ job_id: string; placeholder: boolean }>(
        'SELECT job_id, placeholder FROM @.run ORDER BY job_id',
      );
    expect(await placeholders()).toEqual([
      { job_id: 'job:jobs:dag', placeholder: true },
      { job_id: 'job:jobs:j', placeholder: false },
    ]);
    expect(await projection.lineageAt(2)).toEqual(['PARENT dag -> j']);
    await send(run({ job: 'dag', run: 9, at: 2 }));
    expect((await placeholders()).map(({ placeholder }) => placeholder)).toEqual([false, false]);
  });
});

describe('validity', () => {
  const turn = (n: number, inputs: readonly string[], outputs: readonly string[] = ['out']) =>
    run({ run: n, at: n * DAY, inputs, outputs });

  test('16. K turns without an input end it at the first of them, fewer do not', async () => {
    await send(turn(1, ['a', 'b']));
    for (let n = 2; n <= 10; n += 1) await send(turn(n, ['a']));
    expect(await projection.lineageAt(10 * DAY)).toContain('READ b -> j');
    await send(turn(11, ['a']));
    expect(await projection.lineageAt(2 * DAY - 1)).toContain('READ b -> j');
    expect(await projection.lineageAt(2 * DAY)).not.toContain('READ b -> j');
    await send(turn(12, ['a', 'b']));
    expect(await projection.lineageAt(12 * DAY)).toContain('READ b -> j');
    expect(await projection.lineageAt(11 * DAY)).not.toContain('READ b -> j');
  });

  test('16. a job that alternates keeps its edges; a run that fails misses nothing', async () => {
    for (let n = 1; n <= 30; n += 1) await send(turn(n, [n % 2 === 0 ? 'even' : 'odd']));
    expect(await projection.lineageAt(30 * DAY)).toEqual(['READ even -> j', 'READ odd -> j', 'WRITE j -> out']);
    for (let n = 31; n <= 60; n += 1) await send(run({ run: n, at: n * DAY, type: 'FAIL', inputs: ['odd'] }));
    expect(await projection.lineageAt(60 * DAY)).toContain('READ even -> j');
  });

  test('16. mapped runs under one parent run are one turn', async () => {
    await send(turn(1, ['a', 'b']));
    for (let n = 2; n <= 40; n += 1) {
      await send(run({ run: n, at: DAY + n, inputs: ['a'], outputs: ['out'], parent: ['dag', 99] }));
    }
    expect(await projection.lineageAt(3 * DAY)).toContain('READ b -> j');
  });

  test('16. a JobEvent replaces earlier declarations of a side that it names, never what was observed', async () => {
    await send(run({ run: 1, at: 0, inputs: ['seen'] }));
    await send(jobEvent({ at: 1, inputs: ['a'], outputs: ['x'] }), jobEvent({ at: 2, inputs: ['b'] }));
    expect(await projection.lineageAt(1)).toEqual(['READ a -> j', 'READ seen -> j', 'WRITE j -> x']);
    expect(await projection.lineageAt(3)).toEqual(['READ b -> j', 'READ seen -> j', 'WRITE j -> x']);
  });

  test('17. data that one run read does not reach what another wrote', async () => {
    await send(turn(1, ['a'], ['x']), turn(2, ['b'], ['y']));
    expect(await projection.outputsOf('j', 'a', 2 * DAY)).toEqual(['x']);
    expect(await projection.outputsOf('j', 'b', 2 * DAY)).toEqual(['y']);
  });

  test('18. a late event closes rows and opens others: what was known before stays known', async () => {
    await send(turn(5, ['a']));
    const before = await projection.knownNow();
    await send(turn(1, ['a']));
    expect(await projection.lineageAt(2 * DAY, before)).toEqual([]);
    expect(await projection.lineageAt(2 * DAY)).toEqual(['READ a -> j', 'WRITE j -> out']);
  });
});

describe('what lineage says', () => {
  const lineage = (inputs: readonly string[]) =>
    facet({ inputs: inputs.map((name) => ({ namespace: 'db', name, type: 'DATASET' })) });

  test('19. a lineage facet names the sources of an output, and an empty one says that there are none', async () => {
    await send(
      run({
        run: 1,
        at: 1,
        inputs: ['a', 'b'],
        outputs: [
          { name: 'x', facets: { lineage: lineage(['a']) } },
          { name: 'y', facets: { lineage: lineage([]) } },
          'z',
        ],
      }),
    );
    expect(await projection.outputsOf('j', 'a', 2)).toEqual(['x', 'z']);
    expect(await projection.outputsOf('j', 'b', 2)).toEqual(['z']);
  });

  test('19. on a DatasetEvent it is an edge from dataset to dataset', async () => {
    await send(datasetEvent({ at: 1, dataset: { name: 'x', facets: { lineage: lineage(['a']) } } }));
    expect(await projection.lineageAt(2)).toEqual(['DERIVED a -> x']);
  });

  test('20. a dataset named by column lineage only is read, and indirect inputs concern every field', async () => {
    const outputs = [
      {
        name: 'x',
        facets: {
          schema: schemaFacet(['p', 'q']),
          columnLineage: columnLineageFacet({ p: [['a', 'm']] }, [['b', 'n']]),
        },
      },
    ];
    await send(run({ run: 1, at: 1, outputs }));
    expect(await projection.lineageAt(2)).toEqual(['READ a -> j', 'READ b -> j', 'WRITE j -> x']);
    expect(await projection.fieldsAt(2)).toEqual(['a.m -> x.p', 'b.n -> x.p', 'b.n -> x.q']);
  });

  test('22. events with one side only are kept', async () => {
    await send(run({ run: 1, at: 1, inputs: ['a'] }), run({ job: 'k', run: 2, at: 2, outputs: ['b'] }));
    expect(await projection.lineageAt(3)).toEqual(['READ a -> j', 'WRITE k -> b']);
  });

  test('23. an edge that is declared and observed shows both, the stronger first', async () => {
    await send(jobEvent({ at: 1, inputs: ['a'] }), run({ run: 1, at: 2, inputs: ['a'] }));
    const [edge] = await projection.edgesAt(minute(3));
    expect(edge?.rows.map(({ evidence }) => evidence)).toEqual(['OBSERVED', 'DECLARED']);
  });
});

describe('datasets', () => {
  test('24. a DROP ends edges, later sightings begin new ones, and it stays visible before', async () => {
    const drop = (n: number, at: number) =>
      run({
        job: 'cleaner',
        run: n,
        at,
        outputs: [{ name: 'a', facets: { lifecycleStateChange: lifecycleFacet('DROP') } }],
      });
    await send(run({ run: 1, at: 1, inputs: ['a'] }), drop(50, 10));
    expect(await projection.lineageAt(9)).toEqual(['READ a -> j']);
    expect(await projection.lineageAt(11)).toEqual([]);
    await send(run({ run: 2, at: 20, inputs: ['a'] }));
    expect(await projection.lineageAt(21)).toEqual(['READ a -> j']);
    expect(await projection.lineageAt(15)).toEqual([]);
  });

  test('24. a temporary table bridges all along', async () => {
    const facets = { lifecycleStateChange: lifecycleFacet('DROP') };
    for (const n of [1, 2, 3]) {
      await send(
        run({ run: n * 10, at: n * DAY, inputs: ['src'], outputs: ['tmp'] }),
        run({ job: 'k', run: n * 10 + 1, at: n * DAY + 1, inputs: ['tmp'], outputs: ['out'] }),
        run({ job: 'k', run: n * 10 + 1, at: n * DAY + 2, outputs: [{ name: 'tmp', facets }] }),
      );
    }
    expect(await projection.lineageAt(2 * DAY + 100)).toContain('READ tmp -> k');
    expect(await projection.lineageAt(2 * DAY + 100)).toContain('WRITE j -> tmp');
  });

  test('25. symlinks that arrive late merge retroactively, chains are one node', async () => {
    await send(run({ run: 1, at: 1, inputs: ['c'] }), run({ job: 'k', run: 2, at: 1, outputs: ['a'] }));
    const before = await projection.knownNow();
    await send(
      datasetEvent({ at: 5, dataset: { name: 'c', facets: { symlinks: symlinksFacet('b') } } }),
      datasetEvent({ at: 6, dataset: { name: 'b', facets: { symlinks: symlinksFacet('a') } } }),
    );
    expect(await projection.lineageAt(2)).toEqual(['READ a -> j', 'WRITE k -> a']);
    expect(await projection.lineageAt(2, before)).toEqual(['READ c -> j', 'WRITE k -> a']);
  });

  test('27. a reader without a version used what was generated last before it', async () => {
    await send(
      run({ job: 'w', run: 1, at: 1, outputs: ['a'] }),
      run({ job: 'w', run: 2, at: 10, outputs: ['a'] }),
      run({ job: 'w', run: 3, at: 12, type: 'START', outputs: ['a'] }),
      run({ run: 4, at: 20, inputs: ['a'] }),
      run({ run: 5, at: 21, inputs: [{ name: 'a', facets: { version: versionFacet('7') } }] }),
    );
    const used = await projection.rows(
      `SELECT version_id, evidence FROM @.version_link WHERE role = 'USED' AND recorded_to IS NULL ORDER BY run_id`,
    );
    expect(used).toEqual([
      { version_id: 'version:db:a:run:jobs:w:0190aaaa-0000-7000-8000-000000000002', evidence: 'INFERRED' },
      { version_id: 'version:db:a:facet:7', evidence: 'OBSERVED' },
    ]);
  });

  test('28. outputs define the schema, inputs only confirm it', async () => {
    const facets = (names: readonly string[]) => ({ schema: schemaFacet(names) });
    await send(run({ run: 1, at: 1, inputs: [{ name: 'a', facets: facets(['p']) }] }));
    const fields = () =>
      projection.rows<{ name: string }>('SELECT name FROM @.field WHERE deleted_at IS NULL ORDER BY ordinal');
    expect(await fields()).toEqual([{ name: 'p' }]);
    await send(run({ job: 'w', run: 2, at: 2, outputs: [{ name: 'a', facets: facets(['p', 'q']) }] }));
    await send(run({ run: 3, at: 3, inputs: [{ name: 'a', facets: facets(['q']) }] }));
    expect(await fields()).toEqual([{ name: 'p' }, { name: 'q' }]);
  });

  test('29. statistics and assertions are a time series, wherever they stand', async () => {
    const assertions = facet({ assertions: [{ assertion: 'not_null', success: false, column: 'p' }] });
    await send(
      run({ run: 1, at: 1, outputs: [{ name: 'a', side: { outputStatistics: facet({ rowCount: 5, size: 10 }) } }] }),
      run({ run: 2, at: 2, inputs: [{ name: 'a', facets: { dataQualityAssertions: assertions } }] }),
    );
    const measured = await projection.rows(
      'SELECT name, field, value FROM @.metric m JOIN @.metric_series s ON s.key = m.series_key ORDER BY at, name',
    );
    expect(measured).toEqual([
      { name: 'bytes', field: '', value: 10 },
      { name: 'rowCount', field: '', value: 5 },
      { name: 'not_null', field: 'p', value: 0 },
    ]);
  });

  test('30. owners are facts of the producer that states them, and a newer facet replaces only its own', async () => {
    const other = 'https://example.com/other';
    const owned = (at: number, names: readonly string[], producer?: string) =>
      datasetEvent({ at, dataset: { name: 'a', facets: { ownership: ownershipFacet(names, producer) } } });
    await send(owned(1, ['team:one']), owned(2, ['team:two'], other), owned(3, ['team:three']));
    const facts = await projection.rows(
      `SELECT value, producer, valid_from, valid_to FROM @.fact WHERE recorded_to IS NULL ORDER BY valid_from`,
    );
    expect(facts).toEqual([
      { value: 'agent:team:one', producer: 'https://example.com/producer', valid_from: minute(1), valid_to: minute(3) },
      { value: 'agent:team:two', producer: other, valid_from: minute(2), valid_to: null },
      { value: 'agent:team:three', producer: 'https://example.com/producer', valid_from: minute(3), valid_to: null },
    ]);
    const [asset] = await projection.rows<{ owner_ids: string[] }>('SELECT owner_ids FROM @.asset');
    expect(asset?.owner_ids).toEqual(['agent:team:three', 'agent:team:two']);
  });

  test('13. silence never ends a run of a streaming job', async () => {
    await send(run({ run: 1, at: 1, type: 'RUNNING', jobFacets: { jobType: jobTypeFacet('STREAMING') } }));
    expect(await projection.rows('SELECT state, perpetual FROM @.run')).toEqual([
      { state: 'RUNNING', perpetual: true },
    ]);
  });
});
