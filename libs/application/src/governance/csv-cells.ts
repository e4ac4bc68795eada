import { parametersOf, type InputFault, type Told } from '@headwater/domain/errors';
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
