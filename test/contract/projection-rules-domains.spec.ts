import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { domainId, type NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, minute } from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const [CLAIMS, FRAUD, BOARD] = ['claims', 'fraud', 'board'].map(domainId) as [NodeId, NodeId, NodeId];
const created = (name: string, parent: NodeId | null = null) =>
  ({
    action: 'CREATE',
    body: { name, description: null, parent, layer: null, isExternal: false, owners: [] },
  }) as const;
const REMOVED = { action: 'REMOVE' } as const;
const into = (domain: NodeId, name = 'a'): FactEdit => ({
  ...{ action: 'STATE', node: dataset(name), kind: 'DOMAIN', value: domain, detail: null },
});
const OUT: FactEdit = { action: 'WITHDRAW', node: dataset('a'), kind: 'DOMAIN', value: '', detail: null };
const event = datasetEvent({ at: 0, dataset: { name: 'a' } });

/** Domains at a minute, as known now or then: `<name> <parent>`. */
async function domainsAt(projection: TestProjection, at: number, knownAt?: number): Promise<readonly string[]> {
  const known = knownAt ?? (await projection.knownNow());
  const rows = await projection.rows<{ name: string; parent: string | null }>(
    `SELECT body->>'name' AS name, body->>'parent' AS parent FROM @.definition
     WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)
       AND recorded_from <= $2 AND (recorded_to IS NULL OR recorded_to > $2) ORDER BY name`,
    [minute(at), known],
  );
  return rows.map(({ name, parent }) => `${name} ${parent ?? '-'}`);
}

async function domainOf(projection: TestProjection, at: number): Promise<string | undefined> {
  const rows = await projection.rows<{ value: string }>(
    `SELECT value FROM @.fact WHERE kind = 'DOMAIN' AND valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)
       AND recorded_to IS NULL`,
    [minute(at)],
  );
  expect(rows.length).toBeLessThan(2);
  return rows[0]?.value;
}

test('a domain is as its latest edit says, was as earlier ones said, and is known since each', async () => {
  const projection = await fresh();
  await projection.define(0, CLAIMS, created('Claims'));
  await projection.define(5, FRAUD, created('Fraud', CLAIMS));
  const before = await projection.knownNow();
  await projection.define(10, FRAUD, { action: 'CHANGE', body: { name: 'Fraud desk', parent: null } });
  await projection.define(20, CLAIMS, REMOVED);
  expect(await domainsAt(projection, 7)).toEqual(['Claims -', 'Fraud domain:claims']);
  expect(await domainsAt(projection, 15)).toEqual(['Claims -', 'Fraud desk -']);
  expect(await domainsAt(projection, 20)).toEqual(['Fraud desk -']);
  expect(await domainsAt(projection, 20, before)).toEqual(['Claims -', 'Fraud domain:claims']);
  expect(await projection.findings()).toEqual([]);
});

test('an asset is in one domain at a time, and search groups it by that', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.define(2, FRAUD, created('Fraud'));
  await projection.edit(10, [into(CLAIMS)]);
  await projection.edit(20, [into(FRAUD)]);
  expect(await projection.rows('SELECT domain_id, documents FROM @.search_group')).toEqual([
    { domain_id: FRAUD, documents: 1 },
  ]);
  await projection.edit(30, [OUT]);
  expect(await Promise.all([5, 10, 20, 30].map((at) => domainOf(projection, at)))).toEqual([
    undefined,
    CLAIMS,
    FRAUD,
    undefined,
  ]);
  expect(await projection.rows('SELECT domain_id, documents FROM @.search_group')).toEqual([
    { domain_id: null, documents: 1 },
  ]);
});

test.each<[code: string, act: (projection: TestProjection) => Promise<void>]>([
  ['EDIT_OF_KNOWN', (projection) => projection.define(9, CLAIMS, created('Other'))],
  ['EDIT_OF_UNKNOWN', (projection) => projection.define(9, BOARD, REMOVED)],
  ['EDIT_OF_UNKNOWN', (projection) => projection.define(9, BOARD, { action: 'CHANGE', body: { name: 'x' } })],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.define(9, BOARD, created('Board', domainId('none')))],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.edit(9, [into(BOARD)])],
  ['EDIT_MAKES_CYCLE', (projection) => projection.define(9, CLAIMS, { action: 'CHANGE', body: { parent: FRAUD } })],
  ['EDIT_MAKES_CYCLE', (projection) => projection.define(9, CLAIMS, { action: 'CHANGE', body: { parent: CLAIMS } })],
  ['EDIT_CONFLICT', (projection) => projection.define(9, CLAIMS, { action: 'CHANGE', body: { name: 'x' } }, 1)],
  ['EDIT_OF_USED', (projection) => projection.define(9, CLAIMS, REMOVED)],
  ['EDIT_OF_USED', (projection) => projection.define(9, FRAUD, REMOVED)],
])('what does not fit changes nothing and is a finding: %s', async (code, act) => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(2, CLAIMS, created('Claims'));
  await projection.define(3, FRAUD, created('Fraud', CLAIMS));
  await projection.edit(4, [into(FRAUD)]);
  const before = [await domainsAt(projection, 20), await domainOf(projection, 20)];
  await act(projection);
  expect(await projection.findings()).toEqual([code]);
  expect([await domainsAt(projection, 20), await domainOf(projection, 20)]).toEqual(before);
});

test('a domain that was left can be removed, and one of the same key made again', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.edit(2, [into(CLAIMS)]);
  await projection.edit(3, [OUT]);
  await projection.define(4, CLAIMS, REMOVED);
  await projection.define(5, CLAIMS, created('Claims anew'));
  expect(await projection.findings()).toEqual([]);
  expect(await Promise.all([3, 4, 5].map((at) => domainsAt(projection, at)))).toEqual([
    ['Claims -'],
    [],
    ['Claims anew -'],
  ]);
});

test('a hierarchy has its deepest level, counted with what moves along', async () => {
  const projection = await fresh();
  const level = (at: number): NodeId => domainId(`l${String(at)}`);
  for (let at = 1; at <= 20; at += 1)
    await projection.define(at, level(at), created(`l${String(at)}`, at === 1 ? null : level(at - 1)));
  await projection.define(30, CLAIMS, created('Claims'));
  expect(await projection.findings()).toEqual([]);
  await projection.define(31, FRAUD, created('Fraud', level(20)));
  await projection.define(32, level(1), { action: 'CHANGE', body: { parent: CLAIMS } });
  expect(await projection.findings()).toEqual(['EDIT_TOO_DEEP', 'EDIT_TOO_DEEP']);
});

test('definitions in one batch or many, live or replayed, give the same rows and verdicts', async () => {
  const projection = await fresh();
  await projection.send(event);
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.define(2, FRAUD, created('Fraud', CLAIMS));
  await projection.edit(3, [into(FRAUD)]);
  await projection.define(4, FRAUD, REMOVED);
  await projection.edit(5, [OUT]);
  await projection.define(6, FRAUD, REMOVED);
  await projection.define(7, CLAIMS, { action: 'CHANGE', body: { name: 'Claims' } });
  await projection.edit(8, [into(FRAUD)]);
  expect(await projection.findings()).toEqual(['EDIT_OF_USED', 'EDIT_NAMES_UNKNOWN']);
  await expectSameReplays(projection);
});
