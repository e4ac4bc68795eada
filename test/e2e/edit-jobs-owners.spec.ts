import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { RevokeToken } from '@headwater/application/access/revoke-token';
import { RunEditJobs } from '@headwater/application/governance/bulk/run-edit-jobs';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, NS, runEvent, runId } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const SCORES = datasetNode('scores');
const [ANA, BEN, TEAM] = ['agent:user:ana', 'agent:user:ben', 'agent:team:claims'];
const EDITOR = ['catalog:read', 'catalog:edit'] as const;

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

interface Done {
  readonly __typename: string;
  readonly job: { readonly id: string; readonly total: number };
  readonly reason: string;
  readonly faults: readonly { readonly pointer: string }[];
}

const PARTS = `__typename ... on StartedEdits { job { id total } }`;

async function start(input: object): Promise<Done> {
  const query = `mutation ($input: StartEditsInput!) { done: startEdits(input: $input) {
    ${PARTS} ... on StartEditsRefusal { reason faults { pointer } } } }`;
  return ended((await catalog.data<{ done: Done }>(query, { input })).done);
}

async function handOver(input: object): Promise<Done> {
  const query = `mutation ($input: HandOverInput!) { done: handOver(input: $input) {
    ${PARTS} ... on HandOverRefusal { reason faults { pointer } } } }`;
  return ended((await catalog.whileProjecting(catalog.data<{ done: Done }>(query, { input }))).done);
}

async function ended(done: Done): Promise<Done> {
  for (let isEnded = done.__typename !== 'StartedEdits'; !isEnded;) {
    await catalog.catchUp();
    const { job } = await catalog.data<{ job: { endedAt: string | null } }>(
      `query ($id: ID!) { job: editJob(id: $id) { endedAt } }`,
      { id: done.job.id },
    );
    isEnded = job.endedAt !== null;
  }
  return done;
}

async function single(mutation: string, input: object, headers: Record<string, string> = {}): Promise<void> {
  await catalog.mutate(mutation, input, { headers });
}

async function ownersOf(id: string): Promise<readonly string[]> {
  const { effectiveOwners } = await catalog.data<{
    effectiveOwners: { owners: { agent: { id: string }; role: string; source: string }[] };
  }>(`query ($id: ID!) { effectiveOwners(asset: $id) { owners { agent { id } role source } } }`, { id });
  return effectiveOwners.owners.map(({ agent, role, source }) => `${agent.id} ${role} ${source}`).sort();
}

/** A run whose output says who owns it. */
const ownedBy = (n: number, name: string, names: readonly string[], facets: object = {}): object =>
  runEvent({
    ...{ job: 'own', runId: runId(n), at: '2026-03-05T01:00:00Z' },
    outputs: [{ name, facets: { ownership: facet({ owners: names.map((one) => ({ name: one })) }), ...facets } }],
  });
const alsoCalled = (name: string): object => ({
  symlinks: facet({ identifiers: [{ namespace: NS, name, type: 'TABLE' }] }),
});

test('who answers beside them by a producer’s word still does', async () => {
  await catalog.take([ownedBy(51, 'shared', ['user:ana', 'user:carl'])]);
  await handOver({ from: ANA, to: BEN });
  expect(await ownersOf(datasetNode('shared'))).toEqual(['agent:user:ben OWNER EDIT', 'agent:user:carl OWNER EDIT']);
});

test('what did not count is taken away, and nothing given for it', async () => {
  await catalog.take([ownedBy(52, 'ruled', ['user:dora'])]);
  await single('setOwnershipRules', { file: 'ruled team:claims' });
  await handOver({ from: 'agent:user:dora', to: BEN });
  expect(await ownersOf(datasetNode('ruled'))).toEqual([`${TEAM} OWNER RULE`]);
});

test('who has it already is not entered twice, and keeps it', async () => {
  for (const agent of [ANA, BEN]) await single('assignOwner', { on: SCORES, agent, role: 'STEWARD' });
  await handOver({ from: ANA, to: BEN });
  expect(await ownersOf(SCORES)).toEqual([`${BEN} STEWARD EDIT`]);
});

test('who edits a part of the catalog hands over what is there, leaves rules, and is not told whom they name', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take([...claimsFlow(), ownedBy(53, 'both', ['team:claims'])]);
  const [whole, part] = [await catalog.readerOf(null, EDITOR), await catalog.readerOf([NS], EDITOR)];
  await single('setOwnershipRules', { file: 'both team:claims\nsecret.* team:secret' }, whole);
  const preview = `query ($from: ID!) { plan: previewHandOver(from: $from, to: "${BEN}") { total forbiddenRules rules { number } } }`;
  // Where the rule answers for it, it stays with whom the rule names.
  expect(await catalog.data(preview, { from: TEAM }, part)).toEqual({
    plan: { total: 1, forbiddenRules: 0, rules: [] },
  });
  const refusals = ['agent:team:secret', 'agent:team:nobody'].map(
    async (from) => (await catalog.ask(preview, { from }, part)).errors,
  );
  const [ofSecret, ofNobody] = await Promise.all(refusals);
  expect(ofSecret).toMatchObject([{ extensions: { reason: 'NO_SUCH_AGENT' } }]);
  expect(ofNobody).toMatchObject([{ message: ofSecret?.[0]?.message }]);
  await single('createDomain', { name: 'Claims', owners: [{ agent: TEAM }] }, whole);
  const definitions = `query { plan: previewHandOver(from: "${TEAM}", to: "${BEN}") {
    forbiddenDefinitions definitions { definition { id } } } }`;
  expect(await catalog.data(definitions, {}, part)).toEqual({ plan: { forbiddenDefinitions: 1, definitions: [] } });
});

test('owners of domains and data products are handed over with the rest, as a preview told, and all at once', async () => {
  await single('createDomain', { name: 'Claims', owners: [{ agent: ANA }, { agent: BEN }] });
  await single('createDataProduct', { name: 'Scores', owners: [{ agent: ANA, role: 'STEWARD' }] });
  await single('assignDomain', { on: SCORES, domain: 'domain:claims' });
  await single('setOwnershipRules', { file: 'raw.* STEWARD=user:ana' });
  const parts = `definition { id } before { agent { id } role } after { agent { id } role }`;
  const ask = `query { plan: previewHandOver(from: "${ANA}", to: "${BEN}") {
    total version rules { after } definitions { ${parts} } forbiddenDefinitions } }`;
  const { plan } = await catalog.data<{ plan: { version: string } }>(ask);
  expect(plan).toMatchObject({
    ...{ total: 0, forbiddenDefinitions: 0, rules: [{ after: 'raw.* STEWARD=user:ben' }] },
    definitions: [
      {
        definition: { id: 'domain:claims' },
        before: [{ agent: { id: ANA }, role: 'OWNER' }, { agent: { id: BEN } }],
        after: [{ agent: { id: BEN }, role: 'OWNER' }],
      },
      { definition: { id: 'product:scores' }, after: [{ agent: { id: BEN }, role: 'STEWARD' }] },
    ],
  });
  const { version: expectedVersion } = plan;
  await single('changeDomain', { domain: 'domain:claims', description: 'Changed meanwhile.' });
  const late = await handOver({ from: ANA, to: BEN, expectedVersion });
  expect(late.reason).toBe('EDITED_MEANWHILE');
  expect(await ownersOf(SCORES)).toContain(`${ANA} OWNER DOMAIN`);
  await handOver({ from: ANA, to: BEN, reason: 'ana leaves' });
  expect(await ownersOf(SCORES)).toEqual([`${BEN} OWNER DOMAIN`]);
  expect(await catalog.data(ask)).toMatchObject({ plan: { total: 0, rules: [], definitions: [] } });
  // One event of the log says all of it.
  const { events } = await catalog.data<{ events: { edges: readonly { node: { summary: object } }[] } }>(
    `{ events(first: 1, filter: { kinds: [EDIT] }) { edges { node { summary { reason edits { part on } } } } } }`,
  );
  expect(events.edges[0]?.node.summary).toMatchObject({
    reason: 'ana leaves',
    edits: [
      { part: 'RULES', on: 'rules:ownership' },
      { part: 'OWNERS', on: 'domain:claims' },
      { part: 'OWNERS', on: 'product:scores' },
    ],
  });
});

test('who leaves is taken out of teams, as the preview told, and who is nobody hands over nothing', async () => {
  for (const agent of [ANA, BEN]) await single('createAgent', { agent, name: agent });
  await single('createAgent', { agent: TEAM, name: 'Claims', members: [ANA, BEN] });
  await single('createAgent', { agent: 'agent:team:other', name: 'Other', members: [BEN] });
  const ask = `query ($from: ID!) { plan: previewHandOver(from: $from, to: "agent:user:eve") {
    version teams { id } forbiddenTeams } }`;
  const { plan } = await catalog.data<{ plan: { version: string } }>(ask, { from: ANA });
  expect(plan).toMatchObject({ teams: [{ id: TEAM }], forbiddenTeams: 0 });
  await handOver({ from: ANA, to: 'agent:user:eve', expectedVersion: plan.version });
  const { agent } = await catalog.data<{ agent: object }>(`{ agent(id: "${TEAM}") { members { id } } }`);
  expect(agent).toEqual({ members: [{ id: BEN }] });
  expect(await catalog.data(ask, { from: ANA })).toMatchObject({ plan: { teams: [] } });
  expect(await handOver({ from: 'agent:user:nobody', to: BEN })).toMatchObject({ reason: 'NO_SUCH_AGENT' });
});

test('while it is not known whether the rules hold, no asset is handed over', async () => {
  await single('setOwnershipRules', { file: 'scores team:claims' });
  const ask = `mutation ($input: HandOverInput!) { handOver(input: $input) { __typename } }`;
  // Nobody projects meanwhile.
  const { errors } = await catalog.ask(ask, { input: { from: TEAM, to: BEN } });
  expect(errors[0]?.extensions).toMatchObject({ reason: 'PROJECTION_BEHIND' });
  const { editJobs } = await catalog.data<{ editJobs: object }>('{ editJobs { edges { node { id } } } }');
  expect(editJobs).toEqual({ edges: [] });
  await catalog.catchUp();
  await handOver({ from: TEAM, to: BEN });
  expect([await ownersOf(SCORES), await ownersOf(CLAIMS)]).toEqual([[`${BEN} OWNER RULE`], [`${BEN} OWNER EDIT`]]);
});

test('under one key something else is refused, and the job of the key stays', async () => {
  const input = { selection: { ids: [CLAIMS] }, change: { addTags: ['offboarding'] }, idempotencyKey: 'k' };
  const { job } = await start(input);
  expect((await start(input)).job.id).toBe(job.id);
  expect(await start({ ...input, change: { addTags: ['other'] } })).toMatchObject({ reason: 'KEY_USED' });
  expect(await handOver({ from: TEAM, to: BEN, idempotencyKey: 'k' })).toMatchObject({ reason: 'KEY_USED' });
  await handOver({ from: TEAM, to: BEN, idempotencyKey: 'of its own' });
  expect(await ownersOf(CLAIMS)).toEqual([`${BEN} OWNER EDIT`]);
});

test('one cannot be given a role and lose every role at once; another role in its place can be named', async () => {
  await single('assignOwner', { on: CLAIMS, agent: ANA, role: 'OWNER' });
  const selection = { ids: [CLAIMS, SCORES] };
  const assignOwners = [{ agent: ANA, role: 'STEWARD' }];
  const refused = await start({ selection, change: { assignOwners, removeOwners: [{ agent: ANA }] } });
  expect(refused.faults.map(({ pointer }) => pointer)).toEqual(['/change/removeOwners/0']);
  await start({ selection, change: { assignOwners, removeOwners: [{ agent: ANA, role: 'OWNER' }] } });
  expect(await ownersOf(SCORES)).toContain(`${ANA} STEWARD EDIT`);
  expect(await ownersOf(CLAIMS)).toEqual([`${TEAM} OWNER FACET`, `${ANA} STEWARD EDIT`]);
});

test('what only comes near a search is not edited', async () => {
  const refused = await start({ selection: { query: 'claims obsolete_export' }, change: { addTags: ['drop'] } });
  expect(refused.faults).toEqual([{ pointer: '/selection/query' }]);
});

test('of merged assets an owner without a role is removed by whichever name says so', async () => {
  await catalog.take([ownedBy(61, 'zz-last', ['user:ana'], alsoCalled('aa-first'))]);
  const input = {
    selection: { ids: [datasetNode('aa-first')] },
    change: { removeOwners: [{ agent: ANA, role: 'OWNER' }] },
  };
  expect((await start(input)).job.total).toBe(1);
  expect(await ownersOf(datasetNode('zz-last'))).toEqual([]);
  expect((await start(input)).job.total).toBe(0);
});

test('merged assets that were in two domains are put into the one that does not hold', async () => {
  for (const name of ['X', 'Y']) await single('createDomain', { name });
  const run = { job: 'own', at: '2026-03-05T01:00:00Z' };
  await catalog.take([runEvent({ ...run, runId: runId(70), outputs: ['zz-last', 'aa-first'] })]);
  await single('assignDomain', { on: datasetNode('zz-last'), domain: 'domain:x' });
  await single('assignDomain', { on: datasetNode('aa-first'), domain: 'domain:y' });
  const outputs = [{ name: 'zz-last', facets: alsoCalled('aa-first') }];
  await catalog.take([runEvent({ ...run, runId: runId(71), outputs })]);
  const selection = { ids: [datasetNode('zz-last')] };
  expect((await start({ selection, change: { domain: 'domain:y' } })).job.total).toBe(0);
  expect((await start({ selection, change: { domain: 'domain:x' } })).job.total).toBe(1);
  const read = `query ($id: ID!) { node(id: $id) { ... on Asset { domain { id } } } }`;
  expect(await catalog.data(read, { id: datasetNode('aa-first') })).toEqual({ node: { domain: { id: 'domain:x' } } });
});

test('what who asked may not edit any more is not edited, and the job says why', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  const [whole, leaver] = [await catalog.readerOf(null, EDITOR), await catalog.readerOf(null, EDITOR)];
  const runner = catalog.app.get(RunEditJobs, { strict: false });
  const take = vi.spyOn(runner, 'take').mockReturnValue();
  const query = `mutation ($input: StartEditsInput!) { done: startEdits(input: $input) { ... on StartedEdits { job { id } } } }`;
  const input = { selection: { ids: [CLAIMS, SCORES] }, change: { addTags: ['late'] } };
  const { done } = await catalog.data<{ done: Pick<Done, 'job'> }>(query, { input }, leaver);
  const { rows } = await catalog.apiPool.query<{ actor: string }>('SELECT actor FROM edit_job');
  const revoke = new RevokeToken(catalog.access.parts);
  await revoke.execute({ principal: LOCAL_PRINCIPAL, address: null }, rows[0]?.actor.slice('token:'.length) ?? '');
  take.mockRestore();
  const before = await catalog.apiPool.query('SELECT FROM event_log');
  await catalog.whileProjecting(runner.run(done.job.id));
  const { job } = await catalog.data<{ job: object }>(
    'query ($id: ID!) { job: editJob(id: $id) { made refused endedAt edits { state position reason asset { tags { tag { name } } } } } }',
    { id: done.job.id },
    whole,
  );
  const refused = { state: 'REFUSED', position: null, reason: 'EDIT_NOT_ALLOWED' };
  expect(job).toMatchObject({ made: 0, refused: 2, endedAt: expect.any(String) as string, edits: [refused, refused] });
  expect(JSON.stringify(job)).not.toContain('late');
  expect((await catalog.apiPool.query('SELECT FROM event_log')).rowCount).toBe(before.rowCount);
});
