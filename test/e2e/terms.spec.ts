import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const FIELD = `field:${CLAIMS.slice('dataset:'.length)}:id`;
const BODY = 'id name description synonyms status editVersion enteredBy parent { id } parts { id } related { id }';
const OF_TERM = `__typename
  ... on EditedTerm { id position isReadable term { ${BODY} successor { id } above { id } } }
  ... on TermRefusal { reason message faults { pointer } current { name } }`;
const OF_ASSET = `__typename
  ... on EditedAsset { asset { terms { id } termAssignments { term { name } source because producer since until on } } }
  ... on EditRefusal { reason message faults { pointer } }`;

interface Made {
  readonly id: string;
  readonly isReadable: boolean;
  readonly position: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string }[];
  readonly current: { readonly name: string } | null;
  readonly term: { readonly name: string; readonly editVersion: string } | null;
  readonly asset: { readonly terms: readonly { readonly id: string }[] };
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
  const isOfAsset = /[aA]ssign/.test(mutation);
  const of = isOfAsset ? { result: OF_ASSET, type: 'AssignTermInput' } : { result: OF_TERM };
  return catalog.mutate<Made>(mutation, input, { ...of, headers });
}

interface Found {
  readonly totalCount: number;
  readonly facets: readonly { readonly name: string; readonly values: readonly { readonly value: string }[] }[];
}

async function found(query: string, terms: readonly string[] = []): Promise<Found & { readonly facet: unknown }> {
  const { search } = await catalog.data<{ search: Found }>(
    `query ($query: String!, $terms: [ID!]) {
      search(query: $query, filter: { terms: $terms }) { totalCount facets { name values { value label count } } } }`,
    { query, terms },
  );
  return { ...search, facet: search.facets.find(({ name }) => name === 'TERM')?.values };
}

test('terms are made, changed, related both ways, deprecated with a successor, and listed page by page', async () => {
  const claim = await edit('createTerm', { name: 'Claim', description: 'What is *asked for*.', status: 'APPROVED' });
  expect(claim).toMatchObject({ id: 'term:claim', isReadable: true, term: { name: 'Claim', status: 'APPROVED' } });
  await edit('createTerm', { name: 'Loss', parent: claim.id, synonyms: ['Damage', 'Damage ', 'Harm'] });
  await edit('createTerm', { key: 'sinister', name: 'sinistre', related: [claim.id] });
  const old = await edit('changeTerm', { term: 'term:sinister', status: 'DEPRECATED', successor: claim.id });
  expect(old.term).toMatchObject({ status: 'DEPRECATED', successor: { id: claim.id }, above: [] });
  const list = `query ($after: String, $text: String, $parent: ID, $statuses: [TermStatus!]) {
    terms(first: 2, after: $after, text: $text, parent: $parent, statuses: $statuses) {
      edges { node { ${BODY} } } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    readonly terms: {
      readonly edges: readonly { readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    };
  }
  const { terms: first } = await catalog.data<Page>(list);
  expect(first.edges.map(({ node }) => node)).toMatchObject([
    { id: 'term:claim', parts: [{ id: 'term:loss' }], related: [{ id: 'term:sinister' }] },
    { id: 'term:loss', synonyms: ['Damage', 'Harm'], parent: { id: 'term:claim' }, status: 'DRAFT' },
  ]);
  const { terms: second } = await catalog.data<Page>(list, { after: first.pageInfo.endCursor });
  expect(second).toMatchObject({ edges: [{ node: { id: 'term:sinister' } }], pageInfo: { hasNextPage: false } });
  for (const [variables, ids] of [
    [{ text: 'dam' }, ['term:loss']],
    [{ text: 'dam claim' }, []],
    [{ parent: 'term:claim' }, ['term:loss']],
    [{ statuses: ['APPROVED', 'DEPRECATED'] }, ['term:claim', 'term:sinister']],
  ] as const) {
    const { terms } = await catalog.data<Page>(list, variables);
    expect(terms.edges.map(({ node }) => node.id)).toEqual(ids);
  }
});

test('what has a term is found by its names and those above it, and counted once', async () => {
  await edit('createTerm', { name: 'Payee', synonyms: ['Zahlungsempfänger'] });
  await edit('createTerm', { name: 'Natural person', parent: 'term:payee' });
  await edit('createTerm', { name: 'Legal person', parent: 'term:payee' });
  const before = new Date().toISOString();
  const put = await edit('assignTerm', { on: CLAIMS, term: 'term:natural-person', reason: 'agreed' });
  expect(put.asset).toMatchObject({
    terms: [{ id: 'term:natural-person' }],
    termAssignments: [{ term: { name: 'Natural person' }, source: 'EDIT', until: null, on: CLAIMS }],
  });
  await edit('assignTerm', { on: FIELD, term: 'term:legal-person' });
  // Of a field and of a term above, by a synonym, begun, and by both names in one.
  for (const text of ['payee', 'Zahlungsempf', 'legal person', 'natural']) {
    expect((await found(text)).totalCount, text).toBe(1);
  }
  expect((await found('natural legal')).totalCount).toBe(0);
  const all = await found('', ['term:payee']);
  expect([all.totalCount, all.facet]).toEqual([
    1,
    [
      { value: 'term:legal-person', label: 'Legal person', count: 1 },
      { value: 'term:natural-person', label: 'Natural person', count: 1 },
      { value: 'term:payee', label: 'Payee', count: 1 },
    ],
  ]);
  const { then, now } = await catalog.data<{ then: { terms: unknown }; now: { terms: unknown } }>(
    `query ($id: ID!, $field: ID!, $then: DateTime!) {
      then: node(id: $id) { ... on Asset { terms(asOf: $then) { id } } }
      now: node(id: $field) { ... on Field { terms { id above { id } } } } }`,
    { id: CLAIMS, field: FIELD, then: before },
  );
  expect([then.terms, now.terms]).toEqual([[], [{ id: 'term:legal-person', above: [{ id: 'term:payee' }] }]]);
  // Another name is found at once, without any asset being touched.
  await edit('changeTerm', { term: 'term:payee', name: 'Beneficiary', synonyms: [] });
  expect([(await found('payee')).totalCount, (await found('beneficiary')).totalCount]).toEqual([0, 1]);
  await edit('unassignTerm', { on: CLAIMS, term: 'term:natural-person' });
  await edit('unassignTerm', { on: FIELD, term: 'term:legal-person' });
  expect((await found('', ['term:payee'])).totalCount).toBe(0);
});

test('what does not fit is refused with what to do, and changes nothing', async () => {
  const claim = await edit('createTerm', { name: 'Claim' });
  await edit('createTerm', { name: 'Loss', parent: claim.id });
  const [loss, none] = ['term:loss', 'term:none'];
  await edit('assignTerm', { on: FIELD, term: loss });
  await edit('changeTerm', { term: loss, status: 'DEPRECATED', successor: claim.id });
  const refusals: readonly (readonly [mutation: string, input: object, reason: string])[] = [
    ['createTerm', { name: 'Claim' }, 'TERM_EXISTS'],
    ['createTerm', { name: 'X', parent: none }, 'NO_SUCH_TERM'],
    ['createTerm', { name: 'X', related: [none] }, 'NO_SUCH_TERM'],
    ['createTerm', { name: 'X', successor: loss }, 'TERM_NOT_DEPRECATED'],
    ['changeTerm', { term: none, name: 'x' }, 'NO_SUCH_TERM'],
    ['changeTerm', { term: loss, related: [loss] }, 'TERM_NAMES_ITSELF'],
    ['changeTerm', { term: claim.id, parent: loss }, 'TERM_CYCLE'],
    ['changeTerm', { term: claim.id, status: 'DEPRECATED', successor: loss }, 'TERM_SUCCESSOR_CYCLE'],
    ['removeTerm', { term: claim.id }, 'TERM_IN_USE'],
    ['removeTerm', { term: loss }, 'TERM_IN_USE'],
    ['assignTerm', { on: CLAIMS, term: none }, 'NO_SUCH_TERM'],
    ['assignTerm', { on: datasetNode('nothing'), term: loss }, 'NO_SUCH_ASSET'],
  ];
  for (const [mutation, input, reason] of refusals) {
    const refused = await edit(mutation, input);
    expect([refused.reason, refused.faults], JSON.stringify(input)).toEqual([reason, []]);
  }
  const { terms } = await catalog.data<{ terms: { edges: unknown[] } }>('{ terms { edges { node { name } } } }');
  expect(terms.edges).toEqual([{ node: { name: 'Claim' } }, { node: { name: 'Loss' } }]);
  // Who sent them was told so: they say nothing of what producers send.
  const told = await catalog.data<Record<'all' | 'asked', { edges: object[] }> & { status: { findings: object[] } }>(
    `{ all: findings(first: 100) { edges { node { code } } } status { findings { code } }
      asked: findings(first: 1, filter: { codes: ["EDIT_OF_KNOWN"] }) { edges { node { code } } } }`,
  );
  expect(JSON.stringify([told.all, told.status])).not.toContain('EDIT_');
  expect(told.asked.edges).toEqual([{ node: { code: 'EDIT_OF_KNOWN' } }]);
});

test.each([
  ['createTerm', { name: '!!!' }, ['/name']],
  ['createTerm', { name: 'A', synonyms: ['', 'b'], related: ['claim'] }, ['/synonyms/0', '/related/0']],
  ['createTerm', { name: 'A', description: ' ', parent: 'domain:a' }, ['/description', '/parent']],
  ['changeTerm', { term: 'claim' }, ['', '/term']],
  ['removeTerm', { term: 'term:claim', reason: '' }, ['/reason']],
  ['assignTerm', { on: CLAIMS, term: 'claim' }, ['/term']],
])('%s with %j is refused with what to do', async (mutation, input, pointers) => {
  const refused = await edit(mutation, input);
  expect([refused.reason, refused.faults.map(({ pointer }) => pointer)]).toEqual(['INVALID_INPUT', pointers]);
});

test('of two edits that expect the same state the later is refused with the term as it is, and a request sent again makes one', async () => {
  const { term } = await edit('createTerm', { name: 'Claim' });
  const input = { term: 'term:claim', expectedVersion: term?.editVersion };
  const first = await edit('changeTerm', { ...input, name: 'One', idempotencyKey: 'k' });
  const again = await edit('changeTerm', { ...input, name: 'One', idempotencyKey: 'k' });
  expect(again.position).toBe(first.position);
  const late = await edit('changeTerm', { ...input, name: 'Two' });
  expect([late.reason, late.current]).toEqual(['EDITED_MEANWHILE', { name: 'One' }]);
});

test('what terms, domains, assets and fields were described as stays known, with who and why', async () => {
  await edit('createTerm', { name: 'Claim', description: 'first', reason: 'a start' });
  await edit('changeTerm', { term: 'term:claim', description: 'second', reason: 'clearer' });
  const describe = (on: string, text: string, reason: string): Promise<unknown> =>
    catalog.whileProjecting(
      catalog.data(`mutation ($input: DescribeAssetInput!) { describeAsset(input: $input) { __typename } }`, {
        input: { on, text, reason },
      }),
    );
  await describe(CLAIMS, 'one', 'because');
  await describe(CLAIMS, 'two', 'better');
  await describe(FIELD, 'the key', 'asked');
  const { term, asset, field } = await catalog.data<Record<string, { history: unknown; descriptionHistory: unknown }>>(
    `query ($id: ID!, $field: ID!) {
      term(id: "term:claim") { history { name description enteredBy reason until } }
      asset: node(id: $id) { ... on Asset { descriptionHistory(most: 2) { text reason source } } }
      field: node(id: $field) { ... on Field { descriptionHistory { text reason } } } }`,
    { id: CLAIMS, field: FIELD },
  );
  expect(term?.history).toMatchObject([
    { name: 'Claim', description: 'second', reason: 'clearer', until: null },
    { name: 'Claim', description: 'first', reason: 'a start' },
  ]);
  expect(asset?.descriptionHistory).toEqual([
    { text: 'two', reason: 'better', source: 'EDIT' },
    { text: 'one', reason: 'because', source: 'EDIT' },
  ]);
  expect(field?.descriptionHistory).toEqual([{ text: 'the key', reason: 'asked' }]);
});

test('who edits a part of the catalog gives terms to its assets and does not define them', async () => {
  const guarded = await CatalogApp.start({ auth: 'on' });
  opened.push(guarded);
  await guarded.take(claimsFlow());
  const tokenOf = async (reads: readonly string[] | null): Promise<Record<string, string>> => {
    const { text } = await new CreateToken(guarded.access.parts).execute(
      { principal: LOCAL_PRINCIPAL, address: null },
      {
        name: 'editor',
        owner: 'tests',
        scopes: ['catalog:read', 'catalog:edit'],
        writes: null,
        reads,
        expiresAt: null,
      },
    );
    return { authorization: `Bearer ${text}` };
  };
  catalog = guarded;
  const [whole, part] = [await tokenOf(null), await tokenOf([NS])];
  expect((await edit('createTerm', { name: 'Claim' }, whole)).term?.name).toBe('Claim');
  expect((await edit('createTerm', { name: 'Mine' }, part)).reason).toBe('MISSING_SCOPE');
  const put = await edit('assignTerm', { on: CLAIMS, term: 'term:claim' }, part);
  expect(put.asset.terms).toEqual([{ id: 'term:claim' }]);
});

interface Imported {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: number;
  readonly rejected: readonly { readonly line: number; readonly key: string; readonly detail: string }[];
  readonly position: string | null;
  readonly reason: string;
  readonly faults: readonly { readonly detail: string }[];
}

async function imported(csv: string, input: object = {}): Promise<Imported> {
  const { done } = await catalog.whileProjecting(
    catalog.data<{ done: Imported }>(
      `mutation ($input: ImportTermsInput!) { done: importTerms(input: $input) {
        ... on ImportedTerms { isPreview created changed unchanged rejected { line key detail } position isReadable }
        ... on TermImportRefusal { reason message faults { pointer detail } } } }`,
      { input: { csv, ...input } },
    ),
  );
  return done;
}

async function exported(): Promise<string> {
  return (await catalog.data<{ exportTerms: string }>('{ exportTerms }')).exportTerms;
}

test('a file makes and changes terms that name one another in one edit, and what is exported says nothing new', async () => {
  await edit('createTerm', { name: 'Claim', description: 'stays' });
  const file = 'key,name,parent,related\nloss,Loss,claim,harm\nharm,Harm,loss,loss\nclaim,Claims,,\n';
  const preview = await imported(file, { isPreview: true });
  expect(preview).toMatchObject({ created: ['term:loss', 'term:harm'], changed: ['term:claim'], position: null });
  expect(await exported()).not.toContain('Loss');
  expect((await imported(file)).rejected).toEqual([]);
  const whole = await exported();
  expect(whole).toBe(
    'key,name,description,parent,synonyms,related,status,successor\nclaim,Claims,stays,,,,DRAFT,\n' +
      'harm,Harm,,loss,,loss,DRAFT,\nloss,Loss,,claim,,harm,DRAFT,\n',
  );
  expect(await imported(whole)).toMatchObject({ created: [], changed: [], unchanged: 3, position: null });
});

test('of a file with bad rows nothing is made, or all that is good, and each bad row is told by line', async () => {
  const file = [
    'key,name,parent,related,status,successor',
    'a,A,,,APPROVED,',
    'b,B,gone,,APPROVED,',
    'c,C,b,,APPROVED,',
    'd,,,,APPROVED,',
    'e f,E,,,APPROVED,',
    'x,X,y,,DRAFT,',
    'y,Y,x,,DRAFT,',
    'z,Z,,,APPROVED,a',
    'g,G,a,a,MAYBE,',
  ].join('\n');
  const refused = await imported(file);
  expect(refused.reason).toBe('INVALID_INPUT');
  expect(refused.faults.map(({ detail }) => detail.split(':')[0])).toEqual(
    [3, 4, 5, 6, 7, 8, 9, 10].map((line) => `line ${String(line)}`),
  );
  expect(await exported()).not.toContain('APPROVED');
  const made = await imported(file, { mode: 'GOOD_ROWS' });
  expect(made.created).toEqual(['term:a']);
  expect(made.rejected.map(({ line, key }) => [line, key])).toEqual([
    [3, 'b'],
    [4, 'c'],
    [5, 'd'],
    [6, 'e f'],
    [7, 'x'],
    [8, 'y'],
    [9, 'z'],
    [10, 'g'],
  ]);
  expect(made.rejected[0]?.detail).toBe('names a term that there is not, or whose own row is bad');
  const none = await imported('name\nA\n');
  expect([none.reason, none.faults.length]).toEqual(['INVALID_INPUT', 1]);
});
