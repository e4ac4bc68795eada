import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { TypeFamily } from '@headwater/domain/collection/type-family';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { SynonymCandidate, SynonymEvidence } from '@headwater/domain/reading/suggestion-reader';
import { allowsNamespace, ruleParameter } from './namespace-sql.js';
import { pageOf } from './pages.js';
import type { ProjectionDatabase, Statement } from './projection-database.js';

const SYNONYMS = 'synonyms';
const TOP = 2_000_000_000;

interface SynonymRow {
  readonly fields: number;
  readonly words: string;
  readonly initials: boolean;
  readonly names: SynonymCandidate['names'];
  /** Of each name. */
  readonly families: readonly (readonly TypeFamily[])[];
}

/** Of the fields that a name can be short for, so many in a hundred are to be called what it is taken for. */
const LEAST_SHARE = 80;

const VISIBLE = `f.deleted_at IS NULL AND a.deleted_at IS NULL AND a.namespace IN (SELECT l.namespace FROM allowed l)
        AND NOT EXISTS (SELECT FROM @.alias m WHERE m.member_key = a.key AND m.recorded_to IS NULL AND m.member_key <> m.canonical_key)`;

const OF_NAME = `min(s.name COLLATE "C") AS name, count(*)::int AS fields, min(f.id COLLATE "C") AS example,
        coalesce(array_agg(DISTINCT s.family) FILTER (WHERE s.family IS NOT NULL), '{}') AS families`;

// Names of one letter, and numbers, say nothing.
const SAME_WORDS = `
    shared AS MATERIALIZED (
      SELECT s.word_key FROM @.field_shape s WHERE length(s.word_key) > 1 AND s.word_key ~ '[^0-9 ]'
      GROUP BY s.word_key HAVING count(DISTINCT s.canonical) > 1
    ),
    named AS (
      SELECT s.word_key, s.canonical, ${OF_NAME}
      FROM shared w JOIN @.field_shape s ON s.word_key = w.word_key JOIN @.field f ON f.shape_key = s.key
      JOIN @.asset a ON a.key = f.dataset_key
      WHERE ${VISIBLE}
      GROUP BY s.word_key, s.canonical
    )`;

// A dataset that has both says that they are two things.
const INITIALS = `
    initials AS MATERIALIZED (
      SELECT DISTINCT s.canonical AS short, w.word_key, w.family
      FROM @.field_shape w CROSS JOIN LATERAL unnest(w.short_forms) AS i(form)
      JOIN @.field_shape s ON s.canonical = i.form AND s.family = w.family AND s.word_key <> w.word_key
    ),
    placed AS MATERIALIZED (
      SELECT s.word_key, s.canonical, s.family, a.namespace, a.key AS dataset_key, s.name, f.id
      FROM @.field_shape s JOIN @.field f ON f.shape_key = s.key JOIN @.asset a ON a.key = f.dataset_key
      WHERE (s.canonical IN (SELECT i.short FROM initials i) OR s.word_key IN (SELECT i.word_key FROM initials i)) AND ${VISIBLE}
    ),
    short_in AS (SELECT DISTINCT p.canonical, p.family, p.namespace FROM placed p),
    long_in AS (SELECT p.word_key, p.family, p.namespace, count(*) AS fields FROM placed p GROUP BY 1, 2, 3),
    met AS (
      SELECT i.short, i.word_key, sum(l.fields) AS fields
      FROM initials i JOIN short_in s ON s.canonical = i.short AND s.family = i.family
      JOIN long_in l ON l.word_key = i.word_key AND l.family = i.family AND l.namespace = s.namespace
      GROUP BY i.short, i.word_key
    ),
    likeliest AS MATERIALIZED (
      SELECT m.short, m.word_key
      FROM (SELECT m.*, sum(m.fields) OVER (PARTITION BY m.short) AS possible FROM met m) m
      WHERE 100 * m.fields >= ${String(LEAST_SHARE)} * m.possible AND NOT EXISTS (
        SELECT p.dataset_key FROM placed p WHERE p.canonical = m.short
        INTERSECT SELECT p.dataset_key FROM placed p WHERE p.word_key = m.word_key)
    ),
    counted AS MATERIALIZED (
      SELECT p.canonical, p.word_key, min(p.name COLLATE "C") AS name, count(*)::int AS fields, min(p.id COLLATE "C") AS example,
        coalesce(array_agg(DISTINCT p.family) FILTER (WHERE p.family IS NOT NULL), '{}') AS families
      FROM placed p GROUP BY p.canonical, p.word_key
    ),
    short_name AS (
      SELECT DISTINCT ON (l.short) l.short || ' ~ ' || l.word_key AS words, c.*
      FROM likeliest l JOIN counted c ON c.canonical = l.short ORDER BY l.short, c.fields DESC, c.name COLLATE "C"
    ),
    long_name AS (
      SELECT DISTINCT ON (l.short) l.short || ' ~ ' || l.word_key AS words, c.*
      FROM likeliest l JOIN counted c ON c.word_key = l.word_key ORDER BY l.short, c.fields DESC, c.name COLLATE "C"
    ),
    paired AS (SELECT * FROM short_name UNION ALL SELECT * FROM long_name)`;

const groupsOf = (names: string, words: string, isInitials: boolean): string => `
      SELECT ${words} AS words, ${String(isInitials)} AS initials, sum(n.fields)::int AS fields,
        json_agg(json_build_object('name', n.name, 'fields', n.fields, 'example', n.example)
          ORDER BY n.fields DESC, n.name COLLATE "C") AS names,
        json_agg(n.families) AS families
      FROM ${names} n GROUP BY ${words} HAVING count(*) BETWEEN 2 AND 50`;

const CANDIDATES: Statement = {
  name: 'catalog_synonyms',
  sql: `
    WITH spaces AS MATERIALIZED (SELECT DISTINCT a.namespace FROM @.asset a),
    allowed AS MATERIALIZED (SELECT n.namespace FROM spaces n WHERE ${allowsNamespace('$1', 'n.namespace')}),
    ${SAME_WORDS},
    ${INITIALS},
    found AS (${groupsOf('named', 'n.word_key', false)} UNION ALL ${groupsOf('paired', 'n.words', true)})
    SELECT * FROM found f WHERE (-f.fields, f.words COLLATE "C") > (-$2::int, $3::text)
    ORDER BY -f.fields, f.words COLLATE "C" LIMIT $4`,
};

/** Families of types of each name. */
function evidenceOf({ initials, families }: SynonymRow): readonly SynonymEvidence[] {
  const [one, ...others] = families;
  const isShared = one?.some((family) => others.every((of) => of.includes(family))) === true;
  return [initials ? 'INITIALS' : 'SAME_WORDS', ...(isShared ? (['COMPATIBLE_TYPE'] as const) : [])];
}

/** Names that may mean the same, in one statement over the shapes of fields and the fields of those that come in question. */
export async function synonymCandidates(
  database: ProjectionDatabase,
  page: PageRequest,
  within: NamespaceRule | undefined,
): Promise<Page<SynonymCandidate>> {
  const first = checkFirst(page.first);
  const [fields, words] = page.after === null ? [null, ''] : decodeCursor(SYNONYMS, page.after, ['number', 'string']);
  const rule = ruleParameter(within);
  const values = [rule, fields === null ? TOP : Math.trunc(Number(fields)), String(words), first + 1];
  const rows = await database.rows<SynonymRow>(CANDIDATES, values);
  return pageOf(
    rows,
    first,
    ({ fields: count, words: key }) => encodeCursor(SYNONYMS, [count, key]),
    (row) => ({ names: row.names, evidence: evidenceOf(row) }),
  );
}
