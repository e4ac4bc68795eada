import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';

const DUPLICATE_TABLE = '42P07';

/**
 * Makes the monthly partitions of the log before they are needed. The first event of a month that this process stores
 * makes sure of that month and of the next, so that a month's end finds its partition ready.
 */
export class LogPartitions {
  readonly #pool: pg.Pool;
  readonly #ensured = new Set<string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** By the database's clock; `ensureFor` covers events that carry another one. */
  async ensureAroundNow(): Promise<void> {
    const now = `(now() AT TIME ZONE 'UTC')::date`;
    await this.#ensure(
      `SELECT ensure_event_log_partition(${now}), ensure_event_log_partition((${now} + interval '1 month')::date)`,
    );
  }

  async ensureFor(rows: readonly { readonly receivedAt: Micros }[]): Promise<void> {
    for (const { receivedAt } of rows) {
      const month = monthOf(receivedAt);
      if (this.#ensured.has(month)) continue;
      await this.#ensure(
        `SELECT ensure_event_log_partition($1::date), ensure_event_log_partition(($1::date + interval '1 month')::date)`,
        [month],
      );
      this.#ensured.add(month);
    }
  }

  async #ensure(text: string, values: readonly string[] = []): Promise<void> {
    try {
      await this.#pool.query(text, [...values]);
    } catch (error) {
      // Another process made it while this one waited: a session may go on believing for a while that a table is absent.
      if (!(error instanceof Error && 'code' in error && error.code === DUPLICATE_TABLE)) throw error;
      await this.#pool.query(text, [...values]);
    }
  }
}

/** First day of the month in UTC. Throws RangeError when there is no such time. */
function monthOf(at: Micros): string {
  return `${new Date(at / 1000).toISOString().slice(0, -17)}-01`;
}
