import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, NS, runEvent, runId } from './catalog-events.js';

const SUGGESTION = 'field { id name } tag { name } rule confidence dismissal { enteredBy reason since position }';
const LIST = `query ($filter: TagSuggestionFilter, $first: Int, $after: String) {
  tagSuggestions(filter: $filter, first: $first, after: $after) {
    edges { node { ${SUGGESTION} } } pageInfo { hasNextPage endCursor } } }`;
const SETTLED = `__typename
  ... on SettledTagSuggestions { results { field tag refusal position isReadable } refused }
  ... on TagSuggestionsRefusal { reason message faults { pointer detail } }`;

interface Suggestion {
  readonly field: { readonly id: string; readonly name: string };
  readonly tag: { readonly name: string };
  readonly rule: string;
  readonly confidence: number;
  readonly dismissal: { readonly enteredBy: string; readonly reason: string | null } | null;
}

interface Settled {
  readonly __typename: string;
  readonly results: readonly { readonly refusal: string | null; readonly position: string | null }[];
  readonly refused: number;
  readonly faults: readonly { readonly pointer: string }[];
}

interface SuggestionPage {
  readonly edges: readonly { readonly node: Suggestion }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

type Filter = Readonly<Record<string, unknown>>;

const schema = (fields: Readonly<Record<string, string>>): object => ({
  schema: facet({ fields: Object.entries(fields).map(([name, type]) => ({ name, type })) }),
});

/** customers: e-mail, phone and name; mailing.email is a copy of the e-mail, of which nobody says anything. */
const EVENTS = [
  runEvent({
    ...{ job: 'load', runId: runId(1), at: '2026-03-01T10:00:00Z' },
    outputs: [
      {
        name: 'customers',
        facets: schema({
          email: 'VARCHAR(80)',
          phone: 'VARCHAR',
          name: 'TEXT',
          email_sent_count: 'INT',
          ship_to: 'TEXT',
        }),
      },
      { name: 'products', facets: schema({ name: 'TEXT', price: 'DECIMAL' }) },
    ],
  }),
  runEvent({
    ...{ job: 'mail', runId: runId(2), at: '2026-03-02T10:00:00Z' },
    inputs: ['customers'],
    outputs: [
      {
        name: 'mailing',
        facets: {
          ...schema({ email: 'TEXT', iban: 'TEXT' }),
          columnLineage: facet({
            fields: {
              email: {
                inputFields: [
                  {
                    ...{ namespace: NS, name: 'customers', field: 'email' },
                    transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', masking: false }],
                  },
                ],
              },
            },
          }),
        },
      },
    ],
  }),
];

const EMAIL = fieldNode('customers', 'email');
const COPY = fieldNode('mailing', 'email');
const PHONE = fieldNode('customers', 'phone');
const NAME = fieldNode('customers', 'name');
const IBAN = fieldNode('mailing', 'iban');

describe('tags that rules suggest', () => {
  let catalog: CatalogApp;
  let all: Record<string, string>;
  beforeAll(async () => {
    catalog = await CatalogApp.start({ auth: 'on' });
    await catalog.take(EVENTS);
    all = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
  });
  afterAll(() => catalog.close());

  async function listed(filter: Filter | null = null, headers: Record<string, string> = all): Promise<Suggestion[]> {
    const { tagSuggestions } = await catalog.data<{
      tagSuggestions: { readonly edges: readonly { readonly node: Suggestion }[] };
    }>(LIST, { filter, first: 100 }, headers);
    return tagSuggestions.edges.map(({ node }) => node);
  }
  const ids = async (filter: Filter | null = null, headers: Record<string, string> = all): Promise<readonly string[]> =>
    (await listed(filter, headers)).map(({ field, tag }) => `${field.id} ${tag.name}`);
  const counts = async (headers: Record<string, string> = all): Promise<object> => {
    const query = '{ tagSuggestionCounts { tag { name } count } }';
    const { tagSuggestionCounts } = await catalog.data<{
      tagSuggestionCounts: readonly { readonly tag: { readonly name: string }; readonly count: number }[];
    }>(query, {}, headers);
    return Object.fromEntries(tagSuggestionCounts.map(({ tag, count }) => [tag.name, count]));
  };
  async function settle(
    action: 'confirm' | 'dismiss' | 'restore',
    suggestions: readonly object[],
    more: object = {},
    headers: Record<string, string> = all,
  ): Promise<Settled> {
    const query = `mutation ($input: SettleTagSuggestionsInput!) { done: ${action}TagSuggestions(input: $input) { ${SETTLED} } }`;
    const { done } = await catalog.whileProjecting(
      catalog.data<{ done: Settled }>(query, { input: { suggestions, ...more } }, headers),
    );
    return done;
  }
  const onField = async (id: string): Promise<readonly string[]> => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Field { suggestedTags { tag { name } } } } }';
    const { node } = await catalog.data<{
      node: { readonly suggestedTags: readonly { readonly tag: { readonly name: string } }[] };
    }>(query, { id }, all);
    return node.suggestedTags.map(({ tag }) => tag.name);
  };

  test('are listed over the whole catalog, the surest first, with the rule, and counted by tag', async () => {
    expect((await listed()).map(({ field, tag, rule, confidence }) => [field.id, tag.name, rule, confidence])).toEqual([
      [EMAIL, 'pii=email', 'email', 95],
      [COPY, 'pii=email', 'email', 95],
      [IBAN, 'pii=bank-account', 'bank-account', 93],
      [PHONE, 'pii=phone', 'phone', 92],
      [NAME, 'pii=person-name', 'name-of-its-person', 75],
    ]);
    expect(await counts()).toEqual({ 'pii=email': 2, 'pii=bank-account': 1, 'pii=phone': 1, 'pii=person-name': 1 });
    expect(await ids({ tags: ['pii=phone', 'secret'] })).toEqual([`${PHONE} pii=phone`]);
    expect(await ids({ tags: ['pii'], minConfidence: 94 })).toHaveLength(2);
    expect(await ids({ datasets: [datasetNode('mailing')] })).toEqual([
      `${COPY} pii=email`,
      `${IBAN} pii=bank-account`,
    ]);
    expect(await ids({ namespaces: ['other'] })).toEqual([]);
    expect(await onField(NAME)).toEqual(['pii=person-name']);
    expect(await onField(fieldNode('products', 'name'))).toEqual([]);
  });

  test('come page by page, each once, and a cursor of another list is refused', async () => {
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const { tagSuggestions }: { readonly tagSuggestions: SuggestionPage } = await catalog.data(
        LIST,
        { first: 2, after },
        all,
      );
      found.push(...tagSuggestions.edges.map(({ node }) => `${node.field.id} ${node.tag.name}`));
      if (!tagSuggestions.pageInfo.hasNextPage) break;
      after = tagSuggestions.pageInfo.endCursor;
    }
    expect(found).toEqual(await ids());
    const { errors } = await catalog.ask(LIST, { after: 'bm9uZQ' }, all);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    const wrong = await catalog.ask(LIST, { filter: { minConfidence: 101 } }, all);
    expect(wrong.errors[0]?.message).toContain('filter');
  });

  test('are told in a constant number of statements', async () => {
    const statements = async (first: number): Promise<number> => {
      const query = vi.spyOn(catalog.apiPool, 'query');
      await catalog.data(LIST, { first }, all);
      const count = query.mock.calls.length;
      query.mockRestore();
      return count;
    };
    await statements(5);
    expect(await statements(5)).toBe(await statements(2));
  });

  test('are not told of what the caller may not see, nor counted', async () => {
    const blind = await catalog.readerOf(['elsewhere']);
    expect(await ids(null, blind)).toEqual([]);
    expect(await counts(blind)).toEqual({});
  });

  test('are confirmed and dismissed several at once, each by itself', async () => {
    const { results, refused } = await settle('confirm', [
      { field: EMAIL, tag: 'pii=email' },
      { field: PHONE, tag: 'pii=email' },
      { field: fieldNode('customers', 'none'), tag: 'pii=email' },
      { field: 'nonsense', tag: 'pii=email' },
    ]);
    expect(results.map(({ refusal }) => refusal)).toEqual([
      ...[null, 'NO_SUCH_SUGGESTION', 'NO_SUCH_FIELD', 'NO_SUCH_FIELD'],
    ]);
    expect(refused).toBe(3);
    expect(results[0]?.position).toBeTruthy();
    const dismissed = await settle('dismiss', [{ field: NAME, tag: 'pii=person-name' }], { reason: 'nicknames' });
    expect(dismissed.refused).toBe(0);
    // The copy has the tag along its lineage.
    expect(await ids()).toEqual([`${IBAN} pii=bank-account`, `${PHONE} pii=phone`]);
    expect(await onField(COPY)).toEqual([]);
    expect(await onField(NAME)).toEqual([]);
    const [gone] = await listed({ isDismissed: true });
    expect(gone).toMatchObject({ field: { id: NAME }, dismissal: { reason: 'nicknames' } });
  });

  test('that were dismissed come back when that is taken back, and the history of the dataset tells both', async () => {
    expect((await settle('restore', [{ field: NAME, tag: 'pii=person-name' }])).refused).toBe(0);
    expect(await onField(NAME)).toEqual(['pii=person-name']);
    expect(await listed({ isDismissed: true })).toEqual([]);
    const query = `query ($id: ID!) { events(first: 10, filter: { node: $id, kinds: [EDIT] }) {
      edges { node { summary { edits { action part on value } } } } } }`;
    const { events } = await catalog.data<{
      events: {
        readonly edges: readonly { readonly node: { readonly summary: { readonly edits: readonly object[] } } }[];
      };
    }>(query, { id: datasetNode('customers') }, all);
    const edits = events.edges.flatMap(({ node }) => node.summary.edits);
    const dismissal = { part: 'NOT_SUGGESTED', on: NAME, value: 'pii=person-name' };
    expect(edits).toContainEqual({ ...dismissal, action: 'STATE' });
    expect(edits).toContainEqual({ ...dismissal, action: 'WITHDRAW' });
  });

  test('of one dataset become one edit, and the same request again is made once', async () => {
    const both = [
      { field: PHONE, tag: 'pii=phone' },
      { field: NAME, tag: 'pii=person-name' },
    ];
    const first = await settle('confirm', both, { idempotencyKey: 'once' });
    expect(first.refused).toBe(0);
    const [one, other] = first.results;
    expect(one?.position).toBe(other?.position);
    expect(await settle('confirm', both, { idempotencyKey: 'once' })).toEqual(first);
    expect(await ids()).toEqual([`${IBAN} pii=bank-account`]);
  });

  test('are refused one by one to who edits another namespace, or looked at an older version', async () => {
    const reader = await catalog.readerOf(null, ['catalog:read']);
    const { errors } = await catalog.ask(
      `mutation ($input: SettleTagSuggestionsInput!) { confirmTagSuggestions(input: $input) { ${SETTLED} } }`,
      { input: { suggestions: [{ field: IBAN, tag: 'pii=bank-account' }] } },
      reader,
    );
    expect(errors[0]?.extensions).toMatchObject({ reason: 'MISSING_SCOPE' });
    const { dataset } = await catalog.data<{ dataset: { readonly editVersion: string } }>(
      `{ dataset(namespace: "${NS}", name: "mailing") { editVersion } }`,
      {},
      all,
    );
    await settle('dismiss', [{ field: IBAN, tag: 'pii=bank-account' }]);
    const late = { field: IBAN, tag: 'pii=bank-account', expectedVersion: dataset.editVersion };
    expect((await settle('confirm', [late])).results[0]?.refusal).toBe('EDITED_MEANWHILE');
    const wrong = await settle('confirm', []);
    expect(wrong).toMatchObject({ __typename: 'TagSuggestionsRefusal', faults: [{ pointer: '/suggestions' }] });
  });

  test('come from rules of an organization too, and go with them', async () => {
    const set = async (rules: readonly object[]): Promise<{ readonly __typename: string }> => {
      const query = `mutation ($input: SetTagSuggestionRulesInput!) { done: setTagSuggestionRules(input: $input) { __typename
        ... on EditedTagSuggestionRules { rules { rules { name type tag { name } enteredBy } } }
        ... on TagSuggestionRulesRefusal { reason faults { pointer } } } }`;
      const { done } = await catalog.whileProjecting(
        catalog.data<{ done: { readonly __typename: string } }>(query, { input: { rules } }, all),
      );
      return done;
    };
    const SHIP = fieldNode('customers', 'ship_to');
    expect(await set([{ name: 'ship_*', type: 'text', tag: 'pii=address' }])).toMatchObject({
      __typename: 'EditedTagSuggestionRules',
      rules: { rules: [{ name: 'ship_*', type: 'text', tag: { name: 'pii=address' } }] },
    });
    const [found] = await listed();
    expect(found).toMatchObject({ field: { id: SHIP }, tag: { name: 'pii=address' }, rule: 'custom: ship_*' });
    const part = await catalog.readerOf([NS]);
    expect((await listed(null, part))[0]?.rule).toBe('custom');
    expect((await catalog.ask('{ tagSuggestionRules { editVersion } }', {}, part)).errors).toHaveLength(1);
    expect(await set([{ name: '', tag: 'x' }, { name: 'a' }, { name: 'A' }])).toMatchObject({
      faults: [{ pointer: '/rules/0/name' }, { pointer: '/rules/2' }],
    });
    await set([]);
    expect(await onField(SHIP)).toEqual([]);
  });

  test('follow a changed schema', async () => {
    const changed = { name: 'products', facets: schema({ name: 'TEXT', price: 'DECIMAL', owner_email: 'TEXT' }) };
    await catalog.take([runEvent({ job: 'load', runId: runId(3), at: '2026-03-05T10:00:00Z', outputs: [changed] })]);
    expect(await ids()).toEqual([`${fieldNode('products', 'owner_email')} pii=email`]);
    await catalog.take([
      runEvent({
        ...{ job: 'load', runId: runId(4), at: '2026-03-06T10:00:00Z' },
        outputs: [{ name: 'products', facets: schema({ name: 'TEXT', price: 'DECIMAL' }) }],
      }),
    ]);
    expect(await ids()).toEqual([]);
  });
});

describe('of merged datasets', () => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    catalog = await CatalogApp.start();
  });
  afterAll(() => catalog.close());

  test('a field is suggested once, under the canonical name, and settled under any', async () => {
    const identifiers = [{ namespace: NS, name: 'people', type: 'TABLE' }];
    const facets = { ...schema({ email: 'TEXT', dob: 'DATE' }), symlinks: facet({ identifiers }) };
    await catalog.take([
      runEvent({
        ...{ job: 'load', runId: runId(1), at: '2026-03-01T10:00:00Z' },
        outputs: [{ name: 'people', facets: schema({ email: 'TEXT', ssn: 'TEXT' }) }],
      }),
      runEvent({
        ...{ job: 'copy', runId: runId(2), at: '2026-03-02T10:00:00Z' },
        outputs: [{ name: 's3/people', facets }],
      }),
    ]);
    const { dataset } = await catalog.data<{ dataset: { readonly id: string } }>(
      `{ dataset(namespace: "${NS}", name: "s3/people") { id } }`,
    );
    const listed = async (filter: object = {}): Promise<readonly string[]> => {
      const { tagSuggestions } = await catalog.data<{ tagSuggestions: SuggestionPage }>(LIST, { filter, first: 100 });
      return tagSuggestions.edges.map(({ node }) => `${node.field.id} ${node.tag.name}`).sort();
    };
    const of = (field: string): string => `field:${dataset.id.slice('dataset:'.length)}:${field}`;
    const all = [`${of('dob')} pii=birth-date`, `${of('email')} pii=email`, `${of('ssn')} pii=national-id`];
    expect(await listed()).toEqual(all);
    expect(await listed({ datasets: [datasetNode('people')] })).toEqual(all);
    const suggestions = [
      { field: fieldNode('people', 'email'), tag: 'pii=email' },
      { field: `field:${encodeURIComponent(NS)}:${encodeURIComponent('s3/people')}:ssn`, tag: 'pii=national-id' },
    ];
    const query = `mutation ($input: SettleTagSuggestionsInput!) { done: dismissTagSuggestions(input: $input) { ${SETTLED} } }`;
    const { done } = await catalog.whileProjecting(catalog.data<{ done: Settled }>(query, { input: { suggestions } }));
    expect(done.refused).toBe(0);
    expect(await listed()).toEqual([all[0]]);
    expect(await listed({ isDismissed: true })).toEqual([all[1], all[2]]);
  });
});
