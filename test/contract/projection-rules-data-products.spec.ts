import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import type { DataProductDefinition } from '@headwater/domain/governance/definition';
import type { DataProductChange } from '@headwater/domain/governance/definitions/data-product';
import type { DomainChange } from '@headwater/domain/governance/definitions/domain';
import { domainId, fieldId, productId, type NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute, schemaFacet } from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const [CLAIMS, LOSSES] = ['claims', 'losses'].map(productId) as [NodeId, NodeId];
const MOTOR = domainId('motor');
const A = dataset('a');
const TEAM = 'agent:team:claims' as NodeId;
const NONE = { description: null, domain: null, status: 'PROPOSED', owners: [] } as const;
const created = (name: string, body: Partial<DataProductDefinition> = {}): DataProductChange => ({
  action: 'CREATE',
  body: { ...NONE, name, ...body },
});
const changed = (body: Partial<DataProductDefinition>): DataProductChange => ({ action: 'CHANGE', body });
const REMOVED = { action: 'REMOVE' } as const;
const DOMAIN: DomainChange = {
  action: 'CREATE',
  body: { name: 'Motor', description: null, parent: null, layer: null, isExternal: false, owners: [] },
};
const port = (product: NodeId, node = A): FactEdit => ({
  ...{ action: 'STATE', node, kind: 'PRODUCT' },
  ...{ value: product, detail: null },
});
const not = (product: NodeId): FactEdit => ({ ...port(product), action: 'WITHDRAW' });
const event = datasetEvent({ at: 0, dataset: { name: 'a', facets: { schema: schemaFacet(['id']) } } });

async function portsAt(projection: TestProjection, at: number): Promise<readonly string[]> {
  const rows = await projection.rows<{ value: string }>(
    `SELECT value FROM @.fact WHERE kind = 'PRODUCT' AND valid_from <= $1
       AND (valid_to IS NULL OR valid_to > $1) AND recorded_to IS NULL ORDER BY value COLLATE "C"`,
    [minute(at)],
  );
  return rows.map(({ value }) => value);
}

async function defined(projection: TestProjection): Promise<readonly { readonly id: string; readonly body: object }[]> {
  return projection.rows(
    `SELECT id, body FROM @.definition WHERE valid_to IS NULL AND recorded_to IS NULL ORDER BY id COLLATE "C"`,
  );
}

test('a dataset is an output port of several products, each from one edit to another', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.define(2, LOSSES, created('Losses'));
  await projection.edit(10, [port(CLAIMS)]);
  await projection.edit(20, [port(LOSSES)]);
  await projection.edit(30, [not(CLAIMS)]);
  expect(await Promise.all([5, 10, 20, 30].map((at) => portsAt(projection, at)))).toEqual([
    [],
    [CLAIMS],
    [CLAIMS, LOSSES],
    [LOSSES],
  ]);
  expect(await projection.findings()).toEqual([]);
});

test('what is absent in a change stays', async () => {
  const projection = await fresh();
  await projection.define(1, MOTOR, DOMAIN);
  const owners = [{ agent: TEAM, role: 'OWNER' }];
  await projection.define(2, CLAIMS, created('Claims', { domain: MOTOR, owners }));
  await projection.define(3, CLAIMS, changed({ status: 'ACTIVE' }));
  await projection.define(4, CLAIMS, changed({ domain: null }));
  expect((await defined(projection)).find(({ id }) => id === CLAIMS)?.body).toEqual({
    ...{ name: 'Claims', description: null, domain: null },
    ...{ status: 'ACTIVE', owners: [{ agent: TEAM, role: 'OWNER', since: minute(2), enteredBy: 'Ana', position: 2 }] },
  });
});

test.each<[code: string, act: (projection: TestProjection) => Promise<void>]>([
  ['EDIT_OF_KNOWN', (projection) => projection.define(9, CLAIMS, created('Other'))],
  ['EDIT_OF_UNKNOWN', (projection) => projection.define(9, productId('x'), REMOVED)],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.define(9, CLAIMS, changed({ domain: domainId('x') }))],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.edit(9, [port(productId('x'))])],
  ['EDIT_OF_OTHER_KIND', (projection) => projection.edit(9, [port(CLAIMS, fieldId(A, ['id']))], null, A)],
  ['EDIT_CONFLICT', (projection) => projection.define(9, CLAIMS, changed({ name: 'x' }), 1)],
  // It has a port; a product is in the domain.
  ['EDIT_OF_USED', (projection) => projection.define(9, CLAIMS, REMOVED)],
  ['EDIT_OF_USED', (projection) => projection.define(9, MOTOR, REMOVED)],
])('what does not fit changes nothing and is a finding: %s', async (code, act) => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(2, MOTOR, DOMAIN);
  await projection.define(3, CLAIMS, created('Claims', { domain: MOTOR }));
  await projection.edit(5, [port(CLAIMS)]);
  const before = [await defined(projection), await portsAt(projection, 20)];
  await act(projection);
  expect(await projection.findings()).toEqual([code]);
  expect([await defined(projection), await portsAt(projection, 20)]).toEqual(before);
});

test('edits of products in one batch or many, live or replayed, give the same rows and verdicts', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, MOTOR, DOMAIN);
  await projection.define(2, CLAIMS, created('Claims', { domain: MOTOR }));
  await projection.edit(3, [port(CLAIMS)]);
  await projection.define(4, CLAIMS, REMOVED);
  await projection.edit(5, [not(CLAIMS)]);
  await projection.define(6, MOTOR, REMOVED);
  await projection.define(7, CLAIMS, REMOVED);
  await projection.edit(8, [port(CLAIMS)]);
  await projection.define(9, MOTOR, REMOVED);
  expect(await projection.findings()).toEqual(['EDIT_OF_USED', 'EDIT_OF_USED', 'EDIT_NAMES_UNKNOWN']);
  expect(await defined(projection)).toEqual([]);
  await expectSameReplays(projection);
});
