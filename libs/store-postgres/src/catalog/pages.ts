import type { NodeId } from '@headwater/domain/identifiers';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';

/** Above every key and time that a row can have: where a descending page without a cursor begins. */
const TOP_KEY = 'f'.repeat(32);
const TOP_TIME = Number.MAX_SAFE_INTEGER;

export interface TimeCursor {
  readonly at: number;
  readonly key: string;
}

/** Where a list ordered by (time, key), both descending, goes on. */
export function timeCursor(list: string, page: PageRequest): TimeCursor {
  checkFirst(page.first);
  if (page.after === null) return { at: TOP_TIME, key: TOP_KEY };
  const [at, key] = decodeCursor(list, page.after, ['number', 'string']);
  return { at: wholeNumber(at), key: hexKey(key) };
}

/** Where a list ordered by a text, ascending, goes on. */
export function textCursor(list: string, page: PageRequest): string {
  checkFirst(page.first);
  return page.after === null ? '' : String(decodeCursor(list, page.after, ['string'])[0] ?? '');
}

/** A number that a bigint parameter takes; cursors may be forged. */
export function wholeNumber(part: unknown): number {
  return typeof part === 'number' && Number.isSafeInteger(part) ? part : TOP_TIME;
}

/** A key that a uuid parameter takes. */
export function hexKey(part: unknown): string {
  return typeof part === 'string' && /^[0-9a-f]{32}$/.test(part) ? part : TOP_KEY;
}

/** Texts that a text column can hold: PostgreSQL refuses U+0000, so no row has such a text. */
export function storable<Text extends string>(texts: readonly Text[]): readonly Text[] {
  return texts.filter((text) => !text.includes('\0'));
}

/** The first `first` of rows that were read with one row more than that. */
export function pageOf<R, T>(
  rows: readonly R[],
  first: number,
  cursorOf: (row: R) => string,
  itemOf: (row: R) => T,
): Page<T> {
  return {
    items: rows.slice(0, first).map((row) => ({ cursor: cursorOf(row), item: itemOf(row) })),
    hasNextPage: rows.length > first,
  };
}

/** Rows that carry which of the ids asked for they belong to. */
export interface Numbered {
  readonly n: number;
}

/** The row alone, as the domain has it. */
export function withoutNumber<R extends Numbered>({ n: _n, ...row }: R): Omit<R, 'n'> {
  return row;
}

/** The numbered rows of each of the ids, with its index: as many groups as ids, also where an id is there twice. */
export function groupByIndex<R extends Numbered>(
  ids: readonly NodeId[],
  rows: readonly R[],
): readonly (readonly [id: NodeId, rows: R[], index: number])[] {
  const groups: R[][] = ids.map(() => []);
  for (const row of rows) groups[row.n]?.push(row);
  return ids.map((id, index) => [id, groups[index] ?? [], index]);
}

/**
 * One page an id, of rows that were read in order but separately for each member of its component: merged by (time,
 * key) descending, without a row that two members gave.
 */
export function timePages<R extends Numbered, T>(
  list: string,
  ids: readonly NodeId[],
  rows: readonly R[],
  first: number,
  placeOf: (row: R) => TimeCursor,
  itemOf: (row: R) => T,
): Map<NodeId, Page<T>> {
  const pages = new Map<NodeId, Page<T>>();
  for (const [id, group] of groupByIndex(ids, rows)) {
    const distinct = [...new Map(group.map((row) => [placeOf(row).key, row])).values()];
    distinct.sort((a, b) => compareDescending(placeOf(a), placeOf(b)));
    const cursorOf = (row: R): string => encodeCursor(list, [placeOf(row).at, placeOf(row).key]);
    pages.set(id, pageOf(distinct, first, cursorOf, itemOf));
  }
  return pages;
}

function compareDescending(a: TimeCursor, b: TimeCursor): number {
  if (a.at !== b.at) return b.at - a.at;
  return a.key < b.key ? 1 : a.key > b.key ? -1 : 0;
}

/** Items by what `keyOf` says of them, in the order of their first appearance. Node 20 has no Map.groupBy. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
