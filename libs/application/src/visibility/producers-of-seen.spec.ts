import type { EventView } from '@headwater/domain/reading/event-reader';
import type { StoredEvent } from '@headwater/domain/events';
import type { Page, PageRequest } from '@headwater/domain/page';
import { expect, test } from 'vitest';
import { producersOfSeen, type SeenLists } from './producers-of-seen.js';

const bytesOf = (producer: string): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      ...{ eventType: 'COMPLETE', eventTime: '2026-03-01T00:00:00Z', producer },
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: { runId: '0190b0c5-0000-7000-8000-000000000001' },
      job: { namespace: 'n', name: 'j' },
    }),
  );

/** So many events, the latest first, received one after the other; each is of the producer that its position names. */
function listOf(count: number, producerOf: (position: number) => string, isSeen = (_: number) => true) {
  let reads = 0;
  const lists: SeenLists = {
    events: ({ first, after }: PageRequest): Promise<Page<EventView>> => {
      reads += 1;
      const highest = after === null ? count : Number(after) - 1;
      const length = Math.min(first, highest);
      const items = Array.from({ length }, (_, index) => {
        const position = highest - index;
        const item = { position, kind: 'RUN' as const, receivedAt: position, recordedAt: position, effectiveAt: null };
        return { cursor: String(position), item };
      });
      return Promise.resolve({ items, hasNextPage: highest > first });
    },
    read: (positions) =>
      Promise.resolve(
        positions.filter(isSeen).map((position): StoredEvent => ({
          ...{ position, kind: 'RUN', digest: '', receivedAt: position, recordedAt: position },
          bytes: bytesOf(producerOf(position)),
        })),
      ),
    findings: (positions) =>
      Promise.resolve(
        positions.map((position) => ({
          ...{ position, seq: 0, code: 'X', pointer: '', message: '', nodeKey: null, recordedAt: position },
        })),
      ),
  };
  return { lists, reads: () => reads };
}

const ALL = { first: 100, after: null };

test('events that may not be seen tell nothing of their producer: no name, no count, no time', async () => {
  const { lists } = listOf(
    250,
    (position) => (position > 200 ? 'hidden' : position > 100 ? 'b' : 'a'),
    (position) => position <= 150,
  );
  const { items, hasNextPage } = await producersOfSeen(ALL, lists);
  expect(hasNextPage).toBe(false);
  expect(items.map(({ item }) => item)).toMatchObject([
    { producer: 'b', firstSeenAt: 101, lastSeenAt: 150, events: 50, findings: 50, isExact: true },
    { producer: 'a', firstSeenAt: 1, lastSeenAt: 100, events: 100, findings: 100, isExact: true },
  ]);
});

test('of very many events the latest are looked through, and the producers say so', async () => {
  const { lists, reads } = listOf(1_001, () => 'a');
  const { items } = await producersOfSeen(ALL, lists);
  expect(items.map(({ item }) => item)).toMatchObject([{ events: 1_000, firstSeenAt: 2, isExact: false }]);
  expect(reads()).toBe(10);
});

test('pages follow each other without a gap, also where producers were heard at one moment', async () => {
  const { lists } = listOf(40, (position) => `p${String(position % 7)}`);
  const same: SeenLists = {
    ...lists,
    read: async (positions) => (await lists.read(positions)).map((event) => ({ ...event, receivedAt: 5 })),
  };
  for (const one of [lists, same]) {
    const whole = (await producersOfSeen(ALL, one)).items;
    expect(whole).toHaveLength(7);
    const paged: unknown[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Awaited<ReturnType<typeof producersOfSeen>> = await producersOfSeen({ first: 2, after }, one);
      paged.push(...page.items);
      more = page.hasNextPage;
      after = page.items.at(-1)?.cursor ?? null;
    }
    expect(paged).toEqual(whole);
  }
});

test('a cursor of another list is refused', async () => {
  const { lists } = listOf(1, () => 'a');
  await expect(producersOfSeen({ first: 1, after: 'WyJ4Iiwx' }, lists)).rejects.toMatchObject({ reason: 'CURSOR' });
});
