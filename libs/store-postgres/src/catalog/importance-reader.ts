import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Importance, ImportanceReader } from '@headwater/domain/reading/importance-reader';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { Micros } from '@headwater/domain/time';
import { componentsOf, memberKeys } from './components.js';
import { allowed, canonicalOf, isSeen } from './discovery-statements.js';
import { ruleParameter } from './namespace-sql.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

/** $1 groups, $2 keys of the names of their datasets; $3, $4 the period; $5 the rule. */
const IMPORTANCE: Statement = {
  name: null,
  sql: `
    WITH ${allowed('$5')},
    own AS MATERIALIZED (SELECT DISTINCT u.n, u.key FROM unnest($1::int[], $2::uuid[]) AS u(n, key)),
    touching AS MATERIALIZED (
      SELECT DISTINCT o.n, m.subject_key, m.run_id IS NOT NULL AS is_run, c.key AS job, k.namespace
      FROM own o
      JOIN @.mention m ON m.dataset_key = o.key AND m.side = 'READ' AND m.last_at >= $3::bigint AND m.first_at < $4::bigint
      LEFT JOIN @.run r ON r.key = m.subject_key
      JOIN @.asset j ON j.key = coalesce(r.job_key, m.subject_key) AND j.kind = 'JOB'
      CROSS JOIN LATERAL ${canonicalOf('j')} c
      JOIN @.asset k ON k.key = c.key
      WHERE ${isSeen('j', 'c')}
    ),
    writing AS MATERIALIZED (
      SELECT DISTINCT t.n, t.subject_key, t.job, m.dataset_key, o.key IS NOT NULL AS is_own
      FROM touching t JOIN @.mention m ON m.subject_key = t.subject_key AND m.side = 'WRITE'
      LEFT JOIN own o ON o.n = t.n AND o.key = m.dataset_key
    ),
    inner_job AS MATERIALIZED (SELECT DISTINCT w.n, w.job FROM writing w WHERE w.is_own),
    reading AS MATERIALIZED (
      SELECT t.* FROM touching t
      WHERE NOT EXISTS (SELECT FROM inner_job i WHERE i.n = t.n AND i.job = t.job)
    ),
    written AS (
      SELECT w.n, count(DISTINCT c.key)::int AS datasets
      FROM writing w JOIN @.asset a ON a.key = w.dataset_key
      CROSS JOIN LATERAL ${canonicalOf('a')} c
      WHERE ${isSeen('a', 'c')} AND NOT EXISTS (SELECT FROM inner_job i WHERE i.n = w.n AND i.job = w.job)
      GROUP BY w.n
    )
    SELECT r.n, count(DISTINCT r.job)::int AS jobs, count(DISTINCT r.namespace)::int AS namespaces,
      count(DISTINCT r.subject_key) FILTER (WHERE r.is_run)::int AS runs, coalesce(max(w.datasets), 0) AS datasets
    FROM reading r LEFT JOIN written w ON w.n = r.n
    GROUP BY r.n`,
};

const NONE: Importance = { jobs: 0, namespaces: 0, datasets: 0, runs: 0 };

/** Who reads datasets, by what runs and declarations say: one statement behind the one that finds their names. */
export class PostgresImportanceReader implements ImportanceReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async importance(
    groups: readonly (readonly NodeId[])[],
    { from, to }: { readonly from: Micros; readonly to: Micros },
    within?: NamespaceRule,
  ): Promise<readonly Importance[]> {
    const ids = groups.flat();
    const groupOf = groups.flatMap((group, index) => group.map(() => index));
    const { indexes, keys } = memberKeys(await componentsOf(this.database, ids, LATEST));
    if (keys.length === 0) return groups.map(() => NONE);
    const values = [indexes.map((index) => groupOf[index] ?? 0), keys, from, to, ruleParameter(within)];
    const rows = await this.database.rows<Importance & { n: number }>(IMPORTANCE, values);
    const found = new Map(rows.map(({ n, ...of }) => [n, of]));
    return groups.map((_, index) => found.get(index) ?? NONE);
  }
}
