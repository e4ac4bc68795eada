import { expect, test } from 'vitest';
import {
  columnLineageFacet,
  datasetEvent,
  deletedFacet,
  facet,
  isoMinute,
  job,
  minute,
  PRODUCER,
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
const OTHER = 'https://example.com/other';
const fresh = (): Promise<TestProjection> => home({ ...TEST_SETTINGS, missTolerance: K });

/** A run that two producers tell of: each names its own inputs. */
function told(n: number, inputs: readonly string[], others: readonly string[] | null): readonly Sent[] {
  const common: Omit<RunOptions, 'inputs'> = { run: n, at: n };
  return [
    run({ ...common, type: 'START', inputs }),
    ...(others === null ? [] : [run({ ...common, type: 'RUNNING', inputs: others, producer: OTHER })]),
    run({ ...common, at: n + 0.5 }),
  ];
}

async function producersOf(projection: TestProjection, minutes: number): Promise<readonly unknown[]> {
  const edges = await projection.edgesAt(minute(minutes), undefined, ['READ']);
  return edges
    .filter(({ to }) => to === job('j'))
    .map(({ from, rows }) => [from.replace('dataset:db:', ''), rows.map(({ producer }) => producer).sort()]);
}

test('23. each edge of a run carries the producers that name it, all of one run together', async () => {
  for (const order of [told(1, ['a', 'b'], ['b', 'c']), [...told(1, ['a', 'b'], ['b', 'c'])].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await producersOf(projection, 1)).toEqual([
      ['a', [PRODUCER]],
      ['b', [OTHER, PRODUCER]],
      ['c', [OTHER]],
    ]);
  }
});

test('16. what one producer leaves out ends nothing of another’s, and its own only where it speaks of that side', async () => {
  const projection = await fresh();
  await projection.send(...told(1, ['a', 'b'], ['b']));
  for (let n = 2; n <= K + 1; n += 1) await projection.send(...told(n, ['a'], null));
  expect(await producersOf(projection, 50)).toEqual([
    ['a', [PRODUCER]],
    ['b', [OTHER]],
  ]);
});

test('16. both producers that stop naming an edge end it', async () => {
  const projection = await fresh();
  await projection.send(...told(1, ['a', 'b'], ['b', 'c']));
  for (let n = 2; n <= K + 1; n += 1) await projection.send(...told(n, ['a'], ['c']));
  expect(await producersOf(projection, 1.5)).toContainEqual(['b', [OTHER, PRODUCER]]);
  expect(await projection.lineageAt(2)).toEqual(['READ a -> j', 'READ c -> j']);
});

test('16. a field edge is missed by runs that carry `lineage` for that output too', async () => {
  const projection = await fresh();
  const lineage = facet({
    inputs: [],
    fields: { f: { inputs: [{ type: 'DATASET', namespace: 'db', name: 'a', field: 'new' }] } },
  });
  const columnLineage = columnLineageFacet({ f: [['a', 'old']] });
  const say = (n: number, facets: Facets): Sent =>
    run({ run: n, at: n, inputs: ['a'], outputs: [{ name: 'x', facets }] });
  await projection.send(say(1, { columnLineage }), ...[2, 3].map((n) => say(n, { lineage })));
  expect(await projection.fieldsAt(50)).toEqual(['a.new -> x.f', 'a.old -> x.f']);
  await projection.send(say(4, { lineage }));
  expect(await projection.fieldsAt(2)).toEqual(['a.new -> x.f']);
  expect(await projection.fieldsAt(1)).toEqual(['a.old -> x.f']);
});

test('23. a control edge ends like any other, by runs that tell other dependencies', async () => {
  const projection = await fresh();
  const after = (n: number, ...jobs: readonly string[]): Sent =>
    run({
      run: n,
      at: n,
      runFacets: { jobDependencies: facet({ upstream: jobs.map((name) => ({ job: { namespace: 'jobs', name } })) }) },
    });
  await projection.send(after(1, 'k', 'l'), ...[2, 3].map((n) => after(n, 'k')), run({ run: 20, at: 20 }));
  expect(await projection.lineageAt(50)).toEqual(['CONTROL k -> j', 'CONTROL l -> j']);
  await projection.send(after(4, 'k'));
  expect(await projection.lineageAt(2)).toEqual(['CONTROL k -> j']);
});

async function facetsShown(projection: TestProjection): Promise<readonly unknown[]> {
  const rows = await projection.rows<{ producer: string; producer_key: string; body: { says: unknown } }>(
    "SELECT producer, producer_key, body FROM @.facet WHERE name = 'custom' ORDER BY producer_key",
  );
  return rows.map((row) => [row.producer, row.producer_key, row.body.says]);
}

test('12. a facet without `_producer` is the event’s producer’s, and the producer is kept as sent', async () => {
  const projection = await fresh();
  const outputs = (custom: Facets) => [{ name: 'x', facets: { custom } }];
  const sentBy = 'https://example.com/repo/tree/1.20.0/integration';
  await projection.send(
    run({ run: 1, at: 1, producer: sentBy, outputs: outputs({ says: 'bare', _schemaURL: 's' }) }),
    run({ run: 2, at: 2, producer: OTHER, outputs: outputs(facet({ says: 'own' }, sentBy)) }),
  );
  expect(await facetsShown(projection)).toEqual([[sentBy, 'https://example.com/repo/integration', 'own']]);
  expect(await projection.findings()).toContain('FACET_PRODUCER_MISSING');
});

test('12. `_deleted` of one producer leaves the facet of another, and one that is older than the facet leaves it too', async () => {
  const projection = await fresh();
  const say = (at: number, custom: Facets): Sent => datasetEvent({ at, dataset: { name: 'x', facets: { custom } } });
  await projection.send(say(1, facet({ says: 'mine' })), say(2, facet({ says: 'theirs' }, OTHER)));
  await projection.send(say(3, facet({ _deleted: true }, OTHER)), say(0, deletedFacet()));
  expect(await facetsShown(projection)).toEqual([[PRODUCER, PRODUCER, 'mine']]);
});

test('12. an event without inputs and outputs takes none away', async () => {
  const projection = await fresh();
  const bare = {
    eventTime: isoMinute(2),
    eventType: 'COMPLETE',
    producer: PRODUCER,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: runOf('j', 1).slice(-36) },
    job: { namespace: 'jobs', name: 'j' },
  };
  await projection.send(run({ run: 1, at: 1, type: 'START', inputs: ['a'], outputs: ['x'] }), {
    event: bare,
    receivedAt: minute(2),
  });
  expect(await projection.rows('SELECT state FROM @.run')).toEqual([{ state: 'COMPLETED' }]);
  expect(await projection.lineageAt(2)).toEqual(['READ a -> j', 'WRITE j -> x']);
});

test('10. what ties in time and rank is decided by the events, not by which came first', async () => {
  const say = (description: string): Sent =>
    datasetEvent({ at: 1, dataset: { name: 'x', facets: { documentation: facet({ description }) } } });
  const shown = new Set<unknown>();
  for (const order of [
    [say('p'), say('q')],
    [say('q'), say('p')],
  ]) {
    const projection = await fresh();
    await projection.send(...order);
    const [row] = await projection.rows("SELECT description FROM @.asset WHERE name = 'x'");
    shown.add(row?.['description']);
  }
  expect(shown.size).toBe(1);
});

test('14. of two parents that events of a run name the later one holds, whichever came first', async () => {
  const events = [
    run({ job: 'task', run: 1, type: 'START', at: 0, parent: ['old', 2] }),
    run({ job: 'task', run: 1, at: 5, parent: ['new', 3] }),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    const [row] = await projection.rows('SELECT parent_id FROM @.run WHERE id = $1', [runOf('task', 1)]);
    expect(row?.['parent_id']).toBe(runOf('new', 3));
    expect(await projection.lineageAt(5)).toEqual(['PARENT new -> task']);
    const runs = (await projection.edgesAt(minute(5), undefined, ['PARENT'])).filter(({ to }) => to.startsWith('run:'));
    expect(runs.map(({ from }) => from)).toEqual([runOf('new', 3)]);
  }
});
