import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { SuggestedTag } from '@headwater/domain/classification/suggestions/suggest-tags';
import { fieldId, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import { LATEST } from '@headwater/domain/reading/read-time';
import type { FieldSuggestion, SuggestionFilter, SuggestionReader } from '@headwater/domain/reading/suggestion-reader';
import type { Bind } from '../search/search-filter-sql.js';
import { componentsOf, memberKeys } from './components.js';
import { allowsNamespace, ruleParameter } from './namespace-sql.js';
import { groupByIndex, pageOf, storable } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const LIST = 'tag-suggestions';

interface SuggestionRow extends SuggestedTag {
  readonly datasetId: NodeId;
  readonly path: readonly string[];
  /** The path as the order goes by it. */
  readonly place: string;
}

const OF_FIELDS: Statement = {
  name: 'catalog_suggested_tags',
  sql: `
    SELECT u.n, s.tag, s.rule, s.confidence FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    JOIN @.field f ON f.key = u.key AND f.deleted_at IS NULL
    JOIN @.suggested_tag s ON s.shape_key = f.shape_key
    ORDER BY u.n, s.confidence DESC, s.tag COLLATE "C"`,
};

/** Suggestions of tags, over the shapes of fields: a page costs one statement. */
export class PostgresSuggestionReader implements SuggestionReader {
  constructor(private readonly database: ProjectionDatabase) {}

  async tagSuggestions(
    filter: SuggestionFilter,
    page: PageRequest,
    within?: NamespaceRule,
  ): Promise<Page<FieldSuggestion>> {
    const first = checkFirst(page.first);
    const after = page.after === null ? null : placeOf(page.after);
    const { values, bind } = binding();
    const from = await this.#candidates(filter, within, bind);
    const behind =
      after === null
        ? ''
        : `AND (-s.confidence, coalesce(l.canonical_id, f.dataset_id) COLLATE "C", f.path::text COLLATE "C", s.tag COLLATE "C")
             > (${bind(-after.confidence, 'int')}, ${bind(after.dataset, 'text')}, ${bind(after.place, 'text')}, ${bind(after.tag, 'text')})`;
    const sql = `
      SELECT coalesce(l.canonical_id, f.dataset_id) AS "datasetId", f.path, f.path::text AS place, s.tag, s.rule, s.confidence
      ${from} ${behind}
      ORDER BY -s.confidence, coalesce(l.canonical_id, f.dataset_id) COLLATE "C", f.path::text COLLATE "C", s.tag COLLATE "C"
      LIMIT ${bind(first + 1, 'int')}`;
    const rows = await this.database.rows<SuggestionRow>({ name: null, sql }, values);
    return pageOf(
      rows,
      first,
      ({ confidence, datasetId, place, tag }) => encodeCursor(LIST, [confidence, datasetId, place, tag]),
      ({ datasetId, path, tag, rule, confidence }) => ({ field: fieldId(datasetId, path), tag, rule, confidence }),
    );
  }

  async tagSuggestionCounts(
    filter: SuggestionFilter,
    within?: NamespaceRule,
  ): Promise<readonly { readonly tag: string; readonly count: number }[]> {
    const { values, bind } = binding();
    const from = await this.#candidates(filter, within, bind);
    const sql = `SELECT s.tag, count(*)::int AS count ${from} GROUP BY s.tag ORDER BY count(*) DESC, s.tag COLLATE "C"`;
    return this.database.rows({ name: null, sql }, values);
  }

  async suggestedTags(fields: readonly NodeId[]): Promise<ReadonlyMap<NodeId, readonly SuggestedTag[]>> {
    if (fields.length === 0) return new Map();
    const { indexes, keys } = memberKeys(await componentsOf(this.database, fields, LATEST));
    const rows = await this.database.rows<SuggestedTag & { n: number }>(OF_FIELDS, [indexes, keys]);
    const found = new Map<NodeId, readonly SuggestedTag[]>();
    for (const [field, group] of groupByIndex(fields, rows)) {
      // Of merged datasets several names may have the field: the surest comes first.
      const tags = new Map<string, SuggestedTag>();
      for (const { tag, rule, confidence } of group) if (!tags.has(tag)) tags.set(tag, { tag, rule, confidence });
      found.set(field, [...tags.values()]);
    }
    return found;
  }

  /** The FROM and WHERE of what is suggested: a field of merged datasets once, as of the first name that has it. */
  async #candidates(filter: SuggestionFilter, within: NamespaceRule | undefined, bind: Bind): Promise<string> {
    const { tags, namespaces, datasets, minConfidence, isDismissed } = filter;
    const rule = ruleParameter(within);
    const said = (kinds: string, key: string): string =>
      `EXISTS (SELECT FROM @.fact p WHERE p.node_key = ${key} AND p.kind IN (${kinds}) AND p.value = s.tag
        AND p.valid_to IS NULL AND p.recorded_to IS NULL)`;
    const elsewhere = (kinds: string): string => `EXISTS (SELECT FROM ${SAME_FIELD} AND ${said(kinds, 'g.key')})`;
    const conditions = [
      'f.deleted_at IS NULL',
      'c.deleted_at IS NULL',
      `(${IS_ALONE} OR NOT EXISTS (SELECT FROM ${SAME_FIELD} AND g.deleted_at IS NULL
        AND EXISTS (SELECT FROM @.suggested_tag t WHERE t.shape_key = g.shape_key AND t.tag = s.tag)
        AND (g.dataset_key <> coalesce(l.canonical_key, f.dataset_key), g.key) < (l.canonical_key IS NOT NULL, f.key)))`,
      `NOT ${said("'TAG', 'NOT_TAG'", 'f.key')}`,
      `(${IS_ALONE} OR NOT ${elsewhere("'TAG', 'NOT_TAG'")})`,
      ...(isDismissed
        ? [`(${said("'NOT_SUGGESTED'", 'f.key')} OR (NOT ${IS_ALONE} AND ${elsewhere("'NOT_SUGGESTED'")}))`]
        : [`NOT ${said("'NOT_SUGGESTED'", 'f.key')}`, `(${IS_ALONE} OR NOT ${elsewhere("'NOT_SUGGESTED'")})`]),
    ];
    if (rule !== null) conditions.push(allowsNamespace(bind(rule, 'jsonb'), 'c.namespace'));
    if (minConfidence !== undefined) conditions.push(`s.confidence >= ${bind(minConfidence, 'int')}`);
    if (tags !== undefined && tags.length > 0) {
      const wanted = bind(storable(tags), 'text[]');
      conditions.push(
        `(s.tag = ANY (${wanted}) OR EXISTS (SELECT FROM unnest(${wanted}) AS w(tag) WHERE strpos(w.tag, '=') = 0 AND starts_with(s.tag, w.tag || '=')))`,
      );
    }
    if (namespaces !== undefined && namespaces.length > 0)
      conditions.push(`c.namespace = ANY (${bind(storable(namespaces), 'text[]')})`);
    if (datasets !== undefined && datasets.length > 0) {
      const components = await componentsOf(this.database, datasets, LATEST);
      const keys = components.flatMap(({ members }) => members.map(nodeKey));
      conditions.push(`f.dataset_key = ANY (${bind(keys, 'uuid[]')})`);
    }
    return `FROM @.suggested_tag s JOIN @.field f ON f.shape_key = s.shape_key
      LEFT JOIN @.alias l ON l.member_key = f.dataset_key AND l.member_key <> l.canonical_key AND l.recorded_to IS NULL
      JOIN @.asset c ON c.key = coalesce(l.canonical_key, f.dataset_key)
      WHERE ${conditions.join('\n        AND ')}`;
  }
}

const IS_ALONE = `(l.member_key IS NULL AND NOT EXISTS (
        SELECT FROM @.alias m WHERE m.canonical_key = f.dataset_key AND m.recorded_to IS NULL))`;

/** The same field under the other names of its dataset; a condition may follow. */
const SAME_FIELD = `@.field g WHERE g.key <> f.key AND g.path = f.path AND g.dataset_key IN (
        SELECT coalesce(l.canonical_key, f.dataset_key) UNION ALL
        SELECT m.member_key FROM @.alias m
        WHERE m.canonical_key = coalesce(l.canonical_key, f.dataset_key) AND m.recorded_to IS NULL)`;

function binding(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value, type) => `$${values.push(value)}::${type}` };
}

function placeOf(cursor: string) {
  const [confidence, dataset, place, tag] = decodeCursor(LIST, cursor, ['number', 'string', 'string', 'string']);
  return {
    confidence: Math.max(-1_000, Math.min(1_000, Math.trunc(Number(confidence)))),
    dataset: String(dataset),
    place: String(place),
    tag: String(tag),
  };
}
