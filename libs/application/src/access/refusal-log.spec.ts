import type { AccessEventRow } from '@headwater/domain/access/access-store';
import { NOW, SECOND } from '@headwater/store-contract/access-store/access-case';
import {
  CountingIds,
  ManualClock,
  UnsteadyAccessStore,
} from '@headwater/store-contract/access-store/unsteady-access-store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RefusalLog, type Refusal } from './refusal-log.js';

let clock: ManualClock;
let store: UnsteadyAccessStore;
let log: RefusalLog;
let errors: unknown[];

beforeEach(() => {
  clock = new ManualClock(NOW);
  store = new UnsteadyAccessStore(clock);
  errors = [];
  log = new RefusalLog({ store, clock, ids: new CountingIds(), onError: (error) => errors.push(error) });
});
afterEach(() => log.close());

function refusal(parts: Partial<Refusal> = {}): Refusal {
  return { reason: 'UNKNOWN_TOKEN', token: null, address: '192.0.2.1', actor: null, ...parts };
}

/** The recorded lines, oldest first. */
async function lines(): Promise<readonly AccessEventRow[]> {
  const rows: AccessEventRow[] = [];
  for (let after: string | null = null; ;) {
    const page = await store.events({}, { first: 100, after });
    rows.push(...page.items.map(({ item }) => item));
    if (!page.hasNextPage) return rows.reverse();
    after = page.items.at(-1)?.cursor ?? null;
  }
}

function total(rows: readonly AccessEventRow[]): number {
  return rows.reduce((sum, { detail }) => sum + (detail.type === 'REFUSED' ? detail.count : 0), 0);
}

test('refusals of one address, token, caller and reason are one line, with their number and times', async () => {
  log.add(refusal());
  clock.at += 5 * SECOND;
  log.add(refusal());
  log.add(refusal({ token: 'a' }));
  log.add(refusal({ address: '192.0.2.2' }));
  log.add(refusal({ reason: 'MISSING_SCOPE', actor: 'token:b' }));
  expect(await lines()).toEqual([]);
  clock.at += SECOND;
  await log.flush();
  const rows = await lines();
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatchObject({
    at: NOW + 6 * SECOND,
    actor: null,
    address: '192.0.2.1',
    detail: { type: 'REFUSED', reason: 'UNKNOWN_TOKEN', token: null, count: 2, firstAt: NOW, lastAt: NOW + 5 * SECOND },
  });
  expect(rows[3]).toMatchObject({ actor: 'token:b', detail: { reason: 'MISSING_SCOPE', count: 1 } });
  await log.flush();
  expect(await lines()).toHaveLength(4);
});

test('a flood from ever new addresses is told in a bounded number of lines, and each refusal counts', async () => {
  for (let n = 0; n < 20_000; n += 1) log.add(refusal({ address: `2001:db8::${n.toString(16)}` }));
  for (let n = 0; n < 500; n += 1) log.add(refusal({ reason: 'NO_SESSION', address: `10.0.0.${String(n)}` }));
  await log.flush();
  const rows = await lines();
  expect(rows.length).toBeLessThanOrEqual(502);
  expect(total(rows)).toBe(20_500);
  expect(rows.at(-2)).toMatchObject({ address: null, actor: null, detail: { reason: 'UNKNOWN_TOKEN', token: null } });
  expect(rows.at(-1)).toMatchObject({ address: null, detail: { reason: 'NO_SESSION', count: 500 } });
});

test('what cannot be recorded while the store is away counts on, bounded too, and is recorded when it is back', async () => {
  log.add(refusal());
  store.isAway = true;
  for (let minute = 0; minute < 20; minute += 1) {
    clock.at += 60 * SECOND;
    log.add(refusal());
    for (let n = 0; n < 400; n += 1) log.add(refusal({ address: `10.${String(minute)}.0.${String(n)}` }));
    await log.flush();
  }
  expect(errors).toHaveLength(20);
  store.isAway = false;
  await log.flush();
  const rows = await lines();
  expect(rows.length).toBeLessThanOrEqual(502);
  expect(total(rows)).toBe(1 + 20 * 401);
  expect(rows.find(({ address }) => address === '192.0.2.1')?.detail).toMatchObject({
    count: 21,
    firstAt: NOW,
    lastAt: NOW + 20 * 60 * SECOND,
  });
});

test('what was counted is recorded at the end', async () => {
  log.add(refusal());
  await log.close();
  expect(await lines()).toHaveLength(1);
});
