import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Clock } from '@headwater/domain/ports';
import {
  MAX_REFUSED_EVENTS,
  REFUSED_EVENTS_KEPT,
  withLines,
  type RefusedEvent,
  type RefusedEventFilter,
  type RefusedEventRow,
  type RefusedEventStore,
} from '@headwater/domain/refused-event';

/** The contract of refused events in a map, for tests that need no server. */
export class MemoryRefusedEventStore implements RefusedEventStore {
  #rows: readonly RefusedEventRow[] = [];

  constructor(private readonly clock: Clock) {}

  record(lines: readonly RefusedEvent[]): Promise<void> {
    this.#rows = [...withLines(this.#rows, lines)].sort(latestFirst).slice(0, MAX_REFUSED_EVENTS);
    return this.sweep();
  }

  async list(filter: RefusedEventFilter, page: PageRequest): Promise<Page<RefusedEventRow>> {
    await Promise.resolve();
    checkFirst(page.first);
    const [at, id] =
      page.after === null ? [Infinity, ''] : decodeCursor('refused-events', page.after, ['number', 'string']);
    const since = this.clock.now() - REFUSED_EVENTS_KEPT;
    const place = { lastAt: Number(at), id: String(id) };
    const behind = this.#rows.filter(
      (row) => row.lastAt >= since && fits(row, filter) && (page.after === null || latestFirst(place, row) < 0),
    );
    return {
      items: behind
        .slice(0, page.first)
        .map((item) => ({ cursor: encodeCursor('refused-events', [item.lastAt, item.id]), item })),
      hasNextPage: behind.length > page.first,
    };
  }

  sweep(): Promise<void> {
    const since = this.clock.now() - REFUSED_EVENTS_KEPT;
    this.#rows = this.#rows.filter(({ lastAt }) => lastAt >= since);
    return Promise.resolve();
  }
}

type Place = Pick<RefusedEventRow, 'lastAt' | 'id'>;

function latestFirst(a: Place, b: Place): number {
  return b.lastAt - a.lastAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function fits(row: RefusedEventRow, { statuses, actor, address, from, to }: RefusedEventFilter): boolean {
  return (
    (statuses === undefined || statuses.includes(row.status)) &&
    (actor === undefined || row.actor === actor) &&
    (address === undefined || row.address === address) &&
    row.lastAt >= (from ?? 0) &&
    row.lastAt < (to ?? Infinity)
  );
}
