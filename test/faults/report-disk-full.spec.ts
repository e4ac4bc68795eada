import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serverAccount } from '@headwater/store-postgres/embedded/binaries';
import { startEmbeddedPostgres } from '@headwater/store-postgres/embedded/embedded-postgres';
import { readConfig } from '@headwater/platform/config';
import { createLogger } from '@headwater/platform/logging/logger';
import { serve } from '@headwater/standalone/serve';
import { expect, test } from 'vitest';
import { eventually } from '../support/callers.js';
import { dataOf } from '../support/graphql.js';
import { loadEvent } from '../support/http-load.js';

const FIELDS = 'id state failure digest files { url bytes }';
interface Seen {
  readonly id: string;
  readonly state: string;
  readonly failure: string | null;
  readonly files: readonly { readonly url: string; readonly bytes: number }[];
}

/** A small file system to fill, or null where this system does not let us have one. */
function mountSmallDisk(): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

test('a report that the disk has no room for fails with that, offers no part of it, and is whole after a retry', async (context) => {
  const disk = mountSmallDisk();
  if (disk === null) {
    const reason = 'this system does not allow mounting a small file system to fill';
    console.warn(`skipped: ${reason}`);
    return context.skip(reason);
  }
  const dataDir = mkdtempSync(path.join(tmpdir(), 'headwater-full-'));
  const account = await serverAccount();
  if (account !== undefined) chownSync(disk, account.uid, account.gid);
  chmodSync(disk, 0o700);
  const database = await startEmbeddedPostgres({ dataDir });
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    HEADWATER_AUTH: 'off',
    HEADWATER_LOG_LEVEL: 'silent',
  });
  const served = await serve(config, createLogger({ level: 'silent' }), () => undefined);
  try {
    const names = Array.from({ length: 2_500 }, (_, n) => ({
      namespace: 'wide',
      name: `table ${String(n)} ${'x'.repeat(200)}`,
    }));
    const event = { ...loadEvent('full', 1), outputs: names };
    const sent = await fetch(`${served.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    expect(sent.status).toBe(201);
    await served.pool.query(`CREATE TABLESPACE small LOCATION '${disk}'`);
    for (const table of ['report_row', 'report_chunk']) {
      await served.pool.query(`ALTER TABLE ${table} SET TABLESPACE small`);
      await served.pool.query(`ALTER INDEX ${table}_pkey SET TABLESPACE small`);
    }
    const { done } = await dataOf<{ done: { id: string } }>(
      served.url,
      'mutation { done: requestReport(input: { kind: GOVERNANCE_COVERAGE }) { ... on ReportChanged { id } } }',
    );
    const read = async () =>
      (await dataOf<{ report: Seen }>(served.url, `query ($id: ID!) { report(id: $id) { ${FIELDS} } }`, done)).report;
    const isOver = ({ state }: Seen): boolean => state === 'DONE' || state === 'FAILED';
    expect(await eventually(read, isOver, 60_000)).toMatchObject({ state: 'FAILED', failure: 'STORE_FULL', files: [] });
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    await dataOf(served.url, 'mutation ($id: ID!) { retryReport(id: $id) { __typename } }', done);
    const whole = await eventually(read, isOver, 60_000);
    expect(whole.state).toBe('DONE');
    const content = await fetch(`${served.url}${whole.files[0]?.url ?? ''}`);
    const { sections } = (await content.json()) as { sections: { name: string; rows: object[] }[] };
    expect(sections.find(({ name }) => name === 'assets')?.rows.length).toBeGreaterThan(2_500);
  } finally {
    await served.close();
    await database.stop();
    execFileSync('umount', [disk]);
    for (const folder of [disk, dataDir]) rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
