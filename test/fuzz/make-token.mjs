// Prints a token with every scope, made in the database of the server that runs on HEADWATER_DATA_DIR.
import { AccessDirectory } from '@headwater/application/access/access-directory';
import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { SCOPES } from '@headwater/domain/access/scopes';
import { readConfig } from '@headwater/platform/config';
import { createLogger } from '@headwater/platform/logging/logger';
import { SystemClock } from '@headwater/platform/system-clock';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { openStores } from '@headwater/standalone/stores';
import { PostgresAccessStore } from '@headwater/store-postgres/access/postgres-access-store';

const stores = await openStores(readConfig(), createLogger({ level: 'warn' }), () => undefined, { joinRunning: true });
const clock = new SystemClock();
const store = new PostgresAccessStore({ url: stores.url, pool: stores.pool, log: stores.log, clock });
const directory = new AccessDirectory(store, clock);
const wanted = { name: 'fuzz', owner: 'fuzz', scopes: SCOPES, writes: null, reads: null, expiresAt: null };
const { text } = await new CreateToken({ store, directory, clock, ids: new SystemIdSource() }).execute(
  { principal: LOCAL_PRINCIPAL, address: null },
  wanted,
);
directory.close();
await store.close();
await stores.close();
process.stdout.write(`${text}\n`);
