import { coded, parametersOf, type InputFault, type Told } from '@headwater/domain/errors';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** What is wrong with one row of a file. */
export interface LineFault {
  readonly line: number;
  /** What the row is about, as it has it; '' where it says nothing. */
  readonly key: string;
  /** All of it, at pointers into the row: `/owners`, or the empty one for the row as a whole. */
  readonly faults: readonly InputFault[];
}

/** What is wrong with the row as a whole. */
export function rowFault(line: number, key: string, told: Told): LineFault {
  return { line, key, faults: [{ pointer: '', ...told }] };
}

/** All that is wrong with a row, in a sentence. */
export function detailOf({ faults }: Pick<LineFault, 'faults'>): string {
  return faults.map(({ detail }) => detail).join('; ');
}

/** As faults of a request whose member at `pointer` is the file: `line` and `member`, the column, are among what each speaks of. */
export function faultsOfFile(pointer: string, rows: readonly LineFault[]): readonly InputFault[] {
  return rows.flatMap(({ line, faults }) =>
    faults.map(({ pointer: at, detail, code, parameters }) => {
      const [, member = ''] = at.split('/');
      const place = parametersOf(member === '' ? { line } : { line, member });
      return { pointer, detail: `line ${String(line)}: ${detail}`, code, parameters: [...place, ...parameters] };
    }),
  );
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
      return rowFault(rowAt(text, at), '', coded('NO_CSV', `is no CSV: ${error.message}`, { problem: error.message }));
    }
    const detail =
      'is no CSV: a quote opens in this row and is not closed; write "" for a quote within a cell, and " at its end';
    return rowFault(rowAt(text, Infinity), '', coded('QUOTE_OPEN', detail));
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
