import { HeadwaterError } from '@headwater/domain/errors';
import { PostgresEditJobStore } from '@headwater/store-postgres/edit-jobs/postgres-edit-job-store';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, fieldNode, runEvent, facet, runId } from './catalog-events.js';

const [CLAIMS, RAW, SCORES] = ['claims', 'raw.claims', 'scores'].map(datasetNode) as [string, string, string];
const [ANA, BEN] = ['agent:user:ana', 'agent:user:ben'];
const EMAIL = fieldNode('people', 'email');

let catalog: CatalogApp;
beforeAll(async () => {
  catalog = await CatalogApp.start();
  await catalog.take([
    ...claimsFlow(),
    runEvent({
      ...{ job: 'load', runId: runId(90), at: '2026-03-01T10:00:00Z' },
      outputs: [{ name: 'people', facets: { schema: facet({ fields: [{ name: 'email', type: 'VARCHAR' }] }) } }],
    }),
  ]);
});
afterAll(() => catalog.close());

interface Done {
  readonly __typename: string;
  readonly position?: string;
  readonly reason?: string;
  readonly results?: readonly { readonly refusal: string | null; readonly position: string | null }[];
  readonly job?: { readonly id: string; readonly total: number };
}

const SHAPES: Readonly<Record<string, string>> = {
  settle:
    '... on SettledTagSuggestions { results { refusal position } } ... on TagSuggestionsRefusal { reason message }',
  job: '... on StartedEdits { job { id total } } ... on StartEditsRefusal { reason } ... on HandOverRefusal { reason }',
  domain: '... on EditedDomain { position } ... on DomainRefusal { reason }',
  terms: '... on ImportedTerms { position created unchanged } ... on TermImportRefusal { reason }',
  asset: '... on EditedAsset { position } ... on EditRefusal { reason }',
  agent: '... on EditedAgent { position } ... on AgentRefusal { reason }',
};

async function ask(mutation: string, shape: keyof typeof SHAPES, input: object): Promise<Done> {
  const type = /TagSuggestions$/.test(mutation)
    ? 'SettleTagSuggestions'
    : `${mutation.slice(0, 1).toUpperCase()}${mutation.slice(1)}`;
  const parts = (SHAPES[shape] ?? '').split(/(?=\.\.\. on)/).filter((part) => part.trim() !== '');
  const own =
    shape === 'job'
      ? parts.filter((part) => !part.includes(mutation === 'handOver' ? 'StartEditsR' : 'HandOverR'))
      : parts;
  const query = `mutation ($input: ${type}Input!) { done: ${mutation}(input: $input) { __typename ${own.join(' ')} } }`;
  return (await catalog.whileProjecting(catalog.data<{ done: Done }>(query, { input }))).done;
}

async function eventsInLog(): Promise<number> {
  const { rows } = await catalog.apiPool.query<{ n: number }>('SELECT count(*)::int AS n FROM event_log');
  return rows[0]?.n ?? 0;
}

async function jobEnded(id: string): Promise<{ readonly made: number }> {
  for (;;) {
    await catalog.catchUp();
    const { job } = await catalog.data<{ job: { endedAt: string | null; made: number } }>(
      'query ($id: ID!) { job: editJob(id: $id) { endedAt made } }',
      { id },
    );
    if (job.endedAt !== null) return job;
  }
}

/** Sent, sent again, and something else under the same key. */
async function thrice(mutation: string, shape: keyof typeof SHAPES, input: object, other: object): Promise<Done> {
  const first = await ask(mutation, shape, input);
  const events = await eventsInLog();
  expect(await ask(mutation, shape, input)).toEqual(first);
  expect(await ask(mutation, shape, { ...input, ...other })).toMatchObject({ reason: 'KEY_USED' });
  expect(await eventsInLog()).toBe(events);
  return first;
}

test('an edit of an asset, whatever was edited since', async () => {
  const tagged = await thrice(
    'tagAsset',
    'asset',
    { on: CLAIMS, tag: 'once', idempotencyKey: 'tag' },
    { tag: 'other' },
  );
  expect(tagged.position).toBeDefined();
  // What it takes away stands on nothing by now.
  await ask('untagAsset', 'asset', { on: CLAIMS, tag: 'once' });
  const again = await ask('tagAsset', 'asset', { on: CLAIMS, tag: 'once', idempotencyKey: 'tag' });
  expect(again.position).toBe(tagged.position);
  await ask('assignOwner', 'asset', { on: CLAIMS, agent: ANA, role: 'STEWARD' });
  await thrice('removeOwner', 'asset', { on: CLAIMS, agent: ANA, idempotencyKey: 'gone' }, { reason: 'left' });
});

test('what comes behind another edit is refused before it is in the log, and its key is free', async () => {
  const { dataset } = await catalog.data<{ dataset: { editVersion: string } }>(
    'query ($id: ID!) { dataset: node(id: $id) { ... on Dataset { editVersion } } }',
    { id: CLAIMS },
  );
  await ask('tagAsset', 'asset', { on: CLAIMS, tag: 'between' });
  const events = await eventsInLog();
  const late = { on: CLAIMS, tag: 'late', expectedVersion: dataset.editVersion, idempotencyKey: 'late' };
  expect(await ask('tagAsset', 'asset', late)).toMatchObject({ reason: 'EDITED_MEANWHILE' });
  expect(await eventsInLog()).toBe(events);
  const now = await ask('tagAsset', 'asset', { on: CLAIMS, tag: 'late', idempotencyKey: 'late' });
  expect(now.position).toBeDefined();
});

test('an answer of an owner, which ends what it answers', async () => {
  await ask('assignOwner', 'asset', { on: SCORES, agent: BEN, role: 'STEWARD' });
  const answer = { on: SCORES, agent: BEN, role: 'STEWARD', idempotencyKey: 'answer', why: 'not mine' };
  await thrice('declineOwnership', 'asset', answer, { why: 'never was' });
});

test('definitions, and files of them', async () => {
  await thrice('createDomain', 'domain', { name: 'Claims', idempotencyKey: 'd' }, { name: 'Payout' });
  const csv = 'key,name\nclaim,Claim\n';
  const terms = { csv, mode: 'GOOD_ROWS', idempotencyKey: 'terms' };
  const first = await thrice('importTerms', 'terms', terms, { csv: 'key,name\nloss,Loss\n' });
  expect(first).toMatchObject({ created: ['term:claim'], unchanged: 0 });
  await thrice('mergeAgents', 'agent', { agent: ANA, with: BEN, idempotencyKey: 'one' }, { with: 'agent:user:carl' });
  await thrice('splitAgent', 'agent', { agent: ANA, idempotencyKey: 'two' }, { reason: 'they are two' });
});

test('suggestions that are settled, and taken back', async () => {
  const suggestions = [{ field: EMAIL, tag: 'pii=email' }];
  for (const [mutation, key] of [
    ['dismissTagSuggestions', 'dismiss'],
    ['restoreTagSuggestions', 'restore'],
    ['confirmTagSuggestions', 'confirm'],
  ] as const) {
    const done = await thrice(mutation, 'settle', { suggestions, idempotencyKey: key }, { reason: 'looked at' });
    expect(done.results, mutation).toMatchObject([{ refusal: null, position: expect.any(String) as string }]);
  }
});

test('a key of one mutation is none of another', async () => {
  await ask('tagAsset', 'asset', { on: RAW, tag: 'mine', idempotencyKey: 'shared' });
  expect(await ask('createDomain', 'domain', { name: 'Shared', idempotencyKey: 'shared' })).toMatchObject({
    reason: 'KEY_USED',
  });
  const selection = { selection: { ids: [RAW] }, change: { addTags: ['x'] }, idempotencyKey: 'shared' };
  expect(await ask('startEdits', 'job', selection)).toMatchObject({ reason: 'KEY_USED' });
});

test('a hand-over whose process ended between definitions and job is gone on with under its key', async () => {
  const carl = 'agent:user:carl';
  await ask('assignOwner', 'asset', { on: RAW, agent: carl });
  await ask('createDomain', 'domain', { name: 'Of Carl', owners: [{ agent: carl }] });
  const { plan } = await catalog.data<{ plan: { version: string; total: number } }>(
    `query { plan: previewHandOver(from: "${carl}", to: "${BEN}") { version total } }`,
  );
  expect(plan.total).toBe(1);
  const input = { from: carl, to: BEN, expectedVersion: plan.version, idempotencyKey: 'hand over' };
  const create = vi.spyOn(PostgresEditJobStore.prototype, 'create');
  create.mockRejectedValueOnce(new HeadwaterError('UNAVAILABLE', 'the process ended', { retryAfterS: 1 }));
  const ownersOf = async () =>
    catalog.data<{ domain: { owners: readonly { agent: { id: string } }[] } }>(
      '{ domain: node(id: "domain:of-carl") { ... on Domain { owners { agent { id } } } } }',
    );
  const query = 'mutation ($input: HandOverInput!) { handOver(input: $input) { __typename } }';
  const { errors } = await catalog.whileProjecting(catalog.ask(query, { input }));
  expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  create.mockRestore();
  expect(await ownersOf()).toEqual({ domain: { owners: [{ agent: { id: BEN } }] } });
  const events = await eventsInLog();
  const done = await ask('handOver', 'job', input);
  expect(done).toMatchObject({ __typename: 'StartedEdits', job: { total: 1 } });
  expect(await jobEnded(done.job?.id ?? '')).toMatchObject({ made: 1 });
  // The asset's edit alone is new.
  expect(await eventsInLog()).toBe(events + 1);
  expect((await ask('handOver', 'job', input)).job).toEqual(done.job);
  expect(await ask('handOver', 'job', { ...input, to: ANA })).toMatchObject({ reason: 'KEY_USED' });
});
