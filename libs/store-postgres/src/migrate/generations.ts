import { createHash } from 'node:crypto';
import { HeadwaterError } from '@headwater/domain/errors';
import { PROJECTION_REVISION } from '@headwater/domain/projection/revision';
import type { Micros } from '@headwater/domain/time';
import pg from 'pg';
import { catalogTypes } from '../pool.js';
import { translatePostgresError } from '../postgres-error.js';

export interface Generation {
  readonly number: number;
  readonly state: 'BUILDING' | 'CURRENT' | 'RETIRED';
  /** Fingerprint of the template that its tables were made from. */
  readonly templateVersion: string;
  readonly createdAt: Micros;
  readonly switchedAt: Micros | null;
}

const GENERATION_LOCK = 4_853_004;

const COLUMNS = `number, state, template_version AS "templateVersion", created_at AS "createdAt", switched_at AS "switchedAt"`;

/** The PostgreSQL schema of generation `n`; the only text of ours that is put into a statement. */
export function generationSchema(n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 2_147_483_647) throw new RangeError(`no generation number: ${n}`);
  return `projection_g${n}`;
}

/**
 * A hash of the template's tables (columns, defaults, constraints and indexes) and of the revision of what fills them. A
 * generation made from another has to be built anew.
 */
export async function templateFingerprint(pool: pg.Pool | pg.PoolClient): Promise<string> {
  const { rows } = await query<{ part: string }>(
    pool,
    `SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
              pg_get_expr(d.adbin, d.adrelid)) AS part
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'projection'
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind = 'r'
     UNION ALL
     SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'projection'
     UNION ALL
     SELECT format('constraint %s %s', r.conrelid::regclass, pg_get_constraintdef(r.oid))
     FROM pg_constraint r JOIN pg_namespace n ON n.oid = r.connamespace AND n.nspname = 'projection'
     WHERE r.contype IN ('c', 'u', 'x')`,
  );
  // Sorted here: the order of the server depends on its collation.
  const parts = [`revision ${String(PROJECTION_REVISION)}`, ...rows.map((row) => row.part).sort()];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

/**
 * Makes the empty tables of generation `n` as copies of the template, in state BUILDING, in one transaction. What a
 * crashed attempt of the same number left is dropped first; CONFLICT when `n` is the current one.
 */
export async function createGeneration(pool: pg.Pool, n: number): Promise<Generation> {
  const schema = generationSchema(n);
  return inTransaction(pool, async (client) => {
    await refuseCurrent(client, n);
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.query(`CREATE SCHEMA ${schema}`);
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'projection' AND c.relkind = 'r' ORDER BY c.relname`,
    );
    for (const { name } of tables) {
      const table = pg.escapeIdentifier(name);
      await client.query(`CREATE TABLE ${schema}.${table} (LIKE projection.${table} INCLUDING ALL)`);
    }
    const { rows } = await query<Generation>(
      client,
      `INSERT INTO generation (number, state, template_version) VALUES ($1, 'BUILDING', $2)
       ON CONFLICT (number) DO UPDATE SET state = 'BUILDING', template_version = excluded.template_version,
         created_at = now(), switched_at = NULL
       RETURNING ${COLUMNS}`,
      [n, await templateFingerprint(client)],
    );
    return rows[0] as Generation;
  });
}

/** Drops the tables and the row of generation `n`; nothing happens when there is none. CONFLICT for the current one. */
export async function dropGeneration(pool: pg.Pool, n: number): Promise<void> {
  const schema = generationSchema(n);
  await inTransaction(pool, async (client) => {
    await refuseCurrent(client, n);
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.query('DELETE FROM generation WHERE number = $1', [n]);
  });
}

/** The generation that readers use; undefined before the first switch. */
export async function currentGeneration(pool: pg.Pool): Promise<Generation | undefined> {
  const generations = await listGenerations(pool);
  return generations.find((generation) => generation.state === 'CURRENT');
}

/** All generations that have tables, by number. */
export async function listGenerations(pool: pg.Pool): Promise<readonly Generation[]> {
  try {
    const { rows } = await query<Generation>(pool, `SELECT ${COLUMNS} FROM generation ORDER BY number`);
    return rows;
  } catch (error) {
    throw translatePostgresError(error);
  }
}

/**
 * Makes `n` the generation that readers use and retires the one before, in one transaction; listeners of the channel
 * `headwater_generation` are told. NOT_FOUND when `n` was not created.
 */
export async function switchGeneration(pool: pg.Pool, n: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('SELECT FROM generation WHERE number = $1', [n]);
    if (rowCount === 0) throw new HeadwaterError('NOT_FOUND', `There is no generation ${n} to switch to.`);
    await client.query(`UPDATE generation SET state = 'RETIRED' WHERE state = 'CURRENT' AND number <> $1`, [n]);
    await client.query(
      `UPDATE generation SET state = 'CURRENT', switched_at = now() WHERE number = $1 AND state <> 'CURRENT'`,
      [n],
    );
    await client.query(`SELECT pg_notify('headwater_generation', $1)`, [String(n)]);
  });
}

async function refuseCurrent(client: pg.PoolClient, n: number): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM generation WHERE number = $1 AND state = 'CURRENT'`, [n]);
  if (rowCount === 0) return;
  throw new HeadwaterError('CONFLICT', `Generation ${n} is in use; switch to another one first.`, {
    reason: 'GENERATION_IS_CURRENT',
  });
}

function query<Row extends pg.QueryResultRow>(
  pool: pg.Pool | pg.PoolClient,
  text: string,
  values: unknown[] = [],
): Promise<pg.QueryResult<Row>> {
  return pool.query<Row>({ text, values, types: catalogTypes });
}

async function inTransaction<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | undefined;
  let broken = false;
  try {
    client = await pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [GENERATION_LOCK]);
    const result = await use(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client?.query('ROLLBACK').catch(() => (broken = true));
    throw translatePostgresError(error);
  } finally {
    client?.release(broken);
  }
}
