import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { Statement } from '../catalog/projection-database.js';
import { suggestionTiersOf, type WordQuery } from './query-terms.js';

/**
 * The assets of best standing whose names begin with the text, then those whose names have its words. What is typed first
 * is common, and then the best are found soon by going through all in order of standing; the planner tells by the values.
 */
export function suggestionStatement(
  query: WordQuery,
  limit: number,
  within: NamespaceRule | undefined,
): { readonly statement: Statement; readonly values: unknown[] } {
  const [begin = '', words = ''] = suggestionTiersOf(query);
  const rule = ruleParameter(within);
  const seen =
    rule === null
      ? ''
      : `AND s.group_key IN (SELECT g.key FROM @.search_group g WHERE ${allowsNamespace('$4', 'g.namespace')})`;
  const sql = `
    SELECT d.key, d.id, g.kind, g.namespace, d.display_name, d.standing, d.tier, d.standing AS place, g.tags,
      d.member_keys, coalesce(v.views, 0) AS views
    FROM (
      SELECT * FROM (
        (SELECT s.*, 1 AS tier FROM @.search_document s WHERE s.words @@ $1::tsquery ${seen}
         ORDER BY s.standing DESC, s.key DESC LIMIT $3)
        UNION ALL
        (SELECT s.*, 0 FROM @.search_document s WHERE s.words @@ $2::tsquery ${seen}
         ORDER BY s.standing DESC, s.key DESC LIMIT $3)
      ) x LIMIT $3
    ) d JOIN @.search_group g ON g.key = d.group_key LEFT JOIN view_total v ON v.asset_key = d.key
    ORDER BY d.tier DESC, d.standing DESC, d.key DESC`;
  return {
    statement: { name: null, sql },
    values: [begin, `(${words}) & !(${begin})`, limit, ...(rule === null ? [] : [rule])],
  };
}
