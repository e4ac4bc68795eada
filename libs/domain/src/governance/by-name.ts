import { decodeCursor, encodeCursor, type Page, type PageRequest } from '../page.js';

interface Named {
  readonly id: string;
  readonly body: { readonly name: string };
}

/** A copy of the list by name, without regard to case, and then by id. */
export function sortedByName<Row extends Named>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => compare(placeOf(a), placeOf(b)));
}

/** A page of what {@link sortedByName} gave. INVALID_INPUT for a cursor of another `list`. */
export function pageByName<Row extends Named>(
  list: string,
  rows: readonly Row[],
  { first, after }: PageRequest,
): Page<Row> {
  const [name, id] = after === null ? [null, null] : decodeCursor(list, after, ['string', 'string']);
  const place = [String(name), String(id)] as const;
  const behind = after === null ? rows : rows.filter((row) => compare(placeOf(row), place) > 0);
  const items = behind.slice(0, first).map((item) => ({ cursor: encodeCursor(list, placeOf(item)), item }));
  return { items, hasNextPage: behind.length > first };
}

type Place = readonly [name: string, id: string];

function placeOf({ id, body }: Named): Place {
  return [body.name.toLowerCase(), id];
}

function compare([name, id]: Place, [otherName, otherId]: Place): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  return id === otherId ? 0 : id < otherId ? -1 : 1;
}
