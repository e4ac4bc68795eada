import { expect, test } from 'vitest';
import { datasetEvent, lifecycleFacet, minute, run, type Mention, type Sent } from '../support/lineage-events.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();
const K = 10;

const changed = (name: string, change: string, previous?: string): Mention => ({
  name,
  facets: { lifecycleStateChange: lifecycleFacet(change, previous) },
});
const rename = (at: number, from: string, to: string): Sent =>
  datasetEvent({ at, dataset: changed(to, 'RENAME', from) });
const drop = (at: number, name = 'x'): Sent => datasetEvent({ at, dataset: changed(name, 'DROP') });
const write = (n: number, at: number, name = 'x'): Sent =>
  run({ job: 'w', run: n, at, inputs: ['a'], outputs: [name] });
const read = (n: number, at: number, name = 'x'): Sent => run({ job: 'r', run: n, at, inputs: [name] });
const inBothOrders = (events: readonly Sent[]): readonly (readonly Sent[])[] => [events, [...events].reverse()];

async function deletedAt(projection: TestProjection): Promise<Readonly<Record<string, unknown>>> {
  const rows = await projection.rows("SELECT name, deleted_at FROM @.asset WHERE kind = 'DATASET' AND name <> 'a'");
  return Object.fromEntries(rows.map((row) => [String(row['name']), row['deleted_at']]));
}

test('24. a RENAME gives the same whichever comes first, it or what was known of the old name', async () => {
  for (const order of inBothOrders([write(1, 0), read(2, 5), rename(10, 'x', 'new'), read(3, 15, 'new')])) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await projection.lineageAt(9)).toEqual(['READ a -> w', 'READ x -> r', 'WRITE w -> x']);
    expect(await projection.lineageAt(15)).toEqual(['DERIVED x -> new', 'READ a -> w', 'READ new -> r']);
    expect(await deletedAt(projection)).toEqual({ x: minute(10), new: null });
  }
});

test('24. a RENAME that a run tells of is an edge of the dataset, and the run’s own write', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), run({ job: 'm', run: 2, at: 10, outputs: [changed('new', 'RENAME', 'x')] }));
  expect(await projection.lineageAt(10)).toEqual(['DERIVED x -> new', 'READ a -> w', 'WRITE m -> new']);
});

test('24. a RENAME that does not say of what, or of itself, drops nothing', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), datasetEvent({ at: 10, dataset: changed('x', 'RENAME') }), rename(11, 'x', 'x'));
  expect(await projection.lineageAt(20)).toEqual(['READ a -> w', 'WRITE w -> x']);
  expect(await deletedAt(projection)).toEqual({ x: null });
});

test('24. a swap at one moment, `t -> t_old` and `t_new -> t`, leaves t alive and derived from t_new', async () => {
  const events = [
    write(1, 0, 't'),
    write(2, 5, 't_new'),
    rename(10, 't', 't_old'),
    rename(10, 't_new', 't'),
    read(3, 20, 't'),
  ];
  for (const order of inBothOrders(events)) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await projection.lineageAt(9)).toEqual(['READ a -> w', 'WRITE w -> t', 'WRITE w -> t_new']);
    expect(await projection.lineageAt(20)).toEqual([
      'DERIVED t -> t_old',
      'DERIVED t_new -> t',
      'READ a -> w',
      'READ t -> r',
    ]);
    expect(await deletedAt(projection)).toEqual({ t: null, t_new: minute(10), t_old: null });
  }
});

test('24. repeated swaps keep the way from the writer to the reader open', async () => {
  const turn = (n: number): readonly Sent[] => {
    const at = n * 100;
    return [
      write(n * 10, at, 't_new'),
      ...(n === 0 ? [] : [rename(at + 5, 't', 't_old')]),
      rename(at + 5, 't_new', 't'),
      read(n * 10 + 1, at + 6, 't'),
    ];
  };
  const events = [...turn(0), ...turn(1), ...turn(2)];
  for (const order of inBothOrders(events)) {
    const projection = await fresh();
    await projection.send(...order);
    for (const minutes of [50, 150]) {
      const held = await projection.lineageAt(minutes);
      for (const edge of ['READ a -> w', 'WRITE w -> t_new', 'DERIVED t_new -> t', 'READ t -> r'])
        expect(held, `${edge} at ${String(minutes)}`).toContain(edge);
    }
  }
});

test('24. a name that is renamed away and made again is a dataset again, without what it was derived to', async () => {
  const projection = await fresh();
  await projection.send(
    write(1, 0),
    rename(10, 'x', 'new'),
    ...Array.from({ length: K }, (_, n) => write(n + 20, 11 + n, 'other')),
    write(50, 100),
  );
  expect(await projection.lineageAt(99)).not.toContain('WRITE w -> x');
  expect(await projection.lineageAt(100)).toContain('WRITE w -> x');
  expect(await deletedAt(projection)).toMatchObject({ x: null, new: null });
});

test.each(['ALTER', 'CREATE', 'OVERWRITE', 'TRUNCATE'])('24. %s ends nothing', async (change) => {
  const projection = await fresh();
  await projection.send(write(1, 0), datasetEvent({ at: 10, dataset: changed('x', change) }));
  expect(await projection.lineageAt(20)).toEqual(['READ a -> w', 'WRITE w -> x']);
  expect(await deletedAt(projection)).toEqual({ x: null });
});

test('24. a CREATE behind a DROP brings the dataset back, its edges only when they are seen again', async () => {
  const projection = await fresh();
  await projection.send(read(1, 0), drop(10), datasetEvent({ at: 20, dataset: changed('x', 'CREATE') }));
  expect(await deletedAt(projection)).toEqual({ x: null });
  expect(await projection.lineageAt(30)).toEqual([]);
  await projection.send(read(2, 40));
  expect(await projection.lineageAt(40)).toEqual(['READ x -> r']);
});

test('24. a table written again in the Kth cycle of its writer is TRANSIENT, in the next one it is not', async () => {
  for (const [others, isTransient] of [
    [K - 1, true],
    [K, false],
  ] as const) {
    const projection = await fresh();
    await projection.send(
      write(1, 0),
      drop(10),
      ...Array.from({ length: others }, (_, n) => write(n + 20, 11 + n, 'other')),
      write(50, 100),
    );
    expect((await projection.lineageAt(50)).includes('WRITE w -> x'), String(others)).toBe(isTransient);
    expect(await projection.lineageAt(100)).toContain('WRITE w -> x');
  }
});

test('24. cycles of jobs that never wrote the table do not count towards its end', async () => {
  const projection = await fresh();
  const other = (n: number): Sent => run({ job: 'r', run: n, at: n, inputs: ['x'], outputs: ['z'] });
  await projection.send(
    write(1, 0),
    drop(10),
    ...Array.from({ length: 2 * K }, (_, n) => other(n + 11)),
    write(90, 100),
  );
  expect(await projection.lineageAt(50)).toContain('WRITE w -> x');
});

test('24. what was known before a DROP was recorded stays known', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), read(2, 5));
  const before = await projection.knownNow();
  await projection.send(drop(10));
  expect(await projection.lineageAt(20, before)).toEqual(['READ a -> w', 'READ x -> r', 'WRITE w -> x']);
  expect(await projection.lineageAt(20)).toEqual(['READ a -> w']);
});

test('24. a DROP ends field edges of the dataset at either end', async () => {
  const projection = await fresh();
  const columnLineage = {
    _producer: 'https://example.com/producer',
    _schemaURL: 'https://example.com/schema',
    fields: { f: { inputFields: [{ namespace: 'db', name: 'a', field: 'g' }] } },
  };
  await projection.send(run({ run: 1, at: 0, inputs: ['a'], outputs: [{ name: 'x', facets: { columnLineage } }] }));
  expect(await projection.fieldsAt(9)).toEqual(['a.g -> x.f']);
  await projection.send(drop(10, 'a'));
  expect(await projection.fieldsAt(9)).toEqual(['a.g -> x.f']);
  expect(await projection.fieldsAt(10)).toEqual([]);
});

test('24. names never seen stay unknown however often they are dropped, each time with a finding', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'spark', run: 1, at: 0, outputs: [changed('db/db/table', 'DROP')] }),
    drop(10, 'db/db/table'),
  );
  expect(await deletedAt(projection)).toEqual({});
  expect(await projection.findings()).toEqual(['DROP_OF_UNKNOWN', 'DROP_OF_UNKNOWN']);
  expect(await projection.lineageAt(20)).toEqual([]);
});
