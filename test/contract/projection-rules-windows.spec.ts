import { runVersionId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import {
  dataset,
  jobTypeFacet,
  minute,
  run,
  runOf,
  type Facets,
  type RunOptions,
  type Sent,
} from '../support/lineage-events.js';
import { TEST_SETTINGS, type TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const home = projectionsOfFile();
const K = 3;
const HOUR = 60;
const fresh = (): Promise<TestProjection> => home({ ...TEST_SETTINGS, missTolerance: K });

const HOURLY = { eventTrigger: 'PERIODIC', windowDuration: 3600 };
const SNAPSHOT = { eventContentMode: 'COMPLETE_SNAPSHOT' };

/** Events of streaming runs with this emission pattern. */
function streaming(pattern: Facets | undefined, processingType = 'STREAMING') {
  const jobFacets = { jobType: jobTypeFacet(processingType, pattern) };
  return (n: number, at: number, options: Partial<RunOptions>): Sent =>
    run({ run: n, at, type: 'RUNNING', jobFacets, ...options });
}

test('16. windows of a period without full snapshots miss nothing until their run is complete', async () => {
  const projection = await fresh();
  const say = streaming(HOURLY);
  const later = Array.from({ length: K }, (_, n) => say(1, (n + 1) * HOUR, { inputs: ['b'] }));
  await projection.send(say(1, 1, { inputs: ['a', 'b'] }), ...later);
  expect(await projection.lineageAt(100 * HOUR)).toEqual(['READ a -> j', 'READ b -> j']);
  await projection.send(say(1, K * HOUR + 1, { type: 'COMPLETE' }));
  expect(await projection.lineageAt(HOUR)).toEqual(['READ b -> j']);
  expect(await projection.lineageAt(HOUR - 1)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. a window begins with its first event: intervals begin and end there, whatever came first', async () => {
  const say = streaming({ ...HOURLY, ...SNAPSHOT });
  const events = [
    say(1, 10, { inputs: ['a', 'b'] }),
    ...Array.from({ length: K }, (_, n) => [
      say(1, (n + 1) * HOUR + 40, { inputs: ['b'] }),
      say(1, (n + 1) * HOUR + 20, { inputs: ['b'] }),
    ]).flat(),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await projection.lineageAt(HOUR + 19)).toEqual(['READ a -> j', 'READ b -> j']);
    expect(await projection.lineageAt(HOUR + 20)).toEqual(['READ b -> j']);
  }
});

test('16. a pattern with neither period nor full snapshots leaves the run one turn', async () => {
  const projection = await fresh();
  const say = streaming({ eventTrigger: 'ON_CHANGE', eventContentMode: 'DELTA' });
  const later = Array.from({ length: 2 * K }, (_, n) => say(1, n + 1, { inputs: ['b'] }));
  await projection.send(say(1, 0, { inputs: ['a'] }), ...later, say(1, 100, { type: 'COMPLETE' }));
  expect(await projection.lineageAt(200)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. full snapshots without a period: an event that names nothing on a side misses nothing there', async () => {
  const projection = await fresh();
  const say = streaming({ eventTrigger: 'ON_CHANGE', ...SNAPSHOT });
  const later = Array.from({ length: 2 * K }, (_, n) => say(1, n + 1, { outputs: ['x'] }));
  await projection.send(say(1, 0, { inputs: ['a'], outputs: ['x', 'y'] }), ...later);
  expect(await projection.lineageAt(200)).toEqual(['READ a -> j', 'WRITE j -> x']);
});

test.each(['STREAMING', 'SERVICE'])('16. a %s run that a later one supersedes counts as complete', async (type) => {
  const projection = await fresh();
  const say = streaming(undefined, type);
  await projection.send(say(1, 0, { inputs: ['a', 'b'] }));
  for (let n = 2; n <= K + 1; n += 1) await projection.send(say(n, n * HOUR, { inputs: ['b'] }));
  expect(await projection.lineageAt(100 * HOUR)).toEqual(['READ a -> j', 'READ b -> j']);
  await projection.send(say(K + 2, (K + 2) * HOUR, { inputs: ['b'] }));
  expect(await projection.lineageAt(2 * HOUR)).toEqual(['READ b -> j']);
  expect(await projection.lineageAt(2 * HOUR - 1)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. a batch run that later ones follow does not count as complete', async () => {
  const projection = await fresh();
  const started = (n: number, inputs: readonly string[]): Sent => run({ run: n, at: n, type: 'START', inputs });
  await projection.send(started(1, ['a', 'b']), ...Array.from({ length: 2 * K }, (_, n) => started(n + 2, ['b'])));
  expect(await projection.lineageAt(100)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. of two runs that emit windows side by side the one that started later supersedes the other', async () => {
  const say = streaming(HOURLY);
  const events = [
    say(1, 1, { inputs: ['a', 'b'] }),
    ...Array.from({ length: K }, (_, n) => say(2, (n + 1) * HOUR, { inputs: ['b'] })),
    say(1, (K + 1) * HOUR, { inputs: ['b'] }),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    // Run 1 is superseded: its last window is the only miss, K are needed.
    expect(await projection.lineageAt(100 * HOUR)).toContain('READ a -> j');
  }
});

test('16. a run superseded while its windows go on misses with each of them', async () => {
  const projection = await fresh();
  const say = streaming(HOURLY);
  await projection.send(
    say(1, 1, { inputs: ['a', 'b'] }),
    say(2, HOUR + 5, { inputs: ['b'] }),
    ...Array.from({ length: K }, (_, n) => say(1, (n + 2) * HOUR, { inputs: ['b'] })),
  );
  expect(await projection.lineageAt(2 * HOUR - 1)).toContain('READ a -> j');
  expect(await projection.lineageAt(2 * HOUR)).toEqual(['READ b -> j']);
});

async function used(projection: TestProjection, n: number): Promise<readonly unknown[]> {
  const rows = await projection.rows(
    `SELECT version_id, evidence, gap FROM @.version_link
     WHERE run_id = $1 AND role = 'USED' AND recorded_to IS NULL ORDER BY version_id COLLATE "C"`,
    [runOf('r', n)],
  );
  return rows.map((row) => [row['version_id'], row['evidence'], row['gap']]);
}

const windowOf = (hour: number): string => String(Math.floor(minute(hour * HOUR) / (HOUR * 60_000_000)));
const reader = (n: number, at: number): Sent => run({ job: 'r', run: n, at, inputs: ['x'] });

test('27. each window of a streaming run is a version, generated at its last event under COMPLETE_SNAPSHOT', async () => {
  const projection = await fresh();
  const say = streaming({ ...HOURLY, ...SNAPSHOT });
  const version = (hour: number) => runVersionId(dataset('x'), runOf('j', 1), windowOf(hour));
  await projection.send(
    say(1, 5, { outputs: ['x'] }),
    say(1, 50, { outputs: ['x'] }),
    say(1, HOUR + 5, { outputs: ['x'] }),
    reader(2, HOUR),
    reader(3, HOUR + 10),
    reader(4, 4),
  );
  expect(
    await projection.rows('SELECT id, created_at, generated_at FROM @.dataset_version ORDER BY created_at'),
  ).toEqual([
    { id: version(0), created_at: minute(5), generated_at: minute(50) },
    { id: version(1), created_at: minute(HOUR + 5), generated_at: minute(HOUR + 5) },
  ]);
  expect(await used(projection, 2)).toEqual([[version(0), 'INFERRED', null]]);
  expect(await used(projection, 3)).toEqual([[version(1), 'INFERRED', null]]);
  expect(await used(projection, 4)).toEqual([]);
});

test('27. a window without a full snapshot is PARTIAL until its run is complete', async () => {
  const projection = await fresh();
  const say = streaming(HOURLY);
  await projection.send(say(1, 5, { outputs: ['x'] }), reader(2, 2 * HOUR));
  expect(await used(projection, 2)).toEqual([]);
  await projection.send(say(1, HOUR, { type: 'COMPLETE' }));
  expect(await used(projection, 2)).toEqual([
    [runVersionId(dataset('x'), runOf('j', 1), windowOf(0)), 'INFERRED', null],
  ]);
});
