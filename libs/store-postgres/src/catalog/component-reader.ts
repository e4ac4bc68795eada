import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { checkFirst, encodeCursor, type PageRequest } from '@headwater/domain/page';
import type {
  ComponentChange,
  ComponentChanges,
  ComponentCounts,
  ComponentPeriod,
  ComponentReader,
} from '@headwater/domain/reading/component-reader';
import type { SearchFilter } from '@headwater/domain/search';
import type { Bind } from '../search/conditions.js';
import { carriedCondition, documentConditions, groupConditions } from '../search/search-filter-sql.js';
import { allowsNamespace, ruleParameter } from './namespace-sql.js';
import { pageOf, textCursor } from './pages.js';
import type { ProjectionDatabase } from './projection-database.js';

interface AnswerRow {
  readonly datasetsCreated: number;
  readonly datasetsChanged: number;
  readonly jobsCreated: number;
  readonly jobsChanged: number;
  readonly found: readonly ComponentChange[] | null;
}

/** What came, changed and went, over the tables of the current generation. */
export class PostgresComponentReader implements ComponentReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async componentChanges(
    period: ComponentPeriod,
    filter: SearchFilter,
    page: PageRequest,
    within?: NamespaceRule,
  ): Promise<ComponentChanges> {
    const first = checkFirst(page.first);
    const after = textCursor('components', page);
    const values: unknown[] = [];
    const bind: Bind = (value, type) => `$${values.push(value)}::${type}`;
    const sql = statement(period, filter, { first, after, within }, bind);
    // Planned with its values: the filter decides what is looked at.
    const [row] = await this.database.rows<AnswerRow>({ name: null, sql }, values);
    return {
      datasets: countsOf(row?.datasetsCreated, row?.datasetsChanged),
      jobs: countsOf(row?.jobsCreated, row?.jobsChanged),
      page: pageOf(
        row?.found ?? [],
        first,
        ({ id }) => encodeCursor('components', [id]),
        (component) => component,
      ),
    };
  }
}

function countsOf(created = 0, changed = 0): ComponentCounts {
  return { created, changed };
}

interface Asked {
  readonly first: number;
  readonly after: string;
  readonly within: NamespaceRule | undefined;
}

function statement({ from, to }: ComponentPeriod, filter: SearchFilter, asked: Asked, bind: Bind): string {
  const [since, until] = [bind(from, 'bigint'), bind(to, 'bigint')];
  const within = (time: string): string => `${time} >= ${since} AND ${time} < ${until}`;
  const rule = ruleParameter(asked.within);
  const { updatedAfter } = filter;
  const carried = carriedCondition(filter, bind, (condition) => condition, 'd.key');
  const conditions = [
    'NOT c.placeholder',
    ...groupConditions(filter, bind).map(({ sql }) => sql),
    ...(rule === null ? [] : [allowsNamespace(bind(rule, 'jsonb'), 'c.namespace')]),
    ...documentConditions(filter, bind, 'd.key'),
    ...(carried === undefined ? [] : [carried.sql]),
    ...(updatedAfter === undefined ? [] : [`c.updated_at > ${bind(updatedAfter, 'bigint')}`]),
  ];
  const count = (kind: string, condition: string): string =>
    `count(*) FILTER (WHERE f.kind = '${kind}' AND ${condition})::int`;
  // Apart for the asset itself and its other names: as one condition, no index serves it.
  const outlives = (asset: string): string =>
    `CASE p.what WHEN 'CREATED' THEN ${asset}.created_at < ${since} ELSE ${asset}.deleted_at IS NULL END`;
  return `
    WITH said AS (
      SELECT a.key, 'CREATED' AS what, a.created_at AS at FROM @.asset a WHERE ${within('a.created_at')}
      UNION ALL
      SELECT a.key, 'DELETED', a.deleted_at FROM @.asset a WHERE ${within('a.deleted_at')}
      UNION ALL
      SELECT s.dataset_key, 'SCHEMA', s.valid_from FROM @.schema_version s
      WHERE s.authoritative AND s.recorded_to IS NULL AND ${within('s.valid_from')} AND EXISTS (
        SELECT FROM @.schema_version b
        WHERE b.dataset_key = s.dataset_key AND b.producer IS NOT DISTINCT FROM s.producer
          AND b.authoritative AND b.recorded_to IS NULL AND b.valid_from < s.valid_from)
      UNION ALL
      SELECT n.job_key, 'LINEAGE', n.at FROM (
        SELECT g.job_key, g.contribution, min(g.at) AS at FROM @.sighting g
        WHERE ${within('g.at')} GROUP BY g.job_key, g.contribution
      ) n
      WHERE EXISTS (SELECT FROM @.sighting b WHERE b.job_key = n.job_key AND b.at < ${since}) AND EXISTS (
        SELECT FROM @.contribution_edge e
        WHERE e.contribution = n.contribution AND e.job_key = n.job_key AND NOT EXISTS (
          SELECT FROM @.contribution_edge o
          JOIN @.sighting b ON b.job_key = o.job_key AND b.contribution = o.contribution
          WHERE o.edge_key = e.edge_key AND o.job_key = n.job_key AND b.at < ${since}))
      UNION ALL
      ${lapsed(since, until, within)}
    ), component AS (
      SELECT coalesce(l.canonical_key, s.key) AS key, s.what, min(s.at) AS at FROM said s
      LEFT JOIN @.alias l ON l.member_key = s.key AND l.recorded_to IS NULL
      GROUP BY 1, 2
    ), found AS (
      SELECT c.id, c.kind, jsonb_agg(jsonb_build_object('kind', p.what, 'at', p.at) ORDER BY p.what) AS changes,
        bool_or(p.what = 'CREATED') AS created
      FROM component p JOIN @.asset c ON c.key = p.key
      LEFT JOIN @.search_document d ON d.key = c.key
      LEFT JOIN @.search_group q ON q.key = d.group_key
      CROSS JOIN LATERAL (
        SELECT c.kind, c.namespace, coalesce(q.tags, '{}') AS tags, coalesce(q.owner_ids, '{}') AS owner_ids,
          coalesce(q.term_ids, '{}') AS term_ids, coalesce(q.properties, '{}') AS properties, q.domain_id
      ) g
      -- Of merged assets it came with the first of them, and is gone with the last.
      WHERE (p.what NOT IN ('CREATED', 'DELETED') OR NOT EXISTS (
          SELECT FROM @.asset o WHERE o.key = p.key AND ${outlives('o')}
        ) AND NOT EXISTS (
          SELECT FROM @.alias m JOIN @.asset o ON o.key = m.member_key
          WHERE m.canonical_key = p.key AND m.recorded_to IS NULL AND ${outlives('o')}))
        AND ${conditions.join(' AND ')}
      GROUP BY c.id, c.kind
    )
    SELECT ${count('DATASET', 'f.created')} AS "datasetsCreated", ${count('DATASET', 'NOT f.created')} AS "datasetsChanged",
      ${count('JOB', 'f.created')} AS "jobsCreated", ${count('JOB', 'NOT f.created')} AS "jobsChanged",
      (SELECT json_agg(json_build_object('id', page.id, 'kind', page.kind, 'changes', page.changes)
          ORDER BY page.id COLLATE "C") FROM (
        SELECT * FROM found f WHERE f.id COLLATE "C" > ${bind(asked.after, 'text')}
        ORDER BY f.id COLLATE "C" LIMIT ${bind(asked.first + 1, 'int')}
      ) page) AS found
    FROM found f`;
}

/**
 * Jobs that ran in the period with an edge of before that ended in it. With the DROP of a dataset its edges end, and the jobs are as
 * they were. What always said the same has no such edge, so that the rows of few jobs are read.
 */
function lapsed(since: string, until: string, within: (time: string) => string): string {
  const contribution = (order: 'ASC' | 'DESC'): string => `
        (SELECT b.contribution FROM @.sighting b WHERE b.job_key = r.job_key AND b.at < ${until}
         ORDER BY b.contribution ${order} LIMIT 1)`;
  const asset = (end: 'from' | 'to'): string =>
    `regexp_replace(e.value ->> '${end}', '^field:([^:]*:[^:]*):.*$', 'dataset:\\1')`;
  return `
      SELECT r.job_key, 'LINEAGE', (o.span ->> 2)::bigint FROM (
        SELECT DISTINCT g.job_key FROM @.sighting g WHERE ${within('g.at')}
      ) r
      JOIN @.aggregate d ON d.key = r.job_key
      CROSS JOIN LATERAL json_each(d.detail -> 'edges') e
      CROSS JOIN LATERAL json_array_elements(e.value -> 'open') o(span)
      WHERE ${contribution('ASC')} IS DISTINCT FROM ${contribution('DESC')}
        AND ${within('(o.span ->> 2)::bigint')} AND (o.span ->> 1)::bigint < ${since}
        AND NOT EXISTS (
          SELECT FROM @.asset x WHERE x.id IN (${asset('from')}, ${asset('to')}) AND x.deleted_at = (o.span ->> 2)::bigint)`;
}
