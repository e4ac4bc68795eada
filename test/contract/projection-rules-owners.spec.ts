import { readOwnershipFile } from '@headwater/domain/governance/ownership-file';
import type { OwnershipRule } from '@headwater/domain/governance/ownership-rules';
import { sourceOf } from '@headwater/domain/governance/effective-owners';
import { declinedDetail } from '@headwater/domain/governance/owner-answers';
import type { FactEdit } from '@headwater/domain/governance/asset-edit';
import { agentId, domainId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import { expect, test } from 'vitest';
import { dataset, datasetEvent, facet, minute, symlinksFacet } from '../support/lineage-events.js';
import { expectSameReplays } from '../support/projection-state.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const [CLAIMS, INTAKE] = ['claims', 'intake'].map(domainId) as [NodeId, NodeId];
const DATA = agentId('team', 'data');
const created = (name: string, parent: NodeId | null = null) =>
  ({
    action: 'CREATE',
    body: { name, description: null, parent, layer: null, isExternal: false, owners: [] },
  }) as const;
const rulesOf = (file: string): readonly OwnershipRule[] => readOwnershipFile(file).rules.map(({ rule }) => rule);
const stated = (
  kind: 'OWNER' | 'TAG' | 'DOMAIN',
  value: string,
  name = 'a',
  detail: string | null = null,
): FactEdit => ({
  ...{ action: 'STATE', node: dataset(name), kind, value, detail },
});
const event = (name: string, owner?: string) =>
  datasetEvent({
    at: 0,
    dataset: {
      name,
      facets: owner === undefined ? {} : { ownership: facet({ owners: [{ name: owner }] }) },
    },
  });

const readerOf = (projection: TestProjection) =>
  postgresCatalogReader(new ProjectionDatabase(projection.database.pool, () => projection.schema));

/** `<source> <agent> <since in minutes>` of those who answer. */
async function ownersAt(projection: TestProjection, at: number, name = 'a'): Promise<readonly string[]> {
  const time = { at: minute(at), knownAt: LATEST };
  const found = (await readerOf(projection).effectiveOwners([dataset(name)], time)).get(dataset(name));
  return (found?.owners ?? []).map((claim) => {
    const since = (claim.since - minute(0)) / (minute(1) - minute(0));
    return `${sourceOf(claim)} ${claim.agent.slice('agent:'.length)} ${String(since)}`;
  });
}

/** What search goes by. */
async function searchedOwners(projection: TestProjection): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await projection.rows<{ name: string; owners: string[] }>(
    `SELECT d.display_name AS name, g.owner_ids AS owners FROM @.search_document d
     JOIN @.search_group g ON g.key = d.group_key`,
  );
  return Object.fromEntries(rows.map(({ name, owners }) => [name, owners]));
}

test('rules assign owners from their receipt on, and each keeps its own beginning', async () => {
  const projection = await fresh();
  await projection.send(event('a'));
  await projection.rule(5, rulesOf('* team:data\n'));
  await projection.rule(10, rulesOf('* team:data\nb team:b\n'));
  await projection.rule(20, rulesOf('* team:data\na team:claims\n'));
  await projection.rule(30, []);
  expect(await Promise.all([4, 5, 15, 20, 30].map((at) => ownersAt(projection, at)))).toEqual([
    [],
    ['RULE team:data 5'],
    ['RULE team:data 5'],
    ['RULE team:claims 20'],
    [],
  ]);
  expect(await projection.findings()).toEqual([]);
});

test('tags and domains bring assets under a rule, parts of a domain too, and take them out again', async () => {
  const projection = await fresh();
  await projection.send(event('a'));
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.define(2, INTAKE, created('Intake', CLAIMS));
  await projection.rule(3, rulesOf('domain:claims team:claims\ntag:pii team:privacy\n'));
  await projection.edit(10, [stated('DOMAIN', INTAKE)]);
  await projection.edit(20, [stated('TAG', 'pii=email')]);
  expect(await searchedOwners(projection)).toEqual({ a: ['agent:team:privacy'] });
  await projection.edit(30, [{ ...stated('TAG', 'pii=email'), action: 'WITHDRAW' }]);
  await projection.define(40, INTAKE, { action: 'CHANGE', body: { parent: null } });
  expect(await Promise.all([9, 10, 20, 30, 40].map((at) => ownersAt(projection, at)))).toEqual([
    [],
    ['RULE team:claims 10'],
    ['RULE team:privacy 20'],
    ['RULE team:claims 10'],
    [],
  ]);
  expect(await searchedOwners(projection)).toEqual({ a: [] });
});

test('edits win over rules and rules over facets, and an owner whom an edit took away stays away', async () => {
  const projection = await fresh();
  await projection.send(event('a', 'team:sent'));
  await projection.rule(5, rulesOf('* team:data\n'));
  await projection.edit(10, [stated('OWNER', agentId('user', 'ana'), 'a', 'OWNER')]);
  await projection.edit(20, [{ ...stated('OWNER', agentId('user', 'ana')), action: 'WITHDRAW' }]);
  await projection.edit(30, [{ ...stated('OWNER', DATA), action: 'WITHDRAW' }]);
  expect(await searchedOwners(projection)).toEqual({ a: ['agent:team:sent'] });
  await projection.edit(40, [stated('OWNER', DATA, 'a', 'OWNER')]);
  await projection.edit(50, [stated('OWNER', agentId('user', 'ben'), 'a', 'STEWARD')]);
  expect(await Promise.all([4, 5, 10, 20, 30, 40, 50].map((at) => ownersAt(projection, at)))).toEqual([
    ['FACET team:sent 0'],
    ['RULE team:data 5'],
    ['EDIT user:ana 10'],
    ['RULE team:data 5'],
    ['FACET team:sent 0'],
    ['EDIT team:data 40'],
    ['EDIT user:ben 50', 'EDIT team:data 40'],
  ]);
});

test.each<[code: string, act: (projection: TestProjection) => Promise<void>]>([
  ['EDIT_CONFLICT', (projection) => projection.rule(9, [], 1)],
  ['EDIT_NAMES_UNKNOWN', (projection) => projection.rule(9, rulesOf('domain:none team:x\n'))],
  ['EDIT_OF_USED', (projection) => projection.define(9, CLAIMS, { action: 'REMOVE' })],
])('what does not fit changes nothing and is a finding: %s', async (code, act) => {
  const projection = await fresh();
  await projection.send(event('a'));
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.rule(2, rulesOf('* team:data\ndomain:claims team:claims\n'), 0);
  await act(projection);
  expect(await projection.findings()).toEqual([code]);
  expect(await ownersAt(projection, 20)).toEqual(['RULE team:data 2']);
});

const NAMES = ['orders', 'public.orders', 'public.orders_raw', 'kafka/topic', '100%_sure', 'ÄRGER.x', 'a\\b'];
const RULES = [
  '* team:all',
  'public.* team:public STEWARD=user:ana',
  'name:*orders namespace:d* team:orders',
  '*/kafka/* team:kafka',
  'public.orders?raw',
  '100%_* team:sure',
  'name:*\\\\b team:slash',
  'tag:pii team:privacy',
  'domain:claims STEWARD=team:claims',
  'ärger.* team:never',
];

test('search and the reader agree on who answers for what, whatever the rules are', async () => {
  const projection = await fresh();
  await projection.send(...NAMES.map((name, index) => event(name, index % 2 === 0 ? 'team:sent' : undefined)));
  await projection.define(1, CLAIMS, created('Claims'));
  await projection.define(2, INTAKE, created('Intake', CLAIMS));
  await projection.edit(3, [stated('TAG', 'pii=x', 'orders'), stated('OWNER', DATA, 'orders', 'STEWARD')]);
  await projection.edit(4, [stated('DOMAIN', INTAKE, 'public.orders')]);
  await projection.edit(5, [
    { ...stated('OWNER', agentId('team', 'public'), 'public.orders_raw'), action: 'WITHDRAW' },
  ]);
  const lists = [RULES, RULES.toReversed(), ...RULES.map((_, at) => RULES.slice(at, at + 3)), []];
  for (const [index, lines] of lists.entries()) {
    await projection.rule(10 + index, rulesOf(lines.map((line) => `${line}\n`).join('')));
    const ids = NAMES.map((name) => dataset(name));
    const read = await readerOf(projection).effectiveOwners(ids, { at: minute(60), knownAt: LATEST });
    const expected = await projection.rows<{ id: NodeId; owners: NodeId[] }>(
      `SELECT d.id, g.owner_ids AS owners FROM @.search_document d JOIN @.search_group g ON g.key = d.group_key`,
    );
    expect(new Map(expected.map(({ id, owners }) => [id, owners])), lines.join('\n')).toEqual(
      new Map([...read].map(([id, { owners }]) => [id, [...new Set(owners.map(({ agent }) => agent))].sort()])),
    );
  }
  expect(await projection.findings()).toEqual([]);
});

test('rules in one batch or many, live or replayed, give the same rows', async () => {
  const projection = await fresh();
  await projection.send(event('a', 'team:sent'), event('b'));
  await projection.rule(1, rulesOf('* team:data\n'));
  await projection.rule(2, rulesOf('a team:a\n* team:data\n'));
  await projection.edit(3, [{ ...stated('OWNER', DATA), action: 'WITHDRAW' }]);
  await projection.rule(4, rulesOf('b team:b\n'));
  for (const replay of await expectSameReplays(projection))
    expect(await searchedOwners(replay)).toEqual({ a: ['agent:team:sent'], b: ['agent:team:b'] });
});

test('who is entered again declines no more, under whichever name of merged datasets that was said', async () => {
  const projection = await fresh();
  const declined: FactEdit = {
    ...{ action: 'STATE', node: dataset('b'), kind: 'DECLINED', value: DATA },
    detail: declinedDetail('OWNER', 'not ours'),
  };
  await projection.send(event('a'), event('b'));
  await projection.edit(5, [stated('OWNER', DATA, 'a')]);
  await projection.edit(6, [declined]);
  await projection.send(datasetEvent({ at: 7, dataset: { name: 'b', facets: { symlinks: symlinksFacet('a') } } }));
  expect(await ownersAt(projection, 7)).toEqual([]);
  await projection.edit(8, [stated('OWNER', DATA, 'a')]);
  expect(await Promise.all([7, 8].map((at) => ownersAt(projection, at)))).toEqual([[], ['EDIT team:data 5']]);
  expect(await searchedOwners(projection)).toMatchObject({ a: [DATA] });
  expect(await projection.findings()).toEqual([]);
  await expectSameReplays(projection);
});
