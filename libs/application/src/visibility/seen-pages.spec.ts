import { decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SealedCursors } from './sealed-cursors.js';
import { SeenPages } from './seen-pages.js';

const sealed = new SealedCursors({ value: new Uint8Array(32).fill(5), previous: null }, 'token:a');
const pages = new SeenPages(() => Promise.resolve(sealed));
const isSeen = (item: string): boolean => !item.startsWith('hush');
const findSeen = () => Promise.resolve(isSeen);

/** Lists as a store gives them. */
class Lists {
  reads = 0;

  constructor(private readonly lists: Readonly<Record<string, readonly string[]>>) {}

  readonly read = (
    keys: readonly string[],
    { first, after }: PageRequest,
  ): Promise<ReadonlyMap<string, Page<string>>> => {
    this.reads += 1;
    if (first > 100) throw new Error('a page has at most 100 items');
    const start = after === null ? 0 : Number(decodeCursor('list', after, ['number', 'string'])[0]) + 1;
    const pageOf = (list: readonly string[]): Page<string> => ({
      items: list
        .slice(start, start + first)
        .map((item, at) => ({ cursor: encodeCursor('list', [start + at, item]), item })),
      hasNextPage: list.length > start + first,
    });
    return Promise.resolve(
      new Map(keys.flatMap((key) => (this.lists[key] === undefined ? [] : [[key, pageOf(this.lists[key])]]))),
    );
  };
}

const items = fc
  .array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 250 })
  .map((list) => list.map(([hidden, n], at) => `${hidden ? 'hush' : 'open'}-${String(n)}-${String(at)}`));

test('pages of a list join into what may be seen of it, each full but the last, and none more is promised', async () => {
  await fc.assert(
    fc.asyncProperty(items, items, fc.integer({ min: 1, max: 100 }), async (one, two, first) => {
      const lists = new Lists({ one, two });
      for (const [key, list] of [
        ['one', one],
        ['two', two],
      ] as const) {
        const expected = list.filter(isSeen);
        const found: string[] = [];
        for (let after: string | null = null, isLast = false; !isLast;) {
          const page: Page<string> | undefined = (
            await pages.readMap(['one', 'two', 'none'], { first, after }, lists.read, findSeen)
          ).get(key);
          if (page === undefined) throw new Error('no page');
          found.push(...page.items.map(({ item }) => item));
          isLast = !page.hasNextPage;
          expect(page.items.length === first || isLast).toBe(true);
          expect(page.hasNextPage).toBe(found.length < expected.length);
          after = page.endCursor ?? page.items.at(-1)?.cursor ?? null;
        }
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('thousands of hidden items in a row end a page early, with a cursor that tells nothing and leads on', async () => {
  const list = [...Array.from({ length: 5_000 }, (_, at) => `hush-${String(at)}`), 'open-last'];
  const lists = new Lists({ list });
  const found: string[] = [];
  const cursors: string[] = [];
  let after: string | null = null;
  do {
    const before = lists.reads;
    const page: Page<string> | undefined = (
      await pages.readMap(['list'], { first: 10, after }, lists.read, findSeen)
    ).get('list');
    expect(lists.reads - before).toBeLessThanOrEqual(20);
    found.push(...(page?.items ?? []).map(({ item }) => item));
    after = page?.hasNextPage === true ? (page.endCursor ?? null) : null;
    if (after !== null) cursors.push(after);
  } while (after !== null);
  expect(found).toEqual(['open-last']);
  expect(cursors.length).toBeGreaterThan(1);
  for (const cursor of cursors) {
    expect(cursor).toMatch(/^sealed\./);
    expect(Buffer.from(cursor.slice(7), 'base64url').toString('latin1')).not.toContain('hush');
  }
});

test('a list that is not there stays away', async () => {
  const found = await pages.readMap(['none'], { first: 5, after: null }, new Lists({}).read, findSeen);
  expect(found.size).toBe(0);
});
