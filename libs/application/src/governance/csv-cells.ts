import type { FaultParameter } from '@headwater/domain/errors';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** What is wrong with one row of a file. */
export interface LineFault {
  readonly line: number;
  /** What the row is about, as it has it; '' where it says nothing. */
  readonly key: string;
  readonly detail: string;
  /** As of an input's fault; none where several things are wrong with it. */
  readonly code?: string;
  readonly parameters?: readonly FaultParameter[];
}

export interface CsvRecord {
  /** Where the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The first rows of a CSV text (RFC 4180), as many as `most`, or the fault that keeps it from being one. */
export function recordsOf(text: string, most: number): readonly CsvRecord[] | LineFault {
  try {
    const parsed = parse(text.replaceAll(/\r\n?/g, '\n'), {
      ...{ bom: true, info: true, raw: true, relax_column_count: true, skip_empty_lines: true },
      record_delimiter: '\n',
      // A row with a wrong number of cells costs ten times as much as another: those that are too many are not read.
      to: most,
    }) as unknown as readonly { readonly record: string[]; readonly info: { lines: number }; readonly raw: string }[];
    return parsed.map(({ record, info, raw }) => {
      // `lines` is where the record ends, and `raw` begins with empty lines that were skipped.
      const own = raw.replace(/^\n+/, '').replace(/\n$/, '');
      return { line: info.lines - (own.split('\n').length - 1), cells: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') {
      const at = (error as CsvError & { readonly lines?: number }).lines ?? 1;
      return { line: rowAt(text, at), key: '', detail: `is no CSV: ${error.message}` };
    }
    return {
      line: rowAt(text, Infinity),
      key: '',
      detail:
        'is no CSV: a quote opens in this row and is not closed; write "" for a quote within a cell, and " at its end',
    };
  }
}

/** Where the row begins, from 1, that a line is of; a cell with line ends has quotes around it. */
function rowAt(text: string, line: number): number {
  let row = 1;
  let isOpen = false;
  for (const [index, cells] of text.split(/\r\n?|\n/).entries()) {
    if (index >= line) break;
    if (!isOpen) row = index + 1;
    // Of a quote within a quoted cell there are two.
    if ((cells.split('"').length - 1) % 2 === 1) isOpen = !isOpen;
  }
  return row;
}

/** What to do about a header of one cell that other characters part, as spreadsheets of some languages write it; '' else. */
export function separatorHint(columns: readonly string[]): string {
  const [only = ''] = columns;
  if (columns.length !== 1) return '';
  const found = [
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ].find(([character = '']) => only.includes(character));
  return found === undefined ? '' : `. Its cells are parted by ${found[1] ?? ''}: save it with commas between them`;
}

/**
 * Rows as CSV, none of whose cells a spreadsheet takes for a formula: neither a whole cell, nor the end of one where its
 * locale parts cells by semicolons or tabs.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(inert)),
    { record_delimiter: '\n', quoted_match: /[;\t]/u },
  );
}

function inert(cell: string): string {
  return /^'*[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
}

/** What a cell of {@link csvOf} stands for. */
export function meantBy(cell: string): string {
  return /^'+[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell;
}

/** Several items in one cell, as {@link listOf} reads them. */
export function listText(items: readonly string[]): string {
  return items.map((item) => item.replaceAll(/[\\|]/g, (meant) => `\\${meant}`)).join('|');
}

/** Items between bars, trimmed; empty ones are none. A backslash takes the meaning from what is behind it. */
export function listOf(text: string): readonly string[] {
  const items = [...text.matchAll(/(?:\\[\s\S]|[^|\\])+/gu)].map(([item]) => item.replaceAll(/\\([\s\S])/gu, '$1'));
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
