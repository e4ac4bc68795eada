import { hash128 } from '../identifiers.js';
import type { Span } from './edge-intervals.js';
import type { OpenRow } from './documents.js';

export interface RowDiff {
  /** Rows whose span no longer follows. */
  readonly closed: readonly OpenRow[];
  readonly opened: readonly OpenRow[];
  readonly open: OpenRow[];
}

const NONE: readonly OpenRow[] = [];

/**
 * Compares the rows that are open in record time with the spans that now follow. Equal spans keep their row, so that
 * only what changed is written. `identity` makes row ids: it must tell this change from every other, and be the same
 * on replay.
 */
export function diffRows(held: readonly OpenRow[] | undefined, desired: readonly Span[], identity: string): RowDiff {
  const rows = held ?? NONE;
  if (rows.length === desired.length && rows.every((row, index) => isSpanOf(row, desired[index]))) {
    return { closed: NONE, opened: NONE, open: rows as OpenRow[] };
  }
  const closed = rows.filter((row) => !desired.some((span) => isSpanOf(row, span)));
  const opened: OpenRow[] = [];
  const open = desired.map((span): OpenRow => {
    const kept = rows.find((row) => isSpanOf(row, span));
    if (kept !== undefined) return kept;
    const row: OpenRow = [hash128(`${identity}|${String(span.from)}|${String(span.to)}`), span.from, span.to];
    opened.push(row);
    return row;
  });
  return { closed, opened, open };
}

function isSpanOf(row: OpenRow, span: Span | undefined): boolean {
  return span !== undefined && row[1] === span.from && row[2] === span.to;
}
