import {
  contentJson,
  type ReportCell,
  type ReportHead,
  type ReportRow,
} from '@headwater/domain/reports/report-content';
import type { ReportFile, ReportFormat } from '@headwater/domain/reports/report';
import { csvOf } from '../governance/csv-cells.js';

/** The rows of a section in their order, a portion at a time. */
export type ReadRows = (section: number) => AsyncIterable<readonly ReportRow['cells'][]>;

export interface WrittenFile extends Pick<ReportFile, 'name' | 'mediaType'> {
  /** Read to its end before the next file. */
  readonly content: AsyncIterable<Uint8Array | string>;
}

/** A report in a format, as the files it comes to, one after the other. What is in them follows from head and rows alone. */
export type WriteFiles = (head: ReportHead, rowsOf: ReadRows) => AsyncIterable<WrittenFile> | Iterable<WrittenFile>;

/** How each format is written: a format more does not compile without. */
export const WRITERS: Readonly<Record<ReportFormat, WriteFiles>> = {
  JSON: (head, rowsOf) => [
    { name: `${fileNameOf(head)}.json`, mediaType: 'application/json', content: contentJson(head, rowsOf) },
  ],
  // Of each table one, since their columns differ.
  CSV: (head, rowsOf) =>
    head.sections.map(({ name, columns }, section) => ({
      name: `${fileNameOf(head)}-${name}.csv`,
      mediaType: 'text/csv; charset=utf-8; header=present',
      content: csv(
        columns.map((column) => column.name),
        rowsOf(section),
      ),
    })),
};

/** `governance-coverage`, say. */
export function fileNameOf({ subject }: Pick<ReportHead, 'subject'>): string {
  return subject.kind.toLowerCase().replaceAll('_', '-');
}

async function* csv(
  columns: readonly string[],
  portions: AsyncIterable<readonly ReportRow['cells'][]>,
): AsyncGenerator<string> {
  yield csvOf([columns]);
  for await (const rows of portions)
    if (rows.length > 0) yield csvOf(rows.map((cells) => columns.map((name) => textOf(cells[name] ?? null))));
}

function textOf(cell: ReportCell): string {
  return cell === null ? '' : String(cell);
}
