import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import type { NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import {
  columnLineageFacet,
  dataset,
  datasetEvent,
  facet,
  job,
  lifecycleFacet,
  minute,
  run,
  symlinksFacet,
  type Sent,
} from '../support/lineage-events.js';
import { everyRow, expectSameReplays, type ProjectionState } from '../support/projection-state.js';
import { TEST_SETTINGS, type TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const X = dataset('x');
const deletion = (action: FactEdit['action'], node: NodeId = X): readonly FactEdit[] => [
  { action, node, kind: 'DELETION', value: '', detail: null },
];
const write = (n: number, at: number, ...outputs: readonly string[]): Sent =>
  run({ job: 'w', run: n, at, inputs: ['a'], outputs: outputs.length === 0 ? ['x'] : outputs });
const read = (n: number, at: number): Sent => run({ job: 'r', run: n, at, inputs: ['x'], outputs: ['z'] });
const drop = (at: number): Sent =>
  datasetEvent({ at, dataset: { name: 'x', facets: { lifecycleStateChange: lifecycleFacet('DROP') } } });
const create = (at: number): Sent =>
  datasetEvent({ at, dataset: { name: 'x', facets: { lifecycleStateChange: lifecycleFacet('CREATE') } } });

const WHOLE = ['READ a -> w', 'READ x -> r', 'WRITE r -> z', 'WRITE w -> x'];
const CUT = ['READ a -> w', 'WRITE r -> z'];

async function deletedAt(projection: TestProjection, name = 'x'): Promise<unknown> {
  const [row] = await projection.rows('SELECT deleted_at FROM @.asset WHERE name = $1', [name]);
  return row?.['deleted_at'];
}

/** Who deleted it, as of a minute: `<from> <to> <who>`. */
async function deletionsOf(projection: TestProjection): Promise<readonly unknown[]> {
  return projection.rows(
    `SELECT node_id, producer, valid_from, valid_to FROM @.fact
     WHERE kind = 'DELETION' AND recorded_to IS NULL ORDER BY node_id, valid_from`,
  );
}

test('24. deletion by an edit holds until a restoring edit, whatever events say', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), read(2, 5));
  await projection.edit(10, deletion('STATE'));
  await projection.send(
    write(3, 20),
    read(4, 21),
    create(22),
    drop(23),
    write(5, 24),
    datasetEvent({ at: 25, dataset: 'x' }),
  );
  expect(await deletedAt(projection)).toBe(minute(10));
  expect(await projection.lineageAt(9)).toEqual(WHOLE);
  for (const at of [10, 20, 25, 1000]) expect(await projection.lineageAt(at), String(at)).toEqual(CUT);
  await projection.edit(30, deletion('WITHDRAW'));
  expect(await deletedAt(projection)).toBeNull();
  expect(await projection.lineageAt(9)).toEqual(WHOLE);
  expect(await projection.lineageAt(29)).toEqual(CUT);
  expect(await projection.lineageAt(30)).toContain('WRITE w -> x');
});

test('24. what an edit restores bridges again from the restoring on, where it still follows from events', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), read(2, 5));
  await projection.edit(10, deletion('STATE'));
  await projection.edit(30, deletion('WITHDRAW'));
  expect(await projection.lineageAt(29)).toEqual(CUT);
  expect(await projection.lineageAt(30)).toEqual(WHOLE);
  // The writer left it alone for K turns while it was deleted: nothing to restore.
  const other = await fresh();
  await other.send(write(1, 0), read(2, 5));
  await other.edit(10, deletion('STATE'));
  await other.send(...Array.from({ length: TEST_SETTINGS.missTolerance }, (_, n) => write(n + 20, 11 + n, 'other')));
  await other.edit(30, deletion('WITHDRAW'));
  expect(await other.lineageAt(30)).not.toContain('WRITE w -> x');
  await other.send(write(90, 40, 'other', 'x'));
  expect(await other.lineageAt(39)).not.toContain('WRITE w -> x');
  expect(await other.lineageAt(40)).toContain('WRITE w -> x');
});

test('24. before its record time a deletion was not known, and after it what was before still is', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), read(2, 5));
  const before = await projection.knownNow();
  await projection.edit(10, deletion('STATE'));
  const deleted = await projection.knownNow();
  await projection.edit(30, deletion('WITHDRAW'));
  expect(await projection.lineageAt(20, before)).toEqual(WHOLE);
  expect(await projection.lineageAt(20, deleted)).toEqual(CUT);
  expect(await projection.lineageAt(40, deleted)).toEqual(CUT);
  expect(await projection.lineageAt(40)).toEqual(WHOLE);
  expect(await deletionsOf(projection)).toEqual([
    { node_id: X, producer: 'Ana', valid_from: minute(10), valid_to: minute(30) },
  ]);
});

test('24. an event that comes late tells what was before the deletion, and nothing within it', async () => {
  const projection = await fresh();
  await projection.send(write(1, 5));
  await projection.edit(10, deletion('STATE'));
  await projection.send(run({ job: 'r', run: 2, at: 3, received: 20, inputs: ['x'], outputs: ['z'] }));
  expect(await projection.lineageAt(7)).toEqual(WHOLE);
  expect(await projection.lineageAt(10)).toEqual(CUT);
});

test('24. a DROP and a deletion hold each by itself', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), drop(5));
  await projection.edit(10, deletion('STATE'));
  expect(await deletedAt(projection)).toBe(minute(5));
  await projection.send(create(20));
  expect(await deletedAt(projection)).toBe(minute(10));
  await projection.send(drop(25));
  await projection.edit(30, deletion('WITHDRAW'));
  expect(await deletedAt(projection)).toBe(minute(25));
});

test('24. a deleted job conducts nothing, is no parent and triggers nothing, until it is restored', async () => {
  const projection = await fresh();
  const jobDependencies = facet({ downstream: [{ job: { namespace: 'jobs', name: 'after' } }] });
  await projection.send(
    run({ job: 'w', run: 1, at: 0, inputs: ['a'], outputs: ['x'], parent: ['p', 9], runFacets: { jobDependencies } }),
  );
  const all = ['CONTROL w -> after', 'PARENT p -> w', 'READ a -> w', 'WRITE w -> x'];
  expect(await projection.lineageAt(5)).toEqual(all);
  for (const [index, [name, left]] of (
    [
      ['w', []],
      ['p', ['CONTROL w -> after', 'READ a -> w', 'WRITE w -> x']],
      ['after', ['PARENT p -> w', 'READ a -> w', 'WRITE w -> x']],
    ] as const
  ).entries()) {
    const at = 10 + index * 10;
    await projection.edit(at, deletion('STATE', job(name)));
    await projection.send(write(at, at + 1));
    expect(await projection.lineageAt(at + 2), name).toEqual(left);
    expect(await deletedAt(projection, name)).toBe(minute(at));
    await projection.edit(at + 5, deletion('WITHDRAW', job(name)));
    expect(await projection.lineageAt(at + 6), name).toEqual(all);
  }
  await expectSameReplays(projection);
});

test('24. fields of a deleted dataset do not bridge, nor does the job of deleted data through its pairs', async () => {
  const projection = await fresh();
  const columnLineage = columnLineageFacet({ f: [['a', 'g']] });
  const mapped = run({ job: 'w', run: 1, at: 0, inputs: ['a'], outputs: [{ name: 'x', facets: { columnLineage } }] });
  await projection.send(mapped, run({ job: 'w', run: 2, at: 1, inputs: ['b'], outputs: ['y'] }));
  expect(await projection.fieldsAt(5)).toEqual(['a.g -> x.f']);
  expect(await projection.outputsOf('w', 'a', 5)).toEqual(['x']);
  await projection.edit(10, deletion('STATE'));
  await projection.send(run({ job: 'w', run: 3, at: 11, inputs: ['a'], outputs: ['x'] }));
  expect(await projection.fieldsAt(12)).toEqual([]);
  expect(await projection.outputsOf('w', 'a', 12)).toEqual([]);
  expect(await projection.outputsOf('w', 'b', 12)).toEqual(['y']);
  await projection.edit(20, deletion('WITHDRAW'));
  expect(await projection.fieldsAt(21)).toEqual(['a.g -> x.f']);
  expect(await projection.outputsOf('w', 'a', 21)).toEqual(['x']);
  await expectSameReplays(projection);
});

test('24. a deleted dataset has no consumers, and a deleted job is none', async () => {
  const projection = await fresh();
  const consumers = async (): Promise<unknown> =>
    (await projection.rows("SELECT consumers FROM @.asset WHERE name = 'x'"))[0]?.['consumers'];
  await projection.send(write(1, 0), read(2, 5));
  expect(await consumers()).toBe(1);
  for (const node of [X, job('r')]) {
    await projection.edit(node === X ? 10 : 30, deletion('STATE', node));
    expect(await consumers()).toBe(0);
    await projection.edit(node === X ? 20 : 40, deletion('WITHDRAW', node));
    expect(await consumers()).toBe(1);
  }
});

test('24. an asset of several names is deleted under all that it has by then, and restored so', async () => {
  const projection = await fresh();
  const linked = datasetEvent({ at: 0, dataset: { name: 'x', facets: { symlinks: symlinksFacet('y') } } });
  await projection.send(write(1, 0), run({ job: 'r', run: 2, at: 5, inputs: ['y'], outputs: ['z'] }), linked);
  await projection.edit(10, deletion('STATE'));
  expect([await deletedAt(projection, 'x'), await deletedAt(projection, 'y')]).toEqual([minute(10), minute(10)]);
  expect(await projection.lineageAt(11)).toEqual(CUT);
  await projection.edit(20, deletion('STATE', dataset('y')));
  await projection.edit(30, deletion('WITHDRAW', dataset('y')));
  expect([await deletedAt(projection, 'x'), await deletedAt(projection, 'y')]).toEqual([null, null]);
  expect(await projection.findings()).toEqual(['EDIT_OF_DELETED']);
  await expectSameReplays(projection);
});

test('24. a name that is merged into a deleted asset later is there, and restoring finds the one that is not', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), run({ job: 'r', run: 2, at: 5, inputs: ['y'], outputs: ['z'] }));
  await projection.edit(10, deletion('STATE'));
  await projection.send(
    datasetEvent({ at: 20, dataset: { name: 'x', facets: { symlinks: symlinksFacet('y') } } }),
    run({ job: 'v', run: 3, at: 21, inputs: ['b'], outputs: ['y'] }),
  );
  expect([await deletedAt(projection, 'x'), await deletedAt(projection, 'y')]).toEqual([minute(10), null]);
  expect(await projection.lineageAt(22)).toEqual([
    ...['READ a -> w', 'READ b -> v', 'READ x -> r', 'WRITE r -> z', 'WRITE v -> x'],
  ]);
  await projection.edit(30, deletion('WITHDRAW', dataset('y')));
  expect(await projection.lineageAt(30)).toContain('WRITE w -> x');
  await expectSameReplays(projection);
});

test('24. to delete what is deleted, to restore what is not, and to delete a field change nothing and are findings', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), drop(5));
  await projection.edit(10, deletion('WITHDRAW'));
  await projection.edit(20, deletion('STATE'));
  await projection.edit(30, deletion('STATE'));
  await projection.edit(40, deletion('STATE', dataset('unknown')));
  await projection.edit(50, deletion('WITHDRAW'), 4);
  await projection.edit(60, deletion('STATE', 'field:db:x:f' as NodeId), null, X);
  expect(await projection.findings()).toEqual([
    'EDIT_OF_NOT_DELETED',
    'EDIT_OF_DELETED',
    'EDIT_OF_UNKNOWN',
    'EDIT_OF_OTHER_KIND',
  ]);
  expect(await projection.rows("SELECT edit_position FROM @.asset WHERE name = 'x'")).toEqual([{ edit_position: 7 }]);
});

test('24. a job that goes on with what is deleted is passed over while it only repeats itself', async () => {
  const rows: ProjectionState[] = [];
  for (const derivesAlways of [false, true]) {
    const projection = await (await fresh()).emptied({ ...TEST_SETTINGS, derivesAlways });
    await projection.send(write(1, 0), run({ job: 'w', run: 2, at: 1, inputs: ['b'], outputs: ['y'] }), read(3, 5));
    await projection.edit(10, deletion('STATE'));
    for (let n = 0; n < 6; n += 1) await projection.send(write(20 + n, 11 + n), read(40 + n, 11 + n));
    await projection.edit(30, deletion('WITHDRAW'));
    for (let n = 0; n < 6; n += 1) await projection.send(write(60 + n, 31 + n), read(80 + n, 31 + n));
    rows.push(await everyRow(projection));
  }
  const [quick, thorough] = rows;
  expect(quick?.['graph_change']).toEqual(thorough?.['graph_change']);
  expect(quick?.['aggregate']).not.toEqual(thorough?.['aggregate']);
});
