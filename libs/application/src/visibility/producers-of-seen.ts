import type { FindingRow } from '@headwater/domain/catalog';
import type { EventView, ProducerView } from '@headwater/domain/reading/event-reader';
import type { StoredEvent } from '@headwater/domain/events';
import { decodeCursor, encodeCursor, checkFirst, MAX_PAGE, type Page, type PageRequest } from '@headwater/domain/page';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import { tallyProducers, type HeardEvent } from '@headwater/domain/projection/tally-producers';

/** Pages of events looked through for one answer: whether an event may be seen takes its bytes. */
const MAX_READS = 10;

export interface SeenLists {
  /** Events that may be seen and others, the latest first. */
  readonly events: (page: PageRequest) => Promise<Page<EventView>>;
  /** Those of the positions whose events may be seen. */
  readonly read: (positions: readonly number[]) => Promise<readonly StoredEvent[]>;
  /** Findings of these events that may be seen. */
  readonly findings: (positions: readonly number[]) => Promise<readonly FindingRow[]>;
}

/**
 * Producers by nothing but the events that may be seen, so that neither a name nor a count nor a time tells of others.
 * Where there are more than so many to look through, the latest tell, and the producers say that they are not exact.
 */
export async function producersOfSeen(page: PageRequest, lists: SeenLists): Promise<Page<ProducerView>> {
  const first = checkFirst(page.first);
  const [at, key] = page.after === null ? [Infinity, ''] : decodeCursor('producers', page.after, ['number', 'string']);
  const { heard, isExact } = await latestHeard(lists);
  const findings = await lists.findings(heard.map(({ stored }) => stored.position));
  const rest = tallyProducers(heard, findings)
    .map((tally) => ({ ...tally, isExact }))
    .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.key < b.key ? 1 : -1))
    .filter((tally) => tally.lastSeenAt < Number(at) || (tally.lastSeenAt === at && tally.key < String(key)));
  const items = rest.slice(0, first).map((item) => ({
    cursor: encodeCursor('producers', [item.lastSeenAt, item.key]),
    item,
  }));
  return { items, hasNextPage: rest.length > first };
}

async function latestHeard(lists: SeenLists): Promise<{ heard: readonly HeardEvent[]; isExact: boolean }> {
  const heard: HeardEvent[] = [];
  let after: string | null = null;
  let isExact = false;
  for (let reads = 0; reads < MAX_READS && !isExact; reads += 1) {
    const page: Page<EventView> = await lists.events({ first: MAX_PAGE, after });
    const seen = await lists.read(page.items.map(({ item }) => item.position));
    for (const { kind, position, receivedAt, bytes } of seen) {
      const read = readEvent(bytes);
      heard.push({ stored: { kind, position, receivedAt }, producer: read.ok ? read.event.producer : null });
    }
    after = page.items.at(-1)?.cursor ?? null;
    isExact = !page.hasNextPage;
  }
  return { heard, isExact };
}
