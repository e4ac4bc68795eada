import { runVersionId, type NodeId } from '@headwater/domain/identifiers';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import { expect, test } from 'vitest';
import {
  dataset,
  datasetEvent,
  jobEvent,
  minute,
  ownershipFacet,
  run,
  runOf,
  schemaFacet,
  symlinksFacet,
  versionFacet,
  type Facets,
  type Mention,
  type Sent,
} from '../support/lineage-events.js';
import { TEST_SETTINGS, type TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();
const OTHER = 'https://example.com/other';

const named = (name: string, facets: Facets): Mention => ({ name, facets });
const link = (at: number, name: string, ...others: readonly string[]): Sent =>
  datasetEvent({ at, dataset: named(name, { symlinks: symlinksFacet(...others) }) });

async function canonicalOf(projection: TestProjection, knownAt: number, ...names: readonly string[]) {
  const ids = names.map((name) => dataset(name));
  const found = await projection.graph.canonical(ids, knownAt);
  return ids.map((id) => found.get(id));
}

test('25. a merge rewrites no edge: stored references keep the id that was given', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, outputs: ['z'] }),
    run({ job: 'k', run: 2, at: 1, inputs: [named('y', { ownership: ownershipFacet(['bob']) })] }),
    link(2, 'y', 'z'),
    link(3, 'z', 'a'),
  );
  expect(await projection.lineageAt(1)).toEqual(['READ a -> k', 'WRITE j -> a']);
  const edges = (await projection.changes()).flatMap((change) =>
    change.op === 'openEdge' || change.op === 'closeEdge' ? [[change.op, change.row.from, change.row.to]] : [],
  );
  expect(edges.filter(([, ...ends]) => !ends.some(isOfRun))).toEqual([
    ['openEdge', 'job:jobs:j', 'dataset:db:z'],
    ['openEdge', 'dataset:db:y', 'job:jobs:k'],
  ]);
  expect(await projection.rows('SELECT node_id FROM @.fact')).toEqual([{ node_id: dataset('y') }]);
});

function isOfRun(end: string | undefined): boolean {
  return end?.startsWith('run:') === true;
}

test('25. every member id resolves for ever, as the canonical id was known at the time', async () => {
  const projection = await fresh();
  const known: number[] = [];
  for (const sent of [run({ run: 1, at: 0, outputs: ['m'] }), link(1, 'm', 'k'), link(2, 'k', 'a')]) {
    await projection.send(sent);
    known.push(await projection.knownNow());
  }
  const answers = await Promise.all(known.map((at) => canonicalOf(projection, at, 'm', 'k', 'a')));
  expect(answers.map((ids) => ids.map((id) => id?.replace('dataset:db:', '')))).toEqual([
    ['m', 'k', 'a'],
    ['k', 'k', 'a'],
    ['a', 'a', 'a'],
  ]);
});

test('25. symlinks are undirected: which of two names states it makes no difference', async () => {
  for (const sent of [link(1, 'a', 'b'), link(1, 'b', 'a')]) {
    const projection = await fresh();
    await projection.send(sent);
    expect(await canonicalOf(projection, await projection.knownNow(), 'a', 'b')).toEqual([dataset('a'), dataset('a')]);
  }
});

test('25. a symlink that arrives late bridges what was read and written under two names before it', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'w', run: 1, at: 0, outputs: [{ namespace: 's3://b', name: 'path' }] }),
    run({ job: 'r', run: 2, at: 1, inputs: ['table'] }),
  );
  const before = await projection.knownNow();
  const other = dataset('path', 's3://b');
  const symlinks = {
    ...symlinksFacet(),
    identifiers: [{ namespace: 's3://b', name: 'path', type: 'LOCATION' }],
  };
  await projection.send(datasetEvent({ at: 99, dataset: named('table', { symlinks }) }));
  const ends = async (knownAt: number): Promise<readonly (readonly NodeId[])[]> =>
    (await projection.edgesAt(minute(1), knownAt, ['READ', 'WRITE']))
      .map(({ from, to }) => [from, to] as const)
      .filter((pair) => !pair.some(isOfRun));
  expect(await ends(before)).toEqual([
    [dataset('table'), 'job:jobs:r'],
    ['job:jobs:w', other],
  ]);
  expect(await ends(await projection.knownNow())).toEqual([
    [dataset('table'), 'job:jobs:r'],
    ['job:jobs:w', dataset('table')],
  ]);
});

test('26. name rules bear on all of the log and can be taken back: a replay under others gives what they give', async () => {
  const dated = named('/out/2026-11-23', {});
  const events = [
    run({ run: 1, at: 0, outputs: [dated] }),
    run({ job: 'r', run: 2, at: 1, inputs: ['/out/2026-11-24'] }),
  ];
  const settings = (datedPaths: boolean) => ({ ...TEST_SETTINGS, nameRules: { ...DEFAULT_NAME_RULES, datedPaths } });
  const first = await fresh();
  await first.send(...events);
  const apart = ['READ /out/2026-11-24 -> r', 'WRITE j -> /out/2026-11-23'];
  const decoded = async (projection: TestProjection) => (await projection.lineageAt(5)).map(decodeURIComponent);
  expect(await decoded(first)).toEqual(apart);
  const second = await first.replayInto(2, settings(true));
  expect(await decoded(second)).toEqual(['READ /out/* -> r', 'WRITE j -> /out/*']);
  const third = await second.replayInto(3, settings(false));
  expect(await decoded(third)).toEqual(apart);
});

test('26. a JobEvent and a run that write one name in two ways speak of one dataset', async () => {
  const projection = await fresh();
  await projection.send(
    jobEvent({ at: 0, inputs: [{ namespace: 'postgres://DB', name: 't' }] }),
    run({ run: 1, at: 1, inputs: [{ namespace: 'postgres://db:5432', name: 't' }] }),
  );
  const edges = await projection.edgesAt(minute(2), undefined, ['READ']);
  const [edge, ...others] = edges.filter(({ to }) => to === 'job:jobs:j');
  expect(others).toEqual([]);
  expect(edge?.from).toBe(dataset('t', 'postgres://db:5432'));
  expect(edge?.rows.map(({ evidence }) => evidence)).toEqual(['OBSERVED', 'DECLARED']);
});

async function used(projection: TestProjection): Promise<readonly unknown[]> {
  const rows = await projection.rows(
    "SELECT version_id, gap, recorded_from, recorded_to FROM @.version_link WHERE role = 'USED' ORDER BY recorded_from, version_id",
  );
  return rows.map((row) => [row['version_id'], row['gap'], row['recorded_from'], row['recorded_to']]);
}

test('18. a late writer closes what a reader was known to have used and opens it anew', async () => {
  const projection = await fresh();
  const version = (n: number) => runVersionId(dataset('x'), runOf('w', n));
  await projection.send(
    run({ job: 'w', run: 1, at: 0, outputs: ['x'] }),
    run({ job: 'r', run: 9, at: 20, inputs: ['x'] }),
  );
  const before = await projection.knownNow();
  expect(await used(projection)).toEqual([[version(1), null, before, null]]);
  await projection.send(run({ job: 'w', run: 2, at: 10, outputs: ['x'] }));
  const after = await projection.knownNow();
  expect(await used(projection)).toEqual([
    [version(1), null, before, after],
    [version(2), null, after, null],
  ]);
});

test('27. a writer that turns out to overlap makes a clean answer AMBIGUOUS from then on', async () => {
  const projection = await fresh();
  const version = (n: number) => runVersionId(dataset('x'), runOf('w', n));
  await projection.send(
    run({ job: 'w', run: 1, at: 0, outputs: ['x'] }),
    run({ job: 'r', run: 9, at: 20, type: 'START', inputs: ['x'] }),
    run({ job: 'r', run: 9, at: 30 }),
  );
  const clean = await projection.knownNow();
  // Its first event overlaps; it is a candidate once it is complete.
  await projection.send(run({ job: 'w', run: 2, at: 25, type: 'START', outputs: ['x'] }));
  const started = await projection.knownNow();
  await projection.send(run({ job: 'w', run: 2, at: 40 }));
  expect(await used(projection)).toEqual([
    [version(1), null, clean - 1_000_000, started],
    [version(1), 'AMBIGUOUS', started, null],
    [version(2), 'AMBIGUOUS', await projection.knownNow(), null],
  ]);
});

test('27. two runs that write one named version are both its makers, and a reader used that version once', async () => {
  const projection = await fresh();
  const outputs = [named('x', { version: versionFacet('7') })];
  await projection.send(
    run({ job: 'w', run: 1, at: 0, outputs }),
    run({ job: 'w', run: 2, at: 5, outputs }),
    run({ job: 'r', run: 9, at: 20, inputs: ['x'] }),
  );
  const rows = await projection.rows(
    "SELECT run_id, role FROM @.version_link WHERE recorded_to IS NULL AND version_id LIKE '%:facet:7' ORDER BY run_id",
  );
  expect(rows).toEqual([
    { run_id: runOf('r', 9), role: 'USED' },
    { run_id: runOf('w', 1), role: 'GENERATED' },
    { run_id: runOf('w', 2), role: 'GENERATED' },
  ]);
});

test('28. a reader’s schema describes no field that a writer’s does not have, nor ends one that it leaves out', async () => {
  const projection = await fresh();
  const withSchema = (fields: readonly (string | Facets)[]) => [named('x', { schema: schemaFacet(fields) })];
  await projection.send(
    run({ job: 'w', run: 1, at: 0, outputs: withSchema(['f', 'g']) }),
    run({ job: 'r', run: 2, at: 5, inputs: withSchema([{ name: 'f', type: 'INT' }]) }),
  );
  expect(await projection.rows('SELECT name, type, deleted_at FROM @.field ORDER BY name')).toEqual([
    { name: 'f', type: 'TEXT', deleted_at: null },
    { name: 'g', type: 'TEXT', deleted_at: null },
  ]);
  const versions = await projection.rows('SELECT authoritative FROM @.schema_version WHERE recorded_to IS NULL');
  expect(versions).toEqual([{ authoritative: true }]);
});

test('28. a run’s own events may state one schema after another: each holds from its event on', async () => {
  const projection = await fresh();
  const state = (at: number, type: 'START' | 'COMPLETE', fields: readonly string[]): Sent =>
    run({ run: 1, at, type, outputs: [named('x', { schema: schemaFacet(fields) })] });
  await projection.send(state(5, 'COMPLETE', ['f', 'g']), state(0, 'START', ['f']));
  const rows = await projection.rows<{ fields: { path: string[] }[]; valid_from: number; valid_to: number | null }>(
    'SELECT fields, valid_from, valid_to FROM @.schema_version WHERE recorded_to IS NULL ORDER BY valid_from',
  );
  expect(rows.map((row) => [row.fields.map(({ path }) => path[0]), row.valid_from, row.valid_to])).toEqual([
    [['f'], minute(0), minute(5)],
    [['f', 'g'], minute(5), null],
  ]);
});

test('30. a facet of an older event does not replace what a newer one of the same producer states', async () => {
  const projection = await fresh();
  const owned = (at: number, owners: readonly string[], producer?: string): Sent =>
    datasetEvent({ at, dataset: named('x', { ownership: ownershipFacet(owners, producer) }) });
  await projection.send(owned(10, ['new']), owned(0, ['old']), owned(5, ['else'], OTHER));
  const [row] = await projection.rows("SELECT owner_ids FROM @.asset WHERE name = 'x'");
  expect(row?.['owner_ids']).toEqual(['agent:owner:else', 'agent:owner:new']);
  const facts = await projection.rows(
    'SELECT value, valid_from, valid_to FROM @.fact WHERE recorded_to IS NULL ORDER BY valid_from',
  );
  expect(facts).toEqual([
    { value: 'agent:owner:old', valid_from: minute(0), valid_to: minute(10) },
    { value: 'agent:owner:else', valid_from: minute(5), valid_to: null },
    { value: 'agent:owner:new', valid_from: minute(10), valid_to: null },
  ]);
});
