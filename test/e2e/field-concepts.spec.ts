import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, runEvent, runId } from './catalog-events.js';

const schema = (fields: Readonly<Record<string, string>>): object => ({
  schema: facet({ fields: Object.entries(fields).map(([name, type]) => ({ name, type })) }),
});

const load = (n: number, name: string, fields: Readonly<Record<string, string>>): object =>
  runEvent({
    ...{ job: `load_${name}`, runId: runId(n), at: `2026-03-0${String(n)}T10:00:00Z` },
    outputs: [{ name, facets: schema(fields) }],
  });

/** One person under three names; what `cust_no` and `customerNumber` have in common are their words. */
const EVENTS = [
  load(1, 'logins', { uid: 'BIGINT', at: 'TIMESTAMP', customerNumber: 'VARCHAR' }),
  load(2, 'profiles', { user_id: 'BIGINT', theme: 'VARCHAR', cust_no: 'VARCHAR' }),
  load(3, 'orders', { userId: 'BIGINT', total: 'DECIMAL', number_customer: 'INT' }),
];

interface Set {
  readonly __typename: string;
  readonly reason?: string;
  readonly faults?: readonly { readonly pointer: string }[];
  readonly concepts?: {
    readonly editVersion: string;
    readonly concepts: readonly { readonly names: readonly string[] }[];
  };
}

interface Suggestion {
  readonly names: readonly { readonly name: string; readonly fields: number; readonly example: string }[];
  readonly evidence: readonly string[];
}

describe('names of fields that mean the same', () => {
  let catalog: CatalogApp;
  let all: Record<string, string>;
  beforeAll(async () => {
    catalog = await CatalogApp.start({ auth: 'on' });
    await catalog.take(EVENTS);
    all = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
  });
  afterAll(() => catalog.close());

  async function set(concepts: readonly object[], more: object = {}, headers = all): Promise<Set> {
    const query = `mutation ($input: SetFieldConceptsInput!) { done: setFieldConcepts(input: $input) { __typename
      ... on EditedFieldConcepts { concepts { editVersion concepts { name names isOne enteredBy since position } } }
      ... on FieldConceptsRefusal { reason faults { pointer detail } current { editVersion } } } }`;
    const { done } = await catalog.whileProjecting(
      catalog.data<{ done: Set }>(query, { input: { concepts, ...more } }, headers),
    );
    return done;
  }
  async function suggested(headers = all): Promise<readonly Suggestion[]> {
    const query = `{ synonymSuggestions { edges { node { names { name fields example } evidence } } pageInfo { hasNextPage } } }`;
    const { synonymSuggestions } = await catalog.data<{
      synonymSuggestions: { readonly edges: readonly { readonly node: Suggestion }[] };
    }>(query, {}, headers);
    return synonymSuggestions.edges.map(({ node }) => node);
  }
  async function found(text: string): Promise<readonly string[]> {
    const { search } = await catalog.data<{
      search: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
    }>(
      'query ($text: String!) { search(query: $text, filter: { kinds: [DATASET] }) { edges { node { id } } } }',
      { text },
      all,
    );
    return search.edges.map(({ node }) => node.id);
  }
  async function joins(): Promise<readonly (readonly string[])[]> {
    const query = `query ($targets: [ID!]!) { collectionPlan(targets: $targets) { plan {
      joins { keys { left right reasons } } components { changed } } } }`;
    const targets = [fieldNode('logins', 'at'), fieldNode('profiles', 'theme')];
    const { collectionPlan } = await catalog.data<{
      collectionPlan: {
        readonly plan: {
          readonly joins: readonly { readonly keys: readonly { readonly reasons: readonly string[] }[] }[];
        };
      };
    }>(query, { targets }, all);
    return collectionPlan.plan.joins.flatMap(({ keys }) => keys.map(({ reasons }) => reasons));
  }

  test('are suggested where they have the same words, with what speaks for it', async () => {
    const [one, initials, ...others] = await suggested();
    expect(others).toEqual([]);
    expect(initials).toEqual({
      names: [
        { name: 'userId', fields: 2, example: fieldNode('orders', 'userId') },
        { name: 'uid', fields: 1, example: fieldNode('logins', 'uid') },
      ],
      evidence: ['INITIALS', 'COMPATIBLE_TYPE'],
    });
    expect(one?.names.map(({ name }) => name)).toEqual(['cust_no', 'customerNumber', 'number_customer']);
    expect(one?.names[0]).toMatchObject({ fields: 1, example: fieldNode('profiles', 'cust_no') });
    expect(one?.evidence).toEqual(['SAME_WORDS']);
    expect(await suggested(await catalog.readerOf(['elsewhere']))).toEqual([]);
  });

  test('are told apart by search and plans until somebody says that they mean the same', async () => {
    expect(await found('uid')).toEqual([datasetNode('logins')]);
    expect(await joins()).toEqual([]);
    const made = await set([{ name: 'User', names: ['uid', 'user_id'] }], { reason: 'agreed' });
    expect(made.__typename).toBe('EditedFieldConcepts');
    const ids = await found('uid');
    expect(ids[0]).toBe(datasetNode('logins'));
    expect([...ids].sort()).toEqual(['logins', 'orders', 'profiles'].map(datasetNode));
    expect(await joins()).toEqual([['NAMED_AS_KEY', 'SYNONYM', 'COMPATIBLE_TYPE']]);
  });

  test('are changed, split and removed with the list, each time from then on', async () => {
    const before = await set([{ name: 'User', names: ['uid', 'user_id', 'benutzer'] }]);
    const late = await set([], { expectedVersion: before.concepts?.editVersion });
    expect(late.__typename).toBe('EditedFieldConcepts');
    expect(await found('uid')).toEqual([datasetNode('logins')]);
    expect(await joins()).toEqual([]);
    const refused = await set([{ name: 'User', names: ['uid', 'user_id'] }], {
      expectedVersion: before.concepts?.editVersion,
    });
    expect(refused).toMatchObject({ __typename: 'FieldConceptsRefusal', reason: 'EDITED_MEANWHILE' });
  });

  test('that do not mean the same are not suggested again', async () => {
    await set([
      { name: 'numbers of two systems', names: ['cust_no', 'customerNumber', 'number_customer'], isOne: false },
    ]);
    expect(await suggested()).toHaveLength(1);
    await set([]);
    expect(await suggested()).toHaveLength(2);
  });

  test('are refused with every fault, and to who edits a part of the catalog', async () => {
    const wrong = await set([
      { name: '', names: ['a', 'b'] },
      { name: 'x', names: ['a', 'c'] },
      { name: 'y', names: ['User_ID', 'userId'] },
    ]);
    expect(wrong.faults?.map(({ pointer }) => pointer)).toEqual([
      ...['/concepts/0/name', '/concepts/1/names/0', '/concepts/2/names'],
    ]);
    const part = await catalog.readerOf(['elsewhere'], ['catalog:read', 'catalog:edit']);
    expect((await set([], {}, part)).reason).toBe('MISSING_SCOPE');
    expect((await catalog.ask('{ fieldConcepts { editVersion } }', {}, part)).errors).toHaveLength(1);
  });
});
