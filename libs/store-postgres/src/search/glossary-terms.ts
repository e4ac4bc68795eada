import { MOST_LEVELS, upwards } from '@headwater/domain/governance/definition';
import { nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { ProjectionDatabase, Statement } from '../catalog/projection-database.js';
import { isNamed, type QueryTerm } from './query-terms.js';

/** More would make a query of thousands of lexemes; so many are called alike where a word says nothing. */
const MOST_NAMED = 200;

const NAMES: Statement = {
  name: 'search_glossary',
  sql: `
    SELECT d.id, d.body ->> 'parent' AS parent, d.body ->> 'name' AS name,
      ARRAY(SELECT json_array_elements_text(d.body -> 'synonyms')) AS synonyms
    FROM @.definition d
    WHERE d.kind = 'TERM' AND d.recorded_to IS NULL AND d.valid_to IS NULL
    ORDER BY d.id COLLATE "C"`,
};

interface NamedTerm {
  readonly id: NodeId;
  readonly parent: NodeId | null;
  readonly name: string;
  readonly synonyms: readonly string[];
}

/**
 * Terms of the glossary of which the name or a synonym, or that of a term above, has all of these words, by id. What they
 * are called is looked up with every search, so that naming a term anew touches no document.
 */
export async function termsNamed(
  database: ProjectionDatabase,
  words: readonly QueryTerm[],
): Promise<readonly NodeKey[]> {
  const terms = await database.rows<NamedTerm>(NAMES, []);
  const parents = new Map(terms.map(({ id, parent }) => [id, parent]));
  const named = new Set(terms.filter((term) => isCalled(term, words)).map(({ id }) => id));
  return terms
    .filter(({ id }) => upwards(id, (one) => parents.get(one)).some((one) => named.has(one)))
    .slice(0, MOST_NAMED)
    .map(({ id }) => nodeKey(id));
}

function isCalled({ name, synonyms }: NamedTerm, words: readonly QueryTerm[]): boolean {
  return [name, ...synonyms].some((text) => isNamed(text, words));
}

/** SQL of each term with itself and all above it: rows of (id, above). */
export const TERM_LINES = `
  WITH RECURSIVE term AS MATERIALIZED (
    SELECT d.id, d.body ->> 'parent' AS parent FROM @.definition d
    WHERE d.kind = 'TERM' AND d.recorded_to IS NULL AND d.valid_to IS NULL
  ),
  line (id, above, level) AS (
    SELECT t.id, t.id, 1 FROM term t
    UNION ALL
    SELECT l.id, t.parent, l.level + 1 FROM line l JOIN term t ON t.id = l.above
    WHERE t.parent IS NOT NULL AND l.level < ${String(MOST_LEVELS)}
  )
  SELECT l.id, l.above FROM line l`;

/** SQL that joins groups `g` with the terms that each has and those above, each once, as `v.value`. */
export const TERMS_OF_GROUPS = ` JOIN (
    SELECT DISTINCT q.key, l.above AS value
    FROM @.search_group q CROSS JOIN unnest(q.term_ids) AS t(id) JOIN term_line l ON l.id = t.id
    WHERE q.term_ids <> '{}'
  ) v ON v.key = g.key`;
