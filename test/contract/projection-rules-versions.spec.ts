import { facetVersionId, runVersionId, type NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import {
  dataset,
  minute,
  run,
  runOf,
  versionFacet,
  type Facets,
  type Mention,
  type Sent,
} from '../support/lineage-events.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();
const named = (name: string, facets: Facets): Mention => ({ name, facets });

async function links(projection: TestProjection, n: number, name = 'r'): Promise<readonly unknown[]> {
  const rows = await projection.rows(
    'SELECT version_id, evidence, gap FROM @.version_link WHERE run_id = $1 AND role = $2 AND recorded_to IS NULL ORDER BY version_id COLLATE "C"',
    [runOf(name, n), 'USED'],
  );
  return rows.map((row) => [row['version_id'], row['evidence'], row['gap']]);
}

const versionBy = (n: number, name = 'w'): NodeId => runVersionId(dataset('x'), runOf(name, n));
const writer = (
  n: number,
  from: number,
  to: number,
  more: Partial<Parameters<typeof run>[0]> = {},
): readonly Sent[] => [
  run({ job: 'w', run: n, type: 'START', at: from, outputs: ['x'], ...more }),
  run({ job: 'w', run: n, at: to, ...more }),
];
const reader = (n: number, at: number): Sent => run({ job: 'r', run: n, at, inputs: ['x'] });

test('27. an input resolves to the version generated last before the reader’s first event, INFERRED', async () => {
  const events = [...writer(1, 0, 5), ...writer(2, 10, 15), reader(3, 20), ...writer(4, 30, 35)];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await links(projection, 3)).toEqual([[versionBy(2), 'INFERRED', null]]);
  }
});

test('27. a version is (dataset, value of the version facet) where given, for writer and reader', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'w', run: 1, at: 0, outputs: [named('x', { version: versionFacet('7') })] }),
    run({ job: 'r', run: 2, at: 5, inputs: [named('x', { version: versionFacet('7') })] }),
    run({ job: 'r', run: 3, at: 6, inputs: ['x'] }),
  );
  const version = facetVersionId(dataset('x'), '7');
  expect(await links(projection, 2)).toEqual([[version, 'OBSERVED', null]]);
  expect(await links(projection, 3)).toEqual([[version, 'INFERRED', null]]);
  expect(await projection.rows('SELECT id, value, run_id, generated_at FROM @.dataset_version')).toEqual([
    { id: version, value: '7', run_id: runOf('w', 1), generated_at: minute(0) },
  ]);
});

test('27. a version facet that comes after the run’s other events replaces the run’s own version', async () => {
  const projection = await fresh();
  await projection.send(
    ...writer(1, 0, 5),
    reader(2, 20),
    run({ job: 'w', run: 1, type: 'OTHER', at: 4, outputs: [named('x', { version: versionFacet('7') })] }),
  );
  expect(await links(projection, 2)).toEqual([[facetVersionId(dataset('x'), '7'), 'INFERRED', null]]);
  expect(await projection.rows('SELECT value FROM @.dataset_version')).toEqual([{ value: '7' }]);
});

test('27. all versions of a mapped cycle are used together', async () => {
  const projection = await fresh();
  const mapped = (n: number, at: number): readonly Sent[] => writer(n, at, at + 1, { parent: ['dag', 90] });
  await projection.send(...writer(9, -500, -490), ...mapped(1, 0), ...mapped(2, 10), ...mapped(3, 20), reader(4, 100));
  expect(await links(projection, 4)).toEqual([1, 2, 3].map((n) => [versionBy(n), 'INFERRED', null]));
});

test('27. runs that write something else bound a cycle too, in whatever order and batches the events come', async () => {
  const hours = (n: number): number => n * 60;
  const events = [
    run({ job: 'w', run: 1, at: hours(0), outputs: ['y'], parent: ['dag', 90] }),
    ...writer(2, hours(20), hours(21), { parent: ['dag', 90] }),
    ...writer(3, hours(23), hours(24), { parent: ['dag', 90] }),
    ...writer(4, hours(30), hours(31), { parent: ['dag', 90] }),
    reader(5, hours(25)),
    reader(6, hours(40)),
  ];
  // Run 1 opens a cycle that ends after 24 hours, so that run 4 begins the next.
  const expected = [
    [5, [2, 3]],
    [6, [4]],
  ] as const;
  const orders = [events, [...events].reverse(), [...events.slice(1), ...events.slice(0, 1)]];
  for (const order of orders) {
    for (const sizes of [[1], [3], [events.length]]) {
      const projection = await fresh();
      await projection.sendInBatches(order, sizes);
      for (const [n, writers] of expected)
        expect(await links(projection, n)).toEqual(writers.map((by) => [versionBy(by), 'INFERRED', null]));
    }
  }
});

test('27. a run that turns out to belong to another parent run leaves the cycles that it bounded', async () => {
  const projection = await fresh();
  const hours = (n: number): number => n * 60;
  await projection.send(
    run({ job: 'w', run: 1, type: 'START', at: hours(0), outputs: ['y'], parent: ['dag', 90] }),
    ...writer(2, hours(20), hours(21), { parent: ['dag', 90] }),
    ...writer(3, hours(30), hours(31), { parent: ['dag', 90] }),
    reader(4, hours(40)),
  );
  expect(await links(projection, 4)).toEqual([[versionBy(3), 'INFERRED', null]]);
  await projection.send(run({ job: 'w', run: 1, at: hours(1), parent: ['dag', 91] }));
  expect(await links(projection, 4)).toEqual([2, 3].map((n) => [versionBy(n), 'INFERRED', null]));
});

test('27. versions of runs without COMPLETE are PARTIAL and never inferred', async () => {
  const projection = await fresh();
  await projection.send(
    ...writer(1, 0, 5),
    run({ job: 'w', run: 2, type: 'FAIL', at: 10, outputs: ['x'] }),
    reader(3, 20),
  );
  expect(await links(projection, 3)).toEqual([[versionBy(1), 'INFERRED', null]]);
  expect(await projection.rows('SELECT id FROM @.dataset_version WHERE generated_at IS NULL')).toEqual([
    { id: versionBy(2) },
  ]);
});

test('27. each attempt’s COMPLETE is a generating time', async () => {
  const projection = await fresh();
  await projection.send(
    ...writer(1, 0, 5),
    ...writer(2, 6, 8),
    run({ job: 'w', run: 1, type: 'START', at: 10, outputs: ['x'] }),
    run({ job: 'w', run: 1, at: 15 }),
    reader(3, 20),
    reader(4, 9),
  );
  expect(await links(projection, 3)).toEqual([[versionBy(1), 'INFERRED', null]]);
  // Run 1 goes on while run 4 reads: it overlaps.
  expect(await links(projection, 4)).toEqual([
    [versionBy(1), 'INFERRED', 'AMBIGUOUS'],
    [versionBy(2), 'INFERRED', 'AMBIGUOUS'],
  ]);
});

test('27. a writer that overlaps the reader makes the answer AMBIGUOUS, with the candidates', async () => {
  const projection = await fresh();
  await projection.send(
    ...writer(1, 0, 5),
    ...writer(2, 10, 30),
    run({ job: 'r', run: 3, type: 'START', at: 20, inputs: ['x'] }),
    run({ job: 'r', run: 3, at: 40 }),
  );
  expect(await links(projection, 3)).toEqual([
    [versionBy(1), 'INFERRED', 'AMBIGUOUS'],
    [versionBy(2), 'INFERRED', 'AMBIGUOUS'],
  ]);
});

test('27. a writer that overlaps the reader and never completes leaves an AMBIGUOUS gap without a version', async () => {
  const events = [
    run({ job: 'w', run: 2, type: 'START', at: 10, outputs: ['x'] }),
    run({ job: 'w', run: 2, type: 'FAIL', at: 30 }),
    run({ job: 'r', run: 3, type: 'START', at: 20, inputs: ['x'] }),
    run({ job: 'r', run: 3, at: 40 }),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await links(projection, 3)).toEqual([[null, 'INFERRED', 'AMBIGUOUS']]);
    // Nothing is drawn to a version that nobody is known to have read.
    const reads = await projection.edgesAt(minute(50), undefined, ['READ']);
    expect(reads.filter(({ from }) => from.startsWith('version:'))).toEqual([]);
    await projection.send(...writer(1, 0, 5));
    expect(await links(projection, 3)).toEqual([[versionBy(1), 'INFERRED', 'AMBIGUOUS']]);
  }
});

test('27. a run that reads what it writes uses the version before its own', async () => {
  const projection = await fresh();
  const incremental = (n: number, at: number): Sent => run({ job: 'w', run: n, at, inputs: ['x'], outputs: ['x'] });
  await projection.send(incremental(1, 0));
  await projection.send(incremental(2, 10));
  await projection.send(run({ job: 'w', run: 2, type: 'OTHER', at: 10 }));
  expect(await links(projection, 2, 'w')).toEqual([[versionBy(1), 'INFERRED', null]]);
});
