import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { isCounted, type PropertyCondition } from '@headwater/domain/governance/property-conditions';
import { nodeKey } from '@headwater/domain/identifiers';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { Statement } from '../catalog/projection-database.js';
import type { Bind, GroupCondition } from './conditions.js';

/** Types of which each value is an entry of the group: few values, so that they make few groups more. */
const COUNTED = `('ENUM', 'BOOLEAN')`;
/** Types whose values are found by their words. */
const SPOKEN = `('TEXT', 'ENUM', 'URL')`;

/**
 * SQL of one row with what search keeps of the properties of the assets `keys`: entries of the group, values that are
 * looked up one by one, words. Wants `property` with id, key and type of each. Of several names of an asset the latest edit holds.
 */
export function propertiesSql(keys: string): string {
  return `
      WITH held AS (
        SELECT DISTINCT ON (f.value) f.value AS id, p.key, p.type, f.detail
        FROM @.fact f JOIN property p ON p.id = f.value
        WHERE f.node_key = ANY (${keys}) AND f.kind = 'PROPERTY' AND f.valid_to IS NULL AND f.recorded_to IS NULL
        ORDER BY f.value, f.valid_from DESC, f.row_id
      ),
      one AS (SELECT h.id, h.key, h.type, v.value FROM held h, json_array_elements_text(h.detail::json) AS v(value))
      SELECT
        (SELECT array_agg(e.entry ORDER BY e.entry) FROM (
           SELECT h.id FROM held h
           UNION SELECT o.id || '=' || o.value FROM one o WHERE o.type IN ${COUNTED}
         ) AS e(entry)) AS properties,
        (SELECT jsonb_agg(jsonb_build_object('property_key', o.key, 'value_key', md5(o.value)::uuid, 'number',
             CASE o.type WHEN 'NUMBER' THEN o.value::double precision
               WHEN 'DATE' THEN extract(epoch FROM (o.value || 'T00:00:00Z')::timestamptz) * 1000000
               WHEN 'DATE_TIME' THEN extract(epoch FROM o.value::timestamptz) * 1000000 END)
           ORDER BY o.id, o.value) FROM one o WHERE o.type NOT IN ${COUNTED}) AS valued,
        (SELECT string_agg(o.value, ' ' ORDER BY o.id, o.value) FROM one o WHERE o.type IN ${SPOKEN}) AS texts`;
}

/** What groups tell of conditions: which properties there are at all, and values of which there are few. */
export function propertyGroupConditions(
  conditions: readonly PropertyCondition[],
  bind: Bind,
): readonly GroupCondition[] {
  return conditions.map(({ property, type, isHad, values }): GroupCondition => {
    if (!isHad || values === null || !isCounted(type)) {
      const sql = `${isHad ? '' : 'NOT '}${bind(property, 'text')} = ANY (g.properties)`;
      return { facet: null, sql, values: null };
    }
    const entries = bind(
      values.map((value) => `${property}=${value}`),
      'text[]',
    );
    return { facet: `PROPERTY ${property}`, sql: `g.properties && ${entries}`, values: entries };
  });
}

/** What documents `s` alone tell of conditions; none where groups tell it all. */
export function propertyDocumentConditions(
  conditions: readonly PropertyCondition[],
  bind: Bind,
  key = 's.key',
): readonly string[] {
  return conditions.flatMap(({ property, type, isHad, values, from, to }) => {
    const asked = [
      ...(values === null || isCounted(type)
        ? []
        : [`p.value_key IN (SELECT md5(v)::uuid FROM unnest(${bind(values, 'text[]')}) AS v)`]),
      ...(from === null ? [] : [`p.number >= ${bind(from, 'double precision')}`]),
      ...(to === null ? [] : [`p.number <= ${bind(to, 'double precision')}`]),
    ];
    if (!isHad || asked.length === 0) return [];
    const held = [`p.property_key = ${bind(nodeKey(property), 'uuid')}`, ...asked].join(' AND ');
    return [`${key} IN (SELECT p.key FROM @.search_property p WHERE ${held})`];
  });
}

/** How many assets of each kind there are, and how many have a value of each property. */
export function propertyUsesStatement(within: NamespaceRule | undefined): {
  readonly statement: Statement;
  readonly values: unknown[];
} {
  const rule = ruleParameter(within);
  const seen = rule === null ? '' : `AND ${allowsNamespace('$1::jsonb', 'g.namespace')}`;
  const sql = `
    SELECT nullif(v.property, '') AS property, g.kind, sum(g.documents)::bigint AS assets
    FROM @.search_group g, unnest(array_append(g.properties, '')) AS v(property)
    WHERE g.documents > 0 AND strpos(v.property, '=') = 0 ${seen}
    GROUP BY v.property, g.kind ORDER BY v.property COLLATE "C", g.kind`;
  return { statement: { name: null, sql }, values: rule === null ? [] : [rule] };
}
