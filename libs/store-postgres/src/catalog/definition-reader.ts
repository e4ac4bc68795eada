import type { DefinitionReader } from '@headwater/domain/reading/schema-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionKind, DefinitionRow } from '@headwater/domain/governance/definition';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { DEFINITION_COLUMNS } from './columns.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

type Body = DefinitionRow['body'];

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

// A row's body never changes, and what was read already is not sent again: most answers ask for the same definitions.
const OF_KINDS: Statement = {
  name: 'catalog_definitions_of_kinds',
  sql: `
    SELECT ${DEFINITION_COLUMNS.replace('d.body', 'CASE WHEN known.row_id IS NULL THEN d.body END AS body')}
    FROM @.definition d LEFT JOIN unnest($4::uuid[]) AS known(row_id) ON known.row_id = d.row_id
    WHERE d.kind = ANY ($1::text[]) AND ${AT('$2', '$3')}
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
  /** Bodies of the last answer about these kinds, by row; rows of another generation are others. */
  readonly #known = new Map<string, { readonly generation: number; readonly bodies: ReadonlyMap<string, Body> }>();

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

  /** Of one kind or of several, by id. */
  async definitionsOf<K extends DefinitionKind>(
    kinds: K | readonly K[],
    time: ReadTime,
  ): Promise<readonly Extract<DefinitionRow, { readonly kind: K }>[]> {
    type Row = Extract<DefinitionRow, { readonly kind: K }>;
    const name = String(kinds);
    const generation = this.#database.generation();
    const known = this.#known.get(name);
    const before = known?.generation === generation ? known.bodies : new Map<string, Body>();
    const rows = await this.#database.rows<Row>(OF_KINDS, [
      ...[[kinds].flat(), time.at, time.knownAt],
      [...before.keys()],
    ]);
    const whole = rows.map((row) => ({ ...row, body: before.get(row.rowId) ?? row.body }));
    this.#known.set(name, { generation, bodies: new Map(whole.map(({ rowId, body }) => [rowId, body])) });
    return whole;
  }
}
