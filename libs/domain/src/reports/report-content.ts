import { canonicalJson } from '../projection/canonical-json.js';
import { formatMicros, type Micros } from '../time.js';
import type { NamespaceRule } from '../access/namespace-rule.js';
import type { ReportSubject } from './report-subject.js';

export type ReportCell = string | number | boolean | null;

/** What the cells of a column are: how a reader of a table wants them set. */
export type ReportColumnType = 'TEXT' | 'COUNT' | 'FLAG' | 'TIME';

export interface ReportColumn {
  /** The member of each row. */
  readonly name: string;
  readonly title: string;
  readonly type: ReportColumnType;
}

/** One table of a report. */
export interface ReportSection {
  readonly name: string;
  readonly title: string;
  /** What its rows are, in a sentence or two. */
  readonly lead: string;
  readonly columns: readonly ReportColumn[];
}

/** A row for a section of a report, by its number. */
export interface ReportRow {
  readonly section: number;
  /** Rows of a section stand in the order of this, by code units of UTF-8; equal ones as they were added. */
  readonly sort: string;
  readonly cells: Readonly<Record<string, ReportCell>>;
}

/** What a report tells, apart from its rows. */
export interface ReportHead {
  readonly title: string;
  readonly subject: ReportSubject;
  readonly knownAt: Micros;
  /** The namespaces that it tells of; null: all. */
  readonly sees: NamespaceRule['sets'];
  readonly sections: readonly ReportSection[];
}

/** Version of the shape of the JSON: raised where a reader of it would have to know. */
const CONTENT_FORMAT = 1;

/**
 * The content as JSON in the canonical form of RFC 8785, in pieces: nothing of it depends on who asked for it, when, or
 * where it was made. `rowsOf` gives the rows of a section in their order, a portion at a time.
 */
export async function* contentJson(
  { title, subject, knownAt, sees, sections }: ReportHead,
  rowsOf: (section: number) => AsyncIterable<readonly ReportRow['cells'][]>,
): AsyncGenerator<string> {
  const { kind, ...parameters } = subject;
  // Members in the order of their names, as the canonical form has them.
  const before = { format: CONTENT_FORMAT, kind, knownAt: formatMicros(knownAt), parameters: told(parameters) };
  yield `${canonicalJson(before).slice(0, -1)},"sections":[`;
  for (const [number, { name, title: of, lead, columns }] of sections.entries()) {
    const head = { columns: columns.map((column) => ({ ...column })), lead, name };
    yield `${number === 0 ? '' : ','}${canonicalJson(head).slice(0, -1)},"rows":[`;
    let isFirst = true;
    for await (const rows of rowsOf(number)) {
      if (rows.length === 0) continue;
      yield `${isFirst ? '' : ','}${rows.map(canonicalJson).join(',')}`;
      isFirst = false;
    }
    yield `],${canonicalJson({ title: of }).slice(1)}`;
  }
  yield `],${canonicalJson({ sees, title }).slice(1)}`;
}

/** What a parameter is told as: moments as ISO 8601. */
export type ToldParameter = string | readonly string[] | null;

/** Parameters as a reader takes them. */
export function told(parameters: object): Readonly<Record<string, ToldParameter>> {
  const given = Object.entries(parameters) as readonly (readonly [string, ToldParameter | Micros])[];
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'number' ? formatMicros(value) : value]),
  );
}
