import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { AcceptEvents } from '@headwater/application/ingest/accept-events';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AcceptedEvent, Appended, StoredEvent } from '@headwater/domain/events';
import type { EventLog } from '@headwater/domain/ports';
import { SystemClock } from '@headwater/platform/system-clock';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  problem() {
    return log.problem();
  }

  head(): ReturnType<EventLog['head']> {
    return log.head();
  }
}

const away = () => new HeadwaterError('UNAVAILABLE', 'connection refused to 10.0.0.1');
const accept = (failing: EventLog) => new AcceptEvents(failing, new SystemClock(), { maxEventBytes: 1024 * 1024 });

let serial = 0;
const jobEvent = (note = ''): string =>
  JSON.stringify({ eventTime: '2026-11-23T10:15:30Z', job: { namespace: 'n', name: `job ${String(++serial)}` }, note });
const batchOf = (events: readonly string[]): Uint8Array => Buffer.from(`[${events.join(',')}]`);

describe('a store that fails in the middle of a batch', () => {
  test('2. what is stored stays stored, the rest is retriable, and the store is not asked again', async () => {
    const failing = new InterruptedLog((_events, append) => (append === 2 ? away() : undefined));
    const events = Array.from({ length: 3_500 }, () => jobEvent());
    const answer = await accept(failing).batch(batchOf([...events, '{}']), NamespaceRule.ALL);
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

    const retry = await accept(log).batch(batchOf(events), NamespaceRule.ALL);
    expect(retry).toMatchObject({ status: 'success', summary: { successful: 3_500 } });
    expect((await log.head()).position).toBe(3_500);
  });

  test('2. only when nothing was stored the whole batch is UNAVAILABLE', async () => {
    const failing = new InterruptedLog(away);
    await expect(accept(failing).batch(batchOf([jobEvent(), '{}']), NamespaceRule.ALL)).rejects.toMatchObject({
      category: 'UNAVAILABLE',
    });
    await expect(accept(failing).one(Buffer.from(jobEvent()), NamespaceRule.ALL)).rejects.toMatchObject({
      category: 'UNAVAILABLE',
    });
    await expect(accept(failing).batch(batchOf(['{}']), NamespaceRule.ALL)).resolves.toMatchObject({
      status: 'partial_success',
    });
  });

  test('2. a row that the store refuses fails alone, and may be sent again', async () => {
    const failing = new InterruptedLog((events) =>
      events.some(({ bytes }) => Buffer.from(bytes).includes('poison'))
        ? new HeadwaterError('INTERNAL', 'row refused')
        : undefined,
    );
    const answer = await accept(failing).batch(
      batchOf([jobEvent(), jobEvent('poison'), jobEvent()]),
      NamespaceRule.ALL,
    );
    expect(answer.summary).toMatchObject({ successful: 2, retriable: 1 });
    expect(answer.failed_events).toMatchObject([{ index: 1, retriable: true }]);
  });
});
