import { assetEditBytes } from '@headwater/domain/governance/asset-edit';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import { domainId, productId, type NodeId } from '@headwater/domain/identifiers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, jobNode, JOBS, NS, runEvent, runId } from './catalog-events.js';

// Behind the other namespace by the alphabet: the name in it is not the canonical one.
const HUSH = 'zz-hush';
const [ORDERS, BILLING] = [domainId('orders'), domainId('billing')];
const PRODUCT = productId('orders');

let edits = 0;
const head = () => ({
  id: `n-${String((edits += 1))}`,
  by: { id: 'tests', name: 'Ana' },
  reason: null,
  expected: null,
});
const domain = (node: NodeId): Uint8Array =>
  definitionEditBytes({
    ...{ ...head(), node, action: 'CREATE' },
    body: { name: node, description: null, parent: null, layer: null, isExternal: false, owners: [] },
  });
const put = (node: NodeId, kind: 'DOMAIN' | 'PRODUCT', value: NodeId): Uint8Array =>
  assetEditBytes({ ...head(), asset: node, changes: [{ action: 'STATE', node, kind, value, detail: null }] });

let catalog: CatalogApp;
beforeAll(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  await catalog.take([
    runEvent({
      ...{ job: 'fill', runId: runId(1), at: '2026-03-01T01:00:00Z' },
      outputs: [{ namespace: HUSH, name: 'lines' }, 'orders.port'],
    }),
    runEvent({
      job: 'bill',
      runId: runId(2),
      at: '2026-03-02T01:00:00Z',
      inputs: ['orders.lines'],
      outputs: ['bills'],
    }),
  ]);
  await catalog.takeEdits([
    ...[ORDERS, BILLING].map(domain),
    definitionEditBytes({
      ...{ ...head(), node: PRODUCT, action: 'CREATE' },
      body: { name: 'Orders', description: null, domain: ORDERS, status: 'ACTIVE', owners: [] },
    }),
    put(`dataset:${HUSH}:lines` as NodeId, 'DOMAIN', ORDERS),
    put(datasetNode('orders.port') as NodeId, 'DOMAIN', ORDERS),
    put(datasetNode('orders.port') as NodeId, 'PRODUCT', PRODUCT),
    put(jobNode('bill') as NodeId, 'DOMAIN', BILLING),
  ]);
  const symlinks = facet({ identifiers: [{ namespace: HUSH, name: 'lines', type: 'TABLE' }] });
  await catalog.take([
    runEvent({
      ...{ job: 'fill', runId: runId(3), at: '2026-03-03T01:00:00Z' },
      outputs: [{ name: 'orders.lines', facets: { symlinks } }],
    }),
  ]);
});
afterAll(() => catalog.close());

test('the domain of a dataset counts for who sees the dataset, also where it was entered under a name that is hidden', async () => {
  const query = '{ architectureFindings { edges { node { kind datasetId jobId domain { id } } } } }';
  const finding = {
    ...{ kind: 'BYPASSES_PORT', datasetId: datasetNode('orders.lines'), jobId: jobNode('bill') },
    domain: { id: ORDERS },
  };
  for (const reads of [null, [NS, JOBS]]) {
    const answer = await catalog.data<object>(query, {}, await catalog.readerOf(reads));
    expect(answer).toEqual({ architectureFindings: { edges: [{ node: finding }] } });
    if (reads !== null) expect(JSON.stringify(answer)).not.toContain(HUSH);
  }
});
