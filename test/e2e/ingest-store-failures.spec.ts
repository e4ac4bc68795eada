import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { AcceptEvents } from '@headwater/application/ingest/accept-events';
import { LineageIntake } from '@headwater/application/ingest/lineage-intake';
import { Deadline } from '@headwater/application/ingest/deadline';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AcceptedEvent, Appended, StoredEvent } from '@headwater/domain/events';
import type { EventLog } from '@headwater/domain/ports';
import { SystemClock } from '@headwater/platform/system-clock';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIngest } from './ingest-app.js';
import { testSeal } from '../support/personal-keys.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let log: PostgresEventLog;

beforeAll(async () => {
  database = await createTestDatabase();
  log = await PostgresEventLog.open({ url: database.url, pool: database.pool });
});

afterAll(async () => {
  await log.close();
  await database.drop();
});

/** The real log, which goes away or refuses a row where the test says so. */
class InterruptedLog implements EventLog {
  readonly logId = log.logId;
  appends = 0;

  constructor(private readonly failure: (events: readonly AcceptedEvent[], append: number) => Error | undefined) {}

  async append(events: readonly AcceptedEvent[]): Promise<readonly Appended[]> {
    const failure = this.failure(events, ++this.appends);
    if (failure !== undefined) throw failure;
    return log.append(events);
  }

  readAfter(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return log.readAfter(after, limit);
  }

  read(positions: readonly number[]): Promise<readonly StoredEvent[]> {
    return log.read(positions);
  }

  parts(positions: readonly number[]): ReturnType<EventLog['parts']> {
    return log.parts(positions);
  }

  problem() {
    return log.problem();
  }

  head(): ReturnType<EventLog['head']> {
    return log.head();
  }
}

const ALL = { lineage: NamespaceRule.ALL, decisions: NamespaceRule.ALL };
const away = () => new HeadwaterError('UNAVAILABLE', 'connection refused to 10.0.0.1');
function accept(failing: EventLog, withinMs = 60_000) {
  const events = new AcceptEvents(failing, new SystemClock(), new LineageIntake(testSeal(), 1024 * 1024));
  const inTime = async <T>(store: (deadline: Deadline) => Promise<T>): Promise<T> => {
    const deadline = new Deadline(withinMs);
    return store(deadline).finally(() => void deadline.end());
  };
  return {
    one: (bytes: Uint8Array) => events.one(bytes, ALL),
    batch: (bytes: Uint8Array) => inTime((deadline) => events.batch(bytes, ALL, deadline)),
  };
}

let serial = 0;
const jobEvent = (note = ''): string =>
  JSON.stringify({ eventTime: '2026-11-23T10:15:30Z', job: { namespace: 'n', name: `job ${String(++serial)}` }, note });
const batchOf = (events: readonly string[]): Uint8Array => Buffer.from(`[${events.join(',')}]`);

describe('a store that fails in the middle of a batch', () => {
  test('2. what is stored stays stored, the rest is retriable, and the store is not asked again', async () => {
    const failing = new InterruptedLog((_events, append) => (append === 2 ? away() : undefined));
    const events = Array.from({ length: 3_500 }, () => jobEvent());
    const answer = await accept(failing).batch(batchOf([...events, '{}']));
    expect(answer.summary).toEqual({
      received: 3_501,
      successful: 1_000,
      failed: 2_501,
      retriable: 2_500,
      non_retriable: 1,
    });
    expect(answer.failed_events.map(({ index }) => index)).toEqual(
      Array.from({ length: 2_501 }, (_, index) => 1_000 + index),
    );
    expect(answer.failed_events[0]?.reason).not.toContain('10.0.0.1');
    expect(failing.appends).toBe(2);

    const retry = await accept(log).batch(batchOf(events));
    expect(retry).toMatchObject({ status: 'success', summary: { successful: 3_500 } });
    expect((await log.head()).position).toBe(3_500);
  });

  test('2. only when nothing was stored the whole batch is UNAVAILABLE', async () => {
    const failing = new InterruptedLog(away);
    await expect(accept(failing).batch(batchOf([jobEvent(), '{}']))).rejects.toMatchObject({
      category: 'UNAVAILABLE',
    });
    await expect(accept(failing).one(Buffer.from(jobEvent()))).rejects.toMatchObject({
      category: 'UNAVAILABLE',
    });
    await expect(accept(failing).batch(batchOf(['{}']))).resolves.toMatchObject({
      status: 'partial_success',
    });
  });

  test('2. a row that the store refuses fails alone, and may be sent again', async () => {
    const failing = new InterruptedLog((events) =>
      events.some(({ bytes }) => Buffer.from(bytes).includes('poison'))
        ? new HeadwaterError('INTERNAL', 'row refused')
        : undefined,
    );
    const answer = await accept(failing).batch(batchOf([jobEvent(), jobEvent('poison'), jobEvent()]));
    expect(answer.summary).toMatchObject({ successful: 2, retriable: 1 });
    expect(answer.failed_events).toMatchObject([{ index: 1, retriable: true }]);
  });
});

/** The real log, whose appends from the given one on are under way until the test lets them go on. */
class StuckLog extends InterruptedLog {
  readonly #gone: Promise<void>;
  #release: () => void = () => undefined;

  constructor(private readonly from: number) {
    super(() => undefined);
    this.#gone = new Promise((resolve) => (this.#release = resolve));
  }

  goOn(): void {
    this.#release();
  }

  override async append(events: readonly AcceptedEvent[]): Promise<readonly Appended[]> {
    if (this.appends + 1 >= this.from) await this.#gone;
    return super.append(events);
  }
}

describe('a store that hangs', () => {
  test('8. what is not durable by the deadline is retriable, and the rest of the batch is not read', async () => {
    const stuck = new StuckLog(2);
    const events = Array.from({ length: 2_500 }, () => jobEvent());
    const body = batchOf([...events, '{}']);
    const answer = await accept(stuck, 1_500).batch(body);
    expect(answer.summary).toEqual({
      received: 2_501,
      successful: 1_000,
      failed: 1_501,
      retriable: 1_501,
      non_retriable: 0,
    });
    expect(answer.failed_events.map(({ index }) => index)).toEqual(
      Array.from({ length: 1_501 }, (_, index) => 1_000 + index),
    );

    stuck.goOn();
    const retry = await accept(log).batch(body);
    expect(retry.summary).toMatchObject({ successful: 2_500, non_retriable: 1 });
  });

  test('8. a batch is answered with 503 within 5 s while the database hangs, and its resend is stored once', async () => {
    const { app, url, budget } = await startIngest(log);
    const blocker = await database.pool.connect();
    const send = (events: readonly string[]): Promise<Response> =>
      fetch(`${url}/api/v1/lineage/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(batchOf(events)),
      });
    const events = [jobEvent(), jobEvent()];
    try {
      const before = (await log.head()).position;
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE log_counter IN EXCLUSIVE MODE');
      const askedAt = performance.now();
      const refused = await send(events);
      expect(performance.now() - askedAt).toBeLessThan(5_000);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ code: 'UNAVAILABLE' });
      // The store still holds the bytes.
      expect(budget.used).toBeGreaterThan(0);

      await blocker.query('ROLLBACK');
      const stored = await send(events);
      expect(await stored.json()).toMatchObject({ status: 'success', summary: { successful: 2 } });
      expect((await log.head()).position).toBe(before + 2);
      expect(budget.used).toBe(0);
    } finally {
      blocker.release(true);
      await app.close();
    }
  });
});
