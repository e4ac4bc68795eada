import pg from 'pg';
import { connectionOptions } from '../pool.js';

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/**
 * Wakes subscribers on each notification of one channel, over a connection of its own that is opened for the first
 * subscriber. After a lost connection it connects again and wakes everyone once, since notifications were missed.
 */
export class ChannelListener {
  readonly #wakes = new Set<() => void>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #started = false;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onError: (error: unknown) => void = () => undefined,
  ) {}

  subscribe(wake: () => void): () => void {
    // A wrapper of its own, so that one function may subscribe twice.
    const entry = (): void => wake();
    this.#wakes.add(entry);
    if (!this.#started && !this.#closed) {
      this.#started = true;
      void this.#connect();
    }
    return () => this.#wakes.delete(entry);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#wakes.clear();
    const client = this.#client;
    this.#client = undefined;
    // A connection that broke meanwhile is as closed as it gets.
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(connectionOptions(this.url, 'headwater-listen'));
    client.on('notification', () => this.#wakeAll());
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, undefined));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(this.channel)}`);
      this.#retryMs = FIRST_RETRY_MS;
      this.#wakeAll();
    } catch (error) {
      this.#lost(client, error);
    }
  }

  #lost(client: pg.Client, error: unknown): void {
    // `error` and `end` may both tell of one loss: only the first counts.
    if (this.#closed || this.#client !== client) return;
    this.#client = undefined;
    if (error !== undefined) this.onError(error);
    client.end().catch(() => undefined);
    this.#retry = setTimeout(() => void this.#connect(), this.#retryMs);
    this.#retry.unref();
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #wakeAll(): void {
    for (const wake of [...this.#wakes]) wake();
  }
}
