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
    const at = (error as CsvError & { readonly lines?: number }).lines;
    return { line: at ?? 1, key: '', detail: `is no CSV: ${error.message}` };
  }
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
