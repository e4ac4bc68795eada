import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { ProjectorLease } from './projector-lease.js';

let database: TestDatabase;
const leases: ProjectorLease[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(leases.splice(0).map((lease) => lease.release()));
});
afterAll(async () => {
  await database.drop();
});

function lease(generation: number, url = database.url): ProjectorLease {
  const made = new ProjectorLease(url, generation);
  leases.push(made);
  return made;
}

/** The database by way of a proxy that holds up whatever a client sends first. */
async function slowlyReached(delayMs: number): Promise<{ url: string; close: () => void }> {
  const address = new URL(database.url);
  const port = Number(address.port);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const onward = net.connect(port, '127.0.0.1');
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    setTimeout(() => client.pipe(onward), delayMs);
    onward.pipe(client);
    client.on('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address.port = String((server.address() as net.AddressInfo).port);
  return {
    url: address.href,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const sessionsOf = async (application: string): Promise<number> => {
  const { rows } = await database.pool.query<{ sessions: number }>(
    'SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
    [application],
  );
  return rows[0]?.sessions ?? 0;
};

test('one of two holds the lease, and the other takes over when it is released', async () => {
  const [first, standby] = [lease(1), lease(1)];
  expect([await first.hold(), await standby.hold(), await lease(2).hold()]).toEqual([true, false, true]);
  await first.release();
  await sleep(2_100);
  expect([await standby.hold(), await standby.hold()]).toEqual([true, true]);
});

test('whoever asks while a slow server is being connected to gets the same answer, over one session', async () => {
  const slow = await slowlyReached(2_500);
  try {
    const own = lease(3, slow.url);
    const first = own.hold();
    await sleep(2_200);
    expect(await Promise.all([first, own.hold()])).toEqual([true, true]);
    expect(await own.hold()).toBe(true);
    expect(await sessionsOf('headwater-projector')).toBe(1);
  } finally {
    slow.close();
  }
});

test('a lease is lost with its connection and taken again with the next one', async () => {
  const own = lease(4);
  expect(await own.hold()).toBe(true);
  await database.pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE application_name = 'headwater-projector' AND datname = current_database()`,
  );
  await sleep(2_100);
  expect(await own.hold()).toBe(true);
});
