import { SCOPES } from '@headwater/domain/access/scopes';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, fieldNode, jobNode, NS, runEvent, runId } from './catalog-events.js';

const [CLAIMS, RAW, SCORES, REPORT] = ['claims', 'raw.claims', 'scores', 'report'].map(datasetNode);
const HOLDER = fieldNode('claims', 'holder_hash');
const [ANA, BEN] = ['agent:user:ana', 'agent:user:ben'];
const [TOP, PART, OTHER] = ['domain:claims', 'domain:intake', 'domain:payouts'];
const BOUND = 'you may edit what is in domain:claims (Claims)';

type Headers = Record<string, string>;

interface Made {
  readonly __typename: string;
  readonly id: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
}

interface Placed {
  readonly domain: { readonly id: string } | null;
  readonly description: string | null;
  readonly tags: readonly { readonly tag: { readonly name: string } }[];
}

const opened: CatalogApp[] = [];
let catalog: CatalogApp;
let admin: Headers;

/** claims is in a part of the domain, raw.claims in the domain, scores in another one, report and the jobs in none. */
beforeEach(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  admin = await catalog.readerOf(null, SCOPES);
  for (const [name, key, parent] of [
    ['Claims', 'claims', null],
    ['Intake', 'intake', TOP],
    ['Payouts', 'payouts', null],
  ] as const)
    await done(admin, 'createDomain', { name, key, parent });
  for (const [on, domain] of [
    [CLAIMS, PART],
    [RAW, TOP],
    [SCORES, OTHER],
  ] as const)
    await done(admin, 'assignDomain', { on, domain });
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

const typeOf = (mutation: string): string => `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;

/** What a mutation came to: every union of results ends in a refusal with these members. */
async function made(headers: Headers, mutation: string, input: object): Promise<Made> {
  const refusal: Readonly<Record<string, string>> = {
    ...{ createDomain: 'DomainRefusal', changeDomain: 'DomainRefusal', removeDomain: 'DomainRefusal' },
    ...{ createDataProduct: 'DataProductRefusal', changeDataProduct: 'DataProductRefusal' },
    ...{ removeDataProduct: 'DataProductRefusal', grantRole: 'AccessRefusal', withdrawRole: 'AccessRefusal' },
    ...{ createLogicalDataset: 'LogicalDatasetRefusal', changeLogicalDataset: 'LogicalDatasetRefusal' },
    ...{ createTerm: 'TermRefusal', startEdits: 'StartEditsRefusal', handOver: 'HandOverRefusal' },
  };
  const result = `__typename ... on ${refusal[mutation] ?? 'EditRefusal'} { reason message faults { pointer detail } }
    ${mutation === 'grantRole' ? '... on RoleBinding { id }' : ''}`;
  return catalog.mutate<Made>(mutation, input, { result, headers, type: typeOf(mutation) });
}

async function done(headers: Headers, mutation: string, input: object): Promise<Made> {
  const outcome = await made(headers, mutation, input);
  expect(outcome, JSON.stringify(input)).not.toMatchObject({ reason: expect.any(String) as string });
  return outcome;
}

async function refused(headers: Headers, mutation: string, input: object, message: string): Promise<void> {
  expect(await made(headers, mutation, input), `${mutation} ${JSON.stringify(input)}`).toMatchObject({
    reason: 'MISSING_SCOPE',
    message,
  });
}

/** A token that reads the catalog (these namespaces of it) and has a role in a domain. */
async function boundTo(domain: string, role = 'EDITOR', namespaces?: readonly string[]): Promise<Headers> {
  const headers = await catalog.readerOf(namespaces ?? null);
  const subject = `token:${/hw_([0-9a-z]+)_/.exec(headers.authorization)?.[1] ?? ''}`;
  await done(admin, 'grantRole', { subject, role, domain, namespaces: namespaces ?? null });
  return headers;
}

async function placed(id: string | undefined): Promise<Placed> {
  const { node } = await catalog.data<{ node: Placed }>(
    `query ($id: ID!) { node(id: $id) { ... on Asset { domain { id } description tags { tag { name } } } } }`,
    { id },
    admin,
  );
  return node;
}

test('who has a role in a domain edits what is in it and in its parts, and nothing else', async () => {
  const ann = await boundTo(TOP);
  await done(ann, 'describeAsset', { on: CLAIMS, text: 'By Ann' });
  await done(ann, 'tagAsset', { on: HOLDER, tag: 'pii' });
  await done(ann, 'assignOwner', { on: RAW, agent: ANA, role: 'STEWARD' });
  expect((await placed(CLAIMS)).description).toBe('By Ann');
  for (const on of [SCORES, REPORT, jobNode('clean')]) {
    await refused(ann, 'describeAsset', { on, text: 'By Ann' }, `You may not edit ${on ?? ''}: ${BOUND}`);
    await refused(ann, 'deleteAsset', { on, reason: 'away with it' }, `You may not edit ${on ?? ''}: ${BOUND}`);
  }
  await refused(
    ann,
    'confirmOwnership',
    { on: SCORES, agent: ANA, role: 'OWNER' },
    `You are not known to be ${ANA}, and may not edit ${SCORES ?? ''}: ${BOUND}`,
  );
  expect((await placed(REPORT)).description).toBeNull();
});

test('what leaves the domain cannot be edited any more, and what comes into it can', async () => {
  const ann = await boundTo(TOP);
  await done(admin, 'assignDomain', { on: CLAIMS, domain: OTHER });
  await refused(ann, 'tagAsset', { on: CLAIMS, tag: 'mine' }, `You may not edit ${CLAIMS ?? ''}: ${BOUND}`);
  await done(admin, 'changeDomain', { domain: OTHER, parent: PART });
  await done(ann, 'tagAsset', { on: CLAIMS, tag: 'mine' });
  await done(admin, 'changeDomain', { domain: OTHER, parent: null });
  await refused(ann, 'tagAsset', { on: CLAIMS, tag: 'too' }, `You may not edit ${CLAIMS ?? ''}: ${BOUND}`);
  // Its name is what people call it: the key stays.
  await done(admin, 'changeDomain', { domain: TOP, name: 'Schäden' });
  await done(ann, 'tagAsset', { on: RAW, tag: 'mine' });
});

test('nobody widens what they may edit by moving an asset', async () => {
  const ann = await boundTo(TOP);
  await done(ann, 'assignDomain', { on: CLAIMS, domain: TOP });
  await refused(ann, 'assignDomain', { on: SCORES, domain: TOP }, `You may not edit ${SCORES ?? ''}: ${BOUND}`);
  await refused(ann, 'assignDomain', { on: REPORT, domain: TOP }, `You may not edit ${REPORT ?? ''}: ${BOUND}`);
  await refused(
    ann,
    'assignDomain',
    { on: CLAIMS, domain: OTHER },
    `You may not put ${CLAIMS ?? ''} into ${OTHER}: ${BOUND}`,
  );
  await refused(
    ann,
    'assignDomain',
    { on: CLAIMS, domain: null },
    `You may not take ${CLAIMS ?? ''} out of its domain: ${BOUND}`,
  );
  expect([(await placed(CLAIMS)).domain, (await placed(SCORES)).domain, (await placed(REPORT)).domain]).toEqual([
    { id: TOP },
    { id: OTHER },
    null,
  ]);
});

test('nobody widens what they may edit by a dataset that is merged with one of theirs', async () => {
  const ann = await boundTo(TOP);
  const symlinks = facet({ identifiers: [{ namespace: NS, name: 'scores', type: 'TABLE' }] });
  await catalog.take([
    runEvent({
      ...{ job: 'other', runId: runId(90), at: '2026-03-06T01:00:00Z' },
      outputs: [{ name: 'claims', facets: { symlinks } }],
    }),
  ]);
  const { node } = await catalog.data<{ node: { id: string } }>(
    'query ($id: ID!) { node(id: $id) { id } }',
    { id: SCORES },
    admin,
  );
  expect((await placed(CLAIMS)).domain).toEqual((await placed(SCORES)).domain);
  await refused(ann, 'tagAsset', { on: SCORES, tag: 'mine' }, `You may not edit ${node.id}: ${BOUND}`);
});

test('domains, data products and logical datasets are defined in the domain, and moved within it', async () => {
  const ann = await boundTo(TOP, 'STEWARD');
  await done(ann, 'changeDomain', { domain: TOP, description: 'What is claimed', owners: [{ agent: ANA }] });
  await done(ann, 'createDomain', { name: 'Triage', key: 'triage', parent: TOP });
  await done(ann, 'changeDomain', { domain: 'domain:triage', parent: PART });
  await done(ann, 'createDataProduct', { name: 'Record', key: 'record', domain: TOP });
  await done(ann, 'changeDataProduct', { product: 'product:record', domain: PART });
  await done(ann, 'createLogicalDataset', { name: 'Claim', key: 'claim', domain: PART });
  await done(ann, 'removeDataProduct', { product: 'product:record' });
  await done(ann, 'removeDomain', { domain: 'domain:triage' });

  await done(admin, 'createDataProduct', { name: 'Money', key: 'money', domain: OTHER });
  const attempts: readonly (readonly [mutation: string, input: object, what: string])[] = [
    ['changeDomain', { domain: OTHER, parent: TOP }, `define ${OTHER}`],
    ['changeDomain', { domain: OTHER, owners: [{ agent: ANA }] }, `define ${OTHER}`],
    ['changeDomain', { domain: TOP, parent: OTHER }, `define ${TOP} in no domain`],
    ['changeDomain', { domain: PART, parent: OTHER }, `define ${PART} in ${OTHER}`],
    ['changeDomain', { domain: PART, parent: null }, `define ${PART} in no domain`],
    ['createDomain', { name: 'Mine' }, 'define domain:mine in no domain'],
    ['createDomain', { name: 'Mine', parent: OTHER }, `define domain:mine in ${OTHER}`],
    ['removeDomain', { domain: TOP }, `define ${TOP} in no domain`],
    ['changeDataProduct', { product: 'product:money', domain: TOP }, `define product:money in ${OTHER}`],
    ['removeDataProduct', { product: 'product:money' }, `define product:money in ${OTHER}`],
    ['createDataProduct', { name: 'Mine' }, 'define product:mine in no domain'],
    ['changeLogicalDataset', { logicalDataset: 'logical:claim', domain: OTHER }, `define logical:claim in ${OTHER}`],
    ['changeLogicalDataset', { logicalDataset: 'logical:claim', domain: null }, 'define logical:claim in no domain'],
  ];
  for (const [mutation, input, what] of attempts) await refused(ann, mutation, input, `You may not ${what}: ${BOUND}`);
  expect(await made(ann, 'changeDomain', { domain: 'domain:none', name: 'x' })).toMatchObject({
    reason: 'NO_SUCH_DOMAIN',
  });
  const { domains } = await catalog.data<{ domains: unknown[] }>('{ domains { id parent { id } } }', {}, ann);
  expect(domains).toEqual([
    { id: TOP, parent: null },
    { id: PART, parent: { id: TOP } },
    { id: OTHER, parent: null },
  ]);
  // What is of the whole catalog stays so.
  await refused(
    ann,
    'createTerm',
    { name: 'Claim' },
    'Terms are of the whole catalog, and you may see or edit a part of it',
  );
});

test('edits of many assets leave out what is not in the domain', async () => {
  const ann = await boundTo(TOP);
  const selection = { ids: [CLAIMS, RAW, SCORES, REPORT] };
  const preview = async (change: object) =>
    (
      await catalog.data<{ plan: { forbidden: number; edits: { asset: { id: string } }[] } }>(
        `query ($selection: EditSelection!, $change: EditChange!) { plan: previewEdits(selection: $selection, change: $change) {
          forbidden edits { asset { id } } } }`,
        { selection, change },
        ann,
      )
    ).plan;
  const tagged = await preview({ addTags: ['mine'] });
  expect([tagged.forbidden, tagged.edits.map(({ asset }) => asset.id)]).toEqual([2, [CLAIMS, RAW]]);
  expect(await preview({ domain: TOP })).toMatchObject({ forbidden: 2, edits: [{ asset: { id: CLAIMS } }] });
  expect(await preview({ domain: OTHER })).toMatchObject({ forbidden: 4, edits: [] });
  expect(await preview({ domain: null })).toMatchObject({ forbidden: 4, edits: [] });
  const { job } = await catalog.data<{ job: { job: { id: string; total: number } } }>(
    `mutation ($input: StartEditsInput!) { job: startEdits(input: $input) { ... on StartedEdits { job { id total } } } }`,
    { input: { selection, change: { addTags: ['mine'] } } },
    ann,
  );
  expect(job.job.total).toBe(2);
  await ended(job.job.id, ann);
  const names = async (id: string | undefined) => (await placed(id)).tags.map(({ tag }) => tag.name);
  expect([await names(RAW), await names(SCORES), await names(REPORT)]).toEqual([['mine'], [], []]);
});

async function ended(id: string, headers: Headers): Promise<void> {
  for (let isOver = false; !isOver;) {
    await catalog.catchUp();
    const { job } = await catalog.data<{ job: { endedAt: string | null } }>(
      `query ($id: ID!) { job: editJob(id: $id) { endedAt } }`,
      { id },
      headers,
    );
    isOver = job.endedAt !== null;
  }
}

test('a file is taken by rows: each of an asset that is not in the domain, or would leave it, is told', async () => {
  const ann = await boundTo(TOP);
  const row = (id: string | undefined, domain: string): string => JSON.stringify({ id, domain });
  const file = [row(CLAIMS, TOP), row(RAW, OTHER), row(SCORES, TOP), row(REPORT, TOP)].join('\n');
  const take = async (mode: string) =>
    (
      await catalog.data<{
        done: { total: number; rejected: { line: number; detail: string }[]; faults: unknown[]; job: { id: string } };
      }>(
        `mutation ($input: ImportAssetsInput!) { done: importAssets(input: $input) {
          ... on ImportedAssets { total rejected { line detail } job { id } } ... on AssetImportRefusal { faults { detail } } } }`,
        { input: { file, format: 'JSON_LINES', mode } },
        ann,
      )
    ).done;
  const why = (what: string) => `says something else than what is so, and you may not ${what}: ${BOUND}`;
  const problems = [why(`put ${RAW ?? ''} into ${OTHER}`), why(`edit ${SCORES ?? ''}`), why(`edit ${REPORT ?? ''}`)];
  expect((await take('ALL_OR_NONE')).faults).toEqual(
    problems.map((detail, index) => ({ detail: `line ${String(index + 2)}: ${detail}` })),
  );
  expect((await placed(CLAIMS)).domain).toEqual({ id: PART });
  const good = await take('GOOD_ROWS');
  expect([good.total, good.rejected.map(({ detail }) => detail)]).toEqual([1, problems]);
  await ended(good.job.id, ann);
  expect([(await placed(CLAIMS)).domain, (await placed(SCORES)).domain]).toEqual([{ id: TOP }, { id: OTHER }]);
});

test('a hand-over is of what is in the domain, and of no definition', async () => {
  const ann = await boundTo(TOP);
  for (const on of [CLAIMS, SCORES]) await done(admin, 'assignOwner', { on, agent: ANA, role: 'STEWARD' });
  await done(admin, 'changeDomain', { domain: TOP, owners: [{ agent: ANA }] });
  const { plan } = await catalog.data<{ plan: object }>(
    `query ($from: ID!, $to: ID!) { plan: previewHandOver(from: $from, to: $to) {
      forbidden forbiddenDefinitions definitions { __typename } edits { asset { id } } } }`,
    { from: ANA, to: BEN },
    ann,
  );
  expect(plan).toEqual({ forbidden: 1, forbiddenDefinitions: 1, definitions: [], edits: [{ asset: { id: CLAIMS } }] });
});

test('suggestions are settled in the domain, and each other one is refused with where one may', async () => {
  const ann = await boundTo(TOP);
  const schema = facet({ fields: [{ name: 'email', type: 'VARCHAR' }] });
  await catalog.take([
    runEvent({
      ...{ job: 'mail', runId: runId(91), at: '2026-03-06T01:00:00Z' },
      outputs: ['raw.claims', 'scores'].map((name) => ({ name, facets: { schema } })),
    }),
  ]);
  const suggestions = ['raw.claims', 'scores'].map((name) => ({
    ...{ field: fieldNode(name, 'email'), tag: 'pii=email' },
  }));
  for (const mutation of ['dismissTagSuggestions', 'restoreTagSuggestions', 'confirmTagSuggestions']) {
    const { results } = await catalog.mutate<{ results: unknown[] }>(
      mutation,
      { suggestions },
      {
        type: 'SettleTagSuggestionsInput',
        result: '... on SettledTagSuggestions { results { refusal message } }',
        headers: ann,
      },
    );
    expect(results, mutation).toEqual([
      { refusal: null, message: null },
      { refusal: 'MISSING_SCOPE', message: `You may not edit ${SCORES ?? ''}: ${BOUND}` },
    ]);
  }
});

test('a role is bound by a domain that there is, and grants nothing once that is gone', async () => {
  const subject = 'email:ann@example.org';
  const faults = async (input: object) => (await made(admin, 'grantRole', { subject, ...input })).faults;
  expect(await faults({ role: 'EDITOR', domain: 'domain:none' })).toEqual([
    { pointer: '/domain', detail: 'there is no such domain: domain:none' },
  ]);
  expect(await faults({ role: 'EDITOR', domain: 'claims' })).toMatchObject([{ pointer: '/domain' }]);
  expect(await faults({ role: 'EDITOR', domain: 'agent:team:a' })).toMatchObject([{ pointer: '/domain' }]);
  for (const role of ['VIEWER', 'PRODUCER', 'AUDITOR', 'ADMIN'])
    expect(await faults({ role, domain: TOP }), role).toMatchObject([{ pointer: '/domain' }]);

  await done(admin, 'createDomain', { name: 'Short', key: 'short' });
  const bob = await boundTo('domain:short');
  await done(admin, 'removeDomain', { domain: 'domain:short' });
  const gone = 'you may edit what is in domain:short, which is no more';
  await refused(bob, 'tagAsset', { on: REPORT, tag: 'x' }, `You may not edit ${REPORT ?? ''}: ${gone}`);
  const list = '{ roleBindings(first: 1) { edges { node { role domainId domain { name } } } } }';
  const { roleBindings } = await catalog.data<{ roleBindings: object }>(list, {}, admin);
  expect(roleBindings).toEqual({ edges: [{ node: { role: 'EDITOR', domainId: 'domain:short', domain: null } }] });
});

test('a binding is told where it holds, in the audit too, and is gone at once', async () => {
  const ann = await boundTo(TOP, 'STEWARD', ['*']);
  const { viewer } = await catalog.data<{ viewer: { scopes: object[] } }>(
    '{ viewer { scopes { scope namespaces domains { id namespaces } } } }',
    {},
    ann,
  );
  expect(viewer.scopes).toEqual([
    { scope: 'CATALOG_READ', namespaces: [['*'], ['*']], domains: [] },
    {
      ...{ scope: 'CATALOG_EDIT', namespaces: [] },
      domains: [
        { id: TOP, namespaces: [['*']] },
        { id: PART, namespaces: [['*']] },
      ],
    },
    { scope: 'DECISION_READ', namespaces: [['*']], domains: [] },
  ]);
  const { roleBindings } = await catalog.data<{ roleBindings: { edges: { node: { id: string } }[] } }>(
    '{ roleBindings(first: 1) { edges { node { id domainId domain { name } } } } }',
    {},
    admin,
  );
  const [binding] = roleBindings.edges.map(({ node }) => node);
  expect(binding).toMatchObject({ domainId: TOP, domain: { name: 'Claims' } });
  await done(admin, 'withdrawRole', { id: binding?.id });
  const { errors } = await catalog.ask(
    `mutation ($input: TagAssetInput!) { tagAsset(input: $input) { __typename } }`,
    { input: { on: CLAIMS, tag: 'x' } },
    ann,
  );
  expect(errors[0]?.extensions).toMatchObject({ reason: 'MISSING_SCOPE' });
  const { accessEvents } = await catalog.data<{ accessEvents: object }>(
    '{ accessEvents(first: 2, filter: { types: [ROLE_GRANTED, ROLE_WITHDRAWN] }) { edges { node { type domainId binding } } } }',
    {},
    admin,
  );
  expect(accessEvents).toEqual({
    edges: ['ROLE_WITHDRAWN', 'ROLE_GRANTED'].map((type) => ({ node: { type, domainId: TOP, binding: binding?.id } })),
  });
});

test('namespaces of a binding narrow what is read and edited, and then nothing is defined', async () => {
  await catalog.take([
    runEvent({
      ...{ job: 'more', runId: runId(92), at: '2026-03-06T01:00:00Z' },
      outputs: [{ namespace: 'hidden', name: 'secret' }],
    }),
  ]);
  const secret = 'dataset:hidden:secret';
  await done(admin, 'assignDomain', { on: secret, domain: TOP });
  const ann = await boundTo(TOP, 'EDITOR', [NS]);
  await done(ann, 'tagAsset', { on: RAW, tag: 'x' });
  expect(await made(ann, 'tagAsset', { on: secret, tag: 'x' })).toMatchObject({ reason: 'NO_SUCH_ASSET' });
  await refused(
    ann,
    'changeDomain',
    { domain: PART, name: 'x' },
    'Domains are of the whole catalog, and you may see or edit a part of it',
  );
  const { node } = await catalog.data<{ node: object | null }>(`{ node(id: "${secret}") { id } }`, {}, ann);
  expect(node).toBeNull();
});

test('who edits by namespace and by domain has both, and neither more', async () => {
  const both = await catalog.readerOf(null);
  const subject = `token:${/hw_([0-9a-z]+)_/.exec(both['authorization'])?.[1] ?? ''}`;
  await done(admin, 'grantRole', { subject, role: 'EDITOR', namespaces: ['airflow'] });
  await done(admin, 'grantRole', { subject, role: 'EDITOR', domain: OTHER });
  await done(both, 'assignDomain', { on: jobNode('score'), domain: TOP });
  await done(both, 'tagAsset', { on: jobNode('score'), tag: 'x' });
  await done(both, 'tagAsset', { on: SCORES, tag: 'x' });
  await refused(
    both,
    'tagAsset',
    { on: CLAIMS, tag: 'x' },
    `You may not edit ${CLAIMS ?? ''}: you may edit what is in domain:payouts (Payouts), and in some namespaces`,
  );
});

test('a rotated token edits where the one before it did', async () => {
  const ann = await boundTo(TOP);
  const id = /hw_([0-9a-z]+)_/.exec(ann['authorization'] ?? '')?.[1];
  const { text } = await catalog.mutate<{ text: string }>(
    'rotateToken',
    { id },
    { result: '... on CreatedToken { text }', headers: admin },
  );
  const next = { authorization: `Bearer ${text}` };
  await done(next, 'tagAsset', { on: CLAIMS, tag: 'x' });
  await refused(next, 'tagAsset', { on: SCORES, tag: 'x' }, `You may not edit ${SCORES ?? ''}: ${BOUND}`);
});

test('a search with many assets is judged in as many statements as one with few', async () => {
  const ann = await boundTo(TOP);
  const { apiPool } = catalog;
  const query = apiPool.query.bind(apiPool);
  const counted = async (ids: readonly (string | undefined)[]): Promise<number> => {
    let statements = 0;
    Object.assign(apiPool, {
      query: (...given: readonly unknown[]) => {
        statements += 1;
        return (query as (...all: readonly unknown[]) => unknown)(...given);
      },
    });
    await catalog.data(
      `query ($ids: [ID!]!) { previewEdits(selection: { ids: $ids }, change: { addTags: ["x"] }) { total } }`,
      { ids },
      ann,
    );
    Object.assign(apiPool, { query });
    return statements;
  };
  const few = await counted([CLAIMS]);
  expect(few).toBeGreaterThan(0);
  expect(await counted([CLAIMS, RAW, SCORES, REPORT, jobNode('clean'), jobNode('score')])).toBe(few);
});
