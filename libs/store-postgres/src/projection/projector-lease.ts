import pg from 'pg';
import { connectionOptions } from '../pool.js';

/** Beside the locks of migrations and generations. */
const LEASE_LOCK = 4_853_100;
const RETRY_MS = 2_000;
const QUERY_TIMEOUT_MS = 10_000;

/** A holder whose machine is gone says no goodbye: without these the server would keep its lock for two hours. */
const NOTICE_SILENCE =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000';

/**
 * Who projects a generation: one process at a time, by a session lock of PostgreSQL, so that a standby takes over when
 * the holder ends or loses its connection.
 */
export class ProjectorLease {
  readonly #url: string;
  readonly #generation: number;
  #client: pg.Client | undefined;
  #isHeld = false;
  #triedAt = -Infinity;
  #taking: Promise<boolean> | undefined;

  constructor(url: string, generation: number) {
    this.#url = url;
    this.#generation = generation;
  }

  /** Whether this process holds the lease; tries to take it now and then where it does not. Throws nothing. */
  async hold(): Promise<boolean> {
    if (this.#isHeld) return true;
    // One attempt for all who ask: a second connection would find the lock taken by the first, and neither would go on.
    if (this.#taking !== undefined) return this.#taking;
    if (performance.now() - this.#triedAt < RETRY_MS) return false;
    this.#triedAt = performance.now();
    this.#taking = this.#take().finally(() => (this.#taking = undefined));
    return this.#taking;
  }

  async release(): Promise<void> {
    await this.#taking;
    const client = this.#client;
    this.#lose();
    await client?.end().catch(() => undefined);
  }

  async #take(): Promise<boolean> {
    let client: pg.Client | undefined;
    try {
      client = this.#client ?? (await this.#connect());
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
        LEASE_LOCK,
        this.#generation,
      ]);
      // A connection that broke behind the answer took the lock with it.
      this.#isHeld = rows[0]?.held === true && this.#client === client;
    } catch {
      // The store is away: whoever projects fails on it and says so. A session left open would keep the lock.
      this.#lose();
      client?.end().catch(() => undefined);
    }
    return this.#isHeld;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...connectionOptions(this.#url, 'headwater-projector'),
      query_timeout: QUERY_TIMEOUT_MS,
    });
    client.on('error', () => {
      if (this.#client === client) this.#lose();
    });
    try {
      await client.connect();
      await client.query(NOTICE_SILENCE);
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
    return client;
  }

  #lose(): void {
    this.#isHeld = false;
    this.#client = undefined;
  }
}
