import { NO_OUTLINE } from '@headwater/domain/openlineage/event-outline';
import { MAX_REFUSED_EVENTS, type Refused, type RefusedEventRow } from '@headwater/domain/refused-event';
import { HeadwaterError } from '@headwater/domain/errors';
import { NOW, SECOND } from '@headwater/store-contract/access-store/access-case';
import { ManualClock } from '@headwater/store-contract/access-store/unsteady-access-store';
import { MemoryRefusedEventStore } from '@headwater/store-contract/memory-refused-event-store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RefusedEventLog } from './refused-event-log.js';

class UnsteadyStore extends MemoryRefusedEventStore {
  isAway = false;

  override record(...given: Parameters<MemoryRefusedEventStore['record']>): Promise<void> {
    if (this.isAway) return Promise.reject(new HeadwaterError('UNAVAILABLE', 'away'));
    return super.record(...given);
  }
}

let clock: ManualClock;
let store: UnsteadyStore;
let log: RefusedEventLog;
let errors: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  clock = new ManualClock(NOW);
  store = new UnsteadyStore(clock);
  errors = [];
  log = new RefusedEventLog({ store, clock, onError: (error) => errors.push(error) });
});
afterEach(async () => {
  await log.close();
  vi.useRealTimers();
});

function refused(parts: Partial<Refused> = {}): Refused {
  return {
    ...{ actor: 'token:a', actorName: 'nightly', address: '192.0.2.1', path: '/api/v1/lineage', status: 422 },
    ...{ code: 'SHAPE', message: 'name is empty.', pointer: '/job/name', outline: NO_OUTLINE },
    ...parts,
  };
}

async function lines(): Promise<readonly RefusedEventRow[]> {
  const rows: RefusedEventRow[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page = await store.list({}, { first: 100, after });
    rows.push(...page.items.map(({ item }) => item));
    more = page.hasNextPage;
    after = page.items.at(-1)?.cursor ?? null;
  }
  return rows;
}

const total = (rows: readonly RefusedEventRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);

test('refused events of one sender and reason are one line a minute, kept within seconds', async () => {
  log.add(refused({ outline: { ...NO_OUTLINE, jobName: 'first' } }));
  clock.at += SECOND;
  log.add(refused({ outline: { ...NO_OUTLINE, jobName: 'second' } }));
  log.add(refused({ status: 413, code: 'LIMIT_EXCEEDED' }));
  await vi.advanceTimersByTimeAsync(2_000);
  clock.at += 10 * SECOND;
  log.add(refused());
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await lines()).toMatchObject([
    { count: 3, firstAt: NOW, lastAt: NOW + 11 * SECOND, status: 422, outline: NO_OUTLINE },
    { count: 1, status: 413 },
  ]);
});

test('texts are cut, and hold nothing that cannot be stored or shown', async () => {
  const long = `${'x'.repeat(10)}\u0000\ud800${'y'.repeat(5_000)}`;
  log.add(refused({ message: long, pointer: long, outline: { ...NO_OUTLINE, jobName: long, producer: long } }));
  await log.flush();
  const [line] = await lines();
  for (const text of [line?.message, line?.pointer, line?.outline.jobName, line?.outline.producer]) {
    expect(text?.length).toBeLessThanOrEqual(500);
    expect(text).toMatch(/^x{10}\uFFFD\uFFFDy+…$/);
  }
});

test('a flood of ever new senders and reasons is told in few lines, and each event counts', async () => {
  for (let n = 0; n < 20_000; n += 1) {
    log.add(refused({ address: `2001:db8::${n.toString(16)}`, message: `no. ${String(n)}` }));
    if (n % 1_000 === 0) await log.flush();
  }
  await log.flush();
  const rows = await lines();
  expect(rows.length).toBeLessThanOrEqual(101);
  expect(total(rows)).toBe(20_000);
  expect(rows.find(({ address }) => address === null)).toMatchObject({ actor: null, status: 422, pointer: null });
  expect(rows.length).toBeLessThan(MAX_REFUSED_EVENTS);
});

test('a store that is away fails nobody: what could not be kept counts on and is kept when it is back', async () => {
  store.isAway = true;
  for (let minute = 0; minute < 5; minute += 1) {
    log.add(refused());
    clock.at += 60 * SECOND;
    await vi.advanceTimersByTimeAsync(60_000);
  }
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.length).toBeLessThanOrEqual(6);
  store.isAway = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await lines()).toMatchObject([{ count: 5, firstAt: NOW, lastAt: NOW + 4 * 60 * SECOND }]);
});
