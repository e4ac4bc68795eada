import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, fieldNode, NS, runEvent, runId } from './catalog-events.js';

const ASSIGNMENT = 'tag { name } on source because producer since propagated via';
const PLACES = `places { id hidden distance via node { __typename id } assignment { ${ASSIGNMENT} } } total endCursor
  totalStops stops { from to tag { name } because enteredBy reason transformations { type subtype masking } }`;

interface Assignment {
  readonly tag: { readonly name: string };
  readonly on: string;
  readonly source: string;
  readonly because: string;
  readonly since: string;
  readonly propagated: boolean;
  readonly via: readonly string[];
}

interface Reach {
  readonly places: readonly {
    readonly id: string;
    readonly distance: number;
    readonly via: readonly string[];
    readonly node: { readonly __typename: string; readonly id: string } | null;
    readonly assignment: Assignment | null;
  }[];
  readonly total: number;
  readonly endCursor: string | null;
  readonly totalStops: number;
  readonly stops: readonly Stop[];
}

interface Stop {
  readonly from: string;
  readonly to: string;
  readonly because: string;
  readonly enteredBy: string | null;
  readonly reason: string | null;
}

interface Rules {
  readonly rules: readonly {
    readonly tag: string;
    readonly position: string;
    readonly stopSubtypes: readonly string[];
  }[];
  readonly editVersion: string;
}

interface RulesSet {
  readonly __typename: string;
  readonly rules?: Rules | null;
  readonly faults?: readonly { readonly pointer: string }[];
}

type Source = readonly [dataset: string, field: string, subtype: string, masking?: boolean];

function columns(fields: Readonly<Record<string, readonly Source[]>>): object {
  const inputs = (sources: readonly Source[]) =>
    sources.map(([name, field, subtype, masking = false]) => ({
      ...{ namespace: NS, name, field },
      transformations: [{ type: subtype === 'FILTER' ? 'INDIRECT' : 'DIRECT', subtype, masking }],
    }));
  return {
    schema: facet({ fields: Object.keys(fields).map((name) => ({ name, type: 'VARCHAR' })) }),
    columnLineage: facet({
      fields: Object.fromEntries(Object.entries(fields).map(([name, from]) => [name, { inputFields: inputs(from) }])),
    }),
  };
}

const step = (n: number, from: string, to: string, day: string, fields: Readonly<Record<string, readonly Source[]>>) =>
  runEvent({
    ...{ job: `make_${to}`, runId: runId(n), at: `2026-03-${day}T10:00:00Z` },
    ...{ inputs: [from], outputs: [{ name: to, facets: columns(fields) }] },
  });

/** people.email -> staged.email -> { report.contact, report.hash (masked), report.count (filter) }; 2 days later report.hash unmasked. */
const FLOW = [
  runEvent({
    ...{ job: 'load', runId: runId(1), at: '2026-03-01T10:00:00Z' },
    outputs: [
      {
        name: 'people',
        facets: {
          schema: facet({ fields: [{ name: 'email', type: 'VARCHAR' }] }),
          tags: facet({ tags: [{ key: 'pii', value: 'email', source: 'ETL', field: 'email' }] }),
        },
      },
    ],
  }),
  step(2, 'people', 'staged', '02', { email: [['people', 'email', 'IDENTITY']] }),
  step(3, 'staged', 'report', '03', {
    contact: [['staged', 'email', 'TRANSFORMATION']],
    hash: [['staged', 'email', 'TRANSFORMATION', true]],
    count: [['staged', 'email', 'FILTER']],
  }),
];

describe.each(graphStores())('tags along the lineage of fields, on $name', (store) => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled });
    await catalog.take(FLOW);
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  const whereIs = async (tag: string, more: object = {}): Promise<Reach> => {
    const query = `query ($tag: String!, $asOf: DateTime, $maxNodes: Int, $after: String) {
      whereIs(tag: $tag, asOf: $asOf, maxNodes: $maxNodes, after: $after) { ${PLACES} } }`;
    return (await catalog.data<{ whereIs: Reach }>(query, { tag, ...more })).whereIs;
  };
  const tagsOf = async (id: string, asOf: string | null = null): Promise<readonly Assignment[]> => {
    const query = `query ($id: ID!, $asOf: DateTime) { node(id: $id) { ... on Field {
      tags(asOf: $asOf) { ${ASSIGNMENT} } carriedTags(asOf: $asOf) { ${ASSIGNMENT} } } } }`;
    const { node } = await catalog.data<{ node: { tags: Assignment[]; carriedTags: Assignment[] } }>(query, {
      id,
      asOf,
    });
    return [...node.tags, ...node.carriedTags];
  };
  const edit = (call: string, input: object): Promise<unknown> =>
    catalog.whileProjecting(
      catalog.data(
        `mutation ($input: ${call[0]?.toUpperCase() ?? ''}${call.slice(1)}Input!) { ${call}(input: $input) { __typename } }`,
        { input },
      ),
    );
  const [PEOPLE, STAGED, CONTACT, HASH, COUNT] = [
    fieldNode('people', 'email'),
    fieldNode('staged', 'email'),
    fieldNode('report', 'contact'),
    fieldNode('report', 'hash'),
    fieldNode('report', 'count'),
  ];

  test('a search takes in what a tag came to where it is asked to, with counts to match', async () => {
    const found = async (filter: object, call = catalog) => {
      const query = `query ($filter: SearchFilter) { search(filter: $filter, orderBy: NAME) {
        totalCount facets { name values { value count } } edges { node { id } } } }`;
      const { search } = await call.data<{
        search: {
          totalCount: number;
          facets: { name: string; values: { value: string; count: number }[] }[];
          edges: { node: { id: string } }[];
        };
      }>(query, { filter });
      return search;
    };
    const idsOf = ({ edges }: Awaited<ReturnType<typeof found>>) => edges.map(({ node }) => node.id);
    expect(idsOf(await found({ tags: ['pii'] }))).toEqual([datasetNode('people')]);
    const carried = await found({ tags: ['pii'], carriedTags: true });
    expect(idsOf(carried)).toEqual(['people', 'report', 'staged'].map(datasetNode));
    expect(carried.totalCount).toBe(3);
    expect(carried.facets.find(({ name }) => name === 'KIND')?.values).toEqual([{ value: 'DATASET', count: 3 }]);
    expect(carried.facets.find(({ name }) => name === 'TAG')?.values).toEqual([{ value: 'pii=email', count: 1 }]);
    const plan = await catalog.data<{ plan: { total: number } }>(
      'query ($s: EditSelection!) { plan: previewEdits(selection: $s, change: { addTags: ["seen"] }) { total } }',
      { s: { filter: { tags: ['pii'], carriedTags: true } } },
    );
    expect(plan.plan.total).toBe(3);
  });

  test('a tag comes along unmasked values, names its path, and every place where it ends is told', async () => {
    const [tag] = await tagsOf(CONTACT);
    expect(tag).toMatchObject({
      ...{ tag: { name: 'pii=email' }, on: PEOPLE, source: 'FACET', propagated: true },
      ...{ via: [PEOPLE, STAGED, CONTACT], since: '2026-03-03T10:00:00.000Z' },
    });
    expect(tag?.because).toContain('Sent by https://example.com/etl');
    expect(await tagsOf(PEOPLE)).toMatchObject([{ propagated: false, via: [], on: PEOPLE }]);
    expect([await tagsOf(HASH), await tagsOf(COUNT)]).toEqual([[], []]);
    const reach = await whereIs('pii');
    expect(reach.places.map(({ id, distance, node }) => [id, distance, node?.__typename])).toEqual([
      [PEOPLE, 0, 'Field'],
      [STAGED, 1, 'Field'],
      [CONTACT, 2, 'Field'],
    ]);
    expect(reach.stops.map(({ from, to, because }) => [from, to, because])).toEqual([
      [STAGED, COUNT, 'INDIRECT'],
      [STAGED, HASH, 'MASKING'],
    ]);
  });

  test('it is answered for any moment', async () => {
    expect(await tagsOf(CONTACT, '2026-03-02T12:00:00Z')).toEqual([]);
    expect((await whereIs('pii=email', { asOf: '2026-03-02T12:00:00Z' })).places.map(({ id }) => id)).toEqual([
      PEOPLE,
      STAGED,
    ]);
    expect((await whereIs('pii', { asOf: '2026-02-01T00:00:00Z' })).total).toBe(0);
    expect((await whereIs('pi')).total).toBe(0);
  });

  test('pages hold everything once, and a cursor of another list is refused', async () => {
    const first = await whereIs('pii', { maxNodes: 2 });
    const second = await whereIs('pii', { maxNodes: 2, after: first.endCursor });
    expect([first.total, second.total, second.endCursor]).toEqual([3, 3, null]);
    expect([...first.places, ...second.places]).toEqual((await whereIs('pii')).places);
    for (const variables of [{ after: 'x' }, { maxNodes: 0 }, { tag: '' }]) {
      const { errors } = await catalog.ask(
        'query ($tag: String!, $maxNodes: Int, $after: String) { whereIs(tag: $tag, maxNodes: $maxNodes, after: $after) { total } }',
        { tag: 'pii', ...variables },
      );
      expect(errors[0]?.extensions['code'], JSON.stringify(variables)).toBe('BAD_USER_INPUT');
    }
  });

  test('places where it ends are read page by page, and a cursor goes with its question', async () => {
    const query =
      'query ($skip: Int!, $most: Int!) { whereIs(tag: "pii") { totalStops stops(skip: $skip, most: $most) { to } } }';
    interface Stops {
      readonly whereIs: { readonly totalStops: number; readonly stops: readonly { readonly to: string }[] };
    }
    for (const [skip, most, expected] of [
      [0, 1, [COUNT]],
      [1, 1, [HASH]],
      [2, 1, []],
      [0, 1000, [COUNT, HASH]],
    ] as const) {
      const told = (await catalog.data<Stops>(query, { skip, most })).whereIs;
      expect([told.totalStops, told.stops.map(({ to }) => to)]).toEqual([2, expected]);
    }
    expect((await catalog.ask(query, { skip: -1, most: 0 })).errors[0]?.message).toContain(
      'most: give one from 1 to 1000',
    );
    const { endCursor: after } = await whereIs('pii', { maxNodes: 1 });
    const other = `query ($after: String) { howFarDoes(field: "${PEOPLE}", after: $after) { total } }`;
    expect((await catalog.ask(other, { after })).errors[0]?.message).toContain('of another question');
    // One that somebody made up is told the same way, and never reaches a store.
    const parts = JSON.parse(Buffer.from(after ?? '', 'base64url').toString()) as unknown[];
    const madeUp = Buffer.from(JSON.stringify([...parts.slice(0, -1), 1.5])).toString('base64url');
    const again = 'query ($after: String) { whereIs(tag: "pii", maxNodes: 1, after: $after) { total } }';
    expect((await catalog.ask(again, { after: madeUp })).errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  test('how far the values of a field get is told without any tag', async () => {
    const query = `query ($field: ID!) { howFarDoes(field: $field) { ${PLACES} } }`;
    const { howFarDoes } = await catalog.data<{ howFarDoes: Reach }>(query, { field: STAGED });
    expect(howFarDoes.places.map(({ id, via, assignment }) => [id, via, assignment])).toEqual([
      [STAGED, [STAGED], null],
      [CONTACT, [STAGED, CONTACT], null],
    ]);
    expect(howFarDoes.stops).toHaveLength(2);
    const unknown = await catalog.data<{ howFarDoes: Reach | null }>(query, { field: fieldNode('people', 'nothing') });
    expect(unknown.howFarDoes).toBeNull();
    const { errors } = await catalog.ask(query, { field: datasetNode('people') });
    expect(errors[0]?.message).toContain('field: give the NodeId of a field');
  });

  test('"not here" with a reason ends it there and behind, is told as a stop, and is taken back by tagging', async () => {
    await edit('untagAsset', { on: STAGED, tag: 'pii=email', reason: 'only test addresses' });
    const without = await whereIs('pii=email');
    expect(without.places.map(({ id }) => id)).toEqual([PEOPLE]);
    expect(without.stops).toMatchObject([
      { from: PEOPLE, to: STAGED, because: 'NOT_HERE', reason: 'only test addresses' },
    ]);
    expect(without.stops[0]?.enteredBy).not.toBeNull();
    expect([await tagsOf(STAGED), await tagsOf(CONTACT)]).toEqual([[], []]);
    expect(await tagsOf(CONTACT, '2026-04-01T00:00:00Z')).toHaveLength(1);
    await edit('tagAsset', { on: STAGED, tag: 'pii=email' });
    expect((await whereIs('pii=email')).places.map(({ id, distance }) => [id, distance])).toEqual([
      [PEOPLE, 0],
      [STAGED, 0],
      [CONTACT, 1],
    ]);
    expect((await tagsOf(STAGED)).map(({ propagated, source }) => [propagated, source])).toEqual([[false, 'EDIT']]);
  });

  test('rules say how a tag goes along: through filters, not at all, or not past a kind of step; the past stays', async () => {
    const before = new Date().toISOString();
    const RULES = 'rules { tag isCarried throughIndirect stopSubtypes enteredBy since position } editVersion';
    const set = async (input: object): Promise<RulesSet> => {
      const query = `mutation ($input: SetTagRulesInput!) { done: setTagRules(input: $input) { __typename
        ... on EditedTagRules { rules { ${RULES} } isReadable }
        ... on TagRulesRefusal { reason faults { pointer detail } current { ${RULES} } } } }`;
      return (await catalog.whileProjecting(catalog.data<{ done: RulesSet }>(query, { input }))).done;
    };
    const first = await set({
      rules: [
        { tag: 'pii', throughIndirect: true },
        { tag: 'tier', isCarried: false },
      ],
    });
    expect(first).toMatchObject({ __typename: 'EditedTagRules', isReadable: true });
    expect((await tagsOf(COUNT)).map(({ tag }) => tag.name)).toEqual(['pii=email']);
    expect((await whereIs('pii=email')).stops.map(({ because }) => because)).toEqual(['MASKING']);
    expect(await tagsOf(COUNT, before)).toEqual([]);
    await edit('tagAsset', { on: PEOPLE, tag: 'tier=gold' });
    expect((await whereIs('tier=gold')).places.map(({ id }) => id)).toEqual([PEOPLE]);
    // What stays as it is keeps since when; a subtype is taken however it is written.
    const second = await set({
      rules: [
        { tag: 'pii', throughIndirect: true },
        { tag: '*', stopSubtypes: ['transformation', 'TRANSFORMATION '] },
      ],
      expectedVersion: first.rules?.editVersion,
    });
    expect(second.rules?.rules[0]?.position).toBe(first.rules?.rules[0]?.position);
    expect(second.rules?.rules[1]?.stopSubtypes).toEqual(['TRANSFORMATION']);
    const gold = await whereIs('tier=gold');
    expect(gold.places.map(({ id }) => id)).toEqual([PEOPLE, STAGED]);
    expect(gold.stops.map(({ to, because }) => [to, because])).toEqual([
      [CONTACT, 'SUBTYPE'],
      [COUNT, 'INDIRECT'],
      [HASH, 'MASKING'],
    ]);
    const late = await set({ rules: [], expectedVersion: first.rules?.editVersion });
    expect(late).toMatchObject({ reason: 'EDITED_MEANWHILE', current: second.rules });
    const wrong = await set({ rules: [{ tag: '' }, { tag: 'a' }, { tag: 'a' }] });
    expect(wrong.faults?.map(({ pointer }) => pointer)).toEqual(['/rules/0/tag', '/rules/2/tag']);
    // Values go wherever they go, whatever rules say of tags.
    await set({ rules: [{ tag: '*', isCarried: false }] });
    const far = await catalog.data<{ howFarDoes: { total: number } }>(`{ howFarDoes(field: "${STAGED}") { total } }`);
    expect(far.howFarDoes.total).toBe(2);
    expect(await set({ rules: [] })).toMatchObject({ rules: { rules: [] } });
    await edit('untagAsset', { on: PEOPLE, tag: 'tier=gold' });
    expect(await tagsOf(COUNT)).toEqual([]);
  });

  test('it follows changes of lineage, also late ones', async () => {
    await catalog.take([
      step(5, 'staged', 'report', '06', { contact: [], hash: [['staged', 'email', 'IDENTITY']], count: [] }),
    ]);
    expect((await tagsOf(HASH)).map(({ propagated }) => propagated)).toEqual([true]);
    expect(await tagsOf(HASH, '2026-03-05T00:00:00Z')).toEqual([]);
    // What happened on the fourth is told late: from then on it came there too.
    await catalog.take([step(6, 'people', 'mail', '04', { address: [['people', 'email', 'IDENTITY']] })]);
    expect(await tagsOf(fieldNode('mail', 'address'), '2026-03-05T00:00:00Z')).toHaveLength(1);
  });

  test('a field that its dataset has no more is no place from then on, and what came by way of it is', async () => {
    await catalog.take([
      step(7, 'people', 'gone_by', '04', { via: [['people', 'email', 'IDENTITY']] }),
      step(8, 'gone_by', 'kept', '04', { last: [['gone_by', 'via', 'IDENTITY']] }),
      runEvent({
        ...{ job: 'alter', runId: runId(9), at: '2026-03-08T10:00:00Z' },
        outputs: [{ name: 'gone_by', facets: { schema: facet({ fields: [{ name: 'other', type: 'VARCHAR' }] }) } }],
      }),
    ]);
    await catalog.take([
      runEvent({
        ...{ job: 'make_gone_by', runId: runId(10), at: '2026-03-09T10:00:00Z', inputs: ['people'] },
        outputs: [{ name: 'gone_by', facets: { schema: facet({ fields: [{ name: 'other', type: 'VARCHAR' }] }) } }],
      }),
    ]);
    const [via, last] = [fieldNode('gone_by', 'via'), fieldNode('kept', 'last')];
    const placesAt = async (asOf?: string) => (await whereIs('pii=email', { asOf })).places.map(({ id }) => id);
    expect(await placesAt('2026-03-05T00:00:00Z')).toEqual(expect.arrayContaining([via, last]));
    const now = await whereIs('pii=email');
    expect(now.places.map(({ id }) => id)).not.toContain(via);
    expect(now.places.find(({ id }) => id === last)?.via).toEqual([PEOPLE, via, last]);
    expect(now.total).toBe(now.places.length);
    const query = `query ($field: ID!) { howFarDoes(field: $field) { ${PLACES} } }`;
    const { howFarDoes } = await catalog.data<{ howFarDoes: Reach }>(query, { field: via });
    expect([howFarDoes.total, ...howFarDoes.places.map(({ id }) => id)]).toEqual([1, last]);
  });

  test('a page of fields costs as many statements as one field', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Field { tags { tag { name } } carriedTags { tag { name } } } } }`;
    const count = async (ids: readonly string[]): Promise<number> => {
      const statements = vi.spyOn(catalog.apiPool, 'query');
      await catalog.data(query, { ids });
      const count = statements.mock.calls.length;
      statements.mockRestore();
      return count;
    };
    const one = await count([CONTACT]);
    expect(await count([CONTACT, STAGED, PEOPLE])).toBe(one);
  });
});
