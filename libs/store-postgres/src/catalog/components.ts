import { datasetId, datasetOf, kindOf, nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import type { ProjectionDatabase, Statement } from './projection-database.js';

/** A node under every id it has as known at one moment; of a node without alias rows only its own. */
export interface Component {
  readonly canonical: NodeId;
  /** The canonical id first. */
  readonly members: readonly NodeId[];
}

/** For each index of the ids asked for, the keys of its component's members: two parallel arrays for `unnest`. */
export interface MemberKeys {
  readonly indexes: readonly number[];
  readonly keys: readonly NodeKey[];
}

/**
 * SQL of `canonical`: for each of the keys asked for its place among them, from 1, as n, the key of the canonical node and
 * its id, which is null where the node has no other name.
 */
export function canonicalSql(keys: string, knownAt: string): string {
  return `canonical AS (
      SELECT asked.n::int AS n, own.canonical_id AS id, coalesce(own.canonical_key, asked.key) AS key
      FROM unnest(${keys}::uuid[]) WITH ORDINALITY AS asked(key, n)
      LEFT JOIN LATERAL (
        SELECT l.canonical_id, l.canonical_key FROM @.alias l
        WHERE l.member_key = asked.key AND l.recorded_from <= ${knownAt}
          AND (l.recorded_to IS NULL OR l.recorded_to > ${knownAt})
        ORDER BY l.recorded_from DESC LIMIT 1
      ) own ON true
    )`;
}

// Ids asked for come from outside and may hold what PostgreSQL's text cannot, so only their keys are sent. Of most nodes
// there is no alias: they have no row.
const COMPONENTS: Statement = {
  name: 'catalog_components',
  sql: `
    WITH ${canonicalSql('$1', '$2')}
    SELECT c.n, c.id AS canonical, m.members FROM canonical c
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT l.member_id ORDER BY l.member_id) AS members FROM @.alias l
      WHERE l.canonical_key = c.key AND l.member_key <> c.key
        AND l.recorded_from <= $2 AND (l.recorded_to IS NULL OR l.recorded_to > $2)
    ) m ON true
    WHERE c.id IS NOT NULL OR m.members IS NOT NULL`,
};

/** The components of datasets, jobs and (by way of their dataset) fields; other nodes stand for themselves. */
export async function componentsOf(
  database: ProjectionDatabase,
  ids: readonly NodeId[],
  knownAt: Micros,
): Promise<readonly Component[]> {
  const owners = ids.map((id) => (kindOf(id) === 'FIELD' ? datasetOf(id) : id));
  const distinct = [...new Set(owners)];
  if (distinct.length === 0) return [];
  const values = [distinct.map(nodeKey), knownAt];
  const rows = await database.rows<{ n: number; canonical: NodeId | null; members: NodeId[] | null }>(
    COMPONENTS,
    values,
  );
  const found = new Map(rows.map((row) => [distinct[row.n - 1], row]));
  return ids.map((id, index) => {
    const owner = owners[index] ?? id;
    const row = found.get(owner);
    const canonical = row?.canonical ?? owner;
    const members = [canonical, ...(row?.members ?? [])];
    if (owner === id) return { canonical, members };
    return { canonical: moveField(id, canonical), members: members.map((member) => moveField(id, member)) };
  });
}

/** Parallel arrays of component index and member key. */
export function memberKeys(components: readonly Component[]): MemberKeys {
  return {
    indexes: components.flatMap(({ members }, index) => members.map(() => index)),
    keys: components.flatMap(({ members }) => members.map(nodeKey)),
  };
}

/** The same field path under another dataset id. */
export function moveField(field: NodeId, dataset: NodeId): NodeId {
  const path = field.split(':')[3] ?? '';
  return `field:${dataset.slice(datasetId('', '').length - 1)}:${path}` as NodeId;
}
