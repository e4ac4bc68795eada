import { AGENT_NAMES } from './agent-alias-table.js';
import { storable } from '../catalog/pages.js';
import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { CoverageOfDomain } from '@headwater/domain/governance/coverage';
import { HeadwaterError } from '@headwater/domain/errors';
import { parseNodeId, type NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor } from '@headwater/domain/page';
import type {
  CatalogSearch,
  Highlight,
  PropertyUse,
  SearchAnswer,
  SearchFacet,
  SearchHit,
  SearchMatch,
  SearchOrder,
  SearchRequest,
} from '@headwater/domain/search';
import { hexKey } from '../catalog/pages.js';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import { knownTerms } from './correct-terms.js';
import { coverageStatement } from './coverage-statement.js';
import { synonymsOf } from './field-synonyms.js';
import { termsNamed } from './glossary-terms.js';
import { highlight } from './highlights.js';
import { agentsAndProductsNamed } from './named-agents.js';
import { propertyUsesStatement } from './property-sql.js';
import { matchOf, queryFor, termsOf, tiersOf, type QueryTerm, type WordQuery } from './query-terms.js';
import { matchingStatement, relevanceOf, searchStatement, type SearchPlan } from './search-statement.js';
import { suggestionStatement } from './suggestion-statement.js';

const MAX_TEXT = 500;
const MAX_SUGGESTIONS = 50;
/** Of each property that is not filtered by, as of other facets. */
const MAX_PROPERTY_VALUES = 20;
const FACET_NAMES: readonly SearchFacet['name'][] = ['KIND', 'NAMESPACE', 'TAG', 'OWNER', 'DOMAIN', 'TERM'];

/**
 * How many matches of words or of a time are counted. A match costs PostgreSQL 0.7 µs (85,000 of 100,000 documents: 60 ms
 * of a busy core), so that counting holds nobody up for more than 0.2 s. What filters alone leave is counted whole.
 */
const MAX_COUNTED = 250_000;

/** Up to so many matches, reading each costs less than asking the index of a common word once for every tier. */
const FEW = 500;

interface HitRow {
  readonly key: string;
  readonly id: NodeId;
  readonly kind: 'DATASET' | 'JOB';
  readonly namespace: string;
  readonly display_name: string;
  /** What the order goes by. */
  readonly place: string | number;
  readonly tier: number;
  readonly standing: number;
  readonly views: number;
  readonly tags: readonly string[];
  readonly member_keys: readonly string[];
}

interface AnswerRow {
  readonly total: number;
  readonly isExact: boolean;
  readonly hits: readonly HitRow[] | null;
  readonly facets: readonly { name: SearchFacet['name']; value: string; count: number }[] | null;
}

/** What is searched for: the query as written, then what comes near it. A cursor says at which of them it stands. */
interface Attempt {
  readonly step: number;
  readonly query: WordQuery | null;
}

interface Found {
  readonly attempt: Attempt;
  readonly answer: AnswerRow;
}

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
      UNION ALL
      (SELECT 'OF_FIELD', f.name || ': ' || d.text FROM @.field f
       CROSS JOIN LATERAL (
         SELECT coalesce((
           SELECT p.value FROM @.fact p
           WHERE p.node_key = f.key AND p.kind = 'DESCRIPTION' AND p.valid_to IS NULL AND p.recorded_to IS NULL LIMIT 1
         ), f.description) AS text
       ) d
       WHERE f.dataset_key = u.key AND f.deleted_at IS NULL AND d.text ILIKE ANY ($3::text[])
       ORDER BY f.ordinal, f.id LIMIT 2)
      UNION ALL
      (SELECT 'PROPERTY', (d.body ->> 'name') || ': ' || v.value FROM @.fact p
       JOIN @.definition d ON d.id = p.value AND d.kind = 'PROPERTY' AND d.valid_to IS NULL AND d.recorded_to IS NULL
         AND d.body ->> 'type' IN ('TEXT', 'ENUM', 'URL')
       CROSS JOIN LATERAL json_array_elements_text(p.detail::json) AS v(value)
       WHERE p.node_key = u.key AND p.kind = 'PROPERTY' AND p.valid_to IS NULL AND p.recorded_to IS NULL
         AND v.value ILIKE ANY ($3::text[])
       ORDER BY p.value, v.value LIMIT 2)
    ) x`,
};

interface HighlightedRow {
  readonly n: number;
  /** OF_FIELD: the description of a field, behind its name. */
  readonly field: Highlight['field'] | 'OF_FIELD';
  readonly text: string;
}

const NOTHING: AnswerRow = { total: 0, isExact: true, hits: null, facets: null };

/** Search over the documents of the current generation. */
export class PostgresCatalogSearch implements CatalogSearch {
  readonly #database: ProjectionDatabase;
  readonly #maxCounted: number;
  readonly #few: number;

  constructor(
    database: ProjectionDatabase,
    { maxCounted = MAX_COUNTED, few = FEW }: Partial<Pick<SearchPlan, 'maxCounted' | 'few'>> = {},
  ) {
    this.#database = database;
    this.#maxCounted = maxCounted;
    this.#few = few;
  }

  async search(asked: SearchRequest): Promise<SearchAnswer> {
    checkFirst(asked.page.first);
    const request = await this.#byAllNames(asked);
    const text = checkText(request.text);
    const place = placeOf(request.order, request.page.after);
    const terms = termsOf(text);
    // A text of punctuation alone has no words to find.
    if (terms.length === 0 && text !== '') return toAnswer(NOTHING, [], request, 0);
    let nothing = NOTHING;
    for await (const attempt of this.#attempts(text, terms, request.within)) {
      if (place !== null && attempt.step !== place.step) continue;
      const answer = await this.#run(request, place?.after ?? null, attempt.query);
      if (answer.total > 0 || place !== null) return this.#withHighlights({ attempt, answer }, request);
      // What else the words as written would find without one of the filters.
      if (attempt.step === 0) nothing = answer;
    }
    return toAnswer(nothing, [], request, 0);
  }

  /** Owners by all ids that they have: documents follow who is one with whom a little later. */
  async #byAllNames<R extends Pick<SearchRequest, 'filter'>>(request: R): Promise<R> {
    const asked = storable(request.filter.owners ?? []);
    if (asked.length === 0) return request;
    const rows = await this.#database.rows<{ readonly id: NodeId }>(AGENT_NAMES, [asked]);
    return { ...request, filter: { ...request.filter, owners: rows.map(({ id }) => id) } };
  }

  async matching(asked: Omit<SearchRequest, 'order' | 'page'>, most: number): Promise<readonly SearchMatch[]> {
    const request = await this.#byAllNames(asked);
    const text = checkText(request.text);
    const terms = termsOf(text);
    if (terms.length === 0 && text !== '') return [];
    for await (const { query } of this.#attempts(text, terms, request.within)) {
      const match = query === null ? null : matchOf(query);
      const { statement, values } = matchingStatement(request, match, most + 1);
      const found = await this.#database.rows<SearchMatch>(statement, values);
      if (found.length > 0) return found;
    }
    return [];
  }

  coverage(tags: readonly string[], within?: NamespaceRule): Promise<readonly CoverageOfDomain[]> {
    const { statement, values } = coverageStatement(tags, within);
    return this.#database.rows<CoverageOfDomain>(statement, values);
  }

  propertyUses(within?: NamespaceRule): Promise<readonly PropertyUse[]> {
    const { statement, values } = propertyUsesStatement(within);
    return this.#database.rows<PropertyUse>(statement, values);
  }

  async suggest(prefix: string, limit: number, within?: NamespaceRule): Promise<readonly SearchHit[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_SUGGESTIONS) {
      throw new HeadwaterError('INVALID_INPUT', `\`limit\` must be a whole number from 1 to ${MAX_SUGGESTIONS}`);
    }
    const text = checkText(prefix);
    const terms = termsOf(text);
    if (terms.length === 0) return [];
    for await (const { query, step } of this.#attempts(text, terms, within)) {
      if (query === null) continue;
      const { statement, values } = suggestionStatement(query, limit, within);
      const rows = await this.#database.rows<HitRow>(statement, values);
      if (rows.length > 0) return rows.map((row) => toHit(row, nameHighlights(row, query.terms), 'RELEVANCE', step));
    }
    return [];
  }

  /** All words as written; those that are known, as they were meant; without any one of them; any of them. */
  async *#attempts(
    text: string,
    terms: readonly QueryTerm[],
    within: NamespaceRule | undefined,
  ): AsyncGenerator<Attempt> {
    const asWritten = terms.length === 0 ? undefined : queryFor(text, terms);
    const [glossary, named, synonyms] =
      terms.length === 0
        ? [[], [], []]
        : await Promise.all([
            termsNamed(this.#database, terms),
            agentsAndProductsNamed(this.#database, terms),
            synonymsOf(this.#database, text),
          ]);
    yield {
      step: 0,
      query: asWritten === undefined ? null : { ...asWritten, glossary: [...glossary, ...named], synonyms },
    };
    if (terms.length === 0) return;
    const known = await knownTerms(this.#database, terms, within);
    const isAsWritten = known.length === terms.length && known.every(({ similar }) => similar.length === 0);
    const counts = [isAsWritten ? 0 : known.length, known.length - 1, 1];
    for (const [index, count] of counts.entries()) {
      const query =
        count > 0 && count <= known.length && counts.indexOf(count) === index
          ? queryFor(text, known, count)
          : undefined;
      if (query !== undefined) yield { step: index + 1, query };
    }
  }

  async #run(request: SearchRequest, after: SearchPlan['after'], query: WordQuery | null): Promise<AnswerRow> {
    const { statement, values } = searchStatement({
      order: request.order,
      words: query === null ? null : { match: matchOf(query), tiers: tiersOf(query) },
      filter: request.filter,
      within: request.within,
      after,
      first: request.page.first + 1,
      maxCounted: this.#maxCounted,
      few: this.#few,
    });
    const [row] = await this.#database.rows<AnswerRow>(statement, values);
    return row ?? NOTHING;
  }

  async #withHighlights({ attempt, answer }: Found, request: SearchRequest): Promise<SearchAnswer> {
    const shown = (answer.hits ?? []).slice(0, request.page.first);
    const terms = attempt.query?.terms ?? [];
    if (terms.length === 0 || shown.length === 0) return toAnswer(answer, [], request, attempt.step);
    const patterns = terms.flatMap(({ prefix, similar }) => [prefix, ...similar]).map((word) => `%${word}%`);
    const rows = await this.#database.rows<HighlightedRow>(HIGHLIGHTED, [
      shown.flatMap(({ member_keys }, index) => member_keys.map(() => index)),
      shown.flatMap(({ member_keys }) => member_keys),
      patterns,
    ]);
    const highlights = shown.map((hit, index) => {
      const own = rows.filter(({ n }) => n === index);
      const found = [
        ...nameHighlights(hit, terms),
        ...own.flatMap(({ field, text }) => (field === 'OF_FIELD' ? [] : (highlight(field, text, terms) ?? []))),
        ...hit.tags.flatMap((tag) => highlight('TAG', tag, terms) ?? []),
      ];
      if (found.length > 0) return found;
      // What fields are described as says why only where nothing nearer does.
      return own.flatMap(({ text }) => highlight('DESCRIPTION', text, terms) ?? []);
    });
    return toAnswer(answer, highlights, request, attempt.step);
  }
}

/** Values by property, at most as many as of other facets. */
function propertyFacetsOf(counts: readonly { readonly value: string; readonly count: number }[]): SearchFacet[] {
  const byProperty = new Map<NodeId, { value: string; count: number }[]>();
  for (const { value: entry, count } of counts) {
    const at = entry.indexOf('=');
    const property = entry.slice(0, at) as NodeId;
    const values = byProperty.get(property) ?? [];
    if (values.length < MAX_PROPERTY_VALUES) values.push({ value: entry.slice(at + 1), count });
    byProperty.set(property, values);
  }
  return [...byProperty]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([property, values]) => ({ name: 'PROPERTY', property, values }));
}

function checkText(text: string): string {
  // PostgreSQL's text cannot hold U+0000.
  const trimmed = text.replaceAll('\0', ' ').trim();
  // A pasted NodeId asks for the name in it.
  if (trimmed.length <= MAX_TEXT) return nameOf(trimmed) || trimmed;
  throw new HeadwaterError('INVALID_INPUT', `A search text has at most ${MAX_TEXT} characters; shorten it`);
}

interface CursorPlace {
  readonly after: SearchPlan['after'];
  readonly step: number;
}

function placeOf(order: SearchOrder, cursor: string | null): CursorPlace | null {
  if (cursor === null) return null;
  const type = order === 'NAME' ? 'string' : 'number';
  const [value, key, step] = decodeCursor(`search:${order}`, cursor, [type, 'string', 'number']);
  // What is walked by an index is bounded by a number of four bytes.
  const limit = order === 'UPDATED_AT' ? Number.MAX_SAFE_INTEGER : 2_000_000_000 * (order === 'POPULARITY' ? 1_000 : 1);
  const number = Math.max(-limit, Math.min(limit, Math.trunc(Number(value))));
  return { after: [order === 'NAME' ? String(value) : number, hexKey(key)], step: Number(step) };
}

function cursorOf(row: HitRow, order: SearchOrder, step: number): string {
  const value = order === 'RELEVANCE' ? relevanceOf(row.tier, row.standing) : row.place;
  return encodeCursor(`search:${order}`, [value, row.key.replaceAll('-', ''), step]);
}

/** In the name as people say it, or else in the rest of what identifies it. */
function nameHighlights(row: HitRow, terms: readonly QueryTerm[]): Highlight[] {
  for (const text of [row.display_name, nameOf(row.id), row.namespace]) {
    const found = highlight('NAME', text, terms);
    if (found !== undefined) return [found];
  }
  return [];
}

function nameOf(id: string): string {
  return parseNodeId(id)?.segments[1] ?? '';
}

function toHit(row: HitRow, highlights: readonly Highlight[], order: SearchOrder, step: number): SearchHit {
  const { id, kind, display_name: displayName, namespace, views } = row;
  const score = 1 + relevanceOf(row.tier, row.standing) / relevanceOf(1, 0);
  return { id, kind, displayName, namespace, score, views, highlights, cursor: cursorOf(row, order, step) };
}

function toAnswer(
  { hits, facets: counts, total, isExact }: AnswerRow,
  highlights: readonly (readonly Highlight[])[],
  { page, order }: SearchRequest,
  step: number,
): SearchAnswer {
  const rows = hits ?? [];
  const sorted = [...(counts ?? [])].sort((a, b) => b.count - a.count);
  const facets = [
    ...FACET_NAMES.map((name): SearchFacet => {
      const values = sorted.filter((row) => row.name === name);
      return { name, property: null, values: values.map(({ value, count }) => ({ value, count })) };
    }),
    ...propertyFacetsOf(sorted.filter(({ name }) => name === 'PROPERTY')),
  ];
  return {
    hits: rows.slice(0, page.first).map((row, index) => toHit(row, highlights[index] ?? [], order, step)),
    hasNextPage: rows.length > page.first,
    totalCount: total,
    facets,
    isExact,
    isFuzzy: step > 0,
  };
}
