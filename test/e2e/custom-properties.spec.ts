import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, jobNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const SCORES = datasetNode('scores');
const SCORE = jobNode('score');
const RETENTION = 'property:retention';
const BODY = 'id name type isMany kinds values unit min max isRequired editVersion enteredBy assets without';
const OF_PROPERTY = `__typename
  ... on EditedCustomProperty { id position isReadable property { ${BODY} } }
  ... on CustomPropertyRefusal { reason message faults { pointer detail } current { name } }`;
const VALUES = 'values { text number boolean dateTime agent { id } }';
const OF_ASSET = `__typename
  ... on EditedAsset { asset { editVersion properties { property { id } problem producer ${VALUES} } } }
  ... on EditRefusal { reason message faults { pointer detail } current { id } }`;

interface Held {
  readonly property: { readonly id: string };
  readonly problem: string | null;
  readonly values: readonly { readonly text: string; readonly number: number | null }[];
}

interface Made {
  readonly __typename: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
  readonly current: object | null;
  readonly property: { readonly editVersion: string } | null;
  readonly asset: { readonly editVersion: string; readonly properties: readonly Held[] };
}

const opened: CatalogApp[] = [];
let catalog: CatalogApp;

beforeEach(async () => {
  catalog = await CatalogApp.start();
  opened.push(catalog);
  await catalog.take(claimsFlow());
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function edit(mutation: string, input: object, headers: Record<string, string> = {}): Promise<Made> {
  const isOfAsset = mutation.endsWith('etProperty');
  return catalog.mutate<Made>(mutation, input, { result: isOfAsset ? OF_ASSET : OF_PROPERTY, headers });
}

const create = (name: string, type: string, more: object = {}): Promise<Made> =>
  edit('createCustomProperty', { name, type, ...more });
const set = (on: string, property: string, values: readonly string[], more: object = {}): Promise<Made> =>
  edit('setProperty', { on, property: `property:${property}`, values, ...more });
const texts = ({ asset }: Made): readonly string[] =>
  asset.properties.map(({ property, values }) => `${property.id}: ${values.map(({ text }) => text).join(', ')}`);

interface Found {
  readonly edges: readonly {
    readonly node: { readonly id: string; readonly highlights: readonly { text: string }[] };
  }[];
  readonly totalCount: number;
  readonly facets: readonly {
    readonly name: string;
    readonly property: { readonly id: string } | null;
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }[];
}

async function search(properties: readonly object[], query = '', headers: Record<string, string> = {}): Promise<Found> {
  const answer = await catalog.data<{ search: Found }>(
    `query ($query: String, $filter: SearchFilter) { search(query: $query, filter: $filter, orderBy: NAME) {
      totalCount edges { node { id highlights { text } } } facets { name property { id } values { value count } } } }`,
    { query, filter: { properties } },
    headers,
  );
  return answer.search;
}

const idsIn = ({ edges }: Found): readonly string[] => edges.map(({ node }) => node.id).sort();
const facetOf = ({ facets }: Found, id: string): object | undefined =>
  facets.find(({ property }) => property?.id === id)?.values;

test('a property is declared, and each of its types takes what fits and says what would', async () => {
  const made = await create('Retention', 'NUMBER', { unit: 'days', min: 1, max: 3650, kinds: ['DATASET'] });
  expect(made).toMatchObject({
    ...{ __typename: 'EditedCustomProperty', id: RETENTION, isReadable: true },
    property: {
      ...{ name: 'Retention', type: 'NUMBER', isMany: false, kinds: ['DATASET'], values: [], unit: 'days' },
      ...{ min: 1, max: 3650, isRequired: false, assets: 0 },
    },
  });
  await create('Note', 'TEXT');
  await create('Certified', 'BOOLEAN');
  await create('Reviewed', 'DATE');
  await create('Frozen', 'DATE_TIME');
  await create('Cadence', 'ENUM', { values: ['daily', 'weekly'] });
  await create('Runbook', 'URL', { isMany: true });
  await create('Approver', 'AGENT');
  const cases: readonly (readonly [property: string, values: readonly string[], kept: object | string])[] = [
    ['retention', ['30.0'], { text: '30', number: 30 }],
    ['retention', ['0'], 'must be a number from 1 to 3650 (in days), such as 30 or 0.5'],
    ['retention', ['thirty'], 'must be a number from 1 to 3650 (in days), such as 30 or 0.5'],
    ['retention', ['1', '2'], 'must have one value'],
    ['retention', [], 'must have a value: unset the property to take it away'],
    ['note', [' as agreed '], { text: 'as agreed' }],
    ['note', ['a\u0000b'], 'must have a character, and no control characters'],
    ['certified', ['True'], { text: 'true', boolean: true }],
    ['certified', ['yes'], 'must be true or false'],
    ['reviewed', ['2026-02-28'], { text: '2026-02-28', dateTime: '2026-02-28T00:00:00.000Z' }],
    ['reviewed', ['2026-02-30'], 'must be a date, such as 2026-11-23'],
    ['frozen', ['2026-01-01T01:00:00+01:00'], { text: '2026-01-01T00:00:00.000Z' }],
    ['frozen', ['2026-01-01'], 'must be a moment with its offset from UTC, such as 2026-11-23T08:15:30Z'],
    ['cadence', ['daily'], { text: 'daily' }],
    ['cadence', ['hourly'], 'must be one of: daily, weekly'],
    ['runbook', ['https://wiki.example/a'], { text: 'https://wiki.example/a' }],
    ['runbook', ['javascript:alert(1)'], 'must be an address that begins with https:// or http://'],
    ['approver', ['agent:team:claims'], { agent: { id: 'agent:team:claims' } }],
    ['approver', ['claims'], 'must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims'],
  ];
  for (const [property, values, kept] of cases) {
    const answer = await set(CLAIMS, property, values);
    if (typeof kept === 'string') {
      expect(answer, property).toMatchObject({ reason: 'INVALID_INPUT', faults: [{ detail: kept }] });
    } else {
      const held = answer.asset.properties.find(({ property: { id } }) => id === `property:${property}`);
      expect(held?.values, property).toMatchObject([kept]);
    }
  }
  const several = await set(CLAIMS, 'runbook', ['https://b.example', 'http://a.example', 'https://b.example']);
  expect(texts(several)).toEqual(
    [
      'property:approver: agent:team:claims',
      'property:cadence: daily',
      'property:certified: true',
      'property:frozen: 2026-01-01T00:00:00.000Z',
      'property:note: as agreed',
      'property:retention: 30',
      'property:reviewed: 2026-02-28',
      'property:runbook: https://b.example, http://a.example',
    ]
      .sort()
      .sort((a, b) => order(a) - order(b)),
  );
  const misplaced = await set(SCORE, 'retention', ['30']);
  expect(misplaced.faults).toEqual([{ pointer: '/on', detail: 'must be of datasets: Retention goes on nothing else' }]);
  expect(await set(CLAIMS, 'nothing', ['1'])).toMatchObject({ reason: 'NO_SUCH_PROPERTY' });
  expect(await set(`field:${CLAIMS.slice(8)}:id`, 'note', ['x'])).toMatchObject({ faults: [{ pointer: '/on' }] });
});

/** By name, as answers are. */
const NAMES = ['approver', 'cadence', 'certified', 'frozen', 'note', 'retention', 'reviewed', 'runbook'];
const order = (line: string): number => NAMES.findIndex((name) => line.startsWith(`property:${name}:`));

test('values hold from one edit to another, as of then and as known then, and conflicts are told', async () => {
  await create('Retention', 'NUMBER');
  const before = new Date().toISOString();
  const one = await set(CLAIMS, 'retention', ['30'], { reason: 'by contract' });
  const between = new Date().toISOString();
  expect(texts(await set(CLAIMS, 'retention', ['60'], { expectedVersion: one.asset.editVersion }))).toEqual([
    `${RETENTION}: 60`,
  ]);
  const late = await set(CLAIMS, 'retention', ['90'], { expectedVersion: one.asset.editVersion });
  expect(late).toMatchObject({ reason: 'EDITED_MEANWHILE', current: { id: CLAIMS } });
  const last = await edit('unsetProperty', { on: CLAIMS, property: RETENTION });
  expect(texts(last)).toEqual([]);
  const told = await catalog.data<{ node: Record<string, readonly Held[]> }>(
    `query ($id: ID!, $before: DateTime!, $between: DateTime!) { node(id: $id) { ... on Asset {
      before: properties(asOf: $before) { values { text } }
      between: properties(asOf: $between) { values { text } because since until position }
      unknown: properties(asOf: $between, knownAt: $before) { values { text } } } } }`,
    { id: CLAIMS, before, between },
  );
  expect(told.node).toMatchObject({ before: [], between: [{ values: [{ text: '30' }] }], unknown: [] });
  const { node } = await catalog.data<{ node: { events: object } }>(
    `query ($id: ID!) { node(id: $id) { ... on Asset { properties { since } } } }`,
    { id: CLAIMS },
  );
  expect(node).toEqual({ properties: [] });
});

test('what does not fit any more stays and is told; another type, or no property, is refused while there are values', async () => {
  await create('Cadence', 'ENUM', { values: ['daily', 'weekly'] });
  await set(CLAIMS, 'cadence', ['weekly']);
  await set(SCORES, 'cadence', ['daily']);
  await set(SCORE, 'cadence', ['daily']);
  const property = 'property:cadence';
  expect(await edit('changeCustomProperty', { property, type: 'NUMBER', values: [] })).toMatchObject({
    reason: 'PROPERTY_UNFITS_VALUES',
    message: expect.stringContaining('of 3 assets with a value 3 would have one that does not fit') as string,
  });
  expect(await edit('removeCustomProperty', { property })).toMatchObject({ reason: 'PROPERTY_IN_USE' });
  expect(await edit('changeCustomProperty', { property, values: [] })).toMatchObject({ reason: 'INVALID_INPUT' });
  await edit('changeCustomProperty', { property, values: ['daily'], kinds: ['DATASET'] });
  const { a, b, c } = await catalog.data<Record<'a' | 'b' | 'c', { properties: readonly Held[] }>>(
    `query ($a: ID!, $b: ID!, $c: ID!) {
      a: node(id: $a) { ...P } b: node(id: $b) { ...P } c: node(id: $c) { ...P } }
      fragment P on Asset { properties { problem values { text } } }`,
    { a: CLAIMS, b: SCORES, c: SCORE },
  );
  expect([a, b, c].map(({ properties }) => properties)).toEqual([
    [{ problem: 'must be one of: daily', values: [{ text: 'weekly' }] }],
    [{ problem: null, values: [{ text: 'daily' }] }],
    [{ problem: 'goes on datasets only', values: [{ text: 'daily' }] }],
  ]);
  expect(idsIn(await search([{ property, values: ['daily'] }]))).toEqual([SCORES, SCORE].sort());
  expect(await edit('changeCustomProperty', { property, type: 'TEXT', values: [] })).toMatchObject({
    property: { type: 'TEXT', assets: 3 },
  });
  for (const on of [CLAIMS, SCORES, SCORE]) await edit('unsetProperty', { on, property });
  expect(await edit('removeCustomProperty', { property })).toMatchObject({ property: null });
  const { customProperty, customProperties } = await catalog.data<{ customProperty: null; customProperties: [] }>(
    `{ customProperty(id: "${property}") { id } customProperties { id } }`,
  );
  expect([customProperty, customProperties]).toEqual([null, []]);
});

test('assets are found by what they have of properties: values, bounds, words, any and none, with counts of each', async () => {
  await create('Retention', 'NUMBER');
  await create('Cadence', 'ENUM', { values: ['daily', 'weekly'], isRequired: true });
  await create('Reviewed', 'DATE');
  await create('Runbook', 'URL');
  await set(CLAIMS, 'retention', ['30']);
  await set(SCORES, 'retention', ['3650']);
  await set(CLAIMS, 'cadence', ['weekly']);
  await set(SCORES, 'cadence', ['daily']);
  await set(CLAIMS, 'reviewed', ['2026-03-01']);
  await set(SCORES, 'runbook', ['https://wiki.example/handbook-of-scores']);
  const both = [CLAIMS, SCORES].sort();
  const cases: readonly (readonly [filter: object, ids: readonly string[]])[] = [
    [{ property: RETENTION }, both],
    [{ property: RETENTION, from: '31' }, [SCORES]],
    [{ property: RETENTION, from: '30', to: '30' }, [CLAIMS]],
    [{ property: RETENTION, values: ['30.0', '7'] }, [CLAIMS]],
    [{ property: 'property:cadence', values: ['daily'] }, [SCORES]],
    [{ property: 'property:cadence', values: ['daily', 'weekly'] }, both],
    [{ property: 'property:reviewed', from: '2026-03-01' }, [CLAIMS]],
    [{ property: 'property:reviewed', from: '2026-03-02' }, []],
    [{ property: 'property:runbook', values: ['https://wiki.example/handbook-of-scores'] }, [SCORES]],
  ];
  for (const [filter, ids] of cases) {
    const found = await search([filter]);
    expect([idsIn(found), found.totalCount], JSON.stringify(filter)).toEqual([ids, ids.length]);
  }
  expect(
    idsIn(
      await search([
        { property: RETENTION, from: '31' },
        { property: 'property:cadence', values: ['weekly'] },
      ]),
    ),
  ).toEqual([]);
  const without = await search([{ property: RETENTION, has: false }]);
  expect(idsIn(without)).toEqual(expect.not.arrayContaining(both));
  expect(without.totalCount).toBeGreaterThan(0);
  const spoken = await search([], 'handbook');
  expect([idsIn(spoken), spoken.edges[0]?.node.highlights]).toEqual([
    [SCORES],
    [{ text: 'Runbook: https://wiki.example/handbook-of-scores' }],
  ]);
  const counted = await search([{ property: RETENTION }]);
  expect(facetOf(counted, 'property:cadence')).toEqual([
    { value: 'daily', count: 1 },
    { value: 'weekly', count: 1 },
  ]);
  const chosen = await search([{ property: 'property:cadence', values: ['daily'] }]);
  expect(facetOf(chosen, 'property:cadence')).toEqual([
    { value: 'daily', count: 1 },
    { value: 'weekly', count: 1 },
  ]);
  const { customProperties } = await catalog.data<{ customProperties: readonly object[] }>(
    '{ customProperties(kind: DATASET) { id assets without } }',
  );
  expect(customProperties).toContainEqual({ id: RETENTION, assets: 2, without: without.totalCount });
  const bad = await catalog.ask('query ($filter: SearchFilter) { search(filter: $filter) { totalCount } }', {
    filter: { properties: [{ property: 'property:x' }, { property: RETENTION, from: 'many' }] },
  });
  expect(bad.errors[0]?.extensions['faults']).toMatchObject([
    { pointer: '/filter/properties/0/property' },
    { pointer: '/filter/properties/1/from' },
  ]);
});

test('many assets get values in one job, and a change that does not go on all of them is refused', async () => {
  await create('Retention', 'NUMBER', { kinds: ['DATASET'] });
  const start = (filter: object, change: object): Promise<Record<string, unknown>> =>
    catalog.mutate(
      'startEdits',
      { selection: { filter }, change },
      {
        result: `__typename ... on StartedEdits { job { total } } ... on StartEditsRefusal { reason faults { pointer detail } }`,
      },
    );
  const setProperties = [{ property: RETENTION, values: ['30'] }];
  expect(await start({ namespaces: [NS] }, { setProperties: [{ property: RETENTION, values: ['x'] }] })).toMatchObject({
    faults: [{ pointer: '/change/setProperties/0/values/0' }],
  });
  expect(await start({}, { setProperties })).toMatchObject({ faults: [{ pointer: '/selection' }] });
  const job = await start({ kinds: ['DATASET'] }, { setProperties });
  expect(job).toMatchObject({ __typename: 'StartedEdits' });
});

test('who reads some namespaces finds and counts nothing of others, and declares nothing', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  const whole = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
  await edit('createCustomProperty', { name: 'Note', type: 'TEXT' }, whole);
  await edit('createCustomProperty', { name: 'Cadence', type: 'ENUM', values: ['daily'] }, whole);
  await edit('setProperty', { on: CLAIMS, property: 'property:note', values: ['secret'] }, whole);
  await edit('setProperty', { on: CLAIMS, property: 'property:cadence', values: ['daily'] }, whole);
  const headers = await catalog.readerOf(['elsewhere'], ['catalog:read', 'catalog:edit']);
  const found = await search([{ property: 'property:cadence', values: ['daily'] }], '', headers);
  expect([idsIn(found), found.totalCount, facetOf(found, 'property:cadence')]).toEqual([[], 0, undefined]);
  expect(idsIn(await search([], 'secret', headers))).toEqual([]);
  expect(idsIn(await search([], 'secret', whole))).toEqual([CLAIMS]);
  const { customProperties } = await catalog.data<{ customProperties: readonly object[] }>(
    '{ customProperties { id assets without } }',
    {},
    headers,
  );
  expect(customProperties).toEqual([
    { id: 'property:cadence', assets: 0, without: 0 },
    { id: 'property:note', assets: 0, without: 0 },
  ]);
  const unseen = { on: CLAIMS, property: 'property:note', values: ['x'] };
  expect(await edit('setProperty', unseen, headers)).toMatchObject({ reason: 'NO_SUCH_ASSET' });
  expect(await edit('createCustomProperty', { name: 'Mine', type: 'TEXT' }, headers)).toMatchObject({
    reason: 'MISSING_SCOPE',
  });
});
