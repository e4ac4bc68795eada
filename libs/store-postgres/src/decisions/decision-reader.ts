import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { textKey } from '@headwater/domain/decisions/decision-row';
import { nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type {
  DecisionFilter,
  DecisionReader,
  DecisionView,
  StatementView,
} from '@headwater/domain/reading/decision-reader';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import { groupBy, pageOf, timeCursor } from '../catalog/pages.js';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';

const LIST = 'decisions';

const STATEMENT_COLUMNS = `s.digest, s.decided_at AS "claimedAt", s.received_at AS "receivedAt", s.recorded_at AS "recordedAt", s.position, s.content`;

const COLUMNS = `encode(uuid_send(d.key), 'hex') AS key, d.id, d.decided_at AS "decidedAt", d.namespace, ${STATEMENT_COLUMNS},
  (SELECT count(*)::int FROM @.decision_statement t WHERE t.decision_key = d.key) AS statements`;

const STANDING = '@.decision_statement s ON s.decision_key = d.key AND s.digest = d.digest';

const BY_ID: Statement = {
  name: 'decisions_by_id',
  sql: `SELECT ${COLUMNS} FROM @.decision d JOIN ${STANDING} WHERE d.key = ANY ($1::uuid[])`,
};

/** $1, $2 the place behind which to go on, $3 limit, $4 namespaces, $5 … the filter. Planned with its values: any may be absent. */
const DECISIONS: Statement = {
  name: null,
  sql: `SELECT ${COLUMNS} FROM (
      SELECT * FROM @.decision d
      WHERE (d.decided_at, d.key) < ($1::bigint, $2::uuid) AND ${allowsNamespace('$4', 'd.namespace')}
        AND ${allowsNamespace('$13', 'd.namespace')}
        AND ($5::uuid[] IS NULL OR d.type_key = ANY ($5::uuid[])) AND ($6::uuid[] IS NULL OR d.outcome_key = ANY ($6::uuid[]))
        AND ($7::uuid[] IS NULL OR d.producer_key = ANY ($7::uuid[])) AND ($8::uuid IS NULL OR d.job_key = $8::uuid)
        AND ($9::uuid IS NULL OR d.subject_key = $9::uuid)
        AND ($10::bigint IS NULL OR d.decided_at >= $10::bigint) AND ($11::bigint IS NULL OR d.decided_at < $11::bigint)
        AND ($12::boolean IS NULL OR $12::boolean = (1 < (SELECT count(*) FROM @.decision_statement t WHERE t.decision_key = d.key)))
      ORDER BY d.decided_at DESC, d.key DESC LIMIT $3) d
    JOIN ${STANDING} ORDER BY d.decided_at DESC, d.key DESC`,
};

const STATEMENTS: Statement = {
  name: 'decision_statements',
  sql: `SELECT d.id, ${STATEMENT_COLUMNS} FROM unnest($1::uuid[]) AS wanted(key) JOIN @.decision d ON d.key = wanted.key
    JOIN LATERAL (SELECT * FROM @.decision_statement t WHERE t.decision_key = d.key
      ORDER BY t.digest <> d.digest, t.recorded_at DESC, t.digest LIMIT $2) s ON true
    ORDER BY d.key, s.digest <> d.digest, s.recorded_at DESC, s.digest`,
};

type Row = DecisionView & { readonly key: string };

/** Decisions in the tables of one generation of the projection. */
export class PostgresDecisionReader implements DecisionReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async decisions(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, DecisionView>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<Row>(BY_ID, [[...new Set(ids.map(nodeKey))]]);
    return new Map(rows.map((row) => [row.id, viewOf(row)]));
  }

  async decisionList(
    filter: DecisionFilter,
    page: PageRequest,
    within: readonly NamespaceRule[],
  ): Promise<Page<DecisionView>> {
    const after = timeCursor(LIST, page);
    const keysOf = (texts: readonly string[] | undefined) => texts?.map(textKey) ?? null;
    const rows = await this.database.rows<Row>(DECISIONS, [
      ...[after.at, after.key, page.first + 1, ruleParameter(within[0])],
      ...[keysOf(filter.types), keysOf(filter.outcomes), keysOf(filter.producers)],
      ...[filter.job === undefined ? null : nodeKey(filter.job), filter.subjectKey ?? null],
      ...[filter.from ?? null, filter.to ?? null, filter.isConflict ?? null, ruleParameter(within[1])],
    ]);
    return pageOf(rows, page.first, (row) => encodeCursor(LIST, [row.decidedAt, row.key]), viewOf);
  }

  async decisionStatements(
    ids: readonly NodeId[],
    most: number,
  ): Promise<ReadonlyMap<NodeId, readonly StatementView[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<StatementView & { readonly id: NodeId }>(STATEMENTS, [
      [...new Set(ids.map(nodeKey))],
      most,
    ]);
    return groupBy(rows, ({ id }) => id);
  }
}

function viewOf({ key: _key, ...view }: Row): DecisionView {
  return view;
}
