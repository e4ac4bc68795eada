import type { FieldRow, SchemaVersionRow } from '@headwater/domain/catalog';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { FieldView, SchemaReader } from '@headwater/domain/reading/schema-reader';
import { datasetOf, type NodeId } from '@headwater/domain/identifiers';
import { checkFirst, type Page, type PageRequest } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { FIELD_COLUMNS, SCHEMA_VERSION_COLUMNS } from './columns.js';
import { componentsOf, memberKeys } from './components.js';
import { fieldPage, fieldPlace, fieldsThatHold } from './field-list.js';
import { groupByIndex, timeCursor, timePages, withoutNumber } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const FIELDS: Statement = {
  name: 'catalog_fields',
  sql: `SELECT u.n, ${FIELD_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key) JOIN @.field f ON f.key = u.key`,
};

const SCHEMAS_THEN: Statement = {
  name: 'catalog_schemas_then',
  sql: `
    SELECT u.n, ${SCHEMA_VERSION_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.schema_version s ON s.dataset_key = u.key
    WHERE s.valid_from <= $3 AND (s.valid_to IS NULL OR s.valid_to > $3)
      AND s.recorded_from <= $4 AND (s.recorded_to IS NULL OR s.recorded_to > $4)
    ORDER BY u.n, s.valid_from DESC, s.row_id`,
};

const FIELDS_NOW: Statement = {
  name: 'catalog_fields_now',
  sql: `
    SELECT u.n, ${FIELD_COLUMNS} FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.field f ON f.dataset_key = u.key
    WHERE f.deleted_at IS NULL AND f.ordinal IS NULL`,
};

const SCHEMA_VERSIONS: Statement = {
  name: 'catalog_schema_versions',
  sql: `
    SELECT u.n, found.* FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      SELECT ${SCHEMA_VERSION_COLUMNS} FROM @.schema_version s
      WHERE s.dataset_key = u.key AND (s.valid_from, s.row_id) < ($3::bigint, $4::uuid)
        AND s.recorded_from <= $5 AND (s.recorded_to IS NULL OR s.recorded_to > $5)
      ORDER BY s.valid_from DESC, s.row_id DESC LIMIT $6
    ) found`,
};

/** Schemas and fields of the current generation; fields of merged datasets appear under the canonical one, each path once. */
export class PostgresSchemaReader implements SchemaReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async fields(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, FieldView>> {
    if (ids.length === 0) return new Map();
    const components = await componentsOf(this.#database, ids, LATEST);
    const { indexes, keys } = memberKeys(components);
    const rows = await this.#database.rows<FieldRow & { n: number }>(FIELDS, [indexes, keys]);
    const views = new Map<NodeId, FieldView>();
    for (const [id, group, index] of groupByIndex(ids, rows)) {
      const canonical = components[index]?.canonical ?? id;
      // What one member still has is not deleted; the canonical one describes it best.
      const [best] = group.sort(
        (a, b) =>
          Number(a.deletedAt !== null) - Number(b.deletedAt !== null) ||
          Number(a.id !== canonical) - Number(b.id !== canonical) ||
          (a.id < b.id ? -1 : 1),
      );
      if (best !== undefined) views.set(id, viewOf(best, canonical));
    }
    return views;
  }

  async fieldsOfDatasets(
    datasets: readonly NodeId[],
    time: { readonly at: Micros | null; readonly knownAt: Micros },
    page: PageRequest,
  ): Promise<ReadonlyMap<NodeId, Page<FieldView>>> {
    checkFirst(page.first);
    const after = fieldPlace(page);
    if (datasets.length === 0) return new Map();
    const components = await componentsOf(this.#database, datasets, time.knownAt);
    const { indexes, keys } = memberKeys(components);
    const [schemas, unlisted] = await Promise.all([
      this.#database.rows<SchemaVersionRow & { n: number }>(SCHEMAS_THEN, [
        indexes,
        keys,
        time.at ?? LATEST,
        time.knownAt,
      ]),
      // Fields that no schema lists have no times of their own: they belong to what holds now.
      time.at === null ? this.#database.rows<FieldRow & { n: number }>(FIELDS_NOW, [indexes, keys]) : [],
    ]);
    const unlistedOf = groupByIndex(datasets, unlisted);
    const pages = new Map<NodeId, Page<FieldView>>();
    for (const [dataset, group, index] of groupByIndex(datasets, schemas)) {
      const canonical = components[index]?.canonical ?? dataset;
      const fields = fieldsThatHold(canonical, group, unlistedOf[index]?.[1] ?? []);
      pages.set(dataset, fieldPage(fields, after, page.first));
    }
    return pages;
  }

  async schemaVersions(
    datasets: readonly NodeId[],
    page: PageRequest,
    knownAt: Micros,
  ): Promise<ReadonlyMap<NodeId, Page<SchemaVersionRow>>> {
    const after = timeCursor('schemaVersions', page);
    if (datasets.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.#database, datasets, knownAt));
    const values = [indexes, keys, after.at, after.key, knownAt, page.first + 1];
    const rows = await this.#database.rows<SchemaVersionRow & { n: number }>(SCHEMA_VERSIONS, values);
    const placeOf = (row: SchemaVersionRow) => ({ at: row.validFrom, key: row.rowId });
    return timePages('schemaVersions', datasets, rows, page.first, placeOf, withoutNumber);
  }
}

function viewOf(row: FieldRow, id: NodeId): FieldView {
  const { path, name, type, description, ordinal, deletedAt } = row;
  return { id, datasetId: datasetOf(id), path, name, type, description, ordinal, deletedAt };
}
