import type { FacetRow, FactRow } from '@headwater/domain/catalog';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';
import type { FacetReader, FactHistoryReader, FactReader } from '@headwater/domain/reading/schema-reader';
import type { FactKind } from '@headwater/domain/facts';
import type { NodeId } from '@headwater/domain/identifiers';
import { FACET_COLUMNS, FACT_COLUMNS } from './columns.js';
import { componentsOf, memberKeys } from './components.js';
import { groupByIndex, storable, withoutNumber } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

// Of several members' facets of one name and producer the latest holds, as if one node had received them all.
const FACETS: Statement = {
  name: 'catalog_facets',
  sql: `
    SELECT DISTINCT ON (u.n, f.name COLLATE "C", f.producer_key COLLATE "C") u.n, ${FACET_COLUMNS}
    FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.facet f ON f.node_key = u.key
    WHERE $3::text[] IS NULL OR f.name = ANY ($3::text[])
    ORDER BY u.n, f.name COLLATE "C", f.producer_key COLLATE "C", f.at DESC, f.position DESC`,
};

// Rule 30: what a person entered outranks facets.
const FACTS: Statement = {
  name: 'catalog_facts',
  sql: `
    SELECT u.n, ${FACT_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.fact f ON f.node_key = u.key
    WHERE f.kind = ANY ($3::text[])
      AND f.valid_from <= $4 AND (f.valid_to IS NULL OR f.valid_to > $4)
      AND f.recorded_from <= $5 AND (f.recorded_to IS NULL OR f.recorded_to > $5)
    ORDER BY u.n, f.kind, array_position(ARRAY['EDIT', 'RULE', 'FACET'], f.source), f.valid_from DESC, f.row_id`,
};

const FACT_HISTORY: Statement = {
  name: 'catalog_fact_history',
  sql: `
    SELECT u.n, ${FACT_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.fact f ON f.node_key = u.key
    WHERE f.kind = $3 AND f.recorded_from <= $4 AND (f.recorded_to IS NULL OR f.recorded_to > $4)
    ORDER BY u.n, f.valid_from DESC, array_position(ARRAY['EDIT', 'RULE', 'FACET'], f.source), f.row_id`,
};

const TAGGED: Statement = {
  name: 'catalog_tagged',
  sql: `
    SELECT ${FACT_COLUMNS} FROM @.fact f
    WHERE f.kind IN ('TAG', 'NOT_TAG')
      AND (f.value = $1 OR (strpos($1, '=') = 0 AND starts_with(f.value, $1 || '=')))
      AND f.valid_from <= $2 AND (f.valid_to IS NULL OR f.valid_to > $2)
      AND f.recorded_from <= $3 AND (f.recorded_to IS NULL OR f.recorded_to > $3)
    ORDER BY array_position(ARRAY['EDIT', 'RULE', 'FACET'], f.source), f.valid_from DESC, f.row_id`,
};

// What a schema listed, and none lists now, is gone; what none ever listed is there as long as it is named. As search has it.
const FIELD_TAGS: Statement = {
  name: 'catalog_field_tags',
  sql: `
    WITH tagged AS MATERIALIZED (
      SELECT u.n, d.dataset_key, d.path, ${FACT_COLUMNS}
      FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
      JOIN @.field d ON d.dataset_key = u.key
      JOIN @.fact f ON f.node_key = d.key AND f.kind = 'TAG'
      WHERE ($3::text[] IS NULL OR EXISTS (SELECT FROM unnest($3::text[]) AS t(tag) WHERE f.value = t.tag OR starts_with(f.value, t.tag || '=')))
        AND f.valid_from <= $4 AND (f.valid_to IS NULL OR f.valid_to > $4)
        AND f.recorded_from <= $5 AND (f.recorded_to IS NULL OR f.recorded_to > $5)
    ),
    schema AS MATERIALIZED (
      SELECT s.dataset_key, s.fields, coalesce(s.valid_to > $4, true) AS holds FROM @.schema_version s
      WHERE s.dataset_key IN (SELECT t.dataset_key FROM tagged t)
        AND s.valid_from <= $4 AND s.recorded_from <= $5 AND (s.recorded_to IS NULL OR s.recorded_to > $5)
    ),
    gone AS MATERIALIZED (
      SELECT s.dataset_key, ARRAY(SELECT json_array_elements_text(l.field -> 'path')) AS path
      FROM schema s CROSS JOIN LATERAL json_array_elements(s.fields) AS l(field)
      WHERE s.dataset_key IN (SELECT x.dataset_key FROM schema x WHERE NOT x.holds)
      GROUP BY 1, 2 HAVING NOT bool_or(s.holds)
    )
    SELECT t.* FROM tagged t
    WHERE NOT EXISTS (SELECT FROM gone g WHERE g.dataset_key = t.dataset_key AND g.path = t.path)
    ORDER BY t.n, array_position(ARRAY['EDIT', 'RULE', 'FACET'], t.source), t."validFrom" DESC, t."rowId"`,
};

const OWNED: Statement = {
  name: 'catalog_owned',
  sql: `
    SELECT ${FACT_COLUMNS} FROM @.fact f
    WHERE f.kind = 'OWNER' AND f.value = ANY ($1::text[])
      AND f.valid_from <= $2 AND (f.valid_to IS NULL OR f.valid_to > $2)
      AND f.recorded_from <= $3 AND (f.recorded_to IS NULL OR f.recorded_to > $3)
    ORDER BY array_position(ARRAY['EDIT', 'RULE', 'FACET'], f.source), f.valid_from DESC, f.row_id`,
};

const PLACED: Statement = {
  name: 'catalog_placed',
  sql: `
    SELECT ${FACT_COLUMNS} FROM @.fact f
    WHERE f.kind = 'DOMAIN'
      AND f.valid_from <= $1 AND (f.valid_to IS NULL OR f.valid_to > $1)
      AND f.recorded_from <= $2 AND (f.recorded_to IS NULL OR f.recorded_to > $2)
    ORDER BY array_position(ARRAY['EDIT', 'RULE', 'FACET'], f.source), f.valid_from DESC, f.row_id`,
};

const PORTS: Statement = {
  name: 'catalog_output_ports',
  sql: `
    SELECT ${FACT_COLUMNS} FROM @.fact f
    WHERE f.kind = 'PRODUCT' AND f.value = ANY ($1::text[])
      AND f.valid_from <= $2 AND (f.valid_to IS NULL OR f.valid_to > $2)
      AND f.recorded_from <= $3 AND (f.recorded_to IS NULL OR f.recorded_to > $3)
    ORDER BY f.node_id COLLATE "C", f.valid_from DESC, f.row_id`,
};

type TaggedField = FactRow & { readonly n: number; readonly path: readonly string[]; readonly dataset_key: string };

/** Facets as they hold now, and facts on both time axes, of whole alias components. */
export class PostgresFactReader implements FacetReader, FactReader, FactHistoryReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async facets(
    nodes: readonly NodeId[],
    names: readonly string[] | null,
  ): Promise<ReadonlyMap<NodeId, readonly FacetRow[]>> {
    if (nodes.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, nodes, LATEST));
    const rows = await this.#database.rows<FacetRow & { n: number }>(FACETS, [indexes, keys, names && storable(names)]);
    return withoutNumbers(groupByIndex(nodes, rows));
  }

  async facts(
    nodes: readonly NodeId[],
    kinds: readonly FactKind[],
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>> {
    if (nodes.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, nodes, time.knownAt));
    const values = [indexes, keys, kinds, time.at, time.knownAt];
    const rows = await this.#database.rows<FactRow & { n: number }>(FACTS, values);
    return withoutNumbers(groupByIndex(nodes, rows));
  }

  async factHistory(
    nodes: readonly NodeId[],
    kind: FactKind,
    knownAt: ReadTime['knownAt'],
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>> {
    if (nodes.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, nodes, knownAt));
    const rows = await this.#database.rows<FactRow & { n: number }>(FACT_HISTORY, [indexes, keys, kind, knownAt]);
    return withoutNumbers(groupByIndex(nodes, rows));
  }

  async tagged(tag: string, time: ReadTime): Promise<readonly FactRow[]> {
    if (storable([tag]).length === 0) return [];
    return this.#database.rows<FactRow>(TAGGED, [tag, time.at, time.knownAt]);
  }

  async fieldTags(
    datasets: readonly NodeId[],
    tags: readonly string[] | null,
    time: ReadTime,
  ): Promise<ReadonlyMap<NodeId, readonly FactRow[]>> {
    const wanted = tags && storable(tags);
    if (datasets.length === 0 || wanted?.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, datasets, time.knownAt));
    const rows = await this.#database.rows<TaggedField>(FIELD_TAGS, [indexes, keys, wanted, time.at, time.knownAt]);
    const groups = groupByIndex(datasets, rows);
    return new Map(
      groups.map(([id, group]) => [id, group.map(({ n: _n, path: _path, dataset_key: _key, ...fact }) => fact)]),
    );
  }

  async outputPorts(products: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, readonly FactRow[]>> {
    const rows = await this.#database.rows<FactRow>(PORTS, [storable(products), time.at, time.knownAt]);
    return new Map(products.map((product) => [product, rows.filter(({ value }) => value === product)]));
  }

  placed(time: ReadTime): Promise<readonly FactRow[]> {
    return this.#database.rows<FactRow>(PLACED, [time.at, time.knownAt]);
  }

  async owned(agent: NodeId, time: ReadTime): Promise<readonly FactRow[]> {
    const [names] = await componentsOf(this.#database, storable<NodeId>([agent]), time.knownAt);
    return names === undefined ? [] : this.#database.rows<FactRow>(OWNED, [names.members, time.at, time.knownAt]);
  }
}

function withoutNumbers<R extends { n: number }>(
  groups: ReturnType<typeof groupByIndex<R>>,
): Map<NodeId, Omit<R, 'n'>[]> {
  return new Map(groups.map(([node, rows]) => [node, rows.map(withoutNumber)]));
}
