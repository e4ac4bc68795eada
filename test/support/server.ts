import type { LineageGraph } from '@headwater/domain/ports';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { readConfig } from '@headwater/platform/config';
import { createLogger } from '@headwater/platform/logging/logger';
import { serve, type Parts } from '@headwater/standalone/serve';
import type pg from 'pg';
import { createTestDatabase } from './postgres.js';

export interface TestServer {
  /** Without a trailing slash. */
  readonly url: string;
  readonly graph: LineageGraph;
  readonly pool: pg.Pool;
  readonly access: AccessServices;
  readonly routes: readonly string[];
  readonly databaseUrl: string;
  /** What was logged, parsed. */
  readonly logged: () => readonly Record<string, unknown>[];
  close(): Promise<void>;
}

/**
 * The whole product in this process, on a database of its own and a free port; settings as in the environment, but
 * everybody comes in unless HEADWATER_AUTH is on.
 */
export async function startServer(settings: Readonly<Record<string, string>> = {}, parts?: Parts): Promise<TestServer> {
  const database = await createTestDatabase();
  const lines: string[] = [];
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: database.url,
    HEADWATER_LOG_LEVEL: 'info',
    HEADWATER_AUTH: 'off',
    ...settings,
  });
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ level: config.logging.level, destination });
  const served = await serve(config, logger, () => undefined, parts);
  return {
    url: served.url,
    graph: served.graph,
    pool: served.pool,
    access: served.access,
    routes: served.routes,
    databaseUrl: database.url,
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    close: async () => {
      await served.close();
      await database.drop();
    },
  };
}
