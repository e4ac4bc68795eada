import { assetEditBytes } from '@headwater/domain/governance/asset-edit';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { DomainDefinition } from '@headwater/domain/governance/definition';
import { domainId, productId, type NodeId } from '@headwater/domain/identifiers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, jobNode, JOBS, NS, runEvent, runId } from './catalog-events.js';

const SHOP = domainId('shop');
const ORDERS = domainId('orders');
const BILLING = domainId('billing');
const PRODUCT = productId('orders');
const BY = { id: 'tests', name: 'Ana' };

let edits = 0;
const head = () => ({ id: `edit-${String((edits += 1))}`, by: BY, reason: null, expected: null });

const domain = (node: NodeId, given: Partial<DomainDefinition>): Uint8Array =>
  definitionEditBytes({
    ...{ ...head(), node, action: 'CREATE' },
    body: { name: node, description: null, parent: null, layer: null, isExternal: false, owners: [], ...given },
  });
const put = (asset: string, kind: 'DOMAIN' | 'PRODUCT', value: NodeId): Uint8Array => {
  const node = asset as NodeId;
  return assetEditBytes({ ...head(), asset: node, changes: [{ action: 'STATE', node, kind, value, detail: null }] });
};

const read = (n: number, job: string, input: string, at = '2026-03-02T01:00:00Z') =>
  runEvent({ job, runId: runId(n), at, inputs: [input], outputs: [`of_${job}`] });

interface Told {
  readonly kind: string;
  readonly datasetId: string;
  readonly jobId: string;
  readonly layer: string | null;
  readonly readByLayer: string | null;
  readonly domain: { readonly id: string };
  readonly readBy: { readonly id: string };
}

interface Paged {
  readonly architectureFindings: {
    readonly edges: readonly { readonly node: Told }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const LINE = 'kind datasetId jobId layer readByLayer domain { id } readBy { id } since';
const FINDINGS = `query ($domain: ID, $kinds: [ArchitectureFindingKind!], $asOf: DateTime, $first: Int, $after: String) {
  architectureFindings(domain: $domain, kinds: $kinds, asOf: $asOf, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { ${LINE} } } } }`;

const [LINES, PORT] = ['orders.lines', 'orders.port'].map(datasetNode) as [string, string];
const [BILL, OWN, LOOSE] = ['bill', 'own', 'loose'].map(jobNode) as [string, string, string];
const BYPASS = {
  kind: 'BYPASSES_PORT',
  datasetId: LINES,
  jobId: BILL,
  domain: { id: ORDERS },
  readBy: { id: BILLING },
};
const UP = { ...BYPASS, kind: 'POINTS_UP_A_LAYER', layer: 'PRODUCT', readByLayer: 'BUSINESS' };

describe.each(graphStores())('findings about domains, on $name', (store) => {
  let catalog: CatalogApp;
  let whole: Record<string, string>;
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled, auth: 'on' });
    whole = await catalog.readerOf(null, ['catalog:read', 'catalog:edit']);
    await catalog.take([
      read(1, 'bill', 'orders.lines'),
      read(2, 'own', 'orders.lines'),
      read(3, 'loose', 'orders.lines'),
      read(4, 'bill2', 'orders.port'),
    ]);
    await catalog.takeEdits([
      domain(SHOP, { layer: 'BUSINESS' }),
      domain(ORDERS, { parent: SHOP, layer: 'PRODUCT' }),
      domain(BILLING, { parent: SHOP }),
      definitionEditBytes({
        ...{ ...head(), node: PRODUCT, action: 'CREATE' },
        body: { name: 'Orders', description: null, domain: ORDERS, status: 'ACTIVE', owners: [] },
      }),
      ...[LINES, PORT, OWN].map((asset) => put(asset, 'DOMAIN', ORDERS)),
      ...[BILL, jobNode('bill2')].map((asset) => put(asset, 'DOMAIN', BILLING)),
      put(PORT, 'PRODUCT', PRODUCT),
    ]);
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  const found = async (variables: object = {}, headers: Record<string, string> = whole): Promise<readonly Told[]> => {
    const { architectureFindings } = await catalog.data<{ architectureFindings: { edges: { node: Told }[] } }>(
      FINDINGS,
      variables,
      headers,
    );
    return architectureFindings.edges.map(({ node }) => node);
  };

  test('a read past the ports and one up a layer are told, those by a port, within a domain and of no domain are not', async () => {
    const all = await found();
    expect(all).toMatchObject([
      BYPASS,
      UP,
      // What the port itself is read by from a lower layer points up all the same.
      { ...UP, datasetId: PORT, jobId: jobNode('bill2') },
    ]);
    expect(all.some(({ jobId }) => [OWN, LOOSE].includes(jobId))).toBe(false);
    expect(await found({ kinds: ['BYPASSES_PORT'] })).toMatchObject([BYPASS]);
  });

  test('pages hold all of them once; counts are by domain and kind', async () => {
    const pages: Told[] = [];
    let after: string | null = null;
    do {
      const answer: Paged = await catalog.data<Paged>(FINDINGS, { first: 1, after }, whole);
      const page = answer.architectureFindings;
      pages.push(...page.edges.map(({ node }) => node));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual(await found());
    const { architectureFindingCounts } = await catalog.data<{ architectureFindingCounts: unknown }>(
      '{ architectureFindingCounts { kind count domain { id } } }',
      {},
      whole,
    );
    expect(architectureFindingCounts).toEqual([
      { kind: 'POINTS_UP_A_LAYER', count: 2, domain: { id: ORDERS } },
      { kind: 'BYPASSES_PORT', count: 1, domain: { id: ORDERS } },
    ]);
  });

  test('a domain tells its layer, its ports and what it has to do with, alone as among all', async () => {
    const query = `id layer effectiveLayer isExternal findingCount gateway { dataset { id } } findings(most: 1) { ${LINE} }`;
    const { domains } = await catalog.data<{ domains: Record<string, unknown>[] }>(
      `{ domains { ${query} } }`,
      {},
      whole,
    );
    expect(domains).toMatchObject([
      { id: BILLING, layer: null, effectiveLayer: 'BUSINESS', findingCount: 3, gateway: [], findings: [BYPASS] },
      {
        id: ORDERS,
        layer: 'PRODUCT',
        effectiveLayer: 'PRODUCT',
        findingCount: 3,
        gateway: [{ dataset: { id: PORT } }],
      },
      { id: SHOP, layer: 'BUSINESS', findingCount: 3, gateway: [{ dataset: { id: PORT } }] },
    ]);
    const { domain: one } = await catalog.data<{ domain: unknown }>(
      `{ domain(id: "${ORDERS}") { ${query} } }`,
      {},
      whole,
    );
    expect(one).toEqual(domains[1]);
    expect(await found({ domain: BILLING })).toEqual(await found());
    expect(await found({ domain: 'domain:nothing' })).toEqual([]);
  });

  test('before anything was in a domain there was nothing to find', async () => {
    expect(await found({ asOf: '2026-03-03T00:00:00Z' })).toEqual([]);
  });

  test('who may not see the job or the dataset is told of nothing, nor that there is a port', async () => {
    for (const reads of [[NS], [JOBS]]) {
      const headers = await catalog.readerOf(reads);
      expect(await found({}, headers)).toEqual([]);
      const { domains } = await catalog.data<{ domains: { findingCount: number }[] }>(
        '{ domains { findingCount } architectureFindingCounts { count } }',
        {},
        headers,
      );
      expect(domains.every(({ findingCount }) => findingCount === 0)).toBe(true);
    }
    expect(await found({}, await catalog.readerOf([NS, JOBS]))).toEqual(await found());
  });

  test('what is not a layer, an id or a page is refused with what to do', async () => {
    const refused = await catalog.ask(FINDINGS, { first: 0 }, whole);
    expect(refused.errors[0]?.extensions).toMatchObject({ reason: 'PAGE_SIZE' });
    const cursor = await catalog.ask(FINDINGS, { after: 'bm9uZQ' }, whole);
    expect(cursor.errors[0]?.extensions).toMatchObject({ reason: 'CURSOR' });
  });

  const settle = <T>(mutation: 'acceptFinding' | 'withdrawAcceptance', given: object = {}, headers = whole) =>
    catalog.mutate<T>(
      mutation,
      { kind: 'BYPASSES_PORT', domain: ORDERS, job: BILL, dataset: LINES, ...given },
      {
        headers,
        result:
          '__typename ... on EditedFinding { isReadable finding { kind jobId acceptance { enteredBy reason } } } ... on FindingRefusal { reason faults { pointer } }',
      },
    );
  const OF = `acceptance { enteredBy reason since }`;
  const states = async (isAccepted: boolean | null, asOf: string | null = null, headers = whole) => {
    const query = `query ($isAccepted: Boolean, $asOf: DateTime) {
      architectureFindings(isAccepted: $isAccepted, asOf: $asOf) { edges { node { kind jobId ${OF} } } }
      architectureFindingCounts(asOf: $asOf) { kind count open }
      domains { findingCount openFindingCount findings(isAccepted: $isAccepted) { kind } } }`;
    return catalog.data<{
      architectureFindings: { edges: { node: { kind: string; jobId: string; acceptance: object | null } }[] };
      architectureFindingCounts: unknown;
      domains: { findingCount: number; openFindingCount: number; findings: object[] }[];
    }>(query, { isAccepted, asOf }, headers);
  };

  test('a finding is accepted with a reason, is told so, and only it; withdrawn, it is open again; the past stays', async () => {
    const before = new Date(Date.now() - 1).toISOString();
    const accepted = { enteredBy: expect.any(String) as string, reason: 'until the port carries lines' };
    expect(await settle('acceptFinding', { reason: accepted.reason })).toMatchObject({
      ...{ __typename: 'EditedFinding', isReadable: true },
      finding: { kind: 'BYPASSES_PORT', jobId: BILL, acceptance: accepted },
    });
    const between = new Date().toISOString();
    const told = await states(true);
    expect(told.architectureFindings.edges).toMatchObject([{ node: { kind: 'BYPASSES_PORT', acceptance: accepted } }]);
    expect(told.architectureFindingCounts).toEqual([
      { kind: 'POINTS_UP_A_LAYER', count: 2, open: 2 },
      { kind: 'BYPASSES_PORT', count: 1, open: 0 },
    ]);
    for (const one of told.domains)
      expect(one).toEqual({ findingCount: 3, openFindingCount: 2, findings: [{ kind: 'BYPASSES_PORT' }] });
    expect((await states(false)).architectureFindings.edges.map(({ node }) => node.kind)).toEqual([
      'POINTS_UP_A_LAYER',
      'POINTS_UP_A_LAYER',
    ]);
    expect((await states(true, before)).architectureFindings.edges).toEqual([]);
    // Whoever sees both ends is told of it; said again, the other reason takes its place.
    const seen = await states(true, null, await catalog.readerOf([NS, JOBS]));
    expect(seen.architectureFindings.edges).toMatchObject([{ node: { acceptance: accepted } }]);
    const other = { reason: 'agreed with billing' };
    expect(await settle('acceptFinding', other)).toMatchObject({ finding: { acceptance: other } });
    expect((await states(true)).architectureFindings.edges).toHaveLength(1);
    const { events } = await catalog.data<{ events: { edges: { node: { summary: unknown } }[] } }>(
      '{ events(first: 1, filter: { kinds: [EDIT] }) { edges { node { summary { edits { action part value detail } } } } } }',
      {},
      whole,
    );
    expect(events.edges[0]?.node.summary).toEqual({
      edits: [{ action: 'STATE', part: 'ACCEPTED_FINDING', value: BILL, detail: 'BYPASSES_PORT' }],
    });

    expect(await settle('withdrawAcceptance')).toMatchObject({ finding: { jobId: BILL, acceptance: null } });
    expect((await states(true)).architectureFindings.edges).toEqual([]);
    expect((await states(true, between)).architectureFindings.edges).toMatchObject([
      { node: { acceptance: accepted } },
    ]);
    expect(await settle('withdrawAcceptance')).toMatchObject({ reason: 'NOT_ACCEPTED' });
  });

  test('what is no finding, has no reason, or is asked by who edits a part is refused, and nothing is changed', async () => {
    const reason = 'why not';
    const refused = [
      [{ reason, job: OWN }, { reason: 'NO_SUCH_FINDING' }],
      [{ reason, kind: 'POINTS_UP_A_LAYER', domain: SHOP }, { reason: 'NO_SUCH_FINDING' }],
      [{ reason, dataset: datasetNode('nothing') }, { reason: 'NO_SUCH_FINDING' }],
      [{ reason: '  ' }, { reason: 'INVALID_INPUT', faults: [{ pointer: '/reason' }] }],
      [
        { reason, job: LINES, dataset: BILL, domain: 'shop' },
        { faults: [{ pointer: '/domain' }, { pointer: '/job' }, { pointer: '/dataset' }] },
      ],
    ] as const;
    for (const [given, refusal] of refused) expect(await settle('acceptFinding', given)).toMatchObject(refusal);
    const part = await catalog.readerOf([NS, JOBS], ['catalog:read', 'catalog:edit']);
    expect(await settle('acceptFinding', { reason }, part)).toMatchObject({ reason: 'MISSING_SCOPE' });
    expect((await states(true)).architectureFindings.edges).toEqual([]);
  });

  test('a port that is published, and a layer that is changed, end the finding; the past stays', async () => {
    // A moment before this edit, which may be of the same millisecond.
    const before = new Date(Date.now() - 1).toISOString();
    await catalog.takeEdits([put(LINES, 'PRODUCT', PRODUCT)]);
    expect(await found({ kinds: ['BYPASSES_PORT'] })).toEqual([]);
    const change = (input: object) =>
      catalog.mutate<{ domain: { layer: string | null; isExternal: boolean } }>('changeDomain', input, {
        headers: whole,
        result: '__typename ... on EditedDomain { domain { layer isExternal effectiveLayer } }',
      });
    const edited = await change({ domain: BILLING, layer: 'EDGE', isExternal: true });
    expect(edited).toMatchObject({ domain: { layer: 'EDGE', isExternal: true, effectiveLayer: 'EDGE' } });
    expect(await found()).toEqual([]);
    expect(await found({ asOf: before })).toHaveLength(3);
    const { events } = await catalog.data<{ events: { edges: { node: { summary: unknown } }[] } }>(
      '{ events(first: 1, filter: { kinds: [EDIT] }) { edges { node { summary { edits { action part value } } } } } }',
      {},
      whole,
    );
    expect(events.edges[0]?.node.summary).toEqual({
      edits: [
        { action: 'STATE', part: 'LAYER', value: 'EDGE' },
        { action: 'STATE', part: 'EXTERNAL', value: 'true' },
      ],
    });
    expect(await change({ domain: BILLING, layer: null, isExternal: false })).toMatchObject({
      domain: { layer: null, isExternal: false, effectiveLayer: 'BUSINESS' },
    });
    expect((await found()).map(({ kind }) => kind)).toEqual(['POINTS_UP_A_LAYER', 'POINTS_UP_A_LAYER']);
  });
});
