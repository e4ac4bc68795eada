import pg from 'pg';
import { connectionOptions } from '../pool.js';

/** Beside the locks of migrations and generations. */
const LEASE_LOCK = 4_853_100;
const RETRY_MS = 2_000;

/**
 * Who projects a generation: one process at a time, by a session lock of PostgreSQL, so that a standby takes over when
 * the holder ends or loses its connection.
 */
export class ProjectorLease {
  readonly #url: string;
  readonly #generation: number;
  #client: pg.Client | undefined;
  #isHeld = false;
  #attempt: Promise<void> | undefined;
  #triedAt = -Infinity;

  constructor(url: string, generation: number) {
    this.#url = url;
    this.#generation = generation;
  }

  /** Whether this process holds the lease; tries to take it now and then where it does not. Throws nothing. */
  async hold(): Promise<boolean> {
    if (this.#isHeld) return true;
    // Several ask. A second connection beside one that is slow to come would be refused by the first one's lock.
    this.#attempt ??= this.#try().finally(() => (this.#attempt = undefined));
    await this.#attempt;
    return this.#isHeld;
  }

  async release(): Promise<void> {
    await this.#attempt;
    const client = this.#client;
    this.#lose();
    await client?.end().catch(() => undefined);
  }

  async #try(): Promise<void> {
    if (performance.now() - this.#triedAt < RETRY_MS) return;
    this.#triedAt = performance.now();
    try {
      const client = await this.#connected();
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
        LEASE_LOCK,
        this.#generation,
      ]);
      this.#isHeld = rows[0]?.held === true;
    } catch {
      // The store is away: whoever projects fails on it and says so.
      this.#lose();
    }
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client;
    const client = new pg.Client(connectionOptions(this.#url, 'headwater-projector'));
    client.on('error', () => {
      if (this.#client === client) this.#lose();
    });
    await client.connect();
    this.#client = client;
    return client;
  }

  #lose(): void {
    this.#isHeld = false;
    this.#client = undefined;
  }
}
