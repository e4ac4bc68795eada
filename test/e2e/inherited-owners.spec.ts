import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const SCORES = datasetNode('scores');
const RAW = datasetNode('raw.claims');
const [ANA, BEN, CAT] = ['agent:user:ana', 'agent:user:ben', 'agent:team:cat'];
const OWNER = `agent { id } role source because producer since
  inheritedFrom { __typename id ... on Domain { name } ... on DataProduct { name } }`;

interface Owner {
  readonly agent: { readonly id: string };
  readonly role: string;
  readonly source: string;
  readonly because: string;
  readonly since: string;
  readonly inheritedFrom: object | null;
}

interface Told {
  readonly owners: readonly Owner[];
  readonly overruled: readonly Owner[];
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

async function edit(mutation: string, input: object): Promise<{ readonly __typename: string }> {
  return catalog.mutate(mutation, input, mutation === 'addOutputPort' ? { type: 'OutputPortInput' } : {});
}

async function ownersOf(asset: string, asOf: string | null = null): Promise<Told> {
  const query = `query ($asset: ID!, $asOf: DateTime) {
    told: effectiveOwners(asset: $asset, asOf: $asOf) { owners { ${OWNER} } overruled { ${OWNER} } } }`;
  return (await catalog.data<{ told: Told }>(query, { asset, asOf })).told;
}

const short = ({ agent, role, source }: Owner): string => `${agent.id} ${role} ${source}`;
const owner = (agent: string | undefined, role = 'OWNER') => ({ agent, role });

/** The domain Intake within Claims, which has owners, and the datasets claims, scores and raw.claims in Intake. */
async function inDomains(): Promise<void> {
  await edit('createDomain', { name: 'Claims', owners: [owner(ANA), owner(ANA, 'STEWARD')] });
  await edit('createDomain', { name: 'Intake', parent: 'domain:claims' });
  for (const on of [CLAIMS, SCORES, RAW]) await edit('assignDomain', { on, domain: 'domain:intake' });
}

test('owners of a domain are told with since when and by whom, as of any moment, and kept while others change', async () => {
  await edit('createDomain', { name: 'Claims', owners: [owner(ANA)] });
  const before = new Date().toISOString();
  await edit('changeDomain', { domain: 'domain:claims', owners: [owner(BEN), owner(ANA), owner(BEN)] });
  await edit('changeDomain', { domain: 'domain:claims', name: 'Claims & Payout' });
  const body = 'name owners { agent { id } role since enteredBy position }';
  const { now, then, domains, none } = await catalog.data<{
    now: { owners: readonly { agent: { id: string }; since: string; enteredBy: string }[] };
    then: { owners: readonly { agent: { id: string } }[] };
    domains: readonly object[];
    none: null;
  }>(
    `query ($asOf: DateTime) { now: domain(id: "domain:claims") { ${body} } domains { ${body} }
      then: domain(id: "domain:claims", asOf: $asOf) { ${body} } none: domain(id: "domain:none") { name } }`,
    { asOf: before },
  );
  expect(now.owners.map(({ agent }) => agent.id)).toEqual([ANA, BEN]);
  expect(Date.parse(now.owners[0]?.since ?? '')).toBeLessThan(Date.parse(now.owners[1]?.since ?? ''));
  expect(now.owners[0]?.enteredBy).not.toBe('');
  expect(then.owners.map(({ agent }) => agent.id)).toEqual([ANA]);
  expect([domains, none]).toEqual([[now], null]);
});

test('who answers for a domain answers for what is in its parts, where nothing nearer says who does', async () => {
  const before = new Date().toISOString();
  await inDomains();
  const told = await ownersOf(SCORES);
  expect(told.owners.map(short)).toEqual([`${ANA} OWNER DOMAIN`, `${ANA} STEWARD DOMAIN`]);
  expect(told.owners[0]).toMatchObject({
    because: expect.stringMatching(/^As owner of the domain "Claims" entered by .+ in event \d+$/) as string,
    inheritedFrom: { __typename: 'Domain', id: 'domain:claims', name: 'Claims' },
  });
  expect((await ownersOf(SCORES, before)).owners).toEqual([]);
  // A producer names the owner of claims.
  expect((await ownersOf(CLAIMS)).owners.map(short)).toEqual([
    'agent:team:claims OWNER FACET',
    `${ANA} STEWARD DOMAIN`,
  ]);
  await edit('changeDomain', { domain: 'domain:intake', owners: [owner(BEN)] });
  await edit('createDataProduct', { name: 'Scores', owners: [owner(CAT)] });
  expect((await ownersOf(SCORES)).owners.map(short)).toEqual([`${BEN} OWNER DOMAIN`, `${ANA} STEWARD DOMAIN`]);
  await edit('addOutputPort', { on: SCORES, product: 'product:scores' });
  const offered = await ownersOf(SCORES);
  expect(offered.owners.map(short)).toEqual([`${CAT} OWNER DATA_PRODUCT`, `${ANA} STEWARD DOMAIN`]);
  expect(offered.owners[0]?.inheritedFrom).toMatchObject({ __typename: 'DataProduct', id: 'product:scores' });
  expect(offered.overruled.map(short)).toEqual([`${BEN} OWNER DOMAIN`, `${ANA} OWNER DOMAIN`]);
  await edit('removeOwner', { on: SCORES, agent: CAT });
  expect((await ownersOf(SCORES)).owners.map(short)).toContain(`${BEN} OWNER DOMAIN`);
});

test('search, coverage, impact and responsibilities go by inherited owners', async () => {
  const asked = `query ($agent: ID!, $root: ID!) {
    found: search(query: "", filter: { owners: [$agent] }) { totalCount facets { name values { value count } } }
    unowned: search(query: "", filter: { hasOwner: false }) { totalCount }
    coverage { total { owned } }
    impact(root: $root) { groups { owner { id } count } }
    responsibleFor(agent: $agent) { totalCount edges { node { asset { id } roles { role source } } } } }`;
  interface Answer {
    readonly found: {
      readonly totalCount: number;
      readonly facets: readonly { readonly name: string; readonly values: readonly object[] }[];
    };
    readonly unowned: { readonly totalCount: number };
    readonly coverage: { readonly total: { readonly owned: number } };
    readonly impact: { readonly groups: readonly { readonly owner: { readonly id: string } | null }[] };
    readonly responsibleFor: { readonly totalCount: number; readonly edges: readonly { readonly node: object }[] };
  }
  const ask = (): Promise<Answer> => catalog.data<Answer>(asked, { agent: ANA, root: RAW });
  const before = await ask();
  await inDomains();
  await catalog.catchUp();
  const after = await ask();
  expect([before.found.totalCount, after.found.totalCount]).toEqual([0, 3]);
  expect(after.found.facets.find(({ name }) => name === 'OWNER')?.values).toContainEqual({ value: ANA, count: 3 });
  const gained = before.unowned.totalCount - after.unowned.totalCount;
  expect(gained).toBeGreaterThan(0);
  expect(after.coverage.total.owned - before.coverage.total.owned).toBe(gained);
  expect(after.impact.groups.map(({ owner: one }) => one?.id)).toContain(ANA);
  expect(after.responsibleFor).toMatchObject({
    totalCount: 3,
    edges: expect.arrayContaining([
      { node: { asset: { id: CLAIMS }, roles: [{ role: 'STEWARD', source: 'DOMAIN' }] } },
    ]) as unknown,
  });
});

test('what somebody answered for is told as of any moment, page by page, by whatever made them', async () => {
  const start = new Date().toISOString();
  await inDomains();
  await edit('setOwnershipRules', { file: 'raw.* user:ben\n' });
  const between = new Date().toISOString();
  await edit('changeDomain', { domain: 'domain:claims', owners: [] });
  await edit('setOwnershipRules', { rules: [] });
  interface Page {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: readonly { readonly node: { readonly asset: { readonly id: string }; readonly roles: object[] } }[];
  }
  const query = `query ($agent: ID!, $asOf: DateTime, $first: Int, $after: String) {
    of: responsibleFor(agent: $agent, asOf: $asOf, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { asset { id } roles { role source } } } } }`;
  const of = async (given: object): Promise<Page> => (await catalog.data<{ of: Page }>(query, given)).of;
  expect(await of({ agent: ANA, asOf: start })).toMatchObject({ totalCount: 0, edges: [] });
  expect(await of({ agent: ANA })).toMatchObject({ totalCount: 0, edges: [] });
  const all = await of({ agent: ANA, asOf: between });
  expect(all.edges.map(({ node }) => node.asset.id)).toEqual([CLAIMS, RAW, SCORES]);
  expect(all.edges[1]?.node.roles).toEqual([{ role: 'STEWARD', source: 'DOMAIN' }]);
  expect(all.totalCount).toBe(3);
  expect((await of({ agent: BEN, asOf: between })).edges.map(({ node }) => node.asset.id)).toEqual([RAW]);
  const first = await of({ agent: ANA, asOf: between, first: 2 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = await of({ agent: ANA, asOf: between, first: 2, after: first.pageInfo.endCursor });
  expect([...first.edges, ...rest.edges]).toEqual(all.edges);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  // A producer said so before all of this.
  const { edges } = await of({ agent: 'agent:team:claims', asOf: start });
  expect(edges.map(({ node }) => node.asset.id)).toContain(CLAIMS);
  const { errors } = await catalog.ask(query, { agent: ANA, asOf: between, after: 'x' });
  expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
});

test('who reads a part of the catalog is told of that part alone, then as now', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  const whole = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
  const query = `mutation { createDomain(input: { name: "All", owners: [{ agent: "${ANA}" }] }) { __typename }
    scores: assignDomain(input: { on: "${SCORES}", domain: "domain:all" }) { __typename }
    job: assignDomain(input: { on: "job:airflow:score", domain: "domain:all" }) { __typename } }`;
  await catalog.whileProjecting(catalog.data(query, {}, whole));
  const asOf = new Date().toISOString();
  const part = await catalog.readerOf([NS]);
  for (const when of ['', `, asOf: "${asOf}"`]) {
    const ask = `{ responsibleFor(agent: "${ANA}"${when}) { totalCount edges { node { asset { id } } } } }`;
    expect(await catalog.data(ask, {}, part), when).toEqual({
      responsibleFor: { totalCount: 1, edges: [{ node: { asset: { id: SCORES } } }] },
    });
  }
});

test('what cannot own a domain is refused by place, and nothing is changed', async () => {
  const query = `mutation ($input: CreateDomainInput!) { done: createDomain(input: $input) { __typename
    ... on DomainRefusal { reason faults { pointer } } } }`;
  const owners = [{ agent: 'ana' }, { agent: ANA, role: 'a=b' }];
  const { done } = await catalog.data<{ done: object }>(query, { input: { name: 'Claims', owners } });
  expect(done).toMatchObject({
    reason: 'INVALID_INPUT',
    faults: [{ pointer: '/owners/0/agent' }, { pointer: '/owners/1/role' }],
  });
  const many = Array.from({ length: 51 }, (_, at) => ({ agent: `agent:user:${String(at)}` }));
  const { done: refused } = await catalog.data<{ done: object }>(query, { input: { name: 'Claims', owners: many } });
  expect(refused).toMatchObject({ reason: 'INVALID_INPUT', faults: [{ pointer: '/owners' }] });
  expect(await catalog.data('{ domains { name } }')).toEqual({ domains: [] });
});

test('a page of a past moment costs as many statements as one asset of it', async () => {
  await inDomains();
  const asOf = new Date().toISOString();
  const statements = async (first: number): Promise<number> => {
    const sent = vi.spyOn(catalog.apiPool, 'query');
    await catalog.data(
      `{ responsibleFor(agent: "${ANA}", asOf: "${asOf}", first: ${String(first)}) {
        edges { node { asset { id effectiveOwners { owners { role } } } roles { role } } } } }`,
    );
    const { length } = sent.mock.calls;
    sent.mockRestore();
    return length;
  };
  await statements(100);
  expect(await statements(3)).toBe(await statements(1));
});
