import type { DefinitionReader } from '@headwater/domain/reading/schema-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionKind, DefinitionRow } from '@headwater/domain/governance/definition';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { DEFINITION_COLUMNS } from './columns.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const AT = (
  at: string,
  knownAt: string,
): string => `d.valid_from <= ${at} AND (d.valid_to IS NULL OR d.valid_to > ${at})
      AND d.recorded_from <= ${knownAt} AND (d.recorded_to IS NULL OR d.recorded_to > ${knownAt})`;

const BY_ID: Statement = {
  name: 'catalog_definitions',
  sql: `
    SELECT ${DEFINITION_COLUMNS} FROM @.definition d
    WHERE d.key = ANY ($1::uuid[]) AND ${AT('$2', '$3')}`,
};

const OF_KIND: Statement = {
  name: 'catalog_definitions_of_kind',
  sql: `
    SELECT ${DEFINITION_COLUMNS} FROM @.definition d
    WHERE d.kind = $1 AND ${AT('$2', '$3')}
    ORDER BY d.id COLLATE "C"`,
};

const HISTORY: Statement = {
  name: 'catalog_definition_history',
  sql: `
    SELECT ${DEFINITION_COLUMNS} FROM @.definition d
    WHERE d.key = ANY ($1::uuid[]) AND d.recorded_from <= $2 AND (d.recorded_to IS NULL OR d.recorded_to > $2)
    ORDER BY d.valid_from DESC, d.position DESC`,
};

/** What people defined, on both time axes. */
export class PostgresDefinitionReader implements DefinitionReader {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async definitions(ids: readonly NodeId[], time: ReadTime): Promise<ReadonlyMap<NodeId, DefinitionRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.rows<DefinitionRow>(BY_ID, [ids.map(nodeKey), time.at, time.knownAt]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async definitionHistory(
    ids: readonly NodeId[],
    knownAt: ReadTime['knownAt'],
  ): Promise<ReadonlyMap<NodeId, readonly DefinitionRow[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#database.rows<DefinitionRow>(HISTORY, [ids.map(nodeKey), knownAt]);
    const versions = new Map<NodeId, DefinitionRow[]>();
    for (const row of rows) versions.set(row.id, [...(versions.get(row.id) ?? []), row]);
    return versions;
  }

  definitionsOf<K extends DefinitionKind>(
    kind: K,
    time: ReadTime,
  ): Promise<readonly Extract<DefinitionRow, { readonly kind: K }>[]> {
    return this.#database.rows<Extract<DefinitionRow, { readonly kind: K }>>(OF_KIND, [kind, time.at, time.knownAt]);
  }
}
