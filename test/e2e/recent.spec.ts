import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { facet } from './catalog-events.js';

const node = (namespace: string, name: string): string => `dataset:${namespace}:${name}`;

interface Change {
  readonly kind: string;
  readonly by: string | null;
  readonly at: string;
  readonly cursor: string;
  readonly fieldsAdded: readonly string[];
  readonly fieldsRemoved: readonly string[];
  readonly asset: { readonly id: string };
}

describe('what was looked at, and what was changed', () => {
  let catalog: CatalogApp;
  let ann: Record<string, string>;
  let bob: Record<string, string>;
  let narrow: Record<string, string>;
  let now = Date.parse('2026-05-01T00:00:00Z');

  const dataset = (namespace: string, name: string, fields: readonly string[]) => ({
    eventTime: new Date((now += 60_000)).toISOString(),
    producer: 'https://example.com/etl/1',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: {
      ...{ namespace, name },
      facets: { schema: facet({ fields: fields.map((field) => ({ name: field, type: 'INT' })) }) },
    },
  });

  beforeAll(async () => {
    catalog = await CatalogApp.start({ auth: 'on' });
    ann = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
    bob = await catalog.readerOf(null);
    narrow = await catalog.readerOf(['open']);
    await catalog.take([dataset('open', 'look.one', ['a', 'b']), dataset('open', 'look.two', ['a'])]);
    await catalog.take([dataset('hush', 'look.secret', ['a'])]);
  });
  afterAll(() => catalog.close());

  const record = async (ids: readonly string[], headers: Record<string, string>): Promise<number> => {
    const query = 'mutation ($ids: [ID!]!) { recordViews(ids: $ids) { recorded } }';
    return (await catalog.data<{ recordViews: { recorded: number } }>(query, { ids }, headers)).recordViews.recorded;
  };
  const viewed = async (headers: Record<string, string>): Promise<readonly string[]> => {
    const query = '{ viewer { recentlyViewed { at asset { id } } } }';
    const { viewer } = await catalog.data<{ viewer: { recentlyViewed: { asset: { id: string } }[] } }>(
      query,
      {},
      headers,
    );
    return viewer.recentlyViewed.map(({ asset }) => asset.id);
  };
  const changes = async (args: string, headers = ann): Promise<readonly Change[]> => {
    const query = `{ recentlyChanged(${args}) { kind by at cursor fieldsAdded fieldsRemoved asset { id } } }`;
    return (await catalog.data<{ recentlyChanged: Change[] }>(query, {}, headers)).recentlyChanged;
  };

  test('a person sees what they looked at, the latest first, and nobody else’s', async () => {
    expect(await record([node('open', 'look.one')], ann)).toBe(1);
    expect(await record([node('open', 'look.two'), node('open', 'look.two')], ann)).toBe(1);
    expect(await viewed(ann)).toEqual([node('open', 'look.two'), node('open', 'look.one')]);
    await record([node('open', 'look.one')], ann);
    expect(await viewed(ann)).toEqual([node('open', 'look.one'), node('open', 'look.two')]);
    expect(await viewed(bob)).toEqual([]);
  });

  test('views are counted once a visit of a person, and told as a number', async () => {
    await record([node('open', 'look.one')], bob);
    const query = '{ search(query: "look.one", filter: { namespaces: ["open"] }) { edges { node { id views } } } }';
    const { search } = await catalog.data<{ search: { edges: { node: { id: string; views: number } }[] } }>(
      query,
      {},
      narrow,
    );
    expect(search.edges.find(({ node: { id } }) => id === node('open', 'look.one'))?.node.views).toBe(2);
  });

  test('what may not be seen, or is not there, is not counted, and the answer does not tell which', async () => {
    expect(await record([node('hush', 'look.secret')], narrow)).toBe(0);
    expect(await record([node('open', 'never.was'), 'nonsense'], narrow)).toBe(0);
    expect(await viewed(narrow)).toEqual([]);
    const { errors } = await catalog.ask(
      'mutation ($ids: [ID!]!) { recordViews(ids: $ids) { recorded } }',
      { ids: Array.from({ length: 51 }, () => node('open', 'look.one')) },
      ann,
    );
    expect(errors[0]).toMatchObject({ extensions: { faults: [{ pointer: '/ids' }] } });
  });

  test('recentlyChanged tells who edited what and whose schema changed how, the latest first', async () => {
    await catalog.mutate('describeAsset', { on: node('open', 'look.one'), text: 'Looked at.' }, { headers: ann });
    await catalog.take([dataset('open', 'look.one', ['b', 'c'])]);
    const [schema, edit] = await changes('most: 2');
    expect(schema).toMatchObject({
      ...{ kind: 'SCHEMA', asset: { id: node('open', 'look.one') }, by: 'https://example.com/etl' },
      ...{ fieldsAdded: ['c'], fieldsRemoved: ['a'] },
    });
    expect(edit).toMatchObject({ kind: 'EDIT', by: 'reader', asset: { id: node('open', 'look.one') } });
    expect(await changes('most: 5, kinds: [EDIT]')).toHaveLength(1);
    const rest = await changes(`most: 5, after: "${edit?.cursor ?? ''}"`);
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.map(({ kind }) => kind)).not.toContain('EDIT');
    expect(await changes(`most: 5, since: "${schema?.at ?? ''}"`)).toEqual([]);
    const { errors } = await catalog.ask('{ recentlyChanged(after: "nonsense") { kind } }', {}, ann);
    expect(errors[0]).toMatchObject({ extensions: { reason: 'CURSOR' } });
  });

  test('paging tells each change once, also those of one moment and of datasets with several producers’ schemas', async () => {
    const names = Array.from({ length: 7 }, (_, n) => `paged.${String(n)}`);
    await catalog.take(names.map((name) => dataset('paged', name, ['a'])));
    // Several producers state schemas of one dataset: it is told once, and shortens no page.
    const others = [1, 2, 3, 4].map((n) => ({
      ...dataset('paged', 'paged.0', ['a', `b${String(n)}`]),
      producer: `https://example.com/other${String(n)}`,
    }));
    await catalog.take(others);
    const reader = await catalog.readerOf(['paged']);
    const told: Change[] = [];
    for (let after = ''; ;) {
      const page = await changes(`most: 3${after}`, reader);
      told.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      expect(page.length === 3 || told.length === names.length).toBe(true);
      after = `, after: "${last.cursor}"`;
    }
    expect(told.map(({ asset }) => asset.id).sort()).toEqual(names.map((name) => node('paged', name)));
    expect(told[0]?.asset.id).toBe(node('paged', 'paged.0'));
  });

  test('changes of what may not be seen are told to nobody else', async () => {
    await catalog.mutate('describeAsset', { on: node('hush', 'look.secret'), text: 'Hidden.' }, { headers: ann });
    expect((await changes('most: 1, kinds: [EDIT]'))[0]?.asset.id).toBe(node('hush', 'look.secret'));
    const seen = await changes('most: 100', narrow);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ asset }) => !asset.id.startsWith('dataset:open:'))).toEqual([]);
  });

  test('who owns nothing needs nothing', async () => {
    expect(await catalog.data('{ viewer { needs { kind } } }', {}, ann)).toEqual({ viewer: { needs: [] } });
  });
});
