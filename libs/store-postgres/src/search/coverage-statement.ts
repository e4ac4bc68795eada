import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { Statement } from '../catalog/projection-database.js';
import type { Bind } from './conditions.js';
import { groupConditions } from './search-filter-sql.js';

/**
 * Counts by domain, of groups of documents alike: the cost follows the number of groups, not of assets. No tags: those
 * with any tag count as tagged.
 */
export function coverageStatement(
  tags: readonly string[],
  within: NamespaceRule | undefined,
): { readonly statement: Statement; readonly values: unknown[] } {
  const values: unknown[] = [];
  const bind: Bind = (value, type) => `$${values.push(value)}::${type}`;
  const [tagged] = groupConditions({ tags }, bind);
  const rule = ruleParameter(within);
  const seen = rule === null ? '' : `AND ${allowsNamespace(bind(rule, 'jsonb'), 'g.namespace')}`;
  const sql = `
    SELECT g.domain_id AS domain, sum(g.documents)::bigint AS assets,
      coalesce(sum(g.documents) FILTER (WHERE g.owner_ids <> '{}'), 0)::bigint AS owned,
      coalesce(sum(g.documents) FILTER (WHERE ${tagged?.sql ?? "g.tags <> '{}'"}), 0)::bigint AS tagged
    FROM @.search_group g WHERE g.documents > 0 ${seen}
    GROUP BY g.domain_id ORDER BY g.domain_id COLLATE "C" NULLS LAST`;
  return { statement: { name: null, sql }, values };
}
