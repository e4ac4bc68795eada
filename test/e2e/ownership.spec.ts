import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const RAW = datasetNode('raw.claims');
const OWNER = 'agent { id } role source because since rule { number line }';
const RULES = 'rules { number line since enteredBy } file editVersion';

interface Told {
  readonly owners: readonly {
    readonly agent: { readonly id: string };
    readonly source: string;
    readonly because: string;
  }[];
  readonly overruled: readonly { readonly agent: { readonly id: string } }[];
}

interface Rules {
  readonly file: string;
  readonly editVersion: string;
  readonly rules: readonly { readonly number: number; readonly line: string }[];
}

interface Set {
  readonly __typename: string;
  readonly rules: Rules | null;
  readonly reason: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
  readonly current: Rules | null;
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

async function set(input: object, headers: Record<string, string> = {}): Promise<Set> {
  const query = `mutation ($input: SetOwnershipRulesInput!) { done: setOwnershipRules(input: $input) { __typename
    ... on EditedOwnershipRules { rules { ${RULES} } position isReadable }
    ... on OwnershipRulesRefusal { reason message faults { pointer detail } current { ${RULES} } } } }`;
  return (await catalog.whileProjecting(catalog.data<{ done: Set }>(query, { input }, headers))).done;
}

async function ownersOf(asset: string, asOf: string | null = null): Promise<Told | null> {
  const query = `query ($asset: ID!, $asOf: DateTime) {
    effectiveOwners(asset: $asset, asOf: $asOf) { owners { ${OWNER} } overruled { ${OWNER} } } }`;
  const { effectiveOwners } = await catalog.data<{ effectiveOwners: Told | null }>(query, { asset, asOf });
  return effectiveOwners;
}

const idsOf = (told: Told | null): readonly string[] => (told?.owners ?? []).map(({ agent }) => agent.id);

test('a file of rules says who answers, explains it, and search and impact go by it', async () => {
  const before = new Date().toISOString();
  const done = await set({ file: '# who answers\n* team:data\nclaims* team:claims STEWARD=ana@example.com\n' });
  expect(done.rules?.rules.map(({ number, line }) => [number, line])).toEqual([
    [1, '* team:data'],
    [2, 'claims* team:claims STEWARD=user:ana@example.com'],
  ]);
  const told = await ownersOf(CLAIMS);
  const [ruled] = (told?.owners ?? []).filter(({ agent }) => agent.id === 'agent:team:claims');
  expect(ruled).toMatchObject({ role: 'OWNER', source: 'RULE', rule: { number: 2 } });
  expect(ruled?.because).toMatch(/^By rule 2, "claims\* team:claims .*", entered by .* in event \d+$/);
  expect((await ownersOf(CLAIMS, before))?.owners.map(({ source }) => source)).toEqual(['FACET']);
  const { search, impact, node } = await catalog.data<{
    search: { totalCount: number; facets: { name: string; values: { value: string }[] }[] };
    impact: { groups: { owner: { id: string } | null }[] };
    node: { effectiveOwners: Told };
  }>(
    `query ($root: ID!, $claims: ID!) {
      search(query: "", filter: { owners: ["agent:team:claims"] }) { totalCount facets { name values { value } } }
      impact(root: $root) { groups { owner { id } } }
      node(id: $claims) { ... on Asset { effectiveOwners { owners { agent { id } } overruled { agent { id } } } } } }`,
    { root: RAW, claims: CLAIMS },
  );
  expect(search.totalCount).toBeGreaterThan(0);
  expect(search.facets.find(({ name }) => name === 'OWNER')?.values).toContainEqual({ value: 'agent:team:data' });
  expect(impact.groups.map(({ owner }) => owner?.id)).toContain('agent:team:claims');
  expect(idsOf(node.effectiveOwners)).toEqual(idsOf(told));
});

test('what other rules would change is told before they are set, and is so once they are', async () => {
  interface Preview {
    readonly rules: readonly { readonly number: number; readonly line: string; readonly decides: number }[];
    readonly total: number;
    readonly gained: number;
    readonly lost: number;
    readonly assets: readonly {
      readonly asset: { readonly id: string };
      readonly rule: number | null;
      readonly before: readonly { readonly agent: { readonly id: string } }[];
      readonly after: readonly { readonly agent: { readonly id: string } }[];
    }[];
  }
  const document = `query ($input: OwnershipRulesInput!, $skip: Int!, $most: Int!) { previewOwnershipRules(input: $input) {
    rules { number line decides } total gained lost
    assets(skip: $skip, most: $most) { asset { id } rule before { agent { id } } after { agent { id } } } } }`;
  const preview = async (input: object, part = { skip: 0, most: 100 }): Promise<Preview> =>
    (await catalog.data<{ previewOwnershipRules: Preview }>(document, { input, ...part })).previewOwnershipRules;
  const first = '* team:data\nnothing.at.all team:x\n';
  const told = await preview({ file: first });
  expect(told.rules.map(({ line, decides }) => [line, decides > 0])).toEqual([
    ['* team:data', true],
    ['nothing.at.all team:x', false],
  ]);
  expect(told.gained).toBeGreaterThan(0);
  expect(told.lost).toBe(0);
  expect(told.assets).toHaveLength(told.total);
  for (const { asset, before, after } of told.assets) {
    expect(after).toEqual([{ agent: { id: 'agent:team:data' } }]);
    expect(idsOf(await ownersOf(asset.id))).toEqual(before.map(({ agent }) => agent.id));
  }
  expect((await preview({ file: first }, { skip: 1, most: 1 })).assets).toEqual(told.assets.slice(1, 2));
  await set({ file: first });
  for (const { asset, after } of told.assets)
    expect(idsOf(await ownersOf(asset.id))).toEqual(after.map(({ agent }) => agent.id));
  expect(await preview({ file: first })).toEqual({ rules: [], total: 0, gained: 0, lost: 0, assets: [] });
  const more = await preview({ file: `${first}claims team:claims\n` });
  expect(more.rules).toEqual([{ number: 3, line: 'claims team:claims', decides: 1 }]);
  expect(more.assets).toEqual([
    {
      asset: { id: CLAIMS },
      rule: 3,
      before: [{ agent: { id: 'agent:team:data' } }],
      after: [{ agent: { id: 'agent:team:claims' } }],
    },
  ]);
  const none = await preview({ rules: [] });
  expect([none.total, none.lost, none.rules]).toEqual([told.total, told.gained, []]);
  const { errors } = await catalog.ask(document, { input: { file: 'claims* nobody\n' }, skip: 0, most: 1 });
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ pointer: '/file' }] });
  const guarded = await CatalogApp.start({ auth: 'on' });
  opened.push(guarded);
  const part = await guarded.readerOf(['wh*']);
  const { errors: refused } = await guarded.ask(document, { input: { file: first }, skip: 0, most: 1 }, part);
  expect(refused[0]?.extensions['code']).toBe('FORBIDDEN');
});

test('nothing is without owner once a rule fits everything, and the file can be set again', async () => {
  const unowned = async (): Promise<number> => {
    const query = '{ search(query: "", filter: { hasOwner: false }) { totalCount } }';
    return (await catalog.data<{ search: { totalCount: number } }>(query)).search.totalCount;
  };
  expect(await unowned()).toBeGreaterThan(0);
  await set({ rules: [{ owners: [{ agent: 'agent:team:data' }] }] });
  expect(await unowned()).toBe(0);
  const { ownershipRules } = await catalog.data<{ ownershipRules: Rules }>(`{ ownershipRules { ${RULES} } }`);
  expect(ownershipRules.file).toBe('* team:data\n');
  const again = await set({ file: ownershipRules.file, expectedVersion: ownershipRules.editVersion });
  expect(again.rules).toEqual(ownershipRules);
  await set({ rules: [] });
  expect(await unowned()).toBeGreaterThan(0);
});

test('what somebody answers for is told with each role and why, page by page, and only while it is so', async () => {
  interface Page {
    readonly edges: readonly {
      readonly node: { readonly asset: { readonly id: string }; readonly roles: readonly { readonly role: string }[] };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly totalCount: number;
  }
  const query = `query ($agent: ID!, $first: Int, $after: String) {
    responsibleFor(agent: $agent, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { asset { id } roles { role source because rule { line } } } } } }`;
  const of = async (agent: string, more: object = {}): Promise<Page> =>
    (await catalog.data<{ responsibleFor: Page }>(query, { agent, ...more })).responsibleFor;
  await set({ file: '* team:data\nclaims* STEWARD=team:data OWNER=team:claims\n' });
  const all = await of('agent:team:data', { first: 100 });
  expect(all.totalCount).toBe(all.edges.length);
  const claims = all.edges.find(({ node }) => node.asset.id === CLAIMS);
  expect(claims?.node.roles).toMatchObject([{ role: 'STEWARD', source: 'RULE' }]);
  const read: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await of('agent:team:data', { first: 2, after });
    read.push(...page.edges.map(({ node }) => node.asset.id));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(read).toEqual(all.edges.map(({ node }) => node.asset.id));
  await set({ rules: [] });
  expect((await of('agent:team:data')).edges).toEqual([]);
  expect(await of('agent:user:nobody')).toMatchObject({ totalCount: 0, edges: [] });
  const { errors } = await catalog.ask(query, { agent: CLAIMS });
  expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

test('an owner by rule is taken off one asset by hand, and an edit overrules the rule', async () => {
  await set({ file: '* team:data\n' });
  const edit = async (mutation: string, input: string): Promise<void> => {
    await catalog.whileProjecting(catalog.data(`mutation { ${mutation}(input: ${input}) { __typename } }`));
  };
  await edit('removeOwner', `{ on: "${CLAIMS}", agent: "agent:team:data" }`);
  expect(idsOf(await ownersOf(CLAIMS))).not.toContain('agent:team:data');
  await edit('assignOwner', `{ on: "${RAW}", agent: "agent:user:ana" }`);
  const told = await ownersOf(RAW);
  expect(idsOf(told)).toContain('agent:user:ana');
  expect(told?.overruled.map(({ agent }) => agent.id)).toContain('agent:team:data');
});

test('all that is wrong is told by line or rule, and nothing is changed', async () => {
  await set({ file: '* team:data\n' });
  const file = await set({ file: '* team:data\ndomain:none team:x\nclaims* nobody\n' });
  expect([file.reason, ...file.faults.map(({ pointer, detail }) => `${pointer} ${detail}`)]).toEqual([
    'INVALID_INPUT',
    '/file line 2: there is no domain:none',
    expect.stringContaining('/file line 3: "nobody" is no owner'),
  ]);
  const list = await set({
    rules: [
      { namespace: '', owners: [{ agent: 'team:x', role: 'A=B' }] },
      { domain: 'claims', tag: ' ', owners: [] },
    ],
  });
  expect(list.faults.map(({ pointer }) => pointer)).toEqual([
    '/rules/0/namespace',
    '/rules/0/owners/0/agent',
    '/rules/0/owners/0/role',
    '/rules/1/tag',
    '/rules/1/domain',
    '/rules/1/domain',
  ]);
  expect((await set({ file: '*', rules: [] })).reason).toBe('INVALID_INPUT');
  expect((await set({})).reason).toBe('INVALID_INPUT');
  const late = await set({ file: '* team:x\n', expectedVersion: `${catalog.log.logId}.0` });
  expect([late.reason, late.current?.file]).toEqual(['EDITED_MEANWHILE', '* team:data\n']);
  expect(await ownersOf(datasetNode('nothing'))).toBeNull();
  expect(await ownersOf('nonsense')).toBeNull();
});

test('100 assets cost as many statements as one', async () => {
  await set({ file: '* team:data\n' });
  const ask = (first: number): Promise<unknown> =>
    catalog.data(
      `{ search(query: "", first: ${first}) { edges { node { asset { effectiveOwners { owners { role } } } } } } }`,
    );
  const statements = async (first: number): Promise<number> => {
    const sent = vi.spyOn(catalog.apiPool, 'query');
    await ask(first);
    const { length } = sent.mock.calls;
    sent.mockRestore();
    return length;
  };
  await ask(100);
  expect(await statements(100)).toBe(await statements(1));
});
