import { RunEditJobs } from '@headwater/application/governance/bulk/run-edit-jobs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { CatalogApp, type GraphqlAnswer } from './catalog-app.js';
import { claimsFlow, datasetNode, jobNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const RAW = datasetNode('raw.claims');
const SCORES = datasetNode('scores');
const [ANA, BEN, TEAM] = ['agent:user:ana', 'agent:user:ben', 'agent:team:claims'];

const PART = 'action part on value detail';
const PLAN = `total unchanged forbidden version edits { asset { id } changes { ${PART} } }`;
const JOB =
  'id kind by reason total made refused endedAt changes { action part value detail } edits { asset { id } state position reason }';

interface Plan {
  readonly total: number;
  readonly unchanged: number;
  readonly forbidden: number;
  readonly version: string;
  readonly edits: readonly { readonly asset: { readonly id: string }; readonly changes: readonly object[] }[];
  readonly rules: readonly { readonly number: number; readonly before: string; readonly after: string }[];
  readonly forbiddenRules: number;
}

interface Job {
  readonly id: string;
  readonly kind: string;
  readonly by: string;
  readonly reason: string | null;
  readonly total: number;
  readonly made: number;
  readonly refused: number;
  readonly endedAt: string | null;
  readonly changes: readonly object[];
  readonly edits: readonly {
    readonly asset: { readonly id: string } | null;
    readonly state: string;
    readonly position: string | null;
    readonly reason: string | null;
  }[];
}

interface Started {
  readonly __typename: string;
  readonly job: Job;
  readonly reason: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
  readonly current: Plan | null;
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

type Headers = Record<string, string>;

const PREVIEW = `query ($selection: EditSelection!, $change: EditChange!) {
  plan: previewEdits(selection: $selection, change: $change) { ${PLAN} } }`;

async function preview(selection: object, change: object, headers: Headers = {}): Promise<Plan> {
  return (await catalog.data<{ plan: Plan }>(PREVIEW, { selection, change }, headers)).plan;
}

async function start(input: object, headers: Headers = {}): Promise<Started> {
  const query = `mutation ($input: StartEditsInput!) { done: startEdits(input: $input) { __typename
    ... on StartedEdits { job { ${JOB} } }
    ... on StartEditsRefusal { reason message faults { pointer detail } current { ${PLAN} } } } }`;
  return (await catalog.data<{ done: Started }>(query, { input }, headers)).done;
}

async function ended({ job: { id } }: Started, headers: Headers = {}): Promise<Job> {
  for (;;) {
    await catalog.catchUp();
    const { job } = await catalog.data<{ job: Job }>(
      `query ($id: ID!) { job: editJob(id: $id) { ${JOB} } }`,
      { id },
      headers,
    );
    if (job.endedAt !== null) return job;
  }
}

async function single(mutation: string, input: object): Promise<void> {
  await catalog.mutate(mutation, input);
}

async function stated(id: string): Promise<{ tags: string[]; owners: string[] }> {
  const { node } = await catalog.data<{
    node: {
      tags: { tag: { name: string }; source: string }[];
      effectiveOwners: { owners: { agent: { id: string }; role: string; source: string }[] };
    };
  }>(
    `query ($id: ID!) { node(id: $id) { ... on Asset { tags { tag { name } source } effectiveOwners { owners { agent { id } role source } } } } }`,
    { id },
  );
  return {
    tags: node.tags.map(({ tag, source }) => `${tag.name} ${source}`),
    owners: node.effectiveOwners.owners.map(({ agent, role, source }) => `${agent.id} ${role} ${source}`),
  };
}

const EDITOR = ['catalog:read', 'catalog:edit'] as const;
const DATASETS = { query: '', filter: { kinds: ['DATASET'] } };
const CHANGE = { addTags: ['reviewed'], assignOwners: [{ agent: ANA, role: 'STEWARD' }] };

test('an asset that is named twice is edited once, and none behind it is left out', async () => {
  const plan = await preview({ ids: [CLAIMS, CLAIMS, RAW] }, { addTags: ['reviewed'] });
  expect(plan.edits.map(({ asset }) => asset.id)).toEqual([CLAIMS, RAW].sort());
});

test('a bare key takes off every tag of it, and what nothing has is told', async () => {
  const query = `query ($selection: EditSelection!, $change: EditChange!) {
    plan: previewEdits(selection: $selection, change: $change) { total withoutEffect { pointer } edits { changes { value } } } }`;
  const change = { removeTags: ['tier', 'nowhere'] };
  expect(await catalog.data(query, { selection: { ids: [CLAIMS, RAW] }, change })).toEqual({
    plan: {
      total: 1,
      withoutEffect: [{ pointer: '/change/removeTags/1' }],
      edits: [{ changes: [{ value: 'tier=gold' }] }],
    },
  });
  const untag = (): Promise<unknown> =>
    catalog.whileProjecting(
      catalog.data(`mutation { done: untagAsset(input: { on: ${JSON.stringify(CLAIMS)}, tag: "tier" }) {
        ... on EditedAsset { removedTags } } }`),
    );
  expect(await untag()).toEqual({ done: { removedTags: ['tier=gold'] } });
  expect(await untag()).toEqual({ done: { removedTags: [] } });
  expect((await stated(CLAIMS)).tags.filter((tag) => tag.startsWith('tier'))).toEqual([]);
});

test('what a search finds is looked at, edited as one job, and each asset says who did it and why', async () => {
  const plan = await preview(DATASETS, CHANGE);
  expect(plan).toMatchObject({ total: 4, unchanged: 0, forbidden: 0 });
  expect(plan.edits.find(({ asset }) => asset.id === CLAIMS)?.changes).toEqual([
    { action: 'STATE', part: 'OWNER', on: CLAIMS, value: ANA, detail: 'STEWARD' },
    { action: 'STATE', part: 'TAG', on: CLAIMS, value: 'reviewed', detail: null },
  ]);
  const started = await start({
    ...{ selection: DATASETS, change: CHANGE },
    ...{ expectedVersion: plan.version, reason: 'yearly review' },
  });
  expect(started.job).toMatchObject({ kind: 'EDITS', total: 4, endedAt: null, reason: 'yearly review' });
  const job = await ended(started);
  expect(job).toMatchObject({ made: 4, refused: 0 });
  expect(job.edits.map(({ asset }) => asset?.id)).toEqual(plan.edits.map(({ asset }) => asset.id));
  for (const { asset } of plan.edits) {
    const { tags, owners } = await stated(asset.id);
    expect(tags).toContain('reviewed EDIT');
    expect(owners).toContain(`${ANA} STEWARD EDIT`);
  }
  const { events } = await catalog.data<{
    events: { edges: { node: { position: string; summary: { reason: string; edits: object[] } } }[] };
  }>(
    `query ($node: ID!) { events(filter: { node: $node, kinds: [EDIT] }) { edges { node { position summary { reason edits { part } } } } } }`,
    {
      node: CLAIMS,
    },
  );
  const [edit] = events.edges;
  expect(events.edges).toHaveLength(1);
  expect(edit?.node.summary).toEqual({ reason: 'yearly review', edits: [{ part: 'OWNER' }, { part: 'TAG' }] });
  expect(job.edits.map(({ position }) => position)).toContain(edit?.node.position);
});

test('what is so already is not edited again', async () => {
  await single('tagAsset', { on: CLAIMS, tag: 'reviewed' });
  const selection = { ids: [CLAIMS, RAW, jobNode('clean')] };
  const plan = await preview(selection, { addTags: ['reviewed'] });
  expect([plan.total, plan.unchanged]).toEqual([2, 1]);
  expect(await ended(await start({ selection, change: { addTags: ['reviewed'] } }))).toMatchObject({
    total: 2,
    made: 2,
  });
  const again = await start({ selection, change: { addTags: ['reviewed'] } });
  expect(again.job).toMatchObject({ total: 0, made: 0 });
  expect(again.job.endedAt).not.toBeNull();
});

test('terms of the glossary are linked and unlinked', async () => {
  await single('createTerm', { name: 'Claim' });
  const linked = await ended(await start({ selection: DATASETS, change: { addTerms: ['term:claim'] } }));
  expect(linked).toMatchObject({ made: 4, refused: 0 });
  const found = `query { search(filter: { terms: ["term:claim"] }) { totalCount } }`;
  expect(await catalog.data(found)).toEqual({ search: { totalCount: 4 } });
  const change = { removeTerms: ['term:claim'] };
  expect(await ended(await start({ selection: { ids: [RAW, CLAIMS] }, change }))).toMatchObject({ made: 2 });
  expect(await catalog.data(found)).toEqual({ search: { totalCount: 2 } });
});

test('what is taken away is taken from those that have it: from producers, edits and rules', async () => {
  await single('setOwnershipRules', { file: 'scores team:claims' });
  const change = { removeOwners: [{ agent: TEAM }], removeTags: ['nowhere'] };
  const plan = await preview(DATASETS, change);
  expect(plan.edits.map(({ asset }) => asset.id)).toEqual([CLAIMS, SCORES].sort());
  await ended(await start({ selection: DATASETS, change, expectedVersion: plan.version }));
  expect((await stated(SCORES)).owners).toEqual([]);
  expect((await preview(DATASETS, change)).total).toBe(0);
});

test('an asset that was edited since the preview has the job refused, with what it would do now', async () => {
  const { version } = await preview(DATASETS, CHANGE);
  await single('describeAsset', { on: RAW, text: 'as it came' });
  const refused = await start({ selection: DATASETS, change: CHANGE, expectedVersion: version });
  expect(refused).toMatchObject({ __typename: 'StartEditsRefusal', reason: 'EDITED_MEANWHILE', current: { total: 4 } });
  expect(refused.current?.version).not.toBe(version);
  expect((await stated(RAW)).tags).not.toContain('reviewed EDIT');
  const job = await ended(
    await start({ selection: DATASETS, change: CHANGE, expectedVersion: refused.current?.version ?? '' }),
  );
  expect(job).toMatchObject({ made: 4, refused: 0 });
});

test('an asset that is edited while the job goes on keeps that edit, and the job says so', async () => {
  const { version } = await preview(DATASETS, CHANGE);
  // Nothing is projected before both are in the log: the other edit is there first.
  const other = catalog.data(`mutation ($input: TagAssetInput!) { tagAsset(input: $input) { __typename } }`, {
    input: { on: RAW, tag: 'mine' },
  });
  const appended = async (): Promise<number> => (await catalog.log.head()).position;
  for (const before = await appended(); (await appended()) === before;);
  const started = await start({ selection: DATASETS, change: CHANGE, expectedVersion: version });
  await catalog.whileProjecting(other);
  const job = await ended(started);
  expect(job).toMatchObject({ made: 3, refused: 1 });
  expect(job.edits.find(({ asset }) => asset?.id === RAW)).toMatchObject({ state: 'REFUSED', reason: 'EDIT_CONFLICT' });
  expect((await stated(RAW)).tags).toEqual(['mine EDIT']);
});

test('the same request under the same key is one job', async () => {
  const input = { selection: { ids: [RAW] }, change: CHANGE, idempotencyKey: 'k' };
  const first = await start(input);
  await ended(first);
  expect((await start(input)).job).toMatchObject({ id: first.job.id, total: 1, made: 1 });
});

test('a job that lost its process is gone on with, and no edit is made twice', async () => {
  const { rows } = await catalog.apiPool.query<{ n: string }>('SELECT count(*) AS n FROM event_log');
  const before = Number(rows[0]?.n);
  const started = await start({ selection: DATASETS, change: CHANGE });
  await ended(started);
  // As it was before it noted anything, but with its edits in the log.
  await catalog.apiPool.query('UPDATE edit_job SET ended_at = NULL, touched_at = 0');
  await catalog.apiPool.query(`UPDATE edit_job_item SET state = 'WAITING', position = NULL`);
  await catalog.whileProjecting(catalog.app.get(RunEditJobs, { strict: false }).run(started.job.id));
  expect(await ended(started)).toMatchObject({ made: 4, refused: 0 });
  const after = await catalog.apiPool.query<{ n: string }>('SELECT count(*) AS n FROM event_log');
  expect(Number(after.rows[0]?.n) - before).toBe(4);
});

test('who edits a part of the catalog edits that part, and sees no jobs of others', async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  opened.push(catalog);
  await catalog.take(claimsFlow());
  const [whole, part] = [await catalog.readerOf(null, EDITOR), await catalog.readerOf([NS], EDITOR)];
  const everything = { query: '' };
  const all = await preview(everything, CHANGE, whole);
  const mine = await preview(everything, CHANGE, part);
  expect([mine.total, mine.forbidden]).toEqual([4, 0]);
  expect(all.total).toBeGreaterThan(4);
  const started = await start({ selection: everything, change: CHANGE, reason: 'theirs' }, whole);
  await ended(started, whole);
  const ask = `query ($id: ID!) { editJob(id: $id) { id } editJobs { edges { node { id } } } }`;
  const seen = (headers: Headers) => catalog.data<object>(ask, { id: started.job.id }, headers);
  expect(await seen(part)).toEqual({ editJob: null, editJobs: { edges: [] } });
  expect(await seen(whole)).toMatchObject({ editJobs: { edges: [{ node: { id: started.job.id } }] } });
  const reader = await catalog.readerOf(null);
  const { errors } = await catalog.ask(PREVIEW, { selection: everything, change: CHANGE }, reader);
  expect(errors[0]?.extensions).toMatchObject({ reason: 'MISSING_SCOPE' });
});

const faultsOf = ({ errors }: GraphqlAnswer): unknown =>
  (errors[0]?.extensions['faults'] as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer);

test.each<[what: string, selection: object, change: object, pointers: readonly string[]]>([
  ['neither a list nor a search', {}, CHANGE, ['/selection']],
  ['a list and a search', { ids: [RAW], query: 'x' }, CHANGE, ['/selection']],
  ['no ids', { ids: [] }, CHANGE, ['/selection/ids']],
  ['what is no asset', { ids: [RAW, 'agent:user:x', 'x'] }, CHANGE, ['/selection/ids/1', '/selection/ids/2']],
  ['an unknown asset', { ids: [RAW, datasetNode('gone')] }, CHANGE, ['/selection/ids/1']],
  ['no change', DATASETS, {}, ['/change']],
  [
    'every wrong change',
    DATASETS,
    {
      ...{ addTags: ['', 'a'], removeTags: ['a'], assignOwners: [{ agent: 'ana' }], domain: 'domain:nowhere' },
      ...{ addTerms: ['claim', 'term:nowhere'] },
    },
    [
      ...['/change/assignOwners/0/agent', '/change/addTags/0', '/change/addTerms/0', '/change/removeTags/0'],
      ...['/change/addTerms/1', '/change/domain'],
    ],
  ],
])('bad input is told: %s', async (_, selection, change, pointers) => {
  expect(faultsOf(await catalog.ask(PREVIEW, { selection, change }))).toEqual(pointers);
  const refused = await start({ selection, change });
  expect([refused.reason, refused.faults.map(({ pointer }) => pointer)]).toEqual(['INVALID_INPUT', pointers]);
});

test('a part of the list beyond its limits is refused', async () => {
  const ask = (args: string): Promise<GraphqlAnswer> =>
    catalog.ask(
      `query ($selection: EditSelection!, $change: EditChange!) {
        previewEdits(selection: $selection, change: $change) { edits(${args}) { asset { id } } } }`,
      { selection: DATASETS, change: CHANGE },
    );
  expect(faultsOf(await ask('skip: -1, most: 101'))).toEqual(['/skip', '/most']);
  expect((await ask('skip: 3, most: 5')).data).toMatchObject({ previewEdits: { edits: [{}] } });
});

const HAND_OVER = `query ($from: ID!, $to: ID!) {
  plan: previewHandOver(from: $from, to: $to) { ${PLAN} rules { number before after } forbiddenRules } }`;

async function handOver(input: object): Promise<Started> {
  const query = `mutation ($input: HandOverInput!) { done: handOver(input: $input) { __typename
    ... on StartedEdits { job { ${JOB} } }
    ... on HandOverRefusal { reason message faults { pointer detail } current { ${PLAN} rules { number before after } } } } }`;
  return (await catalog.whileProjecting(catalog.data<{ done: Started }>(query, { input }))).done;
}

test('all that somebody answers for is handed over: by edits, by producers, by rules', async () => {
  await single('assignOwner', { on: RAW, agent: TEAM, role: 'STEWARD' });
  await single('setOwnershipRules', { file: '*.tmp team:other\nscores team:claims STEWARD=user:ben\n' });
  const { plan } = await catalog.data<{ plan: Plan }>(HAND_OVER, { from: TEAM, to: BEN });
  expect(plan.edits.map(({ asset }) => asset.id)).toEqual([CLAIMS, RAW].sort());
  expect(plan.rules).toEqual([
    { number: 2, before: 'scores team:claims STEWARD=user:ben', after: 'scores user:ben STEWARD=user:ben' },
  ]);
  const started = await handOver({ from: TEAM, to: BEN, expectedVersion: plan.version, reason: 'the team is no more' });
  expect(started.job).toMatchObject({ kind: 'HAND_OVER', total: 2 });
  expect(await ended(started)).toMatchObject({ made: 2, refused: 0 });
  expect((await stated(CLAIMS)).owners).toEqual([`${BEN} OWNER EDIT`]);
  expect((await stated(RAW)).owners).toEqual([`${BEN} STEWARD EDIT`]);
  expect((await stated(SCORES)).owners.sort()).toEqual([`${BEN} OWNER RULE`, `${BEN} STEWARD RULE`]);
  const left = await catalog.data<{ responsibleFor: { totalCount: number } }>(
    'query ($from: ID!) { responsibleFor(agent: $from) { totalCount } }',
    { from: TEAM },
  );
  expect(left.responsibleFor.totalCount).toBe(0);
  // Nobody entered the team, and nothing names it any more.
  const { errors } = await catalog.ask(HAND_OVER, { from: TEAM, to: BEN });
  expect(errors.map(({ extensions }) => extensions['reason'])).toEqual(['NO_SUCH_AGENT']);
});

test('a list of rules that is another since the preview is not overwritten', async () => {
  await single('setOwnershipRules', { file: 'scores team:claims' });
  const { plan } = await catalog.data<{ plan: Plan }>(HAND_OVER, { from: TEAM, to: BEN });
  await single('setOwnershipRules', { file: 'scores team:claims\nraw.* team:claims' });
  const refused = await handOver({ from: TEAM, to: BEN, expectedVersion: plan.version });
  expect(refused).toMatchObject({ reason: 'EDITED_MEANWHILE', current: { rules: [{ number: 1 }, { number: 2 }] } });
});

test.each([
  ['nobody', { from: 'ana', to: 'domain:x' }, ['/from', '/to']],
  ['themselves', { from: ANA, to: ANA }, ['/to']],
])('nothing is handed over to %s', async (_, input, pointers) => {
  expect(faultsOf(await catalog.ask(HAND_OVER, input))).toEqual(pointers);
  expect((await handOver(input)).faults.map(({ pointer }) => pointer)).toEqual(pointers);
});
