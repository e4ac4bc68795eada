import { setTimeout as sleep } from 'node:timers/promises';
import { AccessDirectory } from '@headwater/application/access/access-directory';
import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { SCOPES } from '@headwater/domain/access/scopes';
import { SystemClock } from '@headwater/platform/system-clock';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { PostgresAccessStore } from '@headwater/store-postgres/access/postgres-access-store';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { expect } from 'vitest';
import { exampleDocuments } from '../conformance/event-streams.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { ProductProcess } from '../support/product.js';

/** The seed of a run: FUZZ_SEED repeats one, or tries another. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? '20261125');
export const LONGEST_ANSWER_MS = 5_000;

/**
 * What the resident memory may grow by once the product is warm. A leak of one 4 KiB request in a run of thousands would
 * stay below it, one of bodies or connections would not: V8 lets the heap grow by 30 % between collections, and buffers
 * of up to 64 refused bodies of 1 MiB wait for one.
 */
const MEMORY_GROWTH_MIB = 160;

/** The built product in a process of its own, with authentication on, a token that may do everything, and the example. */
export class FuzzedProduct {
  #warmMib = 0;

  private constructor(
    private readonly product: ProductProcess,
    private readonly database: TestDatabase,
    readonly token: string,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<FuzzedProduct> {
    const database = await createTestDatabase();
    const product = await ProductProcess.serve({
      DATABASE_URL: database.url,
      HEADWATER_AUTH: 'on',
      HEADWATER_REQUESTS_PER_MINUTE: '0',
      HEADWATER_LOG_LEVEL: 'info',
      ...settings,
    });
    const fuzzed = new FuzzedProduct(product, database, await tokenIn(database));
    await fuzzed.#load(exampleDocuments().slice(0, 400));
    return fuzzed;
  }

  get url(): string {
    return this.product.url;
  }

  get port(): number {
    return Number(new URL(this.product.url).port);
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
  }

  /** Throws unless the product answers a question now, in time and without errors. */
  async requireAnswer(): Promise<void> {
    const startedAt = performance.now();
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify({ query: '{ status { logId } search(first: 1) { totalCount } }' }),
      signal: AbortSignal.timeout(2 * LONGEST_ANSWER_MS),
    });
    expect(await answer.json()).toMatchObject({ data: { search: { totalCount: expect.any(Number) as unknown } } });
    expect(performance.now() - startedAt).toBeLessThan(LONGEST_ANSWER_MS);
  }

  async memoryMib(): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`, { headers: this.headers })).text();
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 1024 / 1024;
  }

  /** From here on memory counts: caches are filled and code is compiled. */
  async warm(): Promise<void> {
    this.#warmMib = await this.memoryMib();
  }

  /** Whether it came through: it answers, has said nothing of errors or exceptions, and has not grown. */
  async verdict(what: string): Promise<void> {
    await this.requireAnswer();
    await sleep(500);
    const mib = await this.memoryMib();
    process.stdout.write(
      `${what}: seed ${String(SEED)} (FUZZ_SEED), memory ${this.#warmMib.toFixed(0)} to ${mib.toFixed(0)} MiB\n`,
    );
    // An unhandled rejection or uncaught exception is written here, and ends the process.
    expect(this.product.errors).toBe('');
    const errors = this.product.logged.filter(({ level }) => level === 'error' || level === 'fatal');
    expect(errors.map((line) => JSON.stringify(line).slice(0, 1_500))).toEqual([]);
    expect(mib - this.#warmMib).toBeLessThan(MEMORY_GROWTH_MIB);
  }

  async stop(): Promise<void> {
    await this.product.stop();
    await this.database.drop();
  }

  async #load(documents: readonly string[]): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const answer = await fetch(`${this.url}/api/v1/lineage/batch`, {
        method: 'POST',
        headers: this.headers,
        body: `[${documents.join(',')}]`,
      });
      if (answer.status === 200) break;
      // The process hears of the new token by a notification.
      if (Date.now() > deadline) throw new Error(`${String(answer.status)}: ${await answer.text()}`);
      await sleep(100);
    }
    await this.product.caughtUp();
  }
}

/** A token with every scope, made in the product's database as the product makes them. */
async function tokenIn({ url, pool }: TestDatabase): Promise<string> {
  const clock = new SystemClock();
  const log = await PostgresEventLog.open({ url, pool });
  const store = new PostgresAccessStore({ url, pool, log, clock });
  const directory = new AccessDirectory(store, clock);
  try {
    const parts = { store, directory, clock, ids: new SystemIdSource() };
    const wanted = { name: 'fuzz', owner: 'fuzz', scopes: SCOPES, writes: null, reads: null, expiresAt: null };
    const asker = { principal: LOCAL_PRINCIPAL, address: null };
    return (await new CreateToken(parts).execute(asker, wanted)).text;
  } finally {
    directory.close();
    await store.close();
    await log.close();
  }
}
