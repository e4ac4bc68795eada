import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { SuggestedTag } from '@headwater/domain/classification/suggestions/suggest-tags';
import { fieldId, nodeKey, type NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import { LATEST } from '@headwater/domain/reading/read-time';
import type {
  FieldSuggestion,
  SuggestionFilter,
  SuggestionReader,
  SynonymCandidate,
} from '@headwater/domain/reading/suggestion-reader';
import type { Bind } from '../search/conditions.js';
import { componentsOf, memberKeys } from './components.js';
import { allowsNamespace, ruleParameter } from './namespace-sql.js';
import { groupByIndex, pageOf, storable } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';
import { synonymCandidates } from './synonym-candidates.js';

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
    const open = await this.#candidates(filter, within, bind);
    const behind =
      after === null
        ? ''
        : `WHERE (-o.confidence, o.dataset_id COLLATE "C", o.path::text COLLATE "C", o.tag COLLATE "C")
             > (${bind(-after.confidence, 'int')}, ${bind(after.dataset, 'text')}, ${bind(after.place, 'text')}, ${bind(after.tag, 'text')})`;
    const sql = `${open}
      SELECT o.dataset_id AS "datasetId", o.path, o.path::text AS place, o.tag, o.rule, o.confidence
      FROM open o ${behind}
      ORDER BY -o.confidence, o.dataset_id COLLATE "C", o.path::text COLLATE "C", o.tag COLLATE "C"
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
    const open = await this.#candidates(filter, within, bind);
    const sql = `${open} SELECT o.tag, count(*)::int AS count FROM open o GROUP BY o.tag ORDER BY count(*) DESC, o.tag COLLATE "C"`;
    return this.database.rows({ name: null, sql }, values);
  }

  synonymCandidates(page: PageRequest, within?: NamespaceRule): Promise<Page<SynonymCandidate>> {
    return synonymCandidates(this.database, page, within);
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

  /** WITH of `candidate`: a field of merged datasets once, as of the first name that has it, what is settled left out. */
  async #candidates(filter: SuggestionFilter, within: NamespaceRule | undefined, bind: Bind): Promise<string> {
    const { tags, namespaces, datasets, minConfidence, isDismissed } = filter;
    const rule = ruleParameter(within);
    const ofAsset = ['c.deleted_at IS NULL'];
    const conditions = ['f.deleted_at IS NULL', FIRST_NAME];
    if (rule !== null) ofAsset.push('c.namespace IN (SELECT a.namespace FROM allowed a)');
    if (minConfidence !== undefined) conditions.push(`s.confidence >= ${bind(minConfidence, 'int')}`);
    if (tags !== undefined && tags.length > 0) {
      const wanted = bind(storable(tags), 'text[]');
      conditions.push(
        `(s.tag = ANY (${wanted}) OR EXISTS (SELECT FROM unnest(${wanted}) AS w(tag) WHERE strpos(w.tag, '=') = 0 AND starts_with(s.tag, w.tag || '=')))`,
      );
    }
    if (namespaces !== undefined && namespaces.length > 0)
      ofAsset.push(`c.namespace = ANY (${bind(storable(namespaces), 'text[]')})`);
    if (datasets !== undefined && datasets.length > 0) {
      const components = await componentsOf(this.database, datasets, LATEST);
      const keys = components.flatMap(({ members }) => members.map(nodeKey));
      conditions.push(`f.dataset_key = ANY (${bind(keys, 'uuid[]')})`);
    }
    const allowed =
      rule === null
        ? ''
        : `spaces AS MATERIALIZED (SELECT DISTINCT a.namespace FROM @.asset a),
      allowed AS MATERIALIZED (SELECT n.namespace FROM spaces n WHERE ${allowsNamespace(bind(rule, 'jsonb'), 'n.namespace')}),`;
    return `WITH ${allowed} ${SAID},
      candidate AS (
        SELECT s.tag, s.rule, s.confidence, f.path, coalesce(l.canonical_key, f.dataset_key) AS dataset_key,
          coalesce(l.canonical_id, f.dataset_id) AS dataset_id
        FROM @.suggested_tag s JOIN @.field f ON f.shape_key = s.shape_key
        LEFT JOIN merged l ON l.member_key = f.dataset_key
        WHERE ${conditions.join(' AND ')}
          AND (SELECT ${ofAsset.join(' AND ')} FROM @.asset c WHERE c.key = coalesce(l.canonical_key, f.dataset_key))
      ),
      open AS (
        SELECT k.* FROM candidate k
        WHERE ${isSaid('NOT x.is_dismissal')} NOT TRUE AND ${isSaid('x.is_dismissal')} ${isDismissed ? '' : 'NOT'} TRUE
      )`;
  }
}

/** What was said of fields, under the canonical names of their datasets: few rows beside those of fields. */
const SAID = `merged AS MATERIALIZED (
        SELECT l.member_key, l.canonical_key, l.canonical_id FROM @.alias l
        WHERE l.recorded_to IS NULL AND l.member_key <> l.canonical_key
      ),
      said AS MATERIALIZED (
        SELECT coalesce(l.canonical_key, f.dataset_key) AS dataset_key, f.path, p.value AS tag,
          p.kind = 'NOT_SUGGESTED' AS is_dismissal
        FROM @.fact p JOIN @.field f ON f.key = p.node_key LEFT JOIN merged l ON l.member_key = f.dataset_key
        WHERE p.kind IN ('TAG', 'NOT_TAG', 'NOT_SUGGESTED') AND p.valid_to IS NULL AND p.recorded_to IS NULL
      )`;

// Looked up in a hash, also where the planner knows too little of the tables to think of one: a join would go by each pair.
const isSaid = (what: string): string =>
  `((k.dataset_key, k.path, k.tag) IN (SELECT x.dataset_key, x.path, x.tag FROM said x WHERE ${what})) IS`;

/** Of merged datasets the canonical one tells of a field that it has, else that of the smallest key. */
const FIRST_NAME = `(l.member_key IS NULL OR NOT EXISTS (
          SELECT FROM @.field g JOIN @.suggested_tag t ON t.shape_key = g.shape_key AND t.tag = s.tag
          WHERE g.path = f.path AND g.deleted_at IS NULL AND g.key <> f.key
            AND (g.dataset_key = l.canonical_key OR (g.key < f.key AND g.dataset_key IN (
              SELECT m.member_key FROM merged m WHERE m.canonical_key = l.canonical_key)))))`;

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
