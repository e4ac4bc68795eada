import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { AliasCatalogRow, AssetRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { AssetReader, NamespaceView } from '@headwater/domain/catalog-reader';
import { nodeKey, parseNodeId, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import { checkFirst, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { ALIAS_COLUMNS, ASSET_COLUMNS } from './columns.js';
import { canonicalSql, componentsOf, memberKeys } from './components.js';
import { allowsNamespace, ruleParameter } from './namespace-sql.js';
import { groupByIndex, pageOf, textCursor, withoutNumber } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const ASSETS: Statement = {
  name: 'catalog_assets',
  sql: `
    WITH ${canonicalSql('$1', '$2')},
    member AS (
      SELECT c.n, c.id, c.key FROM canonical c
      UNION
      SELECT c.n, c.id, l.member_key FROM canonical c JOIN @.alias l ON l.canonical_key = c.key
      WHERE l.recorded_from <= $2 AND (l.recorded_to IS NULL OR l.recorded_to > $2)
    )
    SELECT m.n, m.id AS canonical, ${ASSET_COLUMNS} FROM member m JOIN @.asset a ON a.key = m.key`,
};

const ALIASES: Statement = {
  name: 'catalog_aliases',
  sql: `
    SELECT u.n, ${ALIAS_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.alias l ON l.canonical_key = u.key
    WHERE l.recorded_from <= $3 AND (l.recorded_to IS NULL OR l.recorded_to > $3)
    ORDER BY u.n, l.member_id, l.cause, l.row_id`,
};

// Children are canonical as now, each once, so that a page never shows two names of one job.
const CHILD_JOBS: Statement = {
  name: 'catalog_child_jobs',
  sql: `
    SELECT g.n, c.id FROM (SELECT DISTINCT n FROM unnest($1::int[]) AS u(n)) g
    CROSS JOIN LATERAL (
      SELECT DISTINCT coalesce(own.canonical_id, a.id) COLLATE "C" AS id
      FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
      JOIN @.asset a ON a.parent_key = u.key
      LEFT JOIN @.alias own ON own.member_key = a.key AND own.recorded_to IS NULL
      WHERE u.n = g.n AND coalesce(own.canonical_id, a.id) COLLATE "C" > $3
      ORDER BY 1 LIMIT $4
    ) c ORDER BY g.n, c.id`,
};

const IDS_OF_KEYS: Statement = {
  name: 'catalog_ids_of_keys',
  sql: `
    SELECT encode(uuid_send(found.key), 'hex') AS key, found.id FROM (
      SELECT key, id FROM @.asset WHERE key = ANY ($1::uuid[])
      UNION ALL SELECT key, id FROM @.run WHERE key = ANY ($1::uuid[])
      UNION ALL SELECT key, id FROM @.field WHERE key = ANY ($1::uuid[])
      UNION ALL SELECT key, id FROM @.dataset_version WHERE key = ANY ($1::uuid[])
    ) found`,
};

const NAMESPACES: Statement = {
  name: 'catalog_namespaces',
  sql: `
    SELECT a.namespace COLLATE "C" AS name, count(*) FILTER (WHERE a.kind = 'DATASET') AS datasets,
      count(*) FILTER (WHERE a.kind = 'JOB') AS jobs
    FROM @.asset a
    WHERE a.namespace COLLATE "C" > $1 AND a.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM @.alias l WHERE l.member_key = a.key AND l.recorded_to IS NULL)
      AND ${allowsNamespace('$3', 'a.namespace')}
    GROUP BY 1 ORDER BY 1 LIMIT $2`,
};

/** Assets, their names and their namespaces, over the tables of the current generation. */
export class PostgresAssetReader implements AssetReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async assets(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, AssetRow>> {
    if (ids.length === 0) return new Map();
    const distinct = [...new Set(ids)];
    const rows = await this.#database.rows<MemberRow>(ASSETS, [distinct.map(nodeKey), knownAt]);
    const members = new Map<NodeId, MemberRow[]>();
    for (const row of rows) {
      const id = distinct[row.n - 1];
      const known = id === undefined ? undefined : members.get(id);
      if (known !== undefined) known.push(row);
      else if (id !== undefined) members.set(id, [row]);
    }
    const assets = new Map<NodeId, AssetRow>();
    // In the order that was asked for.
    for (const id of distinct) {
      const asset = mergeRows(id, members.get(id) ?? []);
      if (asset !== undefined) assets.set(id, asset);
    }
    return assets;
  }

  async aliases(ids: readonly NodeId[], knownAt: Micros): Promise<ReadonlyMap<NodeId, readonly AliasCatalogRow[]>> {
    if (ids.length === 0) return new Map();
    const components = await componentsOf(this.#database, ids, knownAt);
    const rows = await this.#database.rows<AliasCatalogRow & { n: number }>(ALIASES, [
      ids.map((_, index) => index),
      components.map(({ canonical }) => nodeKey(canonical)),
      knownAt,
    ]);
    const groups = groupByIndex(ids, rows);
    return new Map(groups.map(([id, group]) => [id, group.map(withoutNumber)]));
  }

  async childJobs(jobs: readonly NodeId[], page: PageRequest): Promise<ReadonlyMap<NodeId, Page<AssetRow>>> {
    const after = textCursor('childJobs', page);
    if (jobs.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, jobs, LATEST));
    const rows = await this.#database.rows<{ n: number; id: NodeId }>(CHILD_JOBS, [
      indexes,
      keys,
      after,
      page.first + 1,
    ]);
    const children = await this.assets([...new Set(rows.map(({ id }) => id))], LATEST);
    const pages = new Map<NodeId, Page<AssetRow>>();
    for (const [job, group] of groupByIndex(jobs, rows)) {
      const { items, hasNextPage } = pageOf(
        group,
        page.first,
        ({ id }) => encodeCursor('childJobs', [id]),
        ({ id }) => children.get(id),
      );
      const present = items.flatMap(({ cursor, item }) => (item === undefined ? [] : [{ cursor, item }]));
      pages.set(job, { items: present, hasNextPage });
    }
    return pages;
  }

  async idsOfKeys(keys: readonly NodeKey[]): Promise<ReadonlyMap<NodeKey, NodeId>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#database.rows<{ key: NodeKey; id: NodeId }>(IDS_OF_KEYS, [keys]);
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  async namespaces(page: PageRequest, within?: NamespaceRule): Promise<Page<NamespaceView>> {
    const first = checkFirst(page.first);
    const rows = await this.#database.rows<{ name: string; datasets: number; jobs: number }>(NAMESPACES, [
      textCursor('namespaces', page),
      first + 1,
      ruleParameter(within),
    ]);
    return pageOf(
      rows,
      first,
      ({ name }) => encodeCursor('namespaces', [name]),
      (row) => row,
    );
  }
}

interface MemberRow extends AssetRow {
  /** Of which of the ids that were asked for, from 1. */
  readonly n: number;
  /** Null where it is that id. */
  readonly canonical: NodeId | null;
}

/** One asset of the rows of a component's members; the canonical member's own statements win, then the smallest id's. */
function mergeRows(asked: NodeId, rows: readonly MemberRow[]): AssetRow | undefined {
  const canonical = rows[0]?.canonical ?? asked;
  const sorted = [...rows].sort((a, b) => rankOf(a, canonical) - rankOf(b, canonical) || (a.id < b.id ? -1 : 1));
  const main = sorted[0];
  if (main === undefined) return undefined;
  const { n: _n, canonical: _canonical, ...own } = main;
  const [namespace, name] = parseNodeId(canonical)?.segments ?? [];
  const deleted = rows.map(({ deletedAt }) => deletedAt);
  return {
    ...own,
    id: canonical,
    key: nodeKey(canonical),
    // Names as first sent; the id's are in NFC.
    namespace: main.id === canonical ? main.namespace : (namespace ?? main.namespace),
    name: main.id === canonical ? main.name : (name ?? main.name),
    assetType: firstOf(sorted, ({ assetType }) => assetType),
    placeholder: rows.every(({ placeholder }) => placeholder),
    createdAt: Math.min(...rows.map(({ createdAt }) => createdAt)),
    updatedAt: Math.max(...rows.map(({ updatedAt }) => updatedAt)),
    deletedAt: deleted.includes(null) ? null : Math.max(...deleted.map(Number)),
    version: Math.max(...rows.map(({ version }) => version)),
    consumers: rows.reduce((sum, { consumers }) => sum + consumers, 0),
    parentKey: firstOf(sorted, ({ parentKey }) => parentKey),
    description: firstOf(sorted, ({ description }) => description),
    tags: [...new Set(sorted.flatMap(({ tags }) => tags))],
    ownerIds: [...new Set(sorted.flatMap(({ ownerIds }) => ownerIds))],
  };
}

function rankOf(row: AssetRow, canonical: NodeId): number {
  return (row.id === canonical ? 0 : 1) + (row.placeholder ? 2 : 0);
}

function firstOf<T>(rows: readonly AssetRow[], pick: (row: AssetRow) => T | null): T | null {
  return rows.map(pick).find((value) => value !== null) ?? null;
}
