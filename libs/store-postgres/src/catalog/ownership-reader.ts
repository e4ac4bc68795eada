import type { FactRow } from '@headwater/domain/catalog';
import { isDataProductRow, isDomainRow } from '@headwater/domain/governance/definition';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import {
  SUBJECT_FACTS,
  type OwnershipGround,
  type OwnershipParts,
  type OwnershipSubject,
} from '@headwater/domain/reading/ownership-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { PostgresAgentReader } from './agent-reader.js';
import { FACT_COLUMNS } from './columns.js';
import { canonicalSql } from './components.js';
import type { PostgresDefinitionReader } from './definition-reader.js';
import type { PostgresFactReader } from './fact-reader.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const HELD = (row: string): string =>
  `${row}.recorded_from <= $3 AND (${row}.recorded_to IS NULL OR ${row}.recorded_to > $3)`;

// What statements of their own tell of names, of assets and of facts, in one: a page of owners asks for all of it.
const SUBJECTS: Statement = {
  name: 'catalog_ownership_subjects',
  sql: `
    WITH ${canonicalSql('$1', '$3')},
    subject AS MATERIALIZED (
      SELECT a.n, a.id, m.ids, a.key || coalesce(m.keys, '{}') AS keys FROM canonical a
      LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT l.member_id ORDER BY l.member_id) AS ids, array_agg(DISTINCT l.member_key) AS keys
        FROM @.alias l WHERE l.canonical_key = a.key AND l.member_key <> a.key AND ${HELD('l')}
      ) m ON true
    )
    SELECT s.n, s.id AS canonical, s.ids AS members, ${FACT_COLUMNS}
    FROM subject s LEFT JOIN (
      SELECT m.n, f.* FROM subject m CROSS JOIN unnest(m.keys) AS k(key) JOIN @.fact f ON f.node_key = k.key
      WHERE f.kind = ANY ($4::text[]) AND f.valid_from <= $2 AND (f.valid_to IS NULL OR f.valid_to > $2) AND ${HELD('f')}
    ) f ON f.n = s.n
    WHERE EXISTS (SELECT FROM unnest(s.keys) AS k(key) JOIN @.asset a ON a.key = k.key)
    ORDER BY s.n, f.kind, array_position(ARRAY['EDIT', 'RULE', 'FACET'], f.source), f.valid_from DESC, f.row_id`,
};

interface SubjectRow {
  /** From 1. */
  readonly n: number;
  /** Null where it is what was asked for. */
  readonly canonical: NodeId | null;
  readonly members: readonly NodeId[] | null;
}

/** What owners are found from, over the tables of the current generation. */
export class PostgresOwnershipReader implements OwnershipParts {
  constructor(
    private readonly database: ProjectionDatabase,
    private readonly agents: PostgresAgentReader,
    private readonly stated: PostgresDefinitionReader,
    private readonly facts: PostgresFactReader,
  ) {}

  fieldTags(...given: Parameters<OwnershipParts['fieldTags']>): ReturnType<OwnershipParts['fieldTags']> {
    return this.facts.fieldTags(...given);
  }

  agentNames(...given: Parameters<OwnershipParts['agentNames']>): ReturnType<OwnershipParts['agentNames']> {
    return this.agents.agentNames(...given);
  }

  async ownershipSubjects(
    ids: readonly NodeId[],
    { at, knownAt }: ReadTime,
  ): Promise<ReadonlyMap<NodeId, OwnershipSubject>> {
    const distinct = [...new Set(ids)];
    const values = [distinct.map(nodeKey), at, knownAt, SUBJECT_FACTS];
    // Of an asset without facts there is one row, which has none.
    const rows = await this.database.rows<SubjectRow & (FactRow | { readonly rowId: null })>(SUBJECTS, values);
    const subjects = new Map<NodeId, { readonly names: readonly NodeId[]; readonly facts: FactRow[] }>();
    for (const { n, canonical, members, ...fact } of rows) {
      const id = distinct[n - 1];
      if (id === undefined) continue;
      const subject = subjects.get(id) ?? { names: [canonical ?? id, ...(members ?? [])], facts: [] };
      if (fact.rowId !== null) subject.facts.push(fact);
      subjects.set(id, subject);
    }
    return subjects;
  }

  async ownershipGround(time: ReadTime): Promise<OwnershipGround> {
    const rows = await this.stated.definitionsOf(['OWNERSHIP_RULES', 'DOMAIN', 'DATA_PRODUCT'] as const, time);
    return {
      rules: rows.find((row) => row.kind === 'OWNERSHIP_RULES')?.body ?? { rules: [] },
      domains: rows.filter(isDomainRow),
      products: rows.filter(isDataProductRow),
    };
  }
}
