import { datasetId, type NodeId } from '@headwater/domain/identifiers';
import type { NewEditJob, PlannedEdit } from '@headwater/domain/governance/edit-job';
import { PostgresEditJobStore } from '@headwater/store-postgres/edit-jobs/postgres-edit-job-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const AT = 1_700_000_000_000_000;
const asset = (n: number): NodeId => datasetId('shop', `t${String(n)}`);
const edit = (n: number, expected: number | null = n): PlannedEdit => ({
  asset: asset(n),
  expected,
  changes: [{ action: 'STATE', node: asset(n), kind: 'TAG', value: 'pii', detail: null }],
});
const job = (id: string, given: Partial<NewEditJob> = {}): NewEditJob => ({
  ...{ id, kind: 'EDITS', by: { id: 'user:ana', name: 'Ana' }, reason: 'audit', startedAt: AT },
  changes: [{ action: 'STATE', kind: 'TAG', value: 'pii', detail: null }],
  ...given,
});

let database: TestDatabase;
let store: PostgresEditJobStore;

beforeAll(async () => {
  database = await createTestDatabase();
  store = new PostgresEditJobStore(database.pool);
});
afterAll(() => database.drop());

test('a job is kept with its edits in their order, and goes on until the last one is settled', async () => {
  const standing = {
    subjects: ['user:sso#ana', 'group:stewards'],
    own: [{ scopes: ['catalog:edit'], namespaces: null }],
  } as const;
  expect(await store.create({ ...job('a'), standing }, [edit(1), edit(2, null), edit(3)])).toBe(true);
  expect(await store.job('a')).toEqual({ ...job('a'), standing, endedAt: null, total: 3, made: 0, refused: 0 });
  expect(await store.edits('a', null, 0, 10)).toEqual(
    [edit(1), edit(2, null), edit(3)].map((one, n) => ({ ...one, n, state: 'WAITING', position: null, verdict: null })),
  );
  await store.settle(
    'a',
    [
      { n: 0, position: 7, verdict: null },
      { n: 2, position: 8, verdict: 'EDIT_CONFLICT' },
    ],
    AT + 1,
  );
  expect(await store.job('a')).toMatchObject({ endedAt: null, made: 1, refused: 1 });
  expect((await store.edits('a', 'WAITING', 0, 10)).map(({ n }) => n)).toEqual([1]);
  await store.settle('a', [{ n: 1, position: 9, verdict: null }], AT + 2);
  expect(await store.job('a')).toMatchObject({ endedAt: AT + 2, made: 2, refused: 1 });
  expect(await store.edits('a', 'REFUSED', 0, 10)).toMatchObject([{ n: 2, position: 8, verdict: 'EDIT_CONFLICT' }]);
  expect((await store.edits('a', null, 1, 1)).map(({ n }) => n)).toEqual([1]);
});

test('what is settled stays as it was settled first, and a job ends once', async () => {
  await store.create(job('b'), [edit(1)]);
  await store.settle('b', [{ n: 0, position: 7, verdict: null }], AT + 1);
  await store.settle('b', [{ n: 0, position: 8, verdict: 'EDIT_CONFLICT' }], AT + 2);
  expect(await store.edits('b', null, 0, 10)).toMatchObject([{ state: 'MADE', position: 7 }]);
  expect(await store.job('b')).toMatchObject({ endedAt: AT + 1 });
});

test('a job with the same id stays as it is; one of nothing has ended', async () => {
  await store.create(job('c'), [edit(1)]);
  expect(await store.create(job('c', { reason: 'other' }), [edit(2), edit(3)])).toBe(false);
  expect(await store.job('c')).toMatchObject({ reason: 'audit', total: 1 });
  await store.create(job('d'), []);
  expect(await store.job('d')).toMatchObject({ endedAt: AT, total: 0 });
});

test('what stands still is found, and what ended is forgotten with its edits', async () => {
  await store.create(job('e', { startedAt: AT + 10 }), [edit(1), edit(2)]);
  expect(await store.stalled(AT + 9)).not.toContain('e');
  expect(await store.stalled(AT + 10)).toContain('e');
  await store.settle('e', [{ n: 0, position: 7, verdict: null }], AT + 20);
  expect(await store.stalled(AT + 19)).not.toContain('e');
  await store.settle('e', [{ n: 1, position: 8, verdict: null }], AT + 30);
  expect(await store.stalled(AT + 99)).not.toContain('e');
  await store.sweep(AT + 30);
  expect(await store.job('e')).not.toBeNull();
  await store.sweep(AT + 31);
  expect([await store.job('e'), await store.edits('e', null, 0, 10)]).toEqual([null, []]);
});

test('jobs of one caller, or of all, come the latest first, a page at a time', async () => {
  const other = { id: 'user:ben', name: 'Ben' };
  for (const n of [1, 2, 3])
    await store.create(job(`p${String(n)}`, { by: other, startedAt: AT + 100 * n }), [edit(1)]);
  const first = await store.jobs({ actor: other.id }, { first: 2, after: null });
  expect(first.items.map(({ item }) => item.id)).toEqual(['p3', 'p2']);
  const rest = await store.jobs({ actor: other.id }, { first: 2, after: first.items[1]?.cursor ?? '' });
  expect([rest.items.map(({ item }) => item.id), rest.hasNextPage]).toEqual([['p1'], false]);
  expect((await store.jobs({ actor: null }, { first: 1, after: null })).items[0]?.item.id).toBe('p3');
});

test('while the database is away, every call says UNAVAILABLE', async () => {
  const gone = await createTestDatabase();
  const away = new PostgresEditJobStore(gone.pool);
  await gone.drop();
  const page = { first: 1, after: null };
  const calls = [away.create(job('x'), []), away.job('x'), away.jobs({ actor: null }, page), away.stalled(AT)];
  const more = [away.edits('x', null, 0, 1), away.settle('x', [], AT), away.sweep(AT)];
  for (const outcome of await Promise.allSettled([...calls, ...more]))
    expect(outcome).toMatchObject({ status: 'rejected', reason: { category: 'UNAVAILABLE' } });
});
