import type { AccessEventFilter, AccessStore } from '@headwater/domain/access/access-store';
import type { Page, PageRequest } from '@headwater/domain/page';
import { expect } from 'vitest';
import {
  addBinding,
  addToken,
  ADMIN,
  binding,
  line,
  NOW,
  revoked,
  SECOND,
  signedIn,
  token,
  withoutHash,
  type AccessCase,
} from './access-case.js';

/** Every item, three at a time. */
async function all<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ;) {
    const page: Page<T> = await list({ first: 3, after });
    items.push(...page.items.map(({ item }) => item));
    expect(page.items.length).toBeLessThanOrEqual(3);
    if (!page.hasNextPage) return items;
    after = page.items.at(-1)?.cursor ?? null;
  }
}

/** Seven lines, a second apart. */
async function lines(store: AccessStore): Promise<void> {
  const at = (n: number) => ({ at: NOW + n * SECOND });
  const refused = { type: 'REFUSED', reason: 'NO_SESSION', token: null, count: 1, firstAt: 1, lastAt: 1 } as const;
  await store.record(signedIn(at(0)), []);
  await store.record(signedIn({ ...at(1), actor: 'token:a' }), []);
  await store.record(line(refused, { ...at(2), actor: null }), []);
  await store.record(line(refused, { ...at(3), actor: null, address: '2001:db8::1' }), []);
  await store.record(signedIn({ ...at(4), address: null }), []);
  await store.record({ ...revoked('a'), ...at(5) }, []);
  await store.record(signedIn(at(6)), []);
}

/** Lists for administration: the latest first, page by page. */
export const listTests: Readonly<Record<string, AccessCase>> = {
  'tokens are listed the latest first, without their hash': async ({ store }) => {
    const rows = [1, 2, 2, 2, 3, 4, 5].map((n, index) => token(index, { createdAt: NOW + n }));
    for (const row of rows) await addToken(store, row);
    const listed = await all((page) => store.tokens(page));
    const expected = rows.map(withoutHash).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    expect(listed).toEqual(expected);
    expect(JSON.stringify(listed)).not.toContain('hash');
  },

  'bindings are listed the latest first': async ({ store }) => {
    const rows = [1, 2, 2, 3, 4].map((n, index) => binding(index, { createdAt: NOW + n }));
    for (const row of rows) await addBinding(store, row);
    const expected = [...rows].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    expect(await all((page) => store.bindings(page))).toEqual(expected);
  },

  'lines are listed the latest first, and each member of a filter excludes': async ({ store, other }) => {
    await lines(store);
    const seconds = async (filter: AccessEventFilter): Promise<number[]> =>
      (await all((page) => other.events(filter, page))).map(({ at }) => (at - NOW) / SECOND);
    expect(await seconds({})).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(await seconds({ types: ['REFUSED', 'TOKEN_REVOKED'] })).toEqual([5, 3, 2]);
    expect(await seconds({ actor: 'token:a' })).toEqual([1]);
    expect(await seconds({ address: '192.0.2.1' })).toEqual([6, 5, 2, 1, 0]);
    expect(await seconds({ from: NOW + 2 * SECOND, to: NOW + 5 * SECOND })).toEqual([4, 3, 2]);
    expect(await seconds({ types: ['SIGNED_IN'], actor: ADMIN, address: '192.0.2.1', from: NOW + 1 })).toEqual([6]);
    expect(await seconds({ actor: 'nobody' })).toEqual([]);
  },

  'a page that was begun goes on behind what it had, also when lines are added': async ({ store }) => {
    await lines(store);
    const first = await store.events({}, { first: 2, after: null });
    await store.record(signedIn({ at: NOW + 9 * SECOND }), []);
    const after = first.items.at(-1)?.cursor ?? null;
    const next = await store.events({}, { first: 2, after });
    expect(next.items.map(({ item }) => (item.at - NOW) / SECOND)).toEqual([4, 3]);
  },

  'sizes and cursors that no list gave are refused': async ({ store }) => {
    await addToken(store, token(1));
    await addToken(store, token(2));
    const cursor = (await store.tokens({ first: 1, after: null })).items[0]?.cursor ?? '';
    const lists = [
      (page: PageRequest) => store.bindings(page),
      (page: PageRequest) => store.events({}, page),
      (page: PageRequest) => store.tokens(page),
    ];
    for (const list of lists) {
      for (const first of [0, 101, 1.5]) {
        await expect(list({ first, after: null })).rejects.toMatchObject({ reason: 'PAGE_SIZE' });
      }
      await expect(list({ first: 1, after: 'nonsense' })).rejects.toMatchObject({ reason: 'CURSOR' });
    }
    for (const list of lists.slice(0, 2)) {
      await expect(list({ first: 1, after: cursor })).rejects.toMatchObject({ reason: 'CURSOR' });
    }
  },
};
