import { NO_OUTLINE } from '@headwater/domain/openlineage/event-outline';
import {
  MAX_REFUSED_EVENTS,
  REFUSED_EVENTS_KEPT,
  type RefusedEvent,
  type RefusedEventFilter,
  type RefusedEventRow,
  type RefusedEventStore,
} from '@headwater/domain/refused-event';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros } from '@headwater/domain/time';
import { describe, expect, test } from 'vitest';
import { NOW, SECOND } from './access-store/access-case.js';

export interface RefusedEventHarness {
  readonly store: RefusedEventStore;
  /** A second store over the same table, as another process would open it. */
  readonly other: RefusedEventStore;
  readonly clock: { at: Micros };
  close(): Promise<void>;
}

export interface RefusedEventStoreContract {
  readonly name: string;
  /** Empty stores over a clock that begins at `at`; the suite closes them. */
  readonly create: (at: number) => Promise<RefusedEventHarness>;
}

/** A line of one refused event, at the beginning of the contract's time. */
export function refusedLine(parts: Partial<RefusedEvent> = {}): RefusedEvent {
  const at = parts.lastAt ?? parts.firstAt ?? NOW;
  return {
    ...{ firstAt: at, lastAt: at, count: 1, actor: 'token:a', actorName: 'nightly', address: '192.0.2.1' },
    ...{ path: '/api/v1/lineage', status: 422, code: 'SHAPE', message: '/job/name: name is empty.' },
    ...{ pointer: '/job/name', outline: { ...NO_OUTLINE, producer: 'https://example.com/etl', jobNamespace: 'n' } },
    ...parts,
  };
}

async function all(store: RefusedEventStore, filter: RefusedEventFilter = {}): Promise<readonly RefusedEventRow[]> {
  const rows: RefusedEventRow[] = [];
  for (let after: string | null = null; ;) {
    const page = await store.list(filter, { first: 100, after });
    rows.push(...page.items.map(({ item }) => item));
    if (!page.hasNextPage) return rows;
    after = page.items.at(-1)?.cursor ?? null;
  }
}

const CASES: Readonly<Record<string, (harness: RefusedEventHarness) => Promise<void>>> = {
  'what two processes count of one sender, reason and minute is one line with the latest outline': async ({
    store,
    other,
  }) => {
    await store.record([refusedLine({ count: 2, firstAt: NOW + SECOND, lastAt: NOW + 9 * SECOND })]);
    const outline = { ...NO_OUTLINE, jobName: 'later' };
    await other.record([refusedLine({ lastAt: NOW + 20 * SECOND, outline })]);
    await other.record([refusedLine({ actor: 'token:b' }), refusedLine({ lastAt: NOW + MICROS_PER_MINUTE })]);
    const rows = await all(store);
    expect(rows).toHaveLength(3);
    const one = { count: 3, firstAt: NOW + SECOND, lastAt: NOW + 20 * SECOND, outline };
    expect(rows[1]).toEqual({ ...refusedLine(one), id: rows[1]?.id });
    expect(await all(other)).toEqual(rows);
  },

  'lines are told the latest first, page by page, by status, sender, address and time': async ({ store }) => {
    const line = (n: number): RefusedEvent => {
      const [status, code] = n % 2 === 0 ? ([422, 'SHAPE'] as const) : ([413, 'LIMIT_EXCEEDED'] as const);
      const address = n < 3 ? '192.0.2.1' : '192.0.2.2';
      return refusedLine({ lastAt: NOW + n * MICROS_PER_MINUTE, status, code, actor: `token:${String(n)}`, address });
    };
    await store.record([3, 0, 4, 1, 2].map(line));
    const actors = async (filter: RefusedEventFilter) => (await all(store, filter)).map(({ actor }) => actor);
    expect(await actors({})).toEqual(['token:4', 'token:3', 'token:2', 'token:1', 'token:0']);
    expect(await actors({ statuses: [413] })).toEqual(['token:3', 'token:1']);
    expect(await actors({ actor: 'token:2' })).toEqual(['token:2']);
    expect(await actors({ address: '192.0.2.2' })).toEqual(['token:4', 'token:3']);
    const [from, to] = [NOW + MICROS_PER_MINUTE, NOW + 3 * MICROS_PER_MINUTE];
    expect(await actors({ from, to })).toEqual(['token:2', 'token:1']);
    expect(await actors({ actor: 'no\0body' })).toEqual([]);
    const first = await store.list({}, { first: 2, after: null });
    const second = await store.list({}, { first: 2, after: first.items[1]?.cursor ?? null });
    expect(second.items.map(({ item }) => item.actor)).toEqual(['token:2', 'token:1']);
    expect([first.hasNextPage, second.hasNextPage]).toEqual([true, true]);
    await expect(store.list({}, { first: 2, after: 'x' })).rejects.toMatchObject({ category: 'INVALID_INPUT' });
    await expect(store.list({}, { first: 101, after: null })).rejects.toMatchObject({ category: 'INVALID_INPUT' });
  },

  'lines of one moment are paged without a gap': async ({ store }) => {
    await store.record(Array.from({ length: 7 }, (_, n) => refusedLine({ actor: `token:${String(n)}` })));
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await store.list({}, { first: 2, after });
      seen.push(...page.items.map(({ item }) => item.id));
      more = page.hasNextPage;
      after = page.items.at(-1)?.cursor ?? null;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  },

  'the latest thousand lines are kept, whoever sends how much': async ({ store }) => {
    await store.record([refusedLine({ actor: 'token:old' })]);
    for (let portion = 0; portion < 6; portion += 1) {
      const at = NOW + (portion + 1) * MICROS_PER_HOUR;
      await store.record(
        Array.from({ length: 200 }, (_, n) => refusedLine({ lastAt: at, message: `${String(portion)} ${String(n)}` })),
      );
    }
    const rows = await all(store);
    expect(rows).toHaveLength(MAX_REFUSED_EVENTS);
    expect(rows.at(-1)?.lastAt).toBe(NOW + 2 * MICROS_PER_HOUR);
  },

  'lines go after thirty days, also where nothing comes after them': async ({ store, clock }) => {
    await store.record([refusedLine(), refusedLine({ lastAt: NOW + MICROS_PER_HOUR, actor: 'token:b' })]);
    clock.at = NOW + REFUSED_EVENTS_KEPT + SECOND;
    expect((await all(store)).map(({ actor }) => actor)).toEqual(['token:b']);
    await store.sweep();
    clock.at = NOW;
    expect((await all(store)).map(({ actor }) => actor)).toEqual(['token:b']);
    clock.at = NOW + REFUSED_EVENTS_KEPT + 2 * MICROS_PER_HOUR;
    await store.record([refusedLine({ lastAt: clock.at, actor: 'token:c' })]);
    clock.at = NOW;
    expect((await all(store)).map(({ actor }) => actor)).toEqual(['token:c']);
  },
};

/** Declares the whole contract of the RefusedEventStore port for one adapter. Call it at the top of a spec file. */
export function refusedEventStoreContract({ name, create }: RefusedEventStoreContract): void {
  describe(`RefusedEventStore: ${name}`, () => {
    for (const [title, body] of Object.entries(CASES)) {
      test(title, async () => {
        const harness = await create(NOW);
        try {
          await body(harness);
        } finally {
          await harness.close();
        }
      });
    }
  });
}
