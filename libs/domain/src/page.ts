import { HeadwaterError } from './errors.js';

/** The largest page that any list gives. */
export const MAX_PAGE = 100;

/** A forward page: at most `first` items (1 to 100) behind the opaque cursor `after`; null begins at the start. */
export interface PageRequest {
  readonly first: number;
  readonly after: string | null;
}

export interface PageItem<T> {
  /** Opaque; as `after` it continues behind this item, also when rows were added or removed meanwhile. */
  readonly cursor: string;
  readonly item: T;
}

export interface Page<T> {
  readonly items: readonly PageItem<T>[];
  readonly hasNextPage: boolean;
  /** Where to go on, where that is not behind the last item: a page may be short of what was asked for, or empty. */
  readonly endCursor?: string;
}

/** One sort value of a keyset: what a cursor is made of. */
export type CursorPart = string | number | null;

/** Throws INVALID_INPUT unless `first` is a whole number from 1 to 100. */
export function checkFirst(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_PAGE) return first;
  throw new HeadwaterError('INVALID_INPUT', `\`first\` must be a whole number from 1 to ${MAX_PAGE}`, {
    reason: 'PAGE_SIZE',
  });
}

/** Opaque base64url text of a keyset; `list` names the list it belongs to, so that a cursor of another is refused. */
export function encodeCursor(list: string, parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify([list, ...parts]), 'utf8').toString('base64url');
}

/** The parts of a cursor made by {@link encodeCursor} for the same list, of these types; INVALID_INPUT for anything else. */
export function decodeCursor(list: string, cursor: string, types: readonly ('string' | 'number')[]): CursorPart[] {
  const parts = parse(cursor);
  const fits =
    parts?.length === types.length + 1 &&
    parts[0] === list &&
    // Nulls stand for open ends in any place, so they fit every type.
    types.every((type, index) => parts[index + 1] === null || fitsType(type, parts[index + 1]));
  if (parts === undefined || !fits) {
    throw new HeadwaterError('INVALID_INPUT', '`after` is not a cursor of this list: pass an endCursor it returned', {
      reason: 'CURSOR',
    });
  }
  return parts.slice(1) as CursorPart[];
}

/** Whether a cursor says that it is of this list; what else it says is for {@link decodeCursor}. */
export function isOfList(list: string, cursor: string | null): boolean {
  return cursor !== null && parse(cursor)?.[0] === list;
}

function fitsType(type: 'string' | 'number', part: unknown): boolean {
  // PostgreSQL's text cannot hold U+0000, and no cursor of ours has one.
  return type === 'number' ? Number.isFinite(part) : typeof part === 'string' && !part.includes('\0');
}

function parse(cursor: string): unknown[] | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : undefined;
  } catch {
    // Not JSON: malformed, which the caller reports.
    return undefined;
  }
}
