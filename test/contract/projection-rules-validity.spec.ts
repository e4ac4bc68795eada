import { expect, test } from 'vitest';
import {
  columnLineageFacet,
  dataset,
  facet,
  jobEvent,
  jobTypeFacet,
  minute,
  run,
  type Mention,
  type RunOptions,
  type Sent,
} from '../support/lineage-events.js';
import { FIRST_RECORDED_AT } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();
const K = 10;
const HOUR = 60;

/** Complete runs `from` to `to`, one an hour, with these datasets. */
function hourly(from: number, to: number, options: Partial<RunOptions>): readonly Sent[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    run({ run: from + index, at: (from + index) * HOUR, ...options }),
  );
}

test('16. an interval begins with the first sighting and stays open while the edge is seen', async () => {
  const projection = await fresh();
  await projection.send(...hourly(1, 3, { inputs: ['a'] }));
  expect(await projection.lineageAt(HOUR - 1)).toEqual([]);
  expect(await projection.lineageAt(HOUR)).toEqual(['READ a -> j']);
  expect(await projection.lineageAt(1_000_000)).toEqual(['READ a -> j']);
});

test('16. fewer than K misses keep an edge open', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: HOUR, inputs: ['a', 'b'] }), ...hourly(2, K, { inputs: ['b'] }));
  expect(await projection.lineageAt(K * HOUR)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. K misses close an edge at the first miss after the last sighting', async () => {
  const projection = await fresh();
  await projection.send(...hourly(1, 2, { inputs: ['a', 'b'] }), ...hourly(3, 2 + K, { inputs: ['b'] }));
  expect(await projection.lineageAt(3 * HOUR - 1)).toEqual(['READ a -> j', 'READ b -> j']);
  expect(await projection.lineageAt(3 * HOUR)).toEqual(['READ b -> j']);
});

test('16. K is a setting', async () => {
  const projection = await fresh({
    missTolerance: 2,
    nameRules: (await import('@headwater/domain/projection/name-rules')).DEFAULT_NAME_RULES,
  });
  await projection.send(run({ run: 1, at: HOUR, inputs: ['a', 'b'] }), ...hourly(2, 3, { inputs: ['b'] }));
  expect(await projection.lineageAt(5 * HOUR)).toEqual(['READ b -> j']);
});

test('16. an edge that is seen again after it lapsed opens another interval', async () => {
  const projection = await fresh();
  const again = 3 + K;
  await projection.send(
    run({ run: 1, at: HOUR, inputs: ['a', 'b'] }),
    ...hourly(2, 1 + K, { inputs: ['b'] }),
    run({ run: again, at: again * HOUR, inputs: ['a', 'b'] }),
  );
  expect(await projection.lineageAt(HOUR)).toContain('READ a -> j');
  expect(await projection.lineageAt(again * HOUR - 1)).toEqual(['READ b -> j']);
  expect(await projection.lineageAt(again * HOUR)).toContain('READ a -> j');
});

test('16. a job that alternates keeps its edges', async () => {
  const projection = await fresh();
  await projection.send(
    ...Array.from({ length: 60 }, (_, n) => run({ run: n, at: n * HOUR, inputs: [n % 2 === 0 ? 'a' : 'b'] })),
  );
  for (const minutes of [HOUR, 30 * HOUR, 60 * HOUR])
    expect(await projection.lineageAt(minutes)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. a failed run shows edges but misses none', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a'] }), ...hourly(2, 30, { type: 'FAIL', inputs: ['b'] }));
  expect(await projection.lineageAt(40 * HOUR)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. a complete run that names nothing on a side misses nothing there', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a'], outputs: ['x'] }), ...hourly(2, 30, { outputs: ['x'] }));
  expect(await projection.lineageAt(40 * HOUR)).toEqual(['READ a -> j', 'WRITE j -> x']);
});

test('16. mapped tasks under one parent run are one cycle', async () => {
  const projection = await fresh();
  const mapped = (parent: number, inputs: readonly Mention[]): readonly Sent[] =>
    Array.from({ length: 50 }, (_, n) =>
      run({
        run: parent * 100 + n,
        at: parent * HOUR + n / 60,
        inputs: [inputs[n % inputs.length] ?? 'a'],
        parent: ['dag', parent],
      }),
    );
  await projection.send(...mapped(1, ['a', 'b']), ...mapped(2, ['b']));
  expect(await projection.lineageAt(5 * HOUR)).toContain('READ a -> j');
  for (let parent = 3; parent <= K; parent += 1) await projection.send(...mapped(parent, ['b']));
  expect(await projection.lineageAt(100 * HOUR)).toContain('READ a -> j');
  await projection.send(...mapped(K + 1, ['b']));
  expect(await projection.lineageAt(2 * HOUR)).not.toContain('READ a -> j');
});

test('16. runs under one parent run that start more than 24 h apart are another cycle, grouped from the earliest', async () => {
  const projection = await fresh();
  const day = 24 * HOUR;
  const starts = [0, day - 1, day + 1, 2 * day];
  // Cycles [0, day - 1] and [day + 1, 2 day]: with K = 2 two more complete cycles are needed to end `a`.
  const settings = {
    missTolerance: 2,
    nameRules: (await import('@headwater/domain/projection/name-rules')).DEFAULT_NAME_RULES,
  };
  const strict = await projection.emptied(settings);
  await strict.send(
    ...starts.map((at, n) => run({ run: n + 1, at, inputs: n === 0 ? ['a', 'b'] : ['b'], parent: ['dag', 9] })),
  );
  expect(await strict.lineageAt(3 * day)).toContain('READ a -> j');
  await strict.send(run({ run: 8, at: 4 * day, inputs: ['b'], parent: ['dag', 9] }));
  expect(await strict.lineageAt(day + 1)).not.toContain('READ a -> j');
  expect(await strict.lineageAt(day)).toContain('READ a -> j');
});

test('16. a cycle’s time is its first run’s first effective time', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, type: 'START', at: 5 }), run({ run: 1, at: 50, outputs: ['x'] }));
  expect(await projection.lineageAt(5)).toEqual(['WRITE j -> x']);
  expect(await projection.lineageAt(4)).toEqual([]);
});

test('16. with a periodic emission pattern each window is a turn', async () => {
  const projection = await fresh();
  const jobType = jobTypeFacet('STREAMING', {
    eventTrigger: 'PERIODIC',
    windowDuration: 3600,
    eventContentMode: 'COMPLETE_SNAPSHOT',
  });
  const window = (hour: number, inputs: readonly string[]): Sent =>
    run({ run: 1, type: 'RUNNING', at: hour * HOUR + 1, inputs, jobFacets: { jobType } });
  await projection.send(
    window(0, ['a', 'b']),
    window(0.5, ['b']),
    ...Array.from({ length: K - 1 }, (_, n) => window(n + 1, ['b'])),
  );
  expect(await projection.lineageAt(50 * HOUR)).toContain('READ a -> j');
  await projection.send(window(K, ['b']));
  expect(await projection.lineageAt(HOUR + 1)).toEqual(['READ b -> j']);
  expect(await projection.lineageAt(HOUR)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. under COMPLETE_SNAPSHOT without a period each event is a turn of its own, and complete', async () => {
  const projection = await fresh();
  const jobType = jobTypeFacet('STREAMING', { eventTrigger: 'ON_CHANGE', eventContentMode: 'COMPLETE_SNAPSHOT' });
  const change = (n: number, inputs: readonly string[]): Sent =>
    run({ run: 1, type: 'RUNNING', at: n, inputs, jobFacets: { jobType } });
  await projection.send(change(0, ['a', 'b']), ...Array.from({ length: K }, (_, n) => change(n + 1, ['b'])));
  expect(await projection.lineageAt(1)).toEqual(['READ b -> j']);
});

test('16. a streaming run that a later one supersedes counts as complete', async () => {
  const projection = await fresh();
  const jobType = jobTypeFacet('STREAMING');
  const deploy = (n: number, inputs: readonly string[]): Sent =>
    run({ run: n, type: 'RUNNING', at: n * HOUR, inputs, jobFacets: { jobType } });
  await projection.send(deploy(1, ['a', 'b']), ...Array.from({ length: K }, (_, n) => deploy(n + 2, ['b'])));
  // The last one is not superseded yet.
  expect(await projection.lineageAt(50 * HOUR)).toContain('READ a -> j');
  await projection.send(deploy(K + 2, ['b']));
  expect(await projection.lineageAt(2 * HOUR)).toEqual(['READ b -> j']);
});

test('16. a field edge is missed only by runs that carry column lineage for that output', async () => {
  const projection = await fresh();
  const output = (field: string | null): Mention =>
    field === null ? 'x' : { name: 'x', facets: { columnLineage: columnLineageFacet({ f: [['a', field]] }) } };
  await projection.send(
    run({ run: 1, at: HOUR, inputs: ['a'], outputs: [output('old')] }),
    ...hourly(2, 20, { inputs: ['a'], outputs: [output(null)] }),
  );
  expect(await projection.fieldsAt(30 * HOUR)).toEqual(['a.old -> x.f']);
  await projection.send(...hourly(21, 20 + K, { inputs: ['a'], outputs: [output('new')] }));
  expect(await projection.fieldsAt(50 * HOUR)).toEqual(['a.new -> x.f']);
  expect(await projection.fieldsAt(21 * HOUR - 1)).toEqual(['a.old -> x.f']);
});

test('16. a JobEvent replaces earlier declarations of the same producer on the sides it names', async () => {
  const projection = await fresh();
  await projection.send(jobEvent({ at: 0, inputs: ['a'], outputs: ['x'] }), jobEvent({ at: 10, inputs: ['b'] }));
  expect(await projection.lineageAt(5)).toEqual(['READ a -> j', 'WRITE j -> x']);
  expect(await projection.lineageAt(10)).toEqual(['READ b -> j', 'WRITE j -> x']);
});

test('16. a JobEvent of another producer replaces nothing', async () => {
  const projection = await fresh();
  await projection.send(
    jobEvent({ at: 0, inputs: ['a'] }),
    jobEvent({ at: 10, inputs: ['b'], producer: 'https://example.com/other' }),
  );
  expect(await projection.lineageAt(10)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. a JobEvent never ends what runs showed', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a'] }), jobEvent({ at: 10, inputs: ['b'] }));
  expect(await projection.lineageAt(20)).toEqual(['READ a -> j', 'READ b -> j']);
});

test('16. a JobEvent that arrives late replaces only what was declared before its time', async () => {
  const projection = await fresh();
  await projection.send(jobEvent({ at: 10, inputs: ['b'] }), jobEvent({ at: 0, inputs: ['a'] }));
  expect(await projection.lineageAt(5)).toEqual(['READ a -> j']);
  expect(await projection.lineageAt(15)).toEqual(['READ b -> j']);
});

test('17. a job that ran A -> X and then B -> Y does not make A upstream of Y', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'], outputs: ['x'] }),
    run({ run: 2, at: 10, inputs: ['b'], outputs: ['y'] }),
  );
  expect(await projection.outputsOf('j', 'a', 20)).toEqual(['x']);
  expect(await projection.outputsOf('j', 'b', 20)).toEqual(['y']);
});

test('17. a job whose runs name all together conducts everything, and no pair is stored', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a', 'b'], outputs: ['x', 'y'] }));
  expect(await projection.outputsOf('j', 'a', 5)).toEqual(['x', 'y']);
  expect((await projection.changes()).map(({ op }) => op)).not.toContain('openPair');
});

test('17. before the first statement of both sides a job conducts all to all', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a'] }), run({ run: 2, at: 10, outputs: ['x'] }));
  expect(await projection.outputsOf('j', 'a', 15)).toEqual(['x']);
  await projection.send(run({ run: 3, at: 20, inputs: ['b'], outputs: ['x'] }));
  expect(await projection.outputsOf('j', 'a', 15)).toEqual(['x']);
  expect(await projection.outputsOf('j', 'a', 25)).toEqual([]);
  expect(await projection.outputsOf('j', 'b', 25)).toEqual(['x']);
});

const sources = (...names: readonly string[]) =>
  facet({ inputs: names.map((name) => ({ type: 'DATASET', namespace: 'db', name })) });

test('17. an output with a lineage entry has only the sources listed there', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a', 'b'], outputs: [{ name: 'x', facets: { lineage: sources('a') } }, 'y'] }),
  );
  expect(await projection.outputsOf('j', 'a', 5)).toEqual(['x', 'y']);
  expect(await projection.outputsOf('j', 'b', 5)).toEqual(['y']);
});

test('17. a lineage facet without inputs leaves an output without upstream, also where it is the only output', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'], outputs: [{ name: 'x', facets: { lineage: sources() } }] }),
  );
  expect(await projection.outputsOf('j', 'a', 5)).toEqual([]);
  expect(await projection.lineageAt(5)).toEqual(['READ a -> j', 'WRITE j -> x']);
});

test('17. a pair is missed only by a complete run that names both sides', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: HOUR, inputs: ['a'], outputs: ['x'] }),
    run({ run: 2, at: 2 * HOUR, inputs: ['b'], outputs: ['x'] }),
    ...hourly(3, 20, { inputs: ['a'] }),
    ...hourly(21, 40, { inputs: ['b'], outputs: ['x'], type: 'FAIL' }),
  );
  expect(await projection.outputsOf('j', 'a', 50 * HOUR)).toEqual(['x']);
  await projection.send(...hourly(41, 40 + K, { inputs: ['a', 'b'], outputs: ['y'] }));
  expect(await projection.outputsOf('j', 'a', 60 * HOUR)).toEqual(['y']);
  // The first miss after the last sighting is run 2.
  expect(await projection.outputsOf('j', 'a', 2 * HOUR - 1)).toEqual(['x']);
  expect(await projection.outputsOf('j', 'a', 2 * HOUR)).toEqual([]);
});

test('17. JobEvents contribute pairs too', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'], outputs: ['x'] }),
    jobEvent({ at: 1, inputs: ['b'], outputs: ['y'] }),
  );
  expect(await projection.outputsOf('j', 'a', 5)).toEqual(['x']);
  expect(await projection.outputsOf('j', 'b', 5)).toEqual(['y']);
});

test('17. what two producers say of one run is one statement', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, type: 'START', at: 0, inputs: ['a'], outputs: ['x'] }),
    run({ run: 1, at: 1, inputs: ['b'], outputs: ['y'], producer: 'https://example.com/other' }),
  );
  expect(await projection.outputsOf('j', 'a', 5)).toEqual(['x', 'y']);
  expect(await projection.outputsOf('j', 'b', 5)).toEqual(['x', 'y']);
});

test('18. a late event changes what is known from its record time on, and nothing before', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 2, at: 10, inputs: ['a'] }));
  const before = await projection.knownNow();
  await projection.send(run({ run: 1, at: 5, inputs: ['a'] }));
  expect(await projection.lineageAt(7, before)).toEqual([]);
  expect(await projection.lineageAt(7)).toEqual(['READ a -> j']);
  expect(await projection.lineageAt(10, before)).toEqual(['READ a -> j']);
});

test('18. rows are closed and opened, never rewritten', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 2, at: 10, inputs: ['a'] }), run({ run: 1, at: 5, inputs: ['a'] }));
  const edges = (await projection.changes()).flatMap((change) =>
    (change.op === 'openEdge' || change.op === 'closeEdge') &&
    change.row.to === 'job:jobs:j' &&
    change.row.kind === 'READ'
      ? [[change.op, 'validFrom' in change.row ? change.row.validFrom : undefined]]
      : [],
  );
  expect(edges).toEqual([
    ['openEdge', minute(10)],
    ['closeEdge', undefined],
    ['openEdge', minute(5)],
  ]);
});

test('18. an interval that K late misses end was open as known before', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: HOUR, inputs: ['a', 'b'] }), run({ run: 50, at: 50 * HOUR, inputs: ['b'] }));
  const before = await projection.knownNow();
  await projection.send(...hourly(2, K, { inputs: ['b'] }));
  expect(await projection.lineageAt(30 * HOUR, before)).toContain('READ a -> j');
  expect(await projection.lineageAt(30 * HOUR)).toEqual(['READ b -> j']);
});

test('18. facts and aliases have record times of their own', async () => {
  const projection = await fresh();
  const owned = (name: string) => ({ ownership: facet({ owners: [{ name }] }) });
  await projection.send(run({ run: 2, at: 10, outputs: [{ name: 'a', facets: owned('late') }] }));
  const first = await projection.knownNow();
  await projection.send(
    run({
      run: 1,
      at: 5,
      outputs: [
        {
          name: 'a',
          facets: {
            ...owned('early'),
            symlinks: facet({ identifiers: [{ namespace: 'db', name: 'Z', type: 'TABLE' }] }),
          },
        },
      ],
    }),
  );
  const facts = await projection.rows(
    'SELECT value, valid_from, valid_to, recorded_from, recorded_to FROM @.fact ORDER BY recorded_from',
  );
  expect(facts).toEqual([
    { value: 'agent:owner:late', valid_from: minute(10), valid_to: null, recorded_from: first, recorded_to: null },
    {
      value: 'agent:owner:early',
      valid_from: minute(5),
      valid_to: minute(10),
      recorded_from: FIRST_RECORDED_AT + 2_000_000,
      recorded_to: null,
    },
  ]);
  expect(await projection.graph.canonical([dataset('a')], first)).toEqual(new Map([[dataset('a'), dataset('a')]]));
  expect(await projection.graph.canonical([dataset('a')], await projection.knownNow())).toEqual(
    new Map([[dataset('a'), dataset('Z')]]),
  );
});
