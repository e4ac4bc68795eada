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
import type pg from 'pg';
import { pageOf, storable, wholeNumber } from '../catalog/pages.js';
import { translatePostgresError } from '../postgres-error.js';

const LIST_NAME = 'refused-events';

const RECORD = `INSERT INTO refused_event AS r (id, first_at, last_at, count, actor, actor_name, address, path, status, code,
    message, pointer, outline)
  SELECT id, first_at, last_at, count, actor, actor_name, address, path, status, code, message, pointer, outline
  FROM jsonb_to_recordset($1::jsonb) AS line(id text, first_at bigint, last_at bigint, count bigint, actor text,
    actor_name text, address text, path text, status integer, code text, message text, pointer text, outline jsonb)
  ORDER BY id
  ON CONFLICT (id) DO UPDATE SET count = r.count + excluded.count, first_at = least(r.first_at, excluded.first_at),
    last_at = greatest(r.last_at, excluded.last_at), actor_name = excluded.actor_name, outline = excluded.outline`;

const TRIM = `DELETE FROM refused_event WHERE last_at < $1 OR id IN
  (SELECT id FROM refused_event ORDER BY last_at DESC, id COLLATE "C" DESC OFFSET $2)`;

const SWEEP = 'DELETE FROM refused_event WHERE last_at < $1';

const LIST = `SELECT id, first_at AS "firstAt", last_at AS "lastAt", count, actor, actor_name AS "actorName", address, path,
    status, code, message, pointer, outline
  FROM refused_event
  WHERE (last_at < $1 OR last_at = $1 AND id COLLATE "C" < $2) AND last_at >= $3
    AND ($4::integer[] IS NULL OR status = ANY ($4::integer[])) AND ($5::text IS NULL OR actor = $5)
    AND ($6::text IS NULL OR address = $6) AND ($7::bigint IS NULL OR last_at < $7)
  ORDER BY last_at DESC, id COLLATE "C" DESC LIMIT $8`;

/** Refused events in the table of `prisma/refusals.prisma`, to which every process adds. */
export class PostgresRefusedEventStore implements RefusedEventStore {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {}

  async record(lines: readonly RefusedEvent[]): Promise<void> {
    // One statement cannot change a row twice.
    await this.#rows(RECORD, [JSON.stringify(withLines([], lines).map(columnsOf))]);
    await this.#rows(TRIM, [this.#oldest(), MAX_REFUSED_EVENTS]);
  }

  async list(filter: RefusedEventFilter, page: PageRequest): Promise<Page<RefusedEventRow>> {
    checkFirst(page.first);
    const [at, id] = page.after === null ? [null, '~'] : decodeCursor(LIST_NAME, page.after, ['number', 'string']);
    // No row has such a text, and the server refuses it.
    const wanted = [filter.actor, filter.address].flatMap((text) => text ?? []);
    if (storable(wanted).length < wanted.length) return { items: [], hasNextPage: false };
    const rows = await this.#rows<RefusedEventRow>(LIST, [
      wholeNumber(at),
      String(id),
      Math.max(this.#oldest(), filter.from ?? 0),
      filter.statuses ?? null,
      filter.actor ?? null,
      filter.address ?? null,
      filter.to ?? null,
      page.first + 1,
    ]);
    return pageOf(
      rows,
      page.first,
      ({ lastAt, id: last }) => encodeCursor(LIST_NAME, [lastAt, last]),
      (row) => row,
    );
  }

  async sweep(): Promise<void> {
    await this.#rows(SWEEP, [this.#oldest()]);
  }

  #oldest(): number {
    return this.clock.now() - REFUSED_EVENTS_KEPT;
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}

function columnsOf({ firstAt, lastAt, actorName, ...rest }: RefusedEventRow): object {
  return { ...rest, first_at: firstAt, last_at: lastAt, actor_name: actorName };
}
