import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ProjectorLease } from '@headwater/store-postgres/projection/projector-lease';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('one of two has the lease, and the other takes over when it is given back', async () => {
  const [first, second] = [new ProjectorLease(database.url, 1), new ProjectorLease(database.url, 1)];
  expect([await first.hold(), await second.hold()]).toEqual([true, false]);
  await first.release();
  await expect.poll(() => second.hold(), { timeout: 10_000 }).toBe(true);
  await second.release();
});

test('whoever asks again while a connection is slow to come waits for it, and does not shut itself out', async () => {
  // Longer than the pause between two attempts.
  const slow = await slowProxy(new URL(database.url), 2_500);
  try {
    const url = new URL(database.url);
    url.port = String((slow.address() as AddressInfo).port);
    const lease = new ProjectorLease(url.href, 2);
    const asked = [lease.hold(), delay(2_200).then(() => lease.hold())];
    expect(await Promise.all(asked)).toEqual([true, true]);
    await lease.release();
  } finally {
    slow.close();
  }
});

/** Passes each connection on to the server after a while. */
async function slowProxy(target: URL, delayMs: number): Promise<Server> {
  const server = createServer((socket) => {
    socket.pause();
    void delay(delayMs).then(() => {
      const upstream = connect(Number(target.port), target.hostname);
      socket.pipe(upstream).pipe(socket);
      for (const end of [socket, upstream]) end.on('error', () => end.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
