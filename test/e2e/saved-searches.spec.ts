import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { facet } from './catalog-events.js';

const datasetNode = (name: string, namespace: string): string => `dataset:${namespace}:${name}`;

interface News {
  readonly cursor: string;
  readonly isComplete: boolean;
  readonly isRestarted: boolean;
  readonly enteredCount: number;
  readonly leftCount: number;
  readonly changedCount: number;
  readonly entered: readonly { id: string }[];
  readonly left: readonly { id: string }[];
  readonly changed: readonly { kind: string; by: string | null; asset: { id: string }; fieldsAdded: string[] }[];
}

const NEWS = `cursor since isComplete isRestarted enteredCount leftCount changedCount
  entered { id } left { id } changed { kind by at fieldsAdded asset { id } event { position } }`;
const RESULT = `__typename ... on SavedSearchChanged { id savedSearch { id name query isOwn isShared isFollowed
  filter { kinds namespaces tags domains } orderBy } } ... on SavedSearchRefusal { reason message faults { pointer } }`;

type Changed = {
  readonly __typename: string;
  readonly id: string;
  readonly reason?: string;
  readonly faults?: object[];
};

describe('saved searches', () => {
  let catalog: CatalogApp;
  let ann: Record<string, string>;
  let bob: Record<string, string>;
  let narrow: Record<string, string>;
  let now = Date.parse('2026-04-01T00:00:00Z');

  beforeAll(async () => {
    catalog = await CatalogApp.start({ auth: 'on' });
    ann = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
    bob = await catalog.readerOf(null);
    narrow = await catalog.readerOf(['open*']);
  });
  afterAll(() => catalog.close());

  const dataset = (
    namespace: string,
    name: string,
    fields: readonly string[] = ['id'],
    tags: readonly string[] = [],
  ) => ({
    eventTime: new Date((now += 60_000)).toISOString(),
    producer: 'https://example.com/etl/1',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: {
      ...{ namespace, name },
      facets: {
        schema: facet({ fields: fields.map((field) => ({ name: field, type: 'INT' })) }),
        tags: facet({ tags: tags.map((key) => ({ key, value: '' })) }),
      },
    },
  });

  const save = (input: object, headers = ann) =>
    catalog.mutate<Changed>('saveSearch', input, { result: RESULT, headers });
  const change = (input: object, headers = ann) =>
    catalog.mutate<Changed>('changeSavedSearch', input, { result: RESULT, headers });
  const act = async (field: string, headers: Record<string, string>): Promise<Changed> => {
    return (await catalog.data<{ done: Changed }>(`mutation { done: ${field} { ${RESULT} } }`, {}, headers)).done;
  };
  const follow = (id: string, headers = ann, isOn = true) =>
    act(`followSavedSearch(id: "${id}", follow: ${String(isOn)})`, headers);
  const seen = (id: string, cursor: string, headers = ann) =>
    act(`markSearchNewsSeen(id: "${id}", cursor: "${cursor}")`, headers);
  const newsOf = async (id: string, headers = ann, since?: string): Promise<News | null> => {
    const part = since === undefined ? '' : `(since: "${since}")`;
    const query = `query ($id: ID!) { savedSearch(id: $id) { news${part} { ${NEWS} } } }`;
    const { savedSearch } = await catalog.data<{ savedSearch: { news: News | null } | null }>(query, { id }, headers);
    return savedSearch?.news ?? null;
  };
  const names = async (headers: Record<string, string>, scope = 'ALL'): Promise<readonly string[]> => {
    const query = `{ viewer { savedSearches(scope: ${scope}) { name } } }`;
    const { viewer } = await catalog.data<{ viewer: { savedSearches: { name: string }[] } }>(query, {}, headers);
    return viewer.savedSearches.map(({ name }) => name);
  };

  test('a search is saved, runs with one query, is renamed, changed and deleted', async () => {
    await catalog.take([dataset('open', 'keep.one'), dataset('open', 'keep.two'), dataset('open', 'other')]);
    const { id } = await save({ name: ' Keepers ', query: 'keep', filter: { kinds: ['DATASET'] }, orderBy: 'NAME' });
    const run = `query ($id: ID!) { savedSearch(id: $id) { name query orderBy isOwn filter { kinds namespaces }
      results(most: 1) { totalCount pageInfo { endCursor } edges { node { id } } } } }`;
    const { savedSearch } = await catalog.data<{ savedSearch: object }>(run, { id }, ann);
    expect(savedSearch).toMatchObject({
      ...{ name: 'Keepers', query: 'keep', orderBy: 'NAME', isOwn: true },
      filter: { kinds: ['DATASET'], namespaces: null },
      results: { totalCount: 2, edges: [{ node: { id: datasetNode('keep.one', 'open') } }] },
    });
    expect(await change({ id, name: 'Kept' })).toMatchObject({ savedSearch: { name: 'Kept', query: 'keep' } });
    expect(await change({ id, query: 'other', filter: {} })).toMatchObject({
      savedSearch: { name: 'Kept', query: 'other', filter: { kinds: null } },
    });
    expect(await names(ann)).toEqual(['Kept']);
    expect(await act(`deleteSavedSearch(id: "${id}")`, ann)).toMatchObject({ id, savedSearch: null });
    expect(await names(ann)).toEqual([]);
    expect(await act(`deleteSavedSearch(id: "${id}")`, ann)).toMatchObject({ reason: 'NO_SUCH_SAVED_SEARCH' });
  });

  test('a search is its owner’s: others neither read nor change it unless it is shared, and then only read', async () => {
    const { id } = await save({ name: 'Mine', query: 'keep' });
    expect(await names(bob)).toEqual([]);
    expect(await change({ id, name: 'Bob’s' }, bob)).toMatchObject({ reason: 'NO_SUCH_SAVED_SEARCH' });
    expect(await catalog.data('query ($id: ID!) { savedSearch(id: $id) { id } }', { id }, bob)).toEqual({
      savedSearch: null,
    });
    expect(await follow(id, bob)).toMatchObject({ reason: 'NO_SUCH_SAVED_SEARCH' });
    await change({ id, isShared: true });
    expect(await names(bob)).toEqual(['Mine']);
    expect(await names(bob, 'OWN')).toEqual([]);
    expect(await change({ id, name: 'Bob’s' }, bob)).toMatchObject({ reason: 'NOT_YOUR_SEARCH' });
    expect(await act(`deleteSavedSearch(id: "${id}")`, bob)).toMatchObject({ reason: 'NOT_YOUR_SEARCH' });
    expect(await follow(id, bob)).toMatchObject({ savedSearch: { isFollowed: true, isOwn: false } });
    expect(await names(bob, 'FOLLOWED')).toEqual(['Mine']);
    await change({ id, isShared: false });
    expect(await names(bob, 'FOLLOWED')).toEqual([]);
    await change({ id, isShared: true });
    expect(await newsOf(id, bob)).toBeNull();
    await act(`deleteSavedSearch(id: "${id}")`, ann);
  });

  test('a shared search finds for each reader what that reader sees, and names no hidden namespace', async () => {
    await catalog.take([dataset('hush', 'both.secret'), dataset('open', 'both.plain')]);
    const { id } = await save({
      name: 'Both',
      query: 'both',
      filter: { namespaces: ['hush', 'open'] },
      isShared: true,
    });
    const hidden = await save({ name: 'Hushed', filter: { namespaces: ['hush'] }, isShared: true });
    const query = `query ($id: ID!) { savedSearch(id: $id) { filter { namespaces } results { totalCount } } }`;
    expect(await catalog.data(query, { id }, narrow)).toEqual({
      savedSearch: { filter: { namespaces: ['open'] }, results: { totalCount: 1 } },
    });
    expect(await catalog.data(query, { id }, bob)).toMatchObject({ savedSearch: { results: { totalCount: 2 } } });
    expect(await names(narrow)).toEqual(['Both']);
    expect(await catalog.data(query, { id: hidden.id }, narrow)).toEqual({ savedSearch: null });
    await follow(id, narrow);
    await catalog.take([dataset('hush', 'both.secret_two'), dataset('hush', 'both.secret', ['id', 'more'])]);
    expect(await newsOf(id, narrow)).toMatchObject({ enteredCount: 0, leftCount: 0, changedCount: 0 });
    await catalog.take([dataset('open', 'both.plain_two')]);
    expect(await newsOf(id, narrow)).toMatchObject({ entered: [{ id: datasetNode('both.plain_two', 'open') }] });
  });

  test('changes of different members at once are all kept', async () => {
    const { id } = await save({ name: 'Busy', query: 'busy' });
    const wanted = [{ name: 'Busier' }, { query: 'busier' }, { filter: { tags: ['pay'] } }, { orderBy: 'NAME' }];
    await Promise.all(wanted.map((member) => change({ id, ...member })));
    expect(await change({ id, isShared: true })).toMatchObject({
      savedSearch: { name: 'Busier', query: 'busier', filter: { tags: ['pay'] }, orderBy: 'NAME', isShared: true },
    });
    await act(`deleteSavedSearch(id: "${id}")`, ann);
  });

  test('a search that finds what is spelled nearly so is followed by what it finds', async () => {
    await catalog.take([dataset('open', 'settlement.daily')]);
    const { id } = await save({ name: 'Nearly', query: 'setlement' });
    const query = `query ($id: ID!) { savedSearch(id: $id) { results { totalCount } } }`;
    expect(await catalog.data(query, { id }, ann)).toEqual({ savedSearch: { results: { totalCount: 1 } } });
    await follow(id);
    await catalog.take([dataset('open', 'settlement.monthly')]);
    expect(await newsOf(id)).toMatchObject({ entered: [{ id: datasetNode('settlement.monthly', 'open') }] });
  });

  test('ids in a filter must be of its members’ kinds', async () => {
    const filter = { owners: ['domain:claims', 'agent:team:pay'], domains: ['term:x'], terms: ['agent:team:pay'] };
    expect(await save({ name: 'Kinds', filter })).toMatchObject({
      reason: 'INVALID_INPUT',
      faults: [{ pointer: '/filter/owners' }, { pointer: '/filter/domains' }, { pointer: '/filter/terms' }],
    });
  });

  test('names are one’s own, are given once, and bad input is told by member', async () => {
    await save({ name: 'Twice', query: 'a' });
    expect(await save({ name: 'Twice', query: 'b' })).toMatchObject({ reason: 'NAME_TAKEN' });
    expect(await save({ name: 'Twice', query: 'b' }, bob)).toMatchObject({ __typename: 'SavedSearchChanged' });
    const other = await save({ name: 'Thrice', query: 'b' });
    expect(await change({ id: other.id, name: 'Twice' })).toMatchObject({ reason: 'NAME_TAKEN' });
    const many = Array.from({ length: 101 }, (_, n) => `n${String(n)}`);
    expect(await save({ name: ' ', query: 'x'.repeat(501), filter: { namespaces: many } })).toMatchObject({
      reason: 'INVALID_INPUT',
      faults: [{ pointer: '/name' }, { pointer: '/query' }, { pointer: '/filter/namespaces' }],
    });
  });

  test('whoever follows is told what entered, what left and what was changed since they saw the news, once', async () => {
    await catalog.take([
      dataset('open', 'pay.old', ['id'], ['pay']),
      dataset('open', 'pay.stays', ['id'], ['pay']),
      dataset('open', 'pay.later', ['id']),
    ]);
    const { id } = await save({ name: 'Pay', filter: { tags: ['pay'] } });
    expect(await newsOf(id)).toBeNull();
    await follow(id);
    expect(await newsOf(id)).toMatchObject({ enteredCount: 0, leftCount: 0, changedCount: 0 });
    const edit = (mutation: string, input: object) => catalog.mutate(mutation, input, { headers: ann });
    await edit('tagAsset', { on: datasetNode('pay.later', 'open'), tag: 'pay' });
    await edit('untagAsset', { on: datasetNode('pay.old', 'open'), tag: 'pay' });
    await edit('describeAsset', { on: datasetNode('pay.stays', 'open'), text: 'Stays.' });
    const first = await newsOf(id);
    expect(first).toMatchObject({
      entered: [{ id: datasetNode('pay.later', 'open') }],
      left: [{ id: datasetNode('pay.old', 'open') }],
      changed: [{ kind: 'EDIT', by: 'reader', asset: { id: datasetNode('pay.stays', 'open') } }],
    });
    // Not seen yet: told again, with what came since.
    await catalog.take([dataset('open', 'pay.stays', ['id', 'amount'], ['pay'])]);
    const second = await newsOf(id);
    expect(second).toMatchObject({ enteredCount: 1, leftCount: 1, changedCount: 2 });
    expect(second?.changed[0]).toMatchObject({ kind: 'SCHEMA', fieldsAdded: ['amount'] });
    // What came behind the news that were seen is told next.
    expect(await seen(id, first?.cursor ?? '')).toMatchObject({ id });
    const third = await newsOf(id);
    expect(third).toMatchObject({ enteredCount: 0, leftCount: 0, changed: [{ kind: 'SCHEMA' }] });
    await seen(id, third?.cursor ?? '');
    expect(await newsOf(id)).toMatchObject({ enteredCount: 0, leftCount: 0, changedCount: 0 });
    expect(await newsOf(id, ann, third?.cursor)).toMatchObject({ changedCount: 0 });
    // Another page still goes by what it was told; to see it again takes nothing back.
    expect(await newsOf(id, ann, first?.cursor)).toMatchObject({ enteredCount: 0, changed: [{ kind: 'SCHEMA' }] });
    expect(await seen(id, first?.cursor ?? '')).toMatchObject({ id });
    expect(await newsOf(id)).toMatchObject({ changedCount: 0 });
  });

  test('a cursor lasts however often one looks, and until twenty other news were told', async () => {
    await catalog.take([dataset('open', 'often.zero')]);
    const { id } = await save({ name: 'Often', query: 'often' });
    await follow(id);
    await catalog.take([dataset('open', 'often.one')]);
    const told = await newsOf(id);
    for (let n = 0; n < 25; n += 1) {
      await catalog.take([dataset('open', `unrelated.n${String(n)}`)]);
      expect(await newsOf(id)).toEqual(told);
    }
    const cursor = told?.cursor ?? '';
    for (let n = 0; n < 19; n += 1) {
      await catalog.take([dataset('open', `often.more${String(n)}`)]);
      await newsOf(id);
    }
    expect(await newsOf(id, ann, cursor)).toMatchObject({ enteredCount: 19 });
    await catalog.take([dataset('open', 'often.last')]);
    const last = await newsOf(id);
    expect(last).toMatchObject({ enteredCount: 21 });
    expect(await seen(id, cursor)).toMatchObject({ reason: 'NEWS_NOT_KEPT' });
    expect(await seen(id, 'garbage')).toMatchObject({
      message: expect.stringContaining('`cursor` is no cursor of news') as string,
    });
    // Nothing is lost with it.
    expect(await newsOf(id)).toEqual(last);
  });

  test('what changed for nobody but the search itself is no news: it begins anew, and says so once', async () => {
    await catalog.take([dataset('open', 'anew.one'), dataset('open', 'fresh.two')]);
    const { id } = await save({ name: 'Anew', query: 'anew' });
    await follow(id);
    await change({ id, name: 'Renamed' });
    expect(await newsOf(id)).toMatchObject({ isRestarted: false });
    await change({ id, query: 'fresh' });
    expect(await newsOf(id)).toMatchObject({ isRestarted: true, enteredCount: 0, leftCount: 0 });
    expect(await newsOf(id)).toMatchObject({ isRestarted: false, enteredCount: 0 });
    await catalog.take([dataset('open', 'fresh.three')]);
    expect(await newsOf(id)).toMatchObject({ enteredCount: 1 });
  });

  test('a filter that names what is there no more says so, and finds nothing', async () => {
    const { id } = await save({ name: 'Gone', filter: { domains: ['domain:never-was'], terms: ['term:never-was'] } });
    const query = `query ($id: ID!) { savedSearch(id: $id) { missing results { totalCount } } }`;
    expect(await catalog.data(query, { id }, ann)).toEqual({
      savedSearch: { missing: ['domain:never-was', 'term:never-was'], results: { totalCount: 0 } },
    });
    expect(await follow(id)).toMatchObject({ savedSearch: { isFollowed: true } });
    expect(await newsOf(id)).toMatchObject({ isComplete: true, enteredCount: 0 });
  });

  test('somebody follows 20 searches at most, and keeps 200', async () => {
    const headers = await catalog.readerOf(null);
    const ids: string[] = [];
    for (let n = 0; n < 200; n += 1) ids.push((await save({ name: `s${String(n)}`, query: 'keep' }, headers)).id);
    expect(await save({ name: 's200', query: 'keep' }, headers)).toMatchObject({ reason: 'TOO_MANY_SAVED_SEARCHES' });
    for (const id of ids.slice(0, 20)) expect(await follow(id, headers)).toMatchObject({ id });
    expect(await follow(ids[20] ?? '', headers)).toMatchObject({ reason: 'TOO_MANY_FOLLOWED' });
    // Following twice is following once.
    expect(await follow(ids[0] ?? '', headers)).toMatchObject({ savedSearch: { isFollowed: true } });
    expect(await follow(ids[0] ?? '', headers, false)).toMatchObject({ savedSearch: { isFollowed: false } });
    expect(await follow(ids[20] ?? '', headers)).toMatchObject({ savedSearch: { isFollowed: true } });
  });

  test('a list of searches costs as many statements as one of them', async () => {
    const headers = await catalog.readerOf(null);
    await save({ name: 'one', query: 'keep' }, headers);
    const query = `{ viewer { savedSearches(scope: OWN) { id name isFollowed missing filter { domains } } } }`;
    const statements = vi.spyOn(catalog.apiPool, 'query');
    const cost = async (): Promise<number> => {
      statements.mockClear();
      await catalog.data(query, {}, headers);
      return statements.mock.calls.length;
    };
    const one = await cost();
    for (let n = 0; n < 10; n += 1) await save({ name: `n${String(n)}`, query: 'keep' }, headers);
    expect(await cost()).toBe(one);
    statements.mockRestore();
  });

  test('savedSearchNews tells what is new as it happens, first what came before, and nothing hidden', async () => {
    await catalog.take([dataset('open', 'live.zero')]);
    const { id } = await save({ name: 'Live', query: 'live' }, narrow);
    await follow(id, narrow);
    await catalog.take([dataset('open', 'live.one')]);
    const client = createClient({
      url: `${catalog.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers: narrow });
        }
      },
      retryAttempts: 0,
    });
    const payloads: News[] = [];
    const errors: unknown[] = [];
    let isOver = false;
    client.subscribe<{ savedSearchNews: News }>(
      { query: `subscription { savedSearchNews(id: "${id}") { ${NEWS} } }` },
      {
        next: ({ data }) => {
          if (data) payloads.push(data.savedSearchNews);
        },
        error: (error) => void errors.push(error),
        complete: () => {
          isOver = true;
        },
      },
    );
    const until = async (isThere: () => boolean): Promise<void> => {
      for (let waited = 0; waited < 200 && !isThere() && errors.length === 0; waited += 1)
        await new Promise((resolve) => setTimeout(resolve, 25));
      expect(errors).toEqual([]);
      expect(isThere()).toBe(true);
    };
    try {
      await until(() => payloads.length === 1);
      await catalog.take([dataset('hush', 'live.secret')]);
      await catalog.take([dataset('open', 'live.two')]);
      await until(() => payloads.length === 2);
      expect(payloads.map(({ entered }) => entered.map((asset) => asset.id))).toEqual([
        [datasetNode('live.one', 'open')],
        [datasetNode('live.two', 'open')],
      ]);
      // Nothing was seen by that: whoever comes later is told both.
      expect(await newsOf(id, narrow)).toMatchObject({ enteredCount: 2 });
      await follow(id, narrow, false);
      await catalog.take([dataset('open', 'live.three')]);
      await until(() => isOver);
    } finally {
      await client.dispose();
    }
  });
});
