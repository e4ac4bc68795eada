import type { ProducerReader, ProducerView } from '@headwater/domain/reading/event-reader';
import { encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import { pageOf, timeCursor } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const LIST = 'producers';

/** $1, $2 the place behind which to go on, $3 limit. */
export const PRODUCERS: Statement = {
  name: 'catalog_producers',
  sql: `
    SELECT encode(uuid_send(p.key), 'hex') AS key, p.producer, p.first_seen_at AS "firstSeenAt",
      p.last_seen_at AS "lastSeenAt", p.events, p.findings, true AS "isExact"
    FROM @.producer p WHERE (p.last_seen_at, p.key) < ($1::bigint, $2::uuid)
    ORDER BY p.last_seen_at DESC, p.key DESC LIMIT $3`,
};

/** Who sent the events of the log, as the projection counted them. */
export class PostgresProducerReader implements ProducerReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async producers(page: PageRequest): Promise<Page<ProducerView>> {
    const after = timeCursor(LIST, page);
    const rows = await this.database.rows<ProducerView>(PRODUCERS, [after.at, after.key, page.first + 1]);
    const cursorOf = (row: ProducerView): string => encodeCursor(LIST, [row.lastSeenAt, row.key]);
    return pageOf(rows, page.first, cursorOf, (row) => row);
  }
}
