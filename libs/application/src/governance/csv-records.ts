import { coded, type Told } from '@headwater/domain/errors';
import { CsvError, parse } from 'csv-parse/sync';
import { rowFault, type LineFault } from './csv-cells.js';

export interface CsvRecord {
  /** Where the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvRecords {
  /** The row that names the columns; undefined: the file is empty. */
  readonly header: CsvRecord | undefined;
  readonly rows: readonly CsvRecord[];
  /** Rows that are no CSV, by line. */
  readonly faults: readonly LineFault[];
}

/**
 * The first rows of a CSV text (RFC 4180), as many as `most`. After a row that is no CSV reading goes on at its next line,
 * so that every line of the file is of a row or of a fault. A fault by itself: the first row is no CSV.
 */
export function recordsOf(text: string, most: number): CsvRecords | LineFault {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const read = wellFormed(lines, most) ?? rowByRow(lines, most);
  const [header] = read.records;
  const [fault] = read.faults;
  if (fault === undefined || (header !== undefined && header.line < fault.line))
    return { header, rows: read.records.slice(1), faults: read.faults };
  const whole = lines[fault.line - 1] ?? '';
  // Parted by something else, quotes around cells look like quotes within one: the separator is what is to be told.
  const isParted = [';', '\t'].some((delimiter) => (cellsOf(whole, delimiter)?.length ?? 0) > 1);
  return isParted ? { header: { line: fault.line, cells: [whole] }, rows: [], faults: [] } : fault;
}

interface Read {
  readonly records: readonly CsvRecord[];
  readonly faults: readonly LineFault[];
}

/** All at once; undefined where any of it is no CSV. */
function wellFormed(lines: readonly string[], most: number): Read | undefined {
  try {
    const parsed = parse(lines.join('\n'), {
      ...{ info: true, raw: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: '\n' },
      // A row with a wrong number of cells costs ten times as much as another: those that are too many are not read.
      to: most,
    }) as unknown as readonly { readonly record: string[]; readonly info: { lines: number }; readonly raw: string }[];
    const records = parsed.map(({ record, info, raw }) => {
      // `lines` is where the record ends, and `raw` begins with empty lines that were skipped.
      const own = raw.replace(/^\n+/, '').replace(/\n$/, '');
      return { line: info.lines - (own.split('\n').length - 1), cells: record };
    });
    return { records, faults: [] };
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** A line with an odd number of quotes opens a row that the next such line closes; a row that does not fit is one line. */
function rowByRow(lines: readonly string[], most: number): Read {
  const records: CsvRecord[] = [];
  const faults: LineFault[] = [];
  const odd = lines.flatMap((line, index) => (line.split('"').length % 2 === 0 ? [index] : []));
  let nextOdd = 0;
  for (let at = 0; at < lines.length && records.length + faults.length < most;) {
    const line = lines[at] ?? '';
    while ((odd[nextOdd] ?? Infinity) < at) nextOdd += 1;
    const last = odd[nextOdd] === at ? odd[nextOdd + 1] : at;
    const cells = last === undefined ? undefined : cellsOf(lines.slice(at, last + 1).join('\n'));
    if (line !== '' && cells === undefined) faults.push(rowFault(at + 1, '', quoteProblem(line)));
    if (line !== '' && cells !== undefined) records.push({ line: at + 1, cells });
    at = cells === undefined ? at + 1 : (last ?? at) + 1;
  }
  return { records, faults };
}

/** Of one row; undefined where it is no CSV. */
function cellsOf(row: string, delimiter = ','): readonly string[] | undefined {
  try {
    return (
      (parse(row, { delimiter, record_delimiter: '\n', relax_column_count: true }) as readonly string[][])[0] ?? []
    );
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** What keeps a line from being a row; where nothing does by itself, its quotes do with those of the next lines. */
function quoteProblem(line: string): Told {
  try {
    parse(line, { relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'INVALID_OPENING_QUOTE') {
      const detail =
        'is no CSV: a quote stands within a cell that has none around it; write " around the cell, and "" for a quote in it';
      return coded('QUOTE_WITHIN', detail);
    }
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED') {
      const detail =
        'is no CSV: a quote ends a cell before the cell ends; write "" for a quote within a cell, and " at its end';
      return coded('QUOTE_EARLY', detail);
    }
  }
  const detail =
    'is no CSV: a quote opens in this row and is not closed; write "" for a quote within a cell, and " at its end';
  return coded('QUOTE_OPEN', detail);
}
