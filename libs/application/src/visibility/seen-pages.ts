import { MAX_PAGE, type Page, type PageItem, type PageRequest } from '@headwater/domain/page';
import type { SealedCursors } from './sealed-cursors.js';

/** Reads pages of lists, one a key, in the order of the keys; a list that is not there is undefined. */
export type ReadPages<K, T> = (keys: readonly K[], page: PageRequest) => Promise<readonly (Page<T> | undefined)[]>;

/** Which of many items may be seen. */
export type FindSeen<T> = (items: readonly T[]) => Promise<(item: T) => boolean>;

/** Pages read for one list before it is given as far as it came: 2,000 hidden items in a row cost no more. */
const MAX_READS = 20;

interface List<K, T> {
  readonly key: K;
  readonly index: number;
  readonly items: PageItem<T>[];
  /** Where to read on; null at the end of the list. */
  after: string | null;
}

/** Lists without what the caller may not see. */
export class SeenPages {
  constructor(private readonly cursors: () => Promise<SealedCursors>) {}

  /**
   * Pages as full as they would be if what is hidden did not exist, `hasNextPage` included. Only where too much of it
   * stands in a row is a page short; then its endCursor is sealed, since it stands at a hidden item.
   */
  async read<K, T>(
    keys: readonly K[],
    page: PageRequest,
    read: ReadPages<K, T>,
    findSeen: FindSeen<T>,
  ): Promise<readonly (Page<T> | undefined)[]> {
    const begin = page.after?.includes('.') === true ? (await this.cursors()).open(page.after) : page.after;
    const first = await read(keys, { first: oneMore(page.first), after: begin });
    const lists = new Map<number, List<K, T>>();
    const present = first.flatMap((found, index) => (found === undefined ? [] : [{ found, index }]));
    const sees = await findSeen(present.flatMap(({ found }) => found.items.map(({ item }) => item)));
    for (const { found, index } of present) {
      const key = keys[index] as K;
      lists.set(index, { key, index, items: found.items.filter(({ item }) => sees(item)), after: restOf(found) });
    }
    for (const list of lists.values()) await this.#fill(list, page.first, read, findSeen);
    const short = [...lists.values()].some((list) => list.after !== null && list.items.length <= page.first);
    const cursors = short ? await this.cursors() : undefined;
    return keys.map((_, index) => {
      const list = lists.get(index);
      return list === undefined ? undefined : pageOf(list, page.first, cursors);
    });
  }

  /** As {@link read}, of lists that a reader gives by key. */
  async readMap<K, T>(
    keys: readonly K[],
    page: PageRequest,
    read: (keys: readonly K[], page: PageRequest) => Promise<ReadonlyMap<K, Page<T>>>,
    findSeen: FindSeen<T>,
  ): Promise<ReadonlyMap<K, Page<T>>> {
    const inOrder: ReadPages<K, T> = async (asked, at) => {
      const found = await read(asked, at);
      return asked.map((key) => found.get(key));
    };
    const pages = await this.read(keys, page, inOrder, findSeen);
    return new Map(keys.flatMap((key, index) => (pages[index] === undefined ? [] : [[key, pages[index]] as const])));
  }

  async #fill<K, T>(list: List<K, T>, wanted: number, read: ReadPages<K, T>, findSeen: FindSeen<T>): Promise<void> {
    for (let reads = 1; reads < MAX_READS && list.after !== null && list.items.length <= wanted; reads += 1) {
      const [found] = await read([list.key], { first: MAX_PAGE, after: list.after });
      if (found === undefined) {
        list.after = null;
        return;
      }
      const sees = await findSeen(found.items.map(({ item }) => item));
      list.items.push(...found.items.filter(({ item }) => sees(item)));
      list.after = restOf(found);
    }
  }
}

/** One more than asked for, so that whether there are more is known of what may be seen; a wrong size stays wrong. */
function oneMore(first: number): number {
  return first >= 1 && first < MAX_PAGE ? first + 1 : first;
}

function restOf(page: Page<unknown>): string | null {
  return page.hasNextPage ? (page.items.at(-1)?.cursor ?? null) : null;
}

function pageOf<K, T>(list: List<K, T>, first: number, cursors: SealedCursors | undefined): Page<T> {
  if (list.items.length > first) return { items: list.items.slice(0, first), hasNextPage: true };
  if (list.after === null || cursors === undefined) return { items: list.items, hasNextPage: false };
  return { items: list.items, hasNextPage: true, endCursor: cursors.seal(list.after) };
}
