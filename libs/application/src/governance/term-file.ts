import { coded, type InputFault, type Told } from '@headwater/domain/errors';
import { parseNodeId, termId, type NodeId } from '@headwater/domain/identifiers';
import type { TermDefinition, TermRow, TermStatus } from '@headwater/domain/governance/definition';
import { TERM_STATUSES } from '@headwater/domain/governance/definitions/term';
import { cellsProblem, noKeyColumn, otherColumns } from './csv-columns.js';
import { csvOf, listOf, listText, meantBy, rowFault, type LineFault } from './csv-cells.js';
import { recordsOf } from './csv-records.js';

const COLUMNS = ['key', 'name', 'description', 'parent', 'synonyms', 'related', 'status', 'successor'] as const;
type Column = (typeof COLUMNS)[number];

/** One row: what it says of the term with that key. Members of columns that the file has not are absent. */
export interface TermLine {
  /** Where the row begins, from 1. */
  readonly line: number;
  readonly key: string;
  readonly body: Partial<TermDefinition>;
}

export interface TermFile {
  readonly lines: readonly TermLine[];
  /** Rows that cannot be read, in their order. */
  readonly faults: readonly LineFault[];
}

/** Terms as a CSV file (RFC 4180) with a row for each, which {@link readTermFile} takes back. */
export function termFile(terms: readonly TermRow[]): string {
  const rows = terms.map(({ id, body }) => [
    ...[keyIn(id), body.name, body.description ?? '', body.parent === null ? '' : keyIn(body.parent)],
    ...[listText(body.synonyms), listText(body.related.map(keyIn)), body.status],
    body.successor === null ? '' : keyIn(body.successor),
  ]);
  return csvOf([COLUMNS, ...rows]);
}

/**
 * The rows of a CSV file whose first names the columns, `key` among them. An empty cell takes the member away, which a
 * name and a status cannot be. Within a cell `|` stands between synonyms and between related keys, and `\` takes the
 * meaning from what is behind it. At most `most` rows are read, and one more that tells of too many. A fault by itself: the
 * file is no such table.
 */
export function readTermFile(text: string, most: number): TermFile | LineFault {
  const records = recordsOf(text, most + 2);
  if ('line' in records) return records;
  const { header, rows } = records;
  const columns = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const problem = headerProblem(columns);
  if (problem !== null) return rowFault(header?.line ?? 1, '', problem);
  const lines: TermLine[] = [];
  const faults: LineFault[] = [...records.faults];
  const firstOf = new Map<NodeId, number>();
  for (const { line, cells } of rows) {
    const given = new Map(columns.map((column, index) => [column as Column, meantBy(cells[index] ?? '')]));
    const key = given.get('key')?.trim() ?? '';
    const before = firstOf.get(termId(key));
    if (key !== '' && before === undefined) firstOf.set(termId(key), line);
    const faulty = [
      ...cellsProblem(cells, columns),
      ...(before === undefined
        ? []
        : [{ pointer: '', ...coded('ROW_TWICE', `line ${String(before)} is of the same key`, { before }) }]),
      ...statusProblem(given.get('status')),
    ];
    if (faulty.length > 0) faults.push({ line, key, faults: faulty });
    else lines.push({ line, key, body: bodyOf(given) });
  }
  return { lines, faults: faults.sort((a, b) => a.line - b.line) };
}

function headerProblem(columns: readonly string[]): Told | null {
  return columns.includes('key') ? otherColumns(columns, COLUMNS) : noKeyColumn(columns, COLUMNS, 'key');
}

function statusProblem(given: string | undefined): readonly InputFault[] {
  if (given === undefined || TERM_STATUSES.some((status) => status === given.trim().toUpperCase())) return [];
  const statuses = TERM_STATUSES.join(', ');
  return [{ pointer: '/status', ...coded('ROW_STATUS', `has no status of ${statuses}`, { statuses }) }];
}

function bodyOf(given: ReadonlyMap<Column, string>): Partial<TermDefinition> {
  const cell = <C extends keyof TermDefinition>(
    column: C,
    read: (text: string) => TermDefinition[C],
  ): Partial<TermDefinition> => {
    const text = given.get(column);
    return text === undefined ? {} : { [column]: read(text) };
  };
  const reference = (text: string): NodeId | null => (text.trim() === '' ? null : termId(text.trim()));
  return {
    ...cell('name', (text) => text.trim()),
    ...cell('description', (text) => (text.trim() === '' ? null : text)),
    ...cell('parent', reference),
    ...cell('synonyms', (text) => [...new Set(listOf(text))]),
    ...cell('related', (text) => [...new Set(listOf(text).map(termId))].sort()),
    ...cell('status', (text) => text.trim().toUpperCase() as TermStatus),
    ...cell('successor', reference),
  };
}

function keyIn(id: NodeId): string {
  return parseNodeId(id)?.segments[0] ?? '';
}
