import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const RAW = datasetNode('raw.claims');
const TEAM = 'agent:team:claims';
const ANA = 'agent:user:ana';
const OWNER = 'agent { id } role source confirmedAt confirmedBy';

interface Told {
  readonly owners: readonly {
    readonly agent: { readonly id: string };
    readonly source: string;
    readonly confirmedAt: string | null;
    readonly confirmedBy: string | null;
  }[];
  readonly declined: readonly {
    readonly claim: { readonly agent: { readonly id: string }; readonly role: string };
    readonly why: string;
    readonly declinedBy: string;
  }[];
}

interface Done {
  readonly __typename: string;
  readonly reason: string;
  readonly faults: readonly { readonly pointer: string }[];
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

async function edit(mutation: string, input: object, headers: Record<string, string> = {}): Promise<Done> {
  const refusal = mutation === 'setOwnershipRules' ? 'OwnershipRulesRefusal' : 'EditRefusal';
  return catalog.mutate<Done>(mutation, input, {
    result: `__typename ... on ${refusal} { reason faults { pointer } }`,
    headers,
  });
}

async function ownersOf(asset: string, asOf: string | null = null): Promise<Told> {
  const query = `query ($asset: ID!, $asOf: DateTime) { told: effectiveOwners(asset: $asset, asOf: $asOf) {
    owners { ${OWNER} } declined { claim { ${OWNER} } why declinedAt declinedBy position } } }`;
  return (await catalog.data<{ told: Told }>(query, { asset, asOf })).told;
}

async function unowned(): Promise<readonly string[]> {
  await catalog.catchUp();
  const { search } = await catalog.data<{ search: { edges: readonly { node: { asset: { id: string } } }[] } }>(
    `{ search(query: "", first: 100, filter: { hasOwner: false }) { edges { node { asset { id } } } } }`,
  );
  return search.edges.map(({ node }) => node.asset.id);
}

test('a confirmed ownership tells when and by whom, until it is another', async () => {
  const before = new Date().toISOString();
  expect((await ownersOf(CLAIMS)).owners).toMatchObject([{ agent: { id: TEAM }, confirmedAt: null }]);
  expect((await edit('confirmOwnership', { on: CLAIMS, agent: TEAM })).__typename).toBe('EditedAsset');
  const [confirmed] = (await ownersOf(CLAIMS)).owners;
  expect(confirmed).toMatchObject({ agent: { id: TEAM }, source: 'FACET' });
  expect(Date.parse(confirmed?.confirmedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(before));
  expect(confirmed?.confirmedBy).not.toBeNull();
  expect((await ownersOf(CLAIMS, before)).owners).toMatchObject([{ confirmedAt: null }]);
  // It was confirmed as a producer states it; what an edit states is another ownership.
  await edit('assignOwner', { on: CLAIMS, agent: TEAM });
  expect((await ownersOf(CLAIMS)).owners).toMatchObject([{ source: 'EDIT', confirmedAt: null }]);
});

test('who declined answers no more, and the asset needs an owner, until somebody enters them again', async () => {
  expect(await unowned()).not.toContain(CLAIMS);
  const before = new Date().toISOString();
  await edit('declineOwnership', { on: CLAIMS, agent: TEAM, why: 'moved to intake' });
  expect(await ownersOf(CLAIMS)).toMatchObject({
    owners: [],
    declined: [{ claim: { agent: { id: TEAM }, role: 'OWNER', source: 'FACET' }, why: 'moved to intake' }],
  });
  expect(await unowned()).toContain(CLAIMS);
  expect((await ownersOf(CLAIMS, before)).owners).toHaveLength(1);
  const { responsibleFor } = await catalog.data<{ responsibleFor: { totalCount: number } }>(
    `{ responsibleFor(agent: "${TEAM}") { totalCount } }`,
  );
  expect(responsibleFor.totalCount).toBe(0);
  await edit('assignOwner', { on: CLAIMS, agent: TEAM });
  expect(await ownersOf(CLAIMS)).toMatchObject({ owners: [{ source: 'EDIT' }], declined: [] });
  await edit('declineOwnership', { on: CLAIMS, agent: TEAM, why: 'still not' });
  await edit('confirmOwnership', { on: CLAIMS, agent: TEAM, reason: 'it is, after all' });
  const [owner] = (await ownersOf(CLAIMS)).owners;
  expect(owner?.confirmedAt).not.toBeNull();
  expect(await unowned()).not.toContain(CLAIMS);
});

test('what comes by a rule is declined for one asset, and who else is named answers', async () => {
  await edit('setOwnershipRules', { file: '* user:ana STEWARD=user:ana\n' });
  await edit('declineOwnership', { on: CLAIMS, agent: ANA, why: 'not mine' });
  const told = await ownersOf(CLAIMS);
  expect(told.owners.map(({ agent, source }) => `${agent.id} ${source}`)).toEqual([`${ANA} RULE`, `${TEAM} FACET`]);
  expect(told.declined).toMatchObject([{ claim: { agent: { id: ANA }, role: 'OWNER' }, why: 'not mine' }]);
  expect((await ownersOf(RAW)).declined).toEqual([]);
});

test('what does not fit is refused with what to do, and changes nothing', async () => {
  const refusals: readonly (readonly [mutation: string, input: object, reason: string, pointers?: string[]])[] = [
    ['confirmOwnership', { on: CLAIMS, agent: ANA }, 'NO_SUCH_OWNERSHIP', []],
    ['confirmOwnership', { on: CLAIMS, agent: TEAM, role: 'STEWARD' }, 'NO_SUCH_OWNERSHIP', []],
    ['declineOwnership', { on: datasetNode('nothing'), agent: TEAM, why: 'x' }, 'NO_SUCH_ASSET', []],
    ['declineOwnership', { on: CLAIMS, agent: 'claims', why: ' ' }, 'INVALID_INPUT', ['/agent', '/why']],
    ['confirmOwnership', { on: 'domain:x', agent: TEAM }, 'INVALID_INPUT', ['/on']],
    ['confirmOwnership', { on: CLAIMS, agent: TEAM, expectedVersion: `${catalog.log.logId}.99` }, 'EDITED_MEANWHILE'],
  ];
  for (const [mutation, input, reason, pointers = []] of refusals) {
    const refused = await edit(mutation, input);
    expect([refused.reason, refused.faults.map(({ pointer }) => pointer)], JSON.stringify(input)).toEqual([
      reason,
      pointers,
    ]);
  }
  expect(await ownersOf(CLAIMS)).toMatchObject({ owners: [{ confirmedAt: null }], declined: [] });
});

test('who only reads does not answer for others, and who edits a part does so there', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  const reader = await catalog.readerOf(null);
  const editor = await catalog.readerOf([NS], ['catalog:read', 'catalog:edit']);
  const input = { on: CLAIMS, agent: TEAM };
  expect((await edit('confirmOwnership', input, reader)).reason).toBe('MISSING_SCOPE');
  expect((await edit('confirmOwnership', input, editor)).__typename).toBe('EditedAsset');
});

test('an import that names an owner who declined enters them again', async () => {
  const result = '__typename ... on ImportedAssets { total unchanged job { id } }';
  const file = `id,owners\n${RAW},STEWARD=${ANA}\n`;
  const imported = async (): Promise<{ readonly job: { readonly id: string } | null }> =>
    catalog.mutate('importAssets', { file }, { result });
  await edit('assignOwner', { on: RAW, agent: ANA, role: 'STEWARD' });
  await edit('declineOwnership', { on: RAW, agent: ANA, role: 'STEWARD', why: 'moved' });
  expect(await ownersOf(RAW)).toMatchObject({ owners: [], declined: [{ claim: { agent: { id: ANA } } }] });
  const done = await imported();
  expect(done).toMatchObject({ total: 1, unchanged: 0 });
  let job = { endedAt: null as string | null, made: 0 };
  while (job.endedAt === null) {
    await catalog.catchUp();
    ({ job } = await catalog.data<{ job: typeof job }>(`query ($id: ID!) { job: editJob(id: $id) { endedAt made } }`, {
      id: done.job?.id,
    }));
  }
  expect(job.made).toBe(1);
  expect(await ownersOf(RAW)).toMatchObject({ owners: [{ agent: { id: ANA }, role: 'STEWARD' }], declined: [] });
  expect(await imported()).toMatchObject({ total: 0, unchanged: 1, job: null });
});
