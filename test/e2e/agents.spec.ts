import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, JOBS, NS, runEvent, runId } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const RAW = datasetNode('raw.claims');
const TEAM = 'agent:team:claims';
const ADDRESS = 'agent:user:jo%40x.org';
const LOUD = 'agent:user:JO%40X.org';
const JO = 'agent:user:jo';
const ADA = 'agent:user:ada';

interface Done {
  readonly __typename: string;
  readonly reason: string;
  readonly message?: string;
  readonly faults: readonly { readonly pointer: string }[];
}
interface Profile {
  readonly agent: { readonly id: string };
  readonly displayName: string;
  readonly names: readonly {
    readonly id: string;
    readonly identities: readonly {
      readonly basis: string;
      readonly because: string;
      readonly reason: string | null;
    }[];
  }[];
  readonly apart: readonly { readonly id: string; readonly from: { readonly id: string }; readonly reason: string }[];
  readonly members: readonly { readonly id: string }[];
  readonly teams: readonly { readonly id: string }[];
  readonly entered: readonly { readonly id: string; readonly editVersion: string; readonly email: string | null }[];
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

const edit = (mutation: string, input: object, headers: Record<string, string> = {}): Promise<Done> => {
  const isOfAsset = ['assignOwner', 'removeOwner', 'confirmOwnership', 'declineOwnership'].includes(mutation);
  const refusal = isOfAsset ? 'EditRefusal' : mutation.endsWith('Domain') ? 'DomainRefusal' : 'AgentRefusal';
  const made = refusal === 'AgentRefusal' ? '... on EditedAgent { position }' : '';
  return catalog.mutate<Done>(mutation, input, {
    result: `__typename ... on ${refusal} { reason message faults { pointer } } ${made}`,
    headers,
  });
};
const enter = (agent: string, more: object = {}) => edit('createAgent', { agent, name: agent, ...more });

async function profileOf(id: string, time: object = {}): Promise<Profile | null> {
  const query = `query ($id: ID!, $asOf: DateTime, $knownAt: DateTime) { agent(id: $id, asOf: $asOf, knownAt: $knownAt) {
    agent { id } displayName names { id identities { basis because reason } } apart { id from { id } reason }
    members { id } teams { id } entered { id editVersion email } } }`;
  return (await catalog.data<{ agent: Profile | null }>(query, { id, ...time })).agent;
}

async function ownersOf(asset: string): Promise<readonly string[]> {
  const { told } = await catalog.data<{ told: { owners: readonly { agent: { id: string } }[] } }>(
    `query ($asset: ID!) { told: effectiveOwners(asset: $asset) { owners { agent { id } } } }`,
    { asset },
  );
  return told.owners.map(({ agent }) => agent.id);
}

async function responsibleFor(agent: string, knownAt: string | null = null): Promise<readonly string[]> {
  await catalog.catchUp();
  const found = await catalog.data<{ r: { totalCount: number; edges: { node: { asset: { id: string } } }[] } }>(
    `query ($agent: ID!, $knownAt: DateTime) { r: responsibleFor(agent: $agent, knownAt: $knownAt) {
       totalCount edges { node { asset { id } roles { agent { id } } } } } }`,
    { agent, knownAt },
  );
  expect(found.r.totalCount).toBe(found.r.edges.length);
  return found.r.edges.map(({ node }) => node.asset.id).sort();
}

test('a person entered with the address of two owners is one agent with them, wherever it is asked for', async () => {
  await edit('assignOwner', { on: CLAIMS, agent: ADDRESS });
  await edit('assignOwner', { on: CLAIMS, agent: LOUD });
  await edit('assignOwner', { on: RAW, agent: JO });
  expect(await ownersOf(CLAIMS)).toEqual([LOUD]);
  const before = new Date().toISOString();
  await enter(JO, { name: 'Jo', email: ' Jo@X.org ' });
  expect(await ownersOf(RAW)).toEqual([LOUD]);
  for (const id of [JO, ADDRESS, LOUD]) expect(await responsibleFor(id)).toEqual([CLAIMS, RAW].sort());
  expect(await responsibleFor(JO, before)).toEqual([RAW]);
  const profile = await profileOf(ADDRESS);
  expect(profile).toMatchObject({ agent: { id: LOUD }, displayName: 'Jo', entered: [{ id: JO, email: 'Jo@X.org' }] });
  expect(profile?.names.map(({ id }) => id)).toEqual([LOUD, JO, ADDRESS]);
  const ofJo = profile?.names.find(({ id }) => id === JO)?.identities.map(({ because }) => because) ?? [];
  expect(ofJo).toContainEqual(expect.stringMatching(/^Entered with the address jo@x\.org by .+ in event \d+$/));
  expect((await profileOf(JO, { knownAt: before }))?.names.map(({ id }) => id)).toEqual([JO]);
  const { search } = await catalog.data<{
    search: { facets: { name: string; values: { value: string; count: number }[] }[] };
  }>(`{ search(query: "", filter: { owners: ["${ADDRESS}"] }) { facets { name values { value count } } } }`);
  const owners = search.facets.find(({ name }) => name === 'OWNER')?.values ?? [];
  expect(owners.filter(({ value }) => [JO, ADDRESS, LOUD].includes(value))).toEqual([{ value: LOUD, count: 2 }]);
  const { node } = await catalog.data<{ node: { id: string } }>(`{ node(id: "${JO}") { id } }`);
  expect(node.id).toBe(LOUD);
});

test('owners and their facet are told by the name that was entered under any id of them', async () => {
  await edit('assignOwner', { on: RAW, agent: LOUD });
  await enter(JO, { name: 'Jo Park', email: 'jo@x.org' });
  const told = await catalog.data<{
    raw: { owners: { agent: { id: string; name: string; displayName: string } }[] };
    claims: { owners: { agent: { displayName: string } }[] };
    search: { facets: { name: string; values: { value: string; label: string }[] }[] };
  }>(
    `query ($raw: ID!, $claims: ID!) {
      raw: effectiveOwners(asset: $raw) { owners { agent { id name displayName } } }
      claims: effectiveOwners(asset: $claims) { owners { agent { displayName } } }
      search(query: "") { facets { name values { value label } } } }`,
    { raw: RAW, claims: CLAIMS },
  );
  expect(told.raw.owners).toEqual([{ agent: { id: LOUD, name: 'JO@X.org', displayName: 'Jo Park' } }]);
  expect(told.claims.owners).toEqual([{ agent: { displayName: 'claims' } }]);
  const labels = told.search.facets.find(({ name }) => name === 'OWNER')?.values;
  expect(labels).toContainEqual({ value: LOUD, label: 'Jo Park' });
});

test('an owner is taken away and answered for by any id, also by one that it was not stated by', async () => {
  await enter(JO, { email: 'jo@x.org' });
  await edit('assignOwner', { on: CLAIMS, agent: ADDRESS, role: 'STEWARD' });
  const stewards = async () => (await ownersOf(CLAIMS)).filter((id) => id !== TEAM);
  expect(await stewards()).toEqual([JO]);
  expect((await edit('confirmOwnership', { on: CLAIMS, agent: JO, role: 'STEWARD' })).__typename).toBe('EditedAsset');
  await edit('declineOwnership', { on: CLAIMS, agent: JO, role: 'STEWARD', why: 'moved' });
  expect(await stewards()).toEqual([]);
  await edit('assignOwner', { on: CLAIMS, agent: ADDRESS, role: 'STEWARD' });
  expect(await stewards()).toEqual([JO]);
  await edit('removeOwner', { on: CLAIMS, agent: JO, role: 'STEWARD' });
  expect(await stewards()).toEqual([]);
});

test('merged by hand with a reason, split again, and apart until somebody merges them', async () => {
  await edit('assignOwner', { on: RAW, agent: JO });
  await edit('assignOwner', { on: CLAIMS, agent: ADA });
  expect((await edit('mergeAgents', { agent: JO, with: ADA, reason: 'her maiden name' })).__typename).toBe(
    'EditedAgent',
  );
  expect(await ownersOf(RAW)).toEqual([ADA]);
  expect(await responsibleFor(JO)).toContain(CLAIMS);
  const merged = await profileOf(JO);
  const ofAda = merged?.names.find(({ id }) => id === ADA)?.identities ?? [];
  expect(ofAda.filter(({ basis }) => basis === 'EDIT')).toMatchObject([
    {
      basis: 'EDIT',
      reason: 'her maiden name',
      because: expect.stringContaining(`Merged with ${JO} by`) as string,
    },
  ]);
  expect(await edit('mergeAgents', { agent: ADA, with: JO })).toMatchObject({ reason: 'AGENTS_ARE_ONE' });
  await edit('splitAgent', { agent: JO, reason: 'she left' });
  expect(await ownersOf(RAW)).toEqual([JO]);
  expect((await profileOf(JO))?.apart).toMatchObject([{ id: JO, from: { id: ADA }, reason: 'she left' }]);
  expect(await edit('splitAgent', { agent: JO })).toMatchObject({ reason: 'AGENT_IS_ALONE' });
  await edit('mergeAgents', { agent: ADA, with: JO });
  expect(await ownersOf(RAW)).toEqual([ADA]);
  expect((await profileOf(JO))?.apart).toEqual([]);
});

test('a key lets the same request be sent again, and switches off no check', async () => {
  await edit('assignOwner', { on: RAW, agent: JO });
  await edit('assignOwner', { on: CLAIMS, agent: ADA });
  const headOfLog = async () => (await catalog.log.head()).position;
  const before = await headOfLog();
  expect(await edit('splitAgent', { agent: JO, idempotencyKey: 'a' })).toMatchObject({ reason: 'AGENT_IS_ALONE' });
  expect(await headOfLog()).toBe(before);
  const merge = { agent: JO, with: ADA, idempotencyKey: 'b' };
  const split = { agent: JO, idempotencyKey: 'c' };
  const merged = await edit('mergeAgents', merge);
  expect(merged).toMatchObject({ __typename: 'EditedAgent' });
  const after = await headOfLog();
  expect(await edit('mergeAgents', merge)).toEqual(merged);
  expect(await edit('mergeAgents', { ...merge, idempotencyKey: 'd' })).toMatchObject({ reason: 'AGENTS_ARE_ONE' });
  expect(await headOfLog()).toBe(after);
  const taken = await edit('splitAgent', split);
  expect(taken).toMatchObject({ __typename: 'EditedAgent' });
  const last = await headOfLog();
  expect(await edit('splitAgent', split)).toEqual(taken);
  expect(await edit('mergeAgents', merge)).toEqual(merged);
  expect(await headOfLog()).toBe(last);
  expect(await ownersOf(RAW)).toEqual([JO]);
});

test('a split takes out one id, and the others stay one also where only that one joined them', async () => {
  const [a, b, c] = ['agent:user:qa', 'agent:user:qb', 'agent:user:qc'];
  for (const id of [a, b, c]) await enter(id, id === c ? { email: 'jo@x.org' } : {});
  await edit('mergeAgents', { agent: a, with: b });
  await edit('mergeAgents', { agent: b, with: c });
  await edit('splitAgent', { agent: b, reason: 'a namesake' });
  expect((await profileOf(a))?.names.map(({ id }) => id)).toEqual([a, c]);
  expect((await profileOf(b))?.names.map(({ id }) => id)).toEqual([b]);
  const ofA = (await profileOf(a))?.names.find(({ id }) => id === a)?.identities ?? [];
  expect(ofA.map(({ because }) => because)).toContainEqual(
    expect.stringMatching(/^Stayed one with agent:user:qc when another id was split off by .+ in event \d+$/),
  );
  await edit('splitAgent', { agent: c });
  expect((await profileOf(a))?.names.map(({ id }) => id)).toEqual([a]);
});

test('who cannot be one is not merged, and no team comes to be within itself by another id', async () => {
  const [p1, p2, p3] = ['agent:user:p1', 'agent:user:p2', 'agent:user:p3'];
  const [t1, t2, t3] = ['agent:team:t1', 'agent:team:t2', 'agent:team:t3'];
  for (const id of [p1, p2, p3, 'agent:owner:data']) await enter(id);
  await enter(t1, { members: [p2] });
  for (const [agent, other] of [
    [p1, p2],
    [p2, p3],
  ])
    await edit('mergeAgents', { agent, with: other });
  for (const [agent, other] of [
    [p3, t1],
    [t1, p1],
  ])
    expect(await edit('mergeAgents', { agent, with: other })).toMatchObject({ reason: 'AGENTS_OF_OTHER_SORTS' });
  await enter(t2, { members: [t1] });
  await enter(t3, { members: [t2] });
  expect(await edit('mergeAgents', { agent: t3, with: t1 })).toMatchObject({ reason: 'AGENT_CYCLE' });
  expect(await edit('mergeAgents', { agent: t2, with: t3 })).toMatchObject({ reason: 'AGENT_CYCLE' });
  // Its kind does not tell what it is.
  expect(await edit('mergeAgents', { agent: 'agent:owner:data', with: t3 })).toMatchObject({
    __typename: 'EditedAgent',
  });
  expect(await edit('mergeAgents', { agent: 'agent:owner:data', with: p1 })).toMatchObject({
    reason: 'AGENTS_OF_OTHER_SORTS',
  });
  const members = ['agent:owner:data'];
  expect(await edit('changeAgent', { agent: t1, members })).toMatchObject({ reason: 'AGENT_CYCLE' });
  expect(await edit('createAgent', { agent: 'agent:team:t4', name: 't4', members })).toMatchObject({
    __typename: 'EditedAgent',
  });
  expect((await profileOf(t1))?.members).toEqual([{ id: p1 }]);
});

test('what an address joins is split and stays so when it is sent again', async () => {
  await edit('assignOwner', { on: CLAIMS, agent: ADDRESS });
  await edit('assignOwner', { on: RAW, agent: LOUD });
  await edit('splitAgent', { agent: ADDRESS, reason: 'a shared mailbox' });
  await edit('assignOwner', { on: RAW, agent: ADDRESS });
  expect([...(await ownersOf(RAW))].sort()).toEqual([LOUD, ADDRESS]);
  expect(await responsibleFor(LOUD)).toEqual([RAW]);
});

test('whom somebody was split from is told to who may know of that id', async () => {
  const guarded = await CatalogApp.start({ auth: 'on' });
  opened.push(guarded);
  const [visible, entered, hidden] = ['agent:user:AVA%40x.org', 'agent:user:bea', 'agent:user:ava%40x.org'];
  const ownedBy = (owner: string, namespace: string, at: number): object =>
    runEvent({
      ...{ job: 'fill', runId: runId(at), at: `2026-03-01T00:0${String(at)}:00Z` },
      outputs: [{ namespace, name: 't', facets: { ownership: facet({ owners: [{ name: owner, type: 'OWNER' }] }) } }],
    });
  await guarded.take([ownedBy('user:AVA@x.org', NS, 1), ownedBy('user:ava@x.org', 'vault', 2)]);
  const steward = await guarded.readerOf(null, ['catalog:read', 'catalog:edit']);
  const done = [
    await guarded.mutate('createAgent', { agent: entered, name: 'Bea', email: 'ava@x.org' }, { headers: steward }),
    await guarded.mutate('splitAgent', { agent: entered }, { headers: steward }),
  ];
  expect(done.map(({ __typename }) => __typename)).toEqual(['EditedAgent', 'EditedAgent']);
  const fromOf = async (id: string, headers: Record<string, string>) => {
    const query = `query ($id: ID!) { agent(id: $id) { apart { from { id } } } }`;
    const { agent } = await guarded.data<{ agent: Pick<Profile, 'apart'> }>(query, { id }, headers);
    return agent.apart.map(({ from }) => from.id).sort();
  };
  const reader = await guarded.readerOf([NS, JOBS]);
  expect(await fromOf(entered, steward)).toEqual([visible, hidden]);
  expect(await fromOf(entered, reader)).toEqual([visible]);
  expect(await fromOf(visible, reader)).toEqual([entered]);
});

test('a team has its members as of then, and a person its teams', async () => {
  await enter(JO);
  await enter('agent:user:ana');
  await enter(TEAM, { members: [JO] });
  const before = new Date().toISOString();
  expect((await profileOf(TEAM))?.members).toEqual([{ id: JO }]);
  const version = (await profileOf(TEAM))?.entered[0]?.editVersion;
  await edit('changeAgent', { agent: TEAM, members: ['agent:user:ana', JO], expectedVersion: version });
  expect((await profileOf('agent:user:ana'))?.teams).toEqual([{ id: TEAM }]);
  expect((await profileOf('agent:user:ana', { asOf: before }))?.teams).toEqual([]);
  expect((await profileOf(TEAM))?.members).toEqual([{ id: 'agent:user:ana' }, { id: JO }]);
  expect(await edit('changeAgent', { agent: TEAM, name: 'x', expectedVersion: version })).toMatchObject({
    reason: 'EDITED_MEANWHILE',
  });
});

test('owners of a domain are told once, whichever of their ids it has', async () => {
  await enter(JO, { email: 'jo@x.org' });
  const owners = [JO, ADDRESS].map((agent) => ({ agent, role: 'OWNER' }));
  await edit('createDomain', { name: 'Claims', owners });
  const { domain } = await catalog.data<{ domain: { owners: { agent: { id: string } }[] } }>(
    `{ domain(id: "domain:claims") { owners { agent { id } } } }`,
  );
  expect(domain.owners).toEqual([{ agent: { id: JO } }]);
});

test('all that an agent answers for is handed over, by whichever id it is stated', async () => {
  await edit('assignOwner', { on: CLAIMS, agent: ADDRESS });
  await edit('assignOwner', { on: RAW, agent: JO });
  await enter(JO, { email: 'jo@x.org' });
  const query = `mutation { done: handOver(input: { from: "${ADDRESS}", to: "agent:user:ana" }) {
    __typename ... on StartedEdits { job { id } } } }`;
  const { done } = await catalog.whileProjecting(
    catalog.data<{ done: { __typename: string; job: { id: string } } }>(query),
  );
  expect(done.__typename).toBe('StartedEdits');
  for (let isEnded = false; !isEnded;) {
    await catalog.catchUp();
    const { job } = await catalog.data<{ job: { endedAt: string | null } }>(
      `query ($id: ID!) { job: editJob(id: $id) { endedAt } }`,
      { id: done.job.id },
    );
    isEnded = job.endedAt !== null;
  }
  for (const asset of [CLAIMS, RAW]) expect(await ownersOf(asset)).toEqual(['agent:user:ana']);
  expect(await responsibleFor(JO)).toEqual([]);
});

test('what does not fit is refused with what to do, and changes nothing', async () => {
  await enter(JO);
  await enter(TEAM, { members: [JO] });
  await enter('agent:team:inner', { members: [TEAM] });
  const refusals: readonly (readonly [mutation: string, input: object, reason: string, pointers?: string[]])[] = [
    ['createAgent', { agent: JO, name: 'Jo' }, 'AGENT_EXISTS'],
    ['createAgent', { agent: 'jo', name: ' ', email: 'nobody' }, 'INVALID_INPUT', ['/agent', '/name', '/email']],
    ['createAgent', { agent: 'agent:user:x', name: 'x', members: [JO] }, 'INVALID_INPUT', ['/members']],
    ['createAgent', { agent: 'agent:team:x', name: 'x', members: ['agent:user:nobody'] }, 'NO_SUCH_AGENT'],
    ['changeAgent', { agent: TEAM, members: ['agent:team:inner'] }, 'AGENT_CYCLE'],
    ['changeAgent', { agent: 'agent:user:nobody', name: 'x' }, 'NO_SUCH_AGENT'],
    ['changeAgent', { agent: JO }, 'INVALID_INPUT', ['']],
    ['removeAgent', { agent: JO }, 'AGENT_IN_USE'],
    ['mergeAgents', { agent: JO, with: 'agent:user:nobody' }, 'NO_SUCH_AGENT'],
    ['mergeAgents', { agent: JO, with: JO }, 'INVALID_INPUT', ['/with']],
    ['splitAgent', { agent: 'agent:user:nobody' }, 'NO_SUCH_AGENT'],
  ];
  for (const [mutation, input, reason, pointers = []] of refusals) {
    const refused = await edit(mutation, input);
    expect([refused.reason, refused.faults.map(({ pointer }) => pointer)], JSON.stringify(input)).toEqual([
      reason,
      pointers,
    ]);
  }
  expect((await profileOf(TEAM))?.members).toEqual([{ id: JO }]);
  expect(await profileOf('agent:user:nobody')).toBeNull();
  expect((await edit('createAgent', { agent: JO, name: 'Jo' })).message).toBe(
    'There is an agent with this id. Choose another id, or change that agent.',
  );
});
