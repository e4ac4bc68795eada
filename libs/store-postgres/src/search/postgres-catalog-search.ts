import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor } from '@headwater/domain/page';
import type {
  CatalogSearch,
  Highlight,
  SearchAnswer,
  SearchFacet,
  SearchHit,
  SearchOrder,
  SearchRequest,
} from '@headwater/domain/search';
import { hexKey } from '../catalog/pages.js';
import { allowsNamespace, ruleParameter } from '../catalog/namespace-sql.js';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import { filterQuery } from './document-filters.js';
import { highlight } from './highlights.js';
import { correctTerms, queryOf, termsOf, type QueryTerm } from './query-terms.js';
import { searchStatement, type SearchPlan } from './search-statement.js';

const MAX_TEXT = 500;
const MAX_SUGGESTIONS = 50;
const FACET_NAMES: readonly SearchFacet['name'][] = ['KIND', 'NAMESPACE', 'TAG', 'OWNER'];

interface HitRow {
  readonly key: string;
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  readonly namespace: string;
  readonly display_name: string;
  readonly sort_name: string;
  readonly consumers: number;
  readonly updated_at: number;
  readonly tags: readonly string[];
  readonly member_keys: readonly string[];
  readonly score: number;
}

interface AnswerRow {
  readonly total: number;
  readonly isExact: boolean;
  readonly hits: readonly HitRow[] | null;
  readonly facets: readonly { name: SearchFacet['name']; value: string; count: number }[] | null;
}

// What is typed is part of names; what begins with it as a whole comes first.
const SUGGEST: Statement = {
  name: null,
  sql: `
    SELECT d.key, d.id, d.kind, d.namespace, d.display_name, d.sort_name, d.consumers, 0 AS updated_at, d.tags,
      d.member_keys, (1 + ln(1 + greatest(d.consumers, 0)))::float8 AS score
    FROM (
      SELECT s.* FROM @.search_document s WHERE s.words @@ $1::tsquery AND ${allowsNamespace('$4', 's.namespace')}
      ORDER BY s.consumers DESC, s.key DESC LIMIT 200
    ) d
    ORDER BY starts_with(d.sort_name, $2) DESC, d.consumers DESC, length(d.sort_name), d.sort_name, d.key LIMIT $3`,
};

const HIGHLIGHTED: Statement = {
  name: 'search_highlighted',
  sql: `
    SELECT u.n::int AS n, x.field, x.text FROM unnest($1::int[], $2::uuid[]) AS u(n, key)
    CROSS JOIN LATERAL (
      (SELECT 'DESCRIPTION' AS field, a.description AS text FROM @.asset a
       WHERE a.key = u.key AND a.description IS NOT NULL)
      UNION ALL
      (SELECT 'FIELD', f.name FROM @.field f
       WHERE f.dataset_key = u.key AND f.deleted_at IS NULL AND f.name ILIKE ANY ($3::text[])
       ORDER BY f.ordinal, f.id LIMIT 5)
    ) x`,
};

/** Search over the documents of the current generation. */
export class PostgresCatalogSearch implements CatalogSearch {
  readonly #database: ProjectionDatabase;

  constructor(database: ProjectionDatabase) {
    this.#database = database;
  }

  async search(request: SearchRequest): Promise<SearchAnswer> {
    checkFirst(request.page.first);
    const text = checkText(request.text);
    const after = placeOf(request.order, request.page.after);
    const terms = termsOf(text);
    // A text of punctuation alone has no words to find.
    if (terms.length === 0 && text !== '') return toAnswer(undefined, [], request, false);
    const answer = await this.#run(request, after, text, terms);
    if (answer.hits !== null || after !== null) return this.#withHighlights(answer, terms, request, false);
    const corrected = await correctTerms(this.#database, terms, request.within);
    if (corrected === undefined) return toAnswer(answer, [], request, false);
    const similar = await this.#run(request, null, text, corrected);
    return this.#withHighlights(similar, corrected, request, similar.hits !== null);
  }

  async suggest(prefix: string, limit: number, within?: NamespaceRule): Promise<readonly SearchHit[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_SUGGESTIONS) {
      throw new HeadwaterError('INVALID_INPUT', `\`limit\` must be a whole number from 1 to ${MAX_SUGGESTIONS}`);
    }
    const text = checkText(prefix);
    const terms = termsOf(text);
    if (terms.length === 0) return [];
    const run = (asked: readonly QueryTerm[]): Promise<HitRow[]> =>
      this.#database.rows<HitRow>(SUGGEST, [queryOf(asked, '#'), text.toLowerCase(), limit, ruleParameter(within)]);
    const rows = await run(terms);
    if (rows.length > 0) return rows.map((row) => toHit(row, nameHighlights(row, terms), 'RELEVANCE'));
    const corrected = await correctTerms(this.#database, terms, within);
    if (corrected === undefined) return [];
    return (await run(corrected)).map((row) => toHit(row, nameHighlights(row, corrected), 'RELEVANCE'));
  }

  async #run(
    request: SearchRequest,
    after: SearchPlan['after'],
    text: string,
    terms: readonly QueryTerm[],
  ): Promise<AnswerRow> {
    const { filter, order, page } = request;
    const filters = filterQuery(filter);
    const all = (words: string): string => [words, filters].filter((part) => part !== '').join(' & ');
    const words = queryOf(terms);
    const plan: SearchPlan = {
      order,
      match: all(words) === '' ? null : all(words),
      text: words === '' ? null : { rank: words, names: all(queryOf(terms, '#')), plain: text.toLowerCase() },
      updatedAfter: filter.updatedAfter ?? null,
      within: request.within,
      after,
      first: page.first + 1,
    };
    const { statement, values } = searchStatement(plan);
    const [row] = await this.#database.rows<AnswerRow>(statement, values);
    return row ?? { total: 0, isExact: true, hits: null, facets: null };
  }

  async #withHighlights(
    answer: AnswerRow,
    terms: readonly QueryTerm[],
    request: SearchRequest,
    isFuzzy: boolean,
  ): Promise<SearchAnswer> {
    const shown = (answer.hits ?? []).slice(0, request.page.first);
    if (terms.length === 0 || shown.length === 0) return toAnswer(answer, [], request, isFuzzy);
    const patterns = terms.flatMap(({ prefix, similar }) => [prefix, ...similar]).map((word) => `%${word}%`);
    const rows = await this.#database.rows<{ n: number; field: Highlight['field']; text: string }>(HIGHLIGHTED, [
      shown.flatMap(({ member_keys }, index) => member_keys.map(() => index)),
      shown.flatMap(({ member_keys }) => member_keys),
      patterns,
    ]);
    const highlights = shown.map((hit, index) => [
      ...nameHighlights(hit, terms),
      ...rows.filter(({ n }) => n === index).flatMap(({ field, text }) => highlight(field, text, terms) ?? []),
      ...hit.tags.flatMap((tag) => highlight('TAG', tag, terms) ?? []),
    ]);
    return toAnswer(answer, highlights, request, isFuzzy);
  }
}

function checkText(text: string): string {
  // PostgreSQL's text cannot hold U+0000.
  const trimmed = text.replaceAll('\0', ' ').trim();
  if (trimmed.length <= MAX_TEXT) return trimmed;
  throw new HeadwaterError('INVALID_INPUT', `A search text has at most ${MAX_TEXT} characters; shorten it`);
}

function placeOf(order: SearchOrder, cursor: string | null): SearchPlan['after'] {
  if (cursor === null) return null;
  const type = order === 'NAME' ? 'string' : 'number';
  const [value, key] = decodeCursor(`search:${order}`, cursor, [type, 'string']);
  const isWhole = order === 'POPULARITY' || order === 'UPDATED_AT';
  const limit = order === 'POPULARITY' ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
  const number = isWhole ? Math.max(-limit, Math.min(limit, Math.trunc(Number(value)))) : Number(value);
  return [order === 'NAME' ? String(value) : number, hexKey(key)];
}

function cursorOf(row: HitRow, order: SearchOrder): string {
  const values: Readonly<Record<SearchOrder, string | number>> = {
    RELEVANCE: row.score,
    POPULARITY: row.consumers,
    UPDATED_AT: row.updated_at,
    NAME: row.sort_name,
  };
  return encodeCursor(`search:${order}`, [values[order], row.key.replaceAll('-', '')]);
}

function nameHighlights(row: HitRow, terms: readonly QueryTerm[]): Highlight[] {
  const found = highlight('NAME', row.display_name, terms) ?? highlight('NAME', row.namespace, terms);
  return found === undefined ? [] : [found];
}

function toHit(row: HitRow, highlights: readonly Highlight[], order: SearchOrder): SearchHit {
  const { id, kind, display_name: displayName, namespace, score } = row;
  return { id, kind, displayName, namespace, score, highlights, cursor: cursorOf(row, order) };
}

function toAnswer(
  answer: AnswerRow | undefined,
  highlights: readonly (readonly Highlight[])[],
  { page, order }: SearchRequest,
  isFuzzy: boolean,
): SearchAnswer {
  const rows = answer?.hits ?? [];
  const facets = FACET_NAMES.map((name): SearchFacet => {
    const values = (answer?.facets ?? []).filter((row) => row.name === name);
    return { name, values: values.map(({ value, count }) => ({ value, count })) };
  });
  return {
    hits: rows.slice(0, page.first).map((row, index) => toHit(row, highlights[index] ?? [], order)),
    hasNextPage: rows.length > page.first,
    totalCount: answer?.total ?? 0,
    facets,
    isExact: answer?.isExact ?? true,
    isFuzzy,
  };
}
