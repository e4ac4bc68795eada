import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@headwater/store-postgres/embedded/embedded-postgres';
import { serverAccount } from '@headwater/store-postgres/embedded/binaries';
import { applyMigrations } from '@headwater/store-postgres/migrate/apply-migrations';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { createPool } from '@headwater/store-postgres/pool';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/postgres.js';

const receivedAt = Date.UTC(2026, 10, 23, 9) * 1000;
const event = (text: string) => ({ kind: 'RUN' as const, bytes: Buffer.from(text), receivedAt });

test('7. a read-only database answers UNAVAILABLE, and appends go on when it can be written again', async () => {
  const database = await createTestDatabase();
  const { url, pool } = database;
  const log = await PostgresEventLog.open({ url, pool });
  const reconnected = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'headwater-log'`;
  const setReadOnly = (value: string): Promise<unknown> =>
    pool.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = ${value}`);
  try {
    await log.append([event('before')]);
    await setReadOnly('on');
    await pool.query(reconnected);
    await expect(log.append([event('while')])).rejects.toMatchObject({
      category: 'UNAVAILABLE',
      reason: 'STORE_READ_ONLY',
      retryAfterS: expect.any(Number) as unknown,
    });
    await setReadOnly('off');
    await pool.query(reconnected);
    expect(await log.append([event('while')])).toEqual([{ position: 2, duplicate: false }]);
  } finally {
    await log.close();
    await database.drop();
  }
});

test('7. a server that is away answers UNAVAILABLE at once, for every waiting append and for reads', async () => {
  const database = await createTestDatabase();
  const { url, pool } = database;
  const log = await PostgresEventLog.open({ url, pool });
  const name = new URL(url).pathname.slice(1);
  const admin = createPool({ url: url.replace(`/${name}`, '/template1') });
  try {
    await log.append([event('before')]);
    await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1', [name]);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => log.append([event(`lost ${n}`)])));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { category: 'UNAVAILABLE' } });
    }
    await expect(log.head()).rejects.toMatchObject({ category: 'UNAVAILABLE' });
    await expect(log.readAfter(0, 1)).rejects.toMatchObject({ category: 'UNAVAILABLE' });
    await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
    expect(await log.append([event('after')])).toEqual([{ position: 2, duplicate: false }]);
  } finally {
    await log.close();
    await admin.end();
    await database.drop();
  }
});

/** A small file system to fill, or the reason why this system does not let us have one. */
function mountSmallDisk(): { folder: string; unmount: () => void } | string {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    rmSync(folder, { recursive: true });
    return 'this system does not allow mounting a small file system to fill';
  }
  return {
    folder,
    unmount: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

test('7. a full disk answers UNAVAILABLE, loses nothing acknowledged, and appends go on when there is room', async (context) => {
  const disk = mountSmallDisk();
  if (typeof disk === 'string') {
    console.warn(`skipped: ${disk}`);
    return context.skip(disk);
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'headwater-full-'));
  const account = await serverAccount();
  if (account !== undefined) chownSync(disk.folder, account.uid, account.gid);
  chmodSync(disk.folder, 0o700);
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await applyMigrations(server.url);
    const pool = createPool({ url: server.url });
    const log = await PostgresEventLog.open({ url: server.url, pool });
    await log.append([event('the first makes the partition')]);
    await pool.query(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
    await pool.query('ALTER TABLE event_log_2026_11 SET TABLESPACE small');
    let acknowledged = 1;
    let failure: unknown;
    while (failure === undefined && acknowledged < 10_000) {
      await log.append([event(`${acknowledged} ${Array.from({ length: 300 }, () => Math.random()).join()}`)]).then(
        () => acknowledged++,
        (error: unknown) => (failure = error),
      );
    }
    expect(failure).toMatchObject({ category: 'UNAVAILABLE', reason: 'STORE_DISK_FULL' });
    expect((await log.head()).position).toBe(acknowledged);
    execFileSync('mount', ['-o', 'remount,size=64m', disk.folder]);
    expect(await log.append([event('room again')])).toEqual([{ position: acknowledged + 1, duplicate: false }]);
    await log.close();
    await pool.end();
  } finally {
    await server.stop();
    disk.unmount();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
