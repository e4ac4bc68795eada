import { ProjectLog } from '@headwater/application/projection/project-log';
import { createGeneration, generationSchema, switchGeneration } from '@headwater/store-postgres/migrate/generations';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { ProjectionDatabase, type Statement } from '@headwater/store-postgres/catalog/projection-database';
import type { QueryResultRow } from 'pg';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { TEST_SETTINGS } from './projection.js';

export interface TestCatalog {
  readonly database: TestDatabase;
  readonly schema: string;
  readonly log: PostgresEventLog;
  readonly reading: ProjectionDatabase;
  /** Appends each event by itself, in order, projects them all and says their positions. */
  send(events: readonly object[]): Promise<readonly number[]>;
  /** How many statements `use` sent over `reading`. */
  countStatements(use: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** A real log and catalog on a database of their own: what readers see in production. */
export async function createTestCatalog(): Promise<TestCatalog> {
  const database = await createTestDatabase();
  const { pool } = database;
  await createGeneration(pool, 1);
  await switchGeneration(pool, 1);
  const schema = generationSchema(1);
  const log = await PostgresEventLog.open({ url: database.url, pool });
  const project = new ProjectLog(log, new PostgresProjection(pool, schema), TEST_SETTINGS);
  const reading = new CountingDatabase(pool, () => schema);
  return {
    database,
    schema,
    log,
    reading,
    send: async (events) => {
      const appended = await log.append(
        events.map((event) => ({
          kind: kindOf(event),
          bytes: new TextEncoder().encode(JSON.stringify(event)),
          receivedAt: Date.parse('2026-11-23T12:00:00Z') * 1000,
        })),
      );
      while ((await project.execute(1000)) > 0);
      return appended.map(({ position }) => position);
    },
    countStatements: async (use) => {
      const before = reading.count;
      await use();
      return reading.count - before;
    },
    close: async () => {
      await log.close();
      await database.drop();
    },
  };
}

function kindOf(event: object): 'RUN' | 'JOB' | 'DATASET' {
  if ('run' in event) return 'RUN';
  return 'job' in event ? 'JOB' : 'DATASET';
}

/** Every read is one statement. */
class CountingDatabase extends ProjectionDatabase {
  count = 0;

  override rows<T extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<T[]> {
    this.count += 1;
    return super.rows<T>(statement, values);
  }
}
