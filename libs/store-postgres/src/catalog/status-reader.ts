import type { CatalogStatus, CatalogStatusReader } from '@headwater/domain/catalog-reader';
import type { Micros } from '@headwater/domain/time';
import { FIRST_POSITIONS } from './event-statements.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const STATUS: Statement = {
  name: 'catalog_status',
  sql: `
    SELECT coalesce(c.position, 0) AS position, coalesce(c.recorded_at, 0) AS "recordedAt",
      (SELECT min(g.position) FROM @.graph_change g) AS "oldestChange"
    FROM (SELECT max(position) AS position, max(recorded_at) AS recorded_at FROM @.projection_checkpoint) c`,
};

const RECORDED_BEHIND: Statement = {
  name: 'catalog_recorded_behind',
  sql: 'SELECT e.recorded_at AS "recordedAt" FROM event_log e WHERE e.position = $1::bigint + 1 LIMIT 1',
};

/** How far the current generation is. */
export class PostgresCatalogStatusReader implements CatalogStatusReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async status(): Promise<CatalogStatus> {
    const rows = await this.#database.rows<Omit<CatalogStatus, 'generation'>>(STATUS, []);
    const { position = 0, recordedAt = 0, oldestChange = null } = rows[0] ?? {};
    return { generation: this.#database.generation(), position, recordedAt, oldestChange };
  }

  async recordedAtBehind(position: number): Promise<Micros | null> {
    const rows = await this.#database.rows<{ recordedAt: Micros }>(RECORDED_BEHIND, [position]);
    return rows[0]?.recordedAt ?? null;
  }

  async positionAt(knownAt: Micros): Promise<number> {
    const rows = await this.#database.rows<{ position: number }>(FIRST_POSITIONS, [[knownAt + 1]]);
    return (rows[0]?.position ?? 1) - 1;
  }
}
