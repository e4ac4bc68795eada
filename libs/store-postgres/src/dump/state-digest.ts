import { createHash } from 'node:crypto';
import type { DumpedState, RowSum } from '@headwater/domain/dump/dump-format';
import { DEFAULT_PROJECTION_SETTINGS } from '@headwater/domain/projection/settings-edit';
import type pg from 'pg';
import { catalogTypes } from '../pool.js';
import { FOLLOWED, PROJECTOR_ROWS } from '../projection/projector-rows.js';

/** Of what is in the other tables; judged anew by other rules; packed as the batches came; how far search has followed. */
const NOT_STATE = /^(?:search_|suggested_tag$|graph_change$|graph_checkpoint$|projection_checkpoint$)/;

const isOfGraph = (table: string): boolean => table.startsWith('graph_');

/**
 * What the catalog in `schema` holds, as one digest a table: equal wherever the same log was projected up to the same
 * position by the same version. The tables of the graph are part of it where the graph is in PostgreSQL and as far as
 * the catalog. `client` is in a transaction that sees one snapshot.
 */
export async function stateDigest(client: pg.ClientBase, schema: string): Promise<Omit<DumpedState, 'template'>> {
  const position = await positionOf(client, `${schema}.projection_checkpoint`);
  const isGraphThere = (await positionOf(client, `${schema}.graph_checkpoint`)) === position;
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' ORDER BY relname`,
    [schema],
  );
  const tables: Record<string, RowSum> = {};
  for (const { name } of rows) {
    const isLeftOut = NOT_STATE.test(name) || (isOfGraph(name) && !isGraphThere);
    if (!isLeftOut) tables[name] = await digestOf(client, `${schema}.${name}`, name === 'aggregate');
  }
  return { position, settings: await settingsOf(client, schema), tables };
}

async function positionOf(client: pg.ClientBase, table: string): Promise<number> {
  const { rows } = await client.query<{ position: number }>({
    text: `SELECT coalesce(max(position), 0) AS position FROM ${table}`,
    types: catalogTypes,
  });
  return rows[0]?.position ?? 0;
}

async function settingsOf(client: pg.ClientBase, schema: string): Promise<string> {
  const { rows } = await client.query<{ body: string }>(
    `SELECT body::jsonb::text AS body FROM ${schema}.aggregate WHERE key = $1`,
    [FOLLOWED],
  );
  if (rows[0] !== undefined) return rows[0].body;
  const shipped = await client.query<{ body: string }>('SELECT $1::jsonb::text AS body', [DEFAULT_PROJECTION_SETTINGS]);
  return shipped.rows[0]?.body ?? '';
}

/** Rows are hashed one by one and put in order by their hashes, in 256 heaps, so that no value outgrows the server. */
async function digestOf(client: pg.ClientBase, table: string, hasProjectorRows: boolean): Promise<RowSum> {
  const { rows } = await client.query<{ rows: number; sha256: string }>({
    text: `SELECT coalesce(sum(n), 0)::bigint AS rows,
             encode(sha256(coalesce(string_agg(heap, ''::bytea ORDER BY first), ''::bytea)), 'hex') AS sha256
           FROM (SELECT get_byte(h, 0) AS first, count(*) AS n, sha256(string_agg(h, ''::bytea ORDER BY h)) AS heap
             FROM (SELECT sha256(convert_to(row_to_json(t)::text, 'UTF8')) AS h FROM ${table} t
               ${hasProjectorRows ? 'WHERE key <> ALL ($1::uuid[])' : ''}) hashes
             GROUP BY 1) heaps`,
    values: hasProjectorRows ? [PROJECTOR_ROWS] : [],
    types: catalogTypes,
  });
  return rows[0] ?? { rows: 0, sha256: '' };
}

/**
 * One digest of what a catalog holds, whatever made it and when: catalogs of one log at one position that hold the same have the
 * same one, wherever their graph is and however far it has followed. 64 hexadecimal digits.
 */
export function stateSum({ position, settings, tables }: Omit<DumpedState, 'template'>): string {
  const sums = Object.entries(tables)
    .filter(([name]) => !isOfGraph(name))
    .map(([name, { rows, sha256 }]) => [name, rows, sha256] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([position, settings, sums]))
    .digest('hex');
}
