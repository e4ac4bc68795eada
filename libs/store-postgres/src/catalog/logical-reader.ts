import type { FactRow } from '@headwater/domain/catalog';
import type { FactKind } from '@headwater/domain/facts';
import { CAPTURED, capturedFor, type LogicalRule } from '@headwater/domain/governance/logical-rules';
import { parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { LogicalReader } from '@headwater/domain/reading/logical-reader';
import type { NamedAsset } from '@headwater/domain/reading/ownership-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionReader } from '@headwater/domain/reading/schema-reader';
import { FACT_COLUMNS } from './columns.js';
import { likePattern } from './namespace-sql.js';
import { storable } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

/** Above so many the rules as they are find candidates in fewer patterns than each key by itself does. */
const MOST_KEYS = 20;

const HOLDS = (row: string): string => `${row}.valid_from <= $1 AND (${row}.valid_to IS NULL OR ${row}.valid_to > $1)
        AND ${row}.recorded_from <= $2 AND (${row}.recorded_to IS NULL OR ${row}.recorded_to > $2)`;

/** $3 values of LOGICAL facts; $4, $5 patterns of namespaces and names. */
const CANDIDATES: Statement = {
  name: 'catalog_may_be_members',
  sql: `
    WITH own AS MATERIALIZED (
      SELECT DISTINCT ON (l.member_key) l.member_key, l.canonical_key, l.canonical_id FROM @.alias l
      WHERE l.recorded_from <= $2 AND (l.recorded_to IS NULL OR l.recorded_to > $2)
      ORDER BY l.member_key, l.recorded_from DESC
    ),
    stated AS (
      SELECT f.node_key AS key FROM @.fact f WHERE f.kind = 'LOGICAL' AND f.value = ANY ($3::text[]) AND ${HOLDS('f')}
      UNION SELECT a.key FROM @.asset a
      WHERE a.kind = 'DATASET' AND EXISTS (
        SELECT FROM unnest($4::text[], $5::text[]) AS r(namespaces, names)
        WHERE (r.namespaces IS NULL OR normalize(a.namespace, NFC) LIKE r.namespaces)
          AND lower(normalize(a.name, NFC)) LIKE lower(r.names)
      )
    ),
    found AS (
      SELECT DISTINCT coalesce(o.canonical_key, s.key) AS key FROM stated s LEFT JOIN own o ON o.member_key = s.key
    ),
    member AS (
      SELECT f.key, NULL::text AS id, f.key AS member FROM found f
      UNION SELECT f.key, o.canonical_id, o.member_key FROM found f JOIN own o ON o.canonical_key = f.key
    )
    SELECT coalesce(min(m.id), min(a.id) FILTER (WHERE a.key = m.key)) AS id,
      coalesce(min(a.display_name) FILTER (WHERE a.key = m.key), '') AS "displayName"
    FROM member m JOIN @.asset a ON a.key = m.member
    GROUP BY m.key
    HAVING min(a.created_at) <= $1`,
};

const NAMING: Statement = {
  name: 'catalog_facts_naming',
  sql: `
    SELECT ${FACT_COLUMNS} FROM @.fact f
    WHERE f.kind = $3 AND f.value = ANY ($4::text[]) AND ${HOLDS('f')}
    ORDER BY f.node_id COLLATE "C", f.valid_from DESC, f.row_id`,
};

interface Pattern {
  readonly namespace: string | null;
  readonly name: string;
}

/** Datasets that facts and rules may make members: one statement, behind the one that reads the rules of then. */
export class PostgresLogicalReader implements Omit<LogicalReader, 'logicalMemberships'> {
  constructor(
    private readonly database: ProjectionDatabase,
    private readonly reader: Pick<DefinitionReader, 'definitionsOf'>,
  ) {}

  async mayBeMembers(logical: readonly NodeId[], time: ReadTime): Promise<readonly NamedAsset[]> {
    const values = storable<NodeId>(logical);
    if (values.length === 0) return [];
    const [list] = await this.reader.definitionsOf('LOGICAL_RULES', time);
    const rules = list?.body.rules ?? [];
    const keys = values.map((id) => parseNodeId(id)?.segments[0] ?? '');
    const patterns = keys.length > MOST_KEYS ? rules.map(patternOf) : rules.flatMap((rule) => patternsFor(rule, keys));
    return this.#candidates(time, values, patterns);
  }

  mayFitLogical(rules: readonly LogicalRule[], time: ReadTime): Promise<readonly NamedAsset[]> {
    return this.#candidates(time, [], rules.map(patternOf));
  }

  factsNaming(kind: FactKind, values: readonly NodeId[], time: ReadTime): Promise<readonly FactRow[]> {
    return this.database.rows<FactRow>(NAMING, [time.at, time.knownAt, kind, storable(values)]);
  }

  #candidates(time: ReadTime, values: readonly NodeId[], patterns: readonly Pattern[]): Promise<readonly NamedAsset[]> {
    const [namespaces, names] = [patterns.map(({ namespace }) => namespace), patterns.map(({ name }) => name)];
    return this.database.rows<NamedAsset>(CANDIDATES, [time.at, time.knownAt, values, namespaces, names]);
  }
}

/** What a rule fits, whatever it captures. */
function patternOf({ namespace, name }: LogicalRule): Pattern {
  return toPattern(namespace, name, '%');
}

/** What a rule fits by which it makes one of these keys. */
function patternsFor(rule: LogicalRule, keys: readonly string[]): readonly Pattern[] {
  return keys.flatMap((key) => {
    const captured = capturedFor(rule, key);
    if (captured === undefined) return [];
    // How capitals beyond ASCII are written small is not the same everywhere, so that any stand for them here.
    const text = captured === null ? '%' : likePattern(captured).replaceAll(/[^\x20-\x7e]/gu, '%');
    return [toPattern(rule.namespace, rule.name, text)];
  });
}

function toPattern(namespace: string | null, name: string, captured: string): Pattern {
  const parts = name.normalize('NFC').split(CAPTURED).map(likePattern);
  return { namespace: namespace === null ? null : likePattern(namespace.normalize('NFC')), name: parts.join(captured) };
}
