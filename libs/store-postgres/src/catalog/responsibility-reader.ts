import { reachOf, reachOfRules, type OwnerReach } from '@headwater/domain/governance/owner-reach';
import type { OwnershipRule } from '@headwater/domain/governance/ownership-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import type { NamedAsset, OwnershipReader } from '@headwater/domain/reading/ownership-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { DefinitionReader } from '@headwater/domain/reading/schema-reader';
import { componentsOf } from './components.js';
import { likePattern } from './namespace-sql.js';
import { storable } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const HOLDS = (row: string): string => `${row}.valid_from <= $2 AND (${row}.valid_to IS NULL OR ${row}.valid_to > $2)
        AND ${row}.recorded_from <= $3 AND (${row}.recorded_to IS NULL OR ${row}.recorded_to > $3)`;

const isNamed = (column: string, pattern: string): string =>
  `(r.${pattern} IS NULL OR normalize(${column}, NFC) LIKE r.${pattern})`;

const CANDIDATES: Statement = {
  name: 'catalog_may_answer_for',
  sql: `
    WITH own AS MATERIALIZED (
      SELECT DISTINCT ON (l.member_key) l.member_key, l.canonical_key, l.canonical_id FROM @.alias l
      WHERE l.recorded_from <= $3 AND (l.recorded_to IS NULL OR l.recorded_to > $3)
      ORDER BY l.member_key, l.recorded_from DESC
    ),
    stated AS (
      SELECT f.node_key AS key FROM @.fact f WHERE f.kind = 'OWNER' AND f.value = ANY ($1::text[]) AND ${HOLDS('f')}
      UNION SELECT f.node_key FROM @.fact f
      WHERE f.kind IN ('DOMAIN', 'PRODUCT') AND f.value = ANY ($4::text[]) AND ${HOLDS('f')}
      UNION SELECT coalesce(d.dataset_key, f.node_key)
      FROM @.fact f CROSS JOIN unnest($5::text[]) AS t(tag) LEFT JOIN @.field d ON d.key = f.node_key
      WHERE f.kind = 'TAG' AND (f.value = t.tag OR starts_with(f.value, t.tag || '=')) AND ${HOLDS('f')}
      UNION SELECT a.key FROM @.asset a
      WHERE EXISTS (
        SELECT FROM unnest($6::text[], $7::text[], $8::text[]) AS r(namespaces, names, paths)
        WHERE ${isNamed('a.namespace', 'namespaces')} AND ${isNamed('a.name', 'names')}
          AND ${isNamed(`a.namespace || '/' || a.name`, 'paths')}
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
    HAVING min(a.created_at) <= $2 AND NOT bool_and(a.deleted_at IS NOT NULL AND a.deleted_at <= $2)`,
};

/** For what an agent may answer, or what rules may fit, at any moment: one statement behind those that read the definitions of then. */
export class PostgresResponsibilityReader implements Pick<OwnershipReader, 'mayAnswerFor' | 'mayFit'> {
  constructor(
    private readonly database: ProjectionDatabase,
    private readonly reader: Pick<DefinitionReader, 'definitionsOf'>,
  ) {}

  async mayAnswerFor(agent: NodeId, time: ReadTime): Promise<readonly NamedAsset[]> {
    const [component] = await componentsOf(this.database, storable<NodeId>([agent]), time.knownAt);
    if (component === undefined) return [];
    const agents = component.members;
    const [[list], domains, products] = await Promise.all([
      this.reader.definitionsOf('OWNERSHIP_RULES', time),
      this.reader.definitionsOf('DOMAIN', time),
      this.reader.definitionsOf('DATA_PRODUCT', time),
    ]);
    return this.#within(agents, reachOf(agents, list?.body.rules ?? [], domains, products), time);
  }

  async mayFit(rules: readonly OwnershipRule[], time: ReadTime): Promise<readonly NamedAsset[]> {
    if (rules.length === 0) return [];
    return this.#within([], reachOfRules(rules, await this.reader.definitionsOf('DOMAIN', time)), time);
  }

  #within(
    agents: readonly NodeId[],
    { names, tags, places }: OwnerReach,
    { at, knownAt }: ReadTime,
  ): Promise<readonly NamedAsset[]> {
    const patterns = (['namespace', 'name', 'path'] as const).map((member) =>
      names.map((rule) => patternOf(rule[member])),
    );
    return this.database.rows<NamedAsset>(CANDIDATES, [agents, at, knownAt, places, tags, ...patterns]);
  }
}

function patternOf(glob: string | null): string | null {
  return glob === null ? null : likePattern(glob.normalize('NFC'));
}
