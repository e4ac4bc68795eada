import { randomUUID } from 'node:crypto';
import { createPool } from '@headwater/store-postgres/pool';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Ends the pool and drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own on the run's server, in tens of milliseconds. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgres').template);
}

/** A database without any of our tables, for tests of the migrations themselves. */
export function createBlankDatabase(): Promise<TestDatabase> {
  return createDatabase('template1');
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const { adminUrl } = inject('postgres');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const address = new URL(adminUrl);
  address.pathname = `/${name}`;
  const url = address.href;
  const pool = createPool({ url, applicationName: 'headwater-test' });
  return {
    url,
    pool,
    drop: async () => {
      await pool.end();
      await runAsAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function runAsAdmin(url: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
