import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const BODY = 'id name description editVersion enteredBy parent { id } parts { id } above { id }';
const RESULT = `__typename
  ... on EditedDomain { id position isReadable domain { ${BODY} } }
  ... on DomainRefusal { reason message faults { pointer detail } current { editVersion name } }
  ... on EditedAsset { asset { domain { id name } editVersion } }
  ... on EditRefusal { reason message faults { pointer detail } }`;

interface Made {
  readonly __typename: string;
  readonly id: string;
  readonly position: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string }[];
  readonly current: { readonly name: string } | null;
  readonly domain: { readonly name: string; readonly description: string | null; readonly editVersion: string } | null;
  readonly asset: { readonly domain: { readonly id: string } | null };
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
  const used = mutation === 'assignDomain' ? /EditedDomain|DomainRefusal/ : /EditedAsset|EditRefusal/;
  const parts = RESULT.split('\n').filter((part) => !used.test(part));
  return catalog.mutate<Made>(mutation, input, { result: parts.join('\n'), headers });
}

async function found(domain: string): Promise<{ totalCount: number; facet: unknown }> {
  const { search } = await catalog.data<{
    search: { totalCount: number; facets: { name: string; values: { value: string; count: number }[] }[] };
  }>(
    `query ($domain: ID!) { search(query: "", filter: { domains: [$domain] }) { totalCount facets { name values { value label count } } } }`,
    { domain },
  );
  return { totalCount: search.totalCount, facet: search.facets.find(({ name }) => name === 'DOMAIN')?.values };
}

const COVERAGE = `query ($tags: [String!]) { coverage(tags: $tags) {
  total { assets owned tagged } domains { domain { id } counts { assets owned tagged } } } }`;

test('domains are made, named anew, moved and told with what they are part of', async () => {
  const claims = await edit('createDomain', { name: 'Claims & Payout', description: 'What is *paid*.' });
  expect(claims).toMatchObject({ id: 'domain:claims-payout', isReadable: true });
  const fraud = await edit('createDomain', { key: 'fraud', name: 'Fraud', parent: claims.id });
  await edit('createDomain', { name: 'Rings', parent: fraud.id });
  await edit('changeDomain', { domain: claims.id, name: 'Claims', expectedVersion: claims.domain?.editVersion });
  const { domains } = await catalog.data<{ domains: unknown[] }>(`{ domains { ${BODY} } }`);
  expect(domains).toMatchObject([
    { name: 'Claims', description: 'What is *paid*.', parent: null, parts: [{ id: 'domain:fraud' }], above: [] },
    { name: 'Fraud', parent: { id: claims.id }, parts: [{ id: 'domain:rings' }], above: [{ id: claims.id }] },
    { name: 'Rings', parts: [], above: [{ id: claims.id }, { id: 'domain:fraud' }] },
  ]);
  const { node } = await catalog.data<{ node: unknown }>(`{ node(id: "domain:rings") { ... on Domain { name } } }`);
  expect(node).toEqual({ name: 'Rings' });
  const removed = await edit('removeDomain', { domain: 'domain:rings', reason: 'one too many' });
  expect(removed).toMatchObject({ id: 'domain:rings', domain: null, isReadable: true });
});

test('what is in a domain is found by it and by those above, and impact is grouped by it', async () => {
  await edit('createDomain', { name: 'Claims' });
  await edit('createDomain', { name: 'Intake', parent: 'domain:claims' });
  const before = new Date().toISOString();
  const put = await edit('assignDomain', { on: CLAIMS, domain: 'domain:intake' });
  expect(put.asset.domain).toEqual({ id: 'domain:intake', name: 'Intake' });
  expect(await found('domain:claims')).toEqual({
    totalCount: 1,
    facet: [
      { value: 'domain:claims', label: 'Claims', count: 1 },
      { value: 'domain:intake', label: 'Intake', count: 1 },
    ],
  });
  expect(await found('domain:other')).toMatchObject({ totalCount: 0 });
  const { then, impact } = await catalog.data<{
    then: { domain: null };
    impact: { byDomain: { domain: { name: string } | null; count: number; nodes: { roles: string[] }[] }[] };
  }>(
    `query ($id: ID!, $root: ID!, $then: DateTime!) {
      then: node(id: $id) { ... on Asset { domain(asOf: $then) { id } } }
      impact(root: $root) { byDomain { domain { name } hidden count nearest nodes { roles } } } }`,
    { id: CLAIMS, root: datasetNode('raw.claims'), then: before },
  );
  expect(then.domain).toBeNull();
  expect(impact.byDomain.map(({ domain, count }) => [domain?.name, count])).toContainEqual(['Intake', 1]);
  expect(impact.byDomain[0]?.domain).toBeNull();
  expect((await edit('assignDomain', { on: CLAIMS, domain: null })).asset.domain).toBeNull();
  expect(await found('domain:claims')).toMatchObject({ totalCount: 0 });
});

test('what does not fit is refused with what to do, and changes nothing', async () => {
  const claims = await edit('createDomain', { name: 'Claims' });
  await edit('createDomain', { name: 'Intake', parent: claims.id });
  const [intake, none] = ['domain:intake', 'domain:none'];
  const refusals: readonly (readonly [mutation: string, input: object, reason: string])[] = [
    ['createDomain', { name: 'Claims' }, 'DOMAIN_EXISTS'],
    ['createDomain', { name: 'Board', parent: none }, 'NO_SUCH_DOMAIN'],
    ['changeDomain', { domain: none, name: 'x' }, 'NO_SUCH_DOMAIN'],
    ['changeDomain', { domain: claims.id, parent: intake }, 'DOMAIN_CYCLE'],
    ['removeDomain', { domain: claims.id }, 'DOMAIN_IN_USE'],
    ['removeDomain', { domain: none }, 'NO_SUCH_DOMAIN'],
    ['assignDomain', { on: CLAIMS, domain: none }, 'NO_SUCH_DOMAIN'],
    ['assignDomain', { on: datasetNode('nothing'), domain: intake }, 'NO_SUCH_ASSET'],
  ];
  for (const [mutation, input, reason] of refusals) {
    const refused = await edit(mutation, input);
    expect([refused.reason, refused.faults], JSON.stringify(input)).toEqual([reason, []]);
  }
  const { domains } = await catalog.data<{ domains: unknown[] }>('{ domains { name } }');
  expect(domains).toEqual([{ name: 'Claims' }, { name: 'Intake' }]);
});

test.each([
  ['createDomain', { name: ' ' }, ['/name', '/name']],
  ['createDomain', { name: '!!!' }, ['/name']],
  ['createDomain', { key: 'a b', name: 'A' }, ['/key']],
  ['createDomain', { name: 'A', description: ' ', parent: 'agent:team:a' }, ['/description', '/parent']],
  ['changeDomain', { domain: 'claims' }, ['', '/domain']],
  ['changeDomain', { domain: 'domain:claims', name: null }, ['/name']],
  ['removeDomain', { domain: 'domain:claims', reason: '' }, ['/reason']],
  ['assignDomain', { on: CLAIMS, domain: 'claims' }, ['/domain']],
])('%s with %j is refused with what to do', async (mutation, input, pointers) => {
  const refused = await edit(mutation, input);
  expect([refused.reason, refused.faults.map(({ pointer }) => pointer)]).toEqual(['INVALID_INPUT', pointers]);
});

test('two edits that expect the same state make one, and the same request under the same key is made once', async () => {
  const { domain } = await edit('createDomain', { name: 'Claims' });
  const expectedVersion = domain?.editVersion;
  const first = await edit('changeDomain', {
    domain: 'domain:claims',
    name: 'One',
    expectedVersion,
    idempotencyKey: 'k',
  });
  const again = await edit('changeDomain', {
    domain: 'domain:claims',
    name: 'One',
    expectedVersion,
    idempotencyKey: 'k',
  });
  expect(again.position).toBe(first.position);
  const late = await edit('changeDomain', { domain: 'domain:claims', name: 'Two', expectedVersion });
  expect(late).toMatchObject({ reason: 'EDITED_MEANWHILE', current: { name: 'One' } });
  const made = await edit('createDomain', { name: 'Fraud', idempotencyKey: 'f' });
  expect((await edit('createDomain', { name: 'Fraud', idempotencyKey: 'f' })).position).toBe(made.position);
});

test('who edits a part of the catalog puts assets into domains and does not define them', async () => {
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
  expect((await edit('createDomain', { name: 'Claims' }, whole)).domain?.name).toBe('Claims');
  expect((await edit('createDomain', { name: 'Mine' }, part)).reason).toBe('MISSING_SCOPE');
  const put = await edit('assignDomain', { on: CLAIMS, domain: 'domain:claims' }, part);
  expect(put.asset.domain?.id).toBe('domain:claims');
  const assets = async (headers: Record<string, string>): Promise<number> =>
    (await catalog.data<{ coverage: { total: { assets: number } } }>(COVERAGE, {}, headers)).coverage.total.assets;
  const found = await catalog.data<{ search: { totalCount: number } }>('{ search { totalCount } }', {}, part);
  expect([await assets(part), await assets(await catalog.readerOf(['elsewhere']))]).toEqual([
    found.search.totalCount,
    0,
  ]);
  expect(await assets(whole)).toBeGreaterThan(found.search.totalCount);
});

test('how much is owned and classified is told by domain, with its parts', async () => {
  await edit('createDomain', { name: 'Claims' });
  await edit('createDomain', { name: 'Intake', parent: 'domain:claims' });
  await edit('assignDomain', { on: CLAIMS, domain: 'domain:intake' });
  const all = await catalog.data<{ coverage: { total: { assets: number }; domains: object[] } }>(COVERAGE);
  const { total, domains } = all.coverage;
  const counts = { assets: 1, owned: 1, tagged: 1 };
  expect(domains).toEqual([
    { domain: { id: 'domain:claims' }, counts },
    { domain: { id: 'domain:intake' }, counts },
    { domain: null, counts: expect.objectContaining({ assets: total.assets - 1 }) as object },
  ]);
  const { search, unowned } = await catalog.data<{ search: { totalCount: number }; unowned: { totalCount: number } }>(
    `{ search(query: "") { totalCount } unowned: search(query: "", filter: { hasOwner: false }) { totalCount } }`,
  );
  expect(total).toMatchObject({ assets: search.totalCount, owned: search.totalCount - unowned.totalCount });
  const none = await catalog.data(COVERAGE, { tags: ['nothing-has-this'] });
  expect(none).toMatchObject({ coverage: { total: { ...total, tagged: 0 } } });
  const { errors } = await catalog.ask(COVERAGE, { tags: Array.from({ length: 101 }, String) });
  expect(errors[0]?.extensions).toMatchObject({ faults: [{ pointer: '/tags' }] });
});
