import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, jobNode, JOBS, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const SCORES = datasetNode('scores');
const FIELD = `field:${CLAIMS.slice('dataset:'.length)}:id`;
const PRODUCT = 'product:claims';
const BODY = 'id name description status editVersion enteredBy domain { id } owners { agent { id } role }';
const OF_PRODUCT = `__typename
  ... on EditedDataProduct { id position isReadable product { ${BODY} } }
  ... on DataProductRefusal { reason message faults { pointer } current { name } }`;
const OF_DOMAIN = '__typename ... on DomainRefusal { reason message faults { pointer } }';
const OF_ASSET = `__typename
  ... on EditedAsset { asset { dataProducts { id } } }
  ... on EditRefusal { reason message faults { pointer detail } }`;

interface Made {
  readonly id: string;
  readonly isReadable: boolean;
  readonly position: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
  readonly current: { readonly name: string } | null;
  readonly product: { readonly editVersion: string } | null;
  readonly asset: { readonly dataProducts: readonly { readonly id: string }[] };
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
  const isOfAsset = mutation.endsWith('OutputPort');
  const result = isOfAsset ? OF_ASSET : mutation.endsWith('Domain') ? OF_DOMAIN : OF_PRODUCT;
  return catalog.mutate<Made>(mutation, input, { result, headers, ...(isOfAsset ? { type: 'OutputPortInput' } : {}) });
}

interface Told {
  readonly outputPorts: readonly { readonly dataset: { readonly id: string } }[];
  readonly consumers: readonly { readonly job: { readonly id: string }; readonly ports: readonly { id: string }[] }[];
}

async function told(given = '', headers: Record<string, string> = {}): Promise<Told> {
  const { dataProduct } = await catalog.data<{ dataProduct: Told }>(
    `{ dataProduct(id: "${PRODUCT}") {
      outputPorts${given} { dataset { id } source producer until }
      consumers${given} { job { id } ports { id } } } }`,
    {},
    headers,
  );
  return dataProduct;
}

const portIds = ({ outputPorts }: Told): readonly string[] => outputPorts.map(({ dataset }) => dataset.id);
const readers = ({ consumers }: Told): readonly (readonly [string, readonly string[]])[] =>
  consumers.map(({ job, ports }) => [job.id, ports.map(({ id }) => id)]);

test('products are made, changed and listed by domain with its parts and by status, page by page', async () => {
  await edit('createDomain', { name: 'Motor' });
  await edit('createDomain', { name: 'Car', parent: 'domain:motor' });
  const owner = { agent: 'agent:team:claims', role: 'OWNER' };
  const made = await edit('createDataProduct', {
    ...{ name: 'Claims', description: 'All *claims*.', domain: 'domain:car' },
    owners: [owner, { agent: 'agent:team:claims' }],
  });
  expect(made).toMatchObject({
    ...{ id: PRODUCT, isReadable: true },
    product: {
      ...{ name: 'Claims', description: 'All *claims*.', status: 'PROPOSED', domain: { id: 'domain:car' } },
      owners: [{ agent: { id: 'agent:team:claims' }, role: 'OWNER' }],
    },
  });
  await edit('createDataProduct', { key: 'x', name: 'actuary', status: 'ACTIVE', domain: 'domain:motor' });
  await edit('createDataProduct', { name: 'Losses', status: 'ACTIVE' });
  interface Page {
    readonly dataProducts: {
      readonly edges: readonly { readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    };
  }
  const list = (variables: object): Promise<Page> =>
    catalog.data<Page>(
      `query ($first: Int, $after: String, $domain: ID, $statuses: [DataProductStatus!]) {
        dataProducts(first: $first, after: $after, domain: $domain, statuses: $statuses) {
          edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
      variables,
    );
  for (const [variables, ids] of [
    [{ first: 100 }, ['product:x', PRODUCT, 'product:losses']],
    [{ first: 100, domain: 'domain:motor' }, ['product:x', PRODUCT]],
    [{ first: 100, domain: 'domain:car' }, [PRODUCT]],
    [{ first: 100, domain: 'domain:motor', statuses: ['ACTIVE'] }, ['product:x']],
    [{ first: 100, statuses: ['PROPOSED', 'DEPRECATED'] }, [PRODUCT]],
  ] as const) {
    const { dataProducts } = await list(variables);
    expect(
      dataProducts.edges.map(({ node }) => node.id),
      JSON.stringify(variables),
    ).toEqual(ids);
  }
  const { dataProducts: first } = await list({ first: 2 });
  const { dataProducts: second } = await list({ first: 2, after: first.pageInfo.endCursor });
  expect([first.pageInfo.hasNextPage, second.edges.map(({ node }) => node.id)]).toEqual([true, ['product:losses']]);
  await edit('changeDataProduct', { product: PRODUCT, status: 'DEPRECATED', domain: null, reason: 'replaced' });
  const { node } = await catalog.data<{ node: object }>(
    `{ node(id: "${PRODUCT}") { ... on DataProduct { status domain { id } history { name reason until } } } }`,
  );
  expect(node).toMatchObject({
    ...{ status: 'DEPRECATED', domain: null },
    history: [{ name: 'Claims', reason: 'replaced', until: null }, { name: 'Claims' }],
  });
});

test('output ports come and go, their datasets tell when, and who reads them and writes none is a consumer', async () => {
  await edit('createDataProduct', { name: 'Claims' });
  await edit('createDataProduct', { name: 'Losses' });
  const before = new Date().toISOString();
  const put = await edit('addOutputPort', { on: CLAIMS, product: PRODUCT, reason: 'agreed' });
  expect(put.asset.dataProducts).toEqual([{ id: PRODUCT }]);
  const one = await told();
  expect(one.outputPorts).toMatchObject([{ dataset: { id: CLAIMS }, source: 'EDIT', until: null }]);
  expect(readers(one)).toEqual([[jobNode('score'), [CLAIMS]]]);
  await edit('addOutputPort', { on: SCORES, product: PRODUCT });
  const several = await edit('addOutputPort', { on: CLAIMS, product: 'product:losses' });
  expect(several.asset.dataProducts).toEqual([{ id: PRODUCT }, { id: 'product:losses' }]);
  // What writes a port is part of the product.
  const two = await told();
  expect([portIds(two), readers(two)]).toEqual([[CLAIMS, SCORES], [[jobNode('report'), [SCORES]]]]);
  expect(portIds(await told('(skip: 1, most: 1)'))).toEqual([SCORES]);
  const gone = await edit('removeOutputPort', { on: CLAIMS, product: PRODUCT });
  expect(gone.asset.dataProducts).toEqual([{ id: 'product:losses' }]);
  expect(portIds(await told())).toEqual([SCORES]);
  const { then, now, job } = await catalog.data<Record<string, { dataProducts: unknown }>>(
    `query ($id: ID!, $job: ID!, $then: DateTime!) {
      then: node(id: $id) { ... on Asset { dataProducts(asOf: $then) { id } } }
      now: node(id: $id) { ... on Asset { dataProducts { id } } }
      job: node(id: $job) { ... on Asset { dataProducts { id } } } }`,
    { id: CLAIMS, job: jobNode('score'), then: before },
  );
  expect([then?.dataProducts, now?.dataProducts, job?.dataProducts]).toEqual([[], [{ id: 'product:losses' }], []]);
});

test('what does not fit is refused with what to do, and changes nothing', async () => {
  await edit('createDomain', { name: 'Motor' });
  await edit('createDataProduct', { name: 'Claims', domain: 'domain:motor' });
  await edit('addOutputPort', { on: CLAIMS, product: PRODUCT });
  const refusals: readonly (readonly [mutation: string, input: object, reason: string])[] = [
    ['createDataProduct', { name: 'Claims' }, 'DATA_PRODUCT_EXISTS'],
    ['createDataProduct', { name: 'X', domain: 'domain:none' }, 'NO_SUCH_DOMAIN'],
    ['changeDataProduct', { product: 'product:none', name: 'x' }, 'NO_SUCH_DATA_PRODUCT'],
    ['removeDataProduct', { product: PRODUCT }, 'DATA_PRODUCT_IN_USE'],
    ['removeDomain', { domain: 'domain:motor' }, 'DOMAIN_IN_USE'],
    ['addOutputPort', { on: CLAIMS, product: 'product:none' }, 'NO_SUCH_DATA_PRODUCT'],
    ['addOutputPort', { on: datasetNode('nothing'), product: PRODUCT }, 'NO_SUCH_ASSET'],
  ];
  for (const [mutation, input, reason] of refusals) {
    const refused = await edit(mutation, input);
    expect([refused.reason, refused.faults], JSON.stringify(input)).toEqual([reason, []]);
  }
  expect(portIds(await told())).toEqual([CLAIMS]);
  await edit('removeOutputPort', { on: CLAIMS, product: PRODUCT });
  expect(await edit('removeDataProduct', { product: PRODUCT })).toMatchObject({ id: PRODUCT, product: null });
  const { dataProduct } = await catalog.data<{ dataProduct: unknown }>(`{ dataProduct(id: "${PRODUCT}") { id } }`);
  expect(dataProduct).toBeNull();
});

test.each([
  ['createDataProduct', { name: '!!!' }, ['/name']],
  ['createDataProduct', { name: 'A', domain: 'term:a', owners: [{ agent: 'ana' }] }, ['/domain', '/owners/0/agent']],
  ['changeDataProduct', { product: 'claims' }, ['', '/product']],
  ['removeDataProduct', { product: PRODUCT, reason: '' }, ['/reason']],
  ['addOutputPort', { on: CLAIMS, product: 'claims' }, ['/product']],
  ['addOutputPort', { on: FIELD, product: PRODUCT }, ['/on']],
  ['addOutputPort', { on: jobNode('score'), product: PRODUCT }, ['/on']],
])('%s with %j is refused with what to do', async (mutation, input, pointers) => {
  const refused = await edit(mutation, input);
  expect([refused.reason, refused.faults.map(({ pointer }) => pointer)]).toEqual(['INVALID_INPUT', pointers]);
});

test('of two edits that expect the same state the later is refused with the product as it is', async () => {
  const { product } = await edit('createDataProduct', { name: 'Claims' });
  const input = { product: PRODUCT, expectedVersion: product?.editVersion };
  const first = await edit('changeDataProduct', { ...input, name: 'One', idempotencyKey: 'k' });
  const again = await edit('changeDataProduct', { ...input, name: 'One', idempotencyKey: 'k' });
  expect(again.position).toBe(first.position);
  const late = await edit('changeDataProduct', { ...input, name: 'Two' });
  expect([late.reason, late.current]).toEqual(['EDITED_MEANWHILE', { name: 'One' }]);
});

test('ports and consumers that a caller may not see are not told, and who edits a part adds its datasets only', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  const tokenOf = async (reads: readonly string[] | null): Promise<Record<string, string>> => {
    const { text } = await new CreateToken(catalog.access.parts).execute(
      { principal: LOCAL_PRINCIPAL, address: null },
      {
        ...{ name: 'editor', owner: 'tests', scopes: ['catalog:read', 'catalog:edit'] },
        ...{ writes: null, reads, expiresAt: null },
      },
    );
    return { authorization: `Bearer ${text}` };
  };
  const [whole, datasets, jobs] = [await tokenOf(null), await tokenOf([NS]), await tokenOf([JOBS])];
  await edit('createDataProduct', { name: 'Claims' }, whole);
  expect((await edit('createDataProduct', { name: 'Mine' }, datasets)).reason).toBe('MISSING_SCOPE');
  const put = await edit('addOutputPort', { on: CLAIMS, product: PRODUCT }, datasets);
  expect(put.asset.dataProducts).toEqual([{ id: PRODUCT }]);
  expect((await edit('addOutputPort', { on: SCORES, product: PRODUCT }, jobs)).reason).toBe('NO_SUCH_ASSET');
  const seen = await Promise.all([whole, datasets, jobs].map((headers) => told('', headers)));
  expect(seen.map((one) => [portIds(one), readers(one)])).toEqual([
    [[CLAIMS], [[jobNode('score'), [CLAIMS]]]],
    [[CLAIMS], []],
    [[], []],
  ]);
});
