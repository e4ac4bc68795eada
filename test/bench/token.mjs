import { importSource } from '../../scripts/import-source.mjs';

/**
 * Makes an API token with every scope in the database of a running server, which is told of it as by any other process.
 * @param {string} dataDir of a server with an embedded PostgreSQL
 * @returns {Promise<Record<string, string>>} the header that it is sent in
 */
export async function authorizationFor(dataDir) {
  const load = (/** @type {string} */ path) => importSource(`libs/${path}.ts`);
  const { runningPostgresUrl } = await load('store-postgres/src/embedded/embedded-postgres');
  const { createPool } = await load('store-postgres/src/pool');
  const { PostgresEventLog } = await load('store-postgres/src/log/postgres-event-log');
  const { PostgresAccessStore } = await load('store-postgres/src/access/postgres-access-store');
  const { AccessDirectory } = await load('application/src/access/access-directory');
  const { CreateToken } = await load('application/src/access/create-token');
  const { LOCAL_PRINCIPAL } = await load('application/src/access/principals');
  const { SystemClock } = await load('platform/src/system-clock');
  const { SystemIdSource } = await load('platform/src/system-id-source');
  const { SCOPES } = await load('domain/src/access/scopes');
  const url = await runningPostgresUrl(dataDir);
  const pool = createPool({ url, applicationName: 'bench' });
  const clock = new SystemClock();
  const log = await PostgresEventLog.open({ url, pool });
  const store = new PostgresAccessStore({ url, pool, log, clock });
  const directory = new AccessDirectory(store, clock);
  try {
    const create = new CreateToken({ store, directory, clock, ids: new SystemIdSource() });
    const wanted = { name: 'bench', owner: 'bench', scopes: SCOPES, writes: null, reads: null, expiresAt: null };
    const { text } = await create.execute({ principal: LOCAL_PRINCIPAL, address: null }, wanted);
    return { authorization: `Bearer ${text}` };
  } finally {
    directory.close();
    await store.close();
    await log.close();
    await pool.end();
  }
}
