import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, fieldNode, jobNode, runEvent, runId } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const RAW = datasetNode('raw.claims');
const SCORE = jobNode('score');

const ASSET = `id deletedAt editVersion deletion { by reason since until position }`;
const RESULT = `__typename
  ... on EditedAsset { position isReadable asset { ${ASSET} } }
  ... on EditRefusal { reason message faults { pointer detail } current { editVersion } }`;

interface Asset {
  readonly id: string;
  readonly deletedAt: string | null;
  readonly editVersion: string;
  readonly deletion: { readonly by: string; readonly reason: string | null; readonly since: string } | null;
}

interface Edited {
  readonly __typename: string;
  readonly position: string;
  readonly asset: Asset;
  readonly reason: string;
  readonly faults: readonly { readonly pointer: string }[];
  readonly current: { readonly editVersion: string } | null;
}

type Headers = Record<string, string>;

let catalog: CatalogApp;

async function edit(mutation: 'deleteAsset' | 'restoreAsset', input: object, headers: Headers = {}): Promise<Edited> {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { done: ${mutation}(input: $input) { ${RESULT} } }`;
  return (await catalog.whileProjecting(catalog.data<{ done: Edited }>(query, { input }, headers))).done;
}

async function deletionOf(id: string, args = ''): Promise<Asset['deletion']> {
  const { node } = await catalog.data<{ node: Asset }>(
    `query ($id: ID!) { node(id: $id) { ... on Asset { deletion${args} { by reason since } } } }`,
    { id },
  );
  return node.deletion;
}

async function reachedFrom(root: string, args = ''): Promise<readonly string[]> {
  for (;;) {
    const { lineage } = await catalog.data<{ lineage: { nodes: { id: string }[]; truncatedBecause: string | null } }>(
      `query ($root: ID!) { lineage(root: $root, granularity: DATASET, direction: DOWNSTREAM, depth: 9${args}) {
        nodes { id } truncatedBecause } }`,
      { root },
    );
    // The first question to a server that has just started may take longer than an answer may.
    if (lineage.truncatedBecause === 'TIME') continue;
    return lineage.nodes.map(({ id }) => id.slice(id.lastIndexOf(':') + 1)).sort();
  }
}

async function found(query = ''): Promise<readonly string[]> {
  const { search } = await catalog.data<{ search: { edges: { node: { id: string } }[] } }>(
    'query ($query: String!) { search(query: $query, first: 100) { edges { node { id } } } }',
    { query },
  );
  return search.edges.map(({ node }) => node.id);
}

const writes = (n: number, at: string): object =>
  runEvent({
    ...{ job: 'clean', runId: runId(n), at },
    inputs: ['raw.claims'],
    outputs: [{ name: 'claims', facets: { lifecycleStateChange: facet({ lifecycleStateChange: 'CREATE' }) } }],
  });

const EVERYTHING = ['claims', 'raw.claims', 'report', 'scores'];

describe.each(graphStores())('24. deleting and restoring by edits, on $name', (store) => {
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled });
    await catalog.take(claimsFlow());
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  test('24. what is deleted does not bridge whatever events say, tells who and why, and is as it was before', async () => {
    const before = new Date().toISOString();
    expect(await reachedFrom(RAW)).toEqual(EVERYTHING);
    const done = await edit('deleteAsset', { on: CLAIMS, reason: 'replaced by policies' });
    expect(done.asset).toMatchObject({
      ...{ id: CLAIMS, editVersion: done.position },
      deletion: { reason: 'replaced by policies', until: null, position: done.position },
    });
    expect(done.asset.deletion?.by).not.toBe('');
    expect(done.asset.deletedAt).toBe(done.asset.deletion?.since);
    await catalog.take([writes(3, new Date().toISOString())]);
    expect(await reachedFrom(RAW)).toEqual(['raw.claims']);
    expect(await reachedFrom(CLAIMS)).toEqual(['claims']);
    expect(await reachedFrom(RAW, `, asOf: "${before}"`)).toEqual(EVERYTHING);
    expect(await reachedFrom(RAW, `, knownAt: "${before}"`)).toEqual(EVERYTHING);
    expect(await deletionOf(CLAIMS, `(asOf: "${before}")`)).toBeNull();
    expect(await deletionOf(CLAIMS, `(knownAt: "${before}")`)).toBeNull();
    expect((await deletionOf(CLAIMS))?.reason).toBe('replaced by policies');
  });

  test('24. search, counts and plans leave it out as they leave out what is dropped', async () => {
    expect(await found()).not.toContain(CLAIMS);
    const counted = await catalog.data<{
      namespaces: { edges: { node: { name: string; datasets: number } }[] };
      coverage: { total: { assets: number } };
      responsibleFor: { edges: object[] };
    }>(`{ namespaces(first: 10) { edges { node { name datasets: datasetCount } } } coverage { total { assets } }
      responsibleFor(agent: "agent:team:claims") { edges { node { asset { id } } } } }`);
    expect(counted.coverage.total.assets).toBe((await found()).length);
    expect(counted.namespaces.edges.map(({ node }) => node.datasets).sort()).toEqual([0, 3]);
    expect(JSON.stringify(counted.responsibleFor)).not.toContain(CLAIMS);
    const { errors } = await catalog.ask('query ($of: [ID!]!) { collectionPlan(targets: $of) { isComplete } }', {
      of: [fieldNode('claims', 'amount')],
    });
    expect(errors[0]?.extensions['faults']).toMatchObject([{ detail: expect.stringContaining('deleted') as string }]);
  });

  test('24. restored it bridges again from then on, and history has both edits', async () => {
    const within = new Date().toISOString();
    const done = await edit('restoreAsset', { on: CLAIMS, reason: 'too early' });
    expect(done.asset).toMatchObject({ deletedAt: null, deletion: null });
    expect(await reachedFrom(RAW)).toEqual(EVERYTHING);
    expect(await reachedFrom(RAW, `, asOf: "${within}"`)).toEqual(['raw.claims']);
    expect((await deletionOf(CLAIMS, `(asOf: "${within}")`))?.reason).toBe('replaced by policies');
    expect(await found()).toContain(CLAIMS);
    const { events } = await catalog.data<{ events: { edges: { node: { summary: object } }[] } }>(
      `query ($id: ID!) { events(filter: { node: $id, kinds: [EDIT] }) { edges { node { summary {
        reason edits { action part on value detail } } } } } }`,
      { id: CLAIMS },
    );
    const part = { part: 'DELETION', on: CLAIMS, value: null, detail: null };
    expect(events.edges.map(({ node }) => node.summary)).toEqual([
      { reason: 'too early', edits: [{ action: 'WITHDRAW', ...part }] },
      { reason: 'replaced by policies', edits: [{ action: 'STATE', ...part }] },
    ]);
  });

  test('24. a deleted job conducts nothing until it is restored', async () => {
    await edit('deleteAsset', { on: SCORE });
    expect(await reachedFrom(RAW)).toEqual(['claims', 'raw.claims']);
    expect(await found('score')).not.toContain(SCORE);
    await edit('restoreAsset', { on: SCORE });
    expect(await reachedFrom(RAW)).toEqual(EVERYTHING);
  });
});

describe('refusals', () => {
  const opened: CatalogApp[] = [];
  beforeEach(async () => {
    catalog = await CatalogApp.start();
    opened.push(catalog);
    await catalog.take(claimsFlow());
  });
  afterAll(async () => {
    for (const one of opened) await one.close();
  });

  test('what is deleted already, or not deleted, is said to be so, with and without a key', async () => {
    expect((await edit('restoreAsset', { on: CLAIMS })).reason).toBe('NOT_DELETED');
    expect((await edit('restoreAsset', { on: CLAIMS, idempotencyKey: 'r' })).reason).toBe('NOT_DELETED');
    const first = await edit('deleteAsset', { on: CLAIMS, idempotencyKey: 'd' });
    expect((await edit('deleteAsset', { on: CLAIMS, idempotencyKey: 'd' })).position).toBe(first.position);
    expect((await edit('deleteAsset', { on: CLAIMS, idempotencyKey: 'other' })).reason).toBe('ALREADY_DELETED');
    expect((await edit('deleteAsset', { on: CLAIMS, reason: 'again' })).reason).toBe('ALREADY_DELETED');
    expect((await deletionOf(CLAIMS))?.reason).toBeNull();
  });

  test('what is dropped by events is no edit’s to restore', async () => {
    const dropped = { lifecycleStateChange: facet({ lifecycleStateChange: 'DROP' }) };
    await catalog.take([
      runEvent({
        ...{ job: 'clean', runId: runId(9), at: '2026-03-09T00:00:00Z' },
        outputs: [{ name: 'claims', facets: dropped }],
      }),
    ]);
    expect((await edit('restoreAsset', { on: CLAIMS })).reason).toBe('NOT_DELETED');
  });

  test('who comes behind another edit, what is unknown and what is no asset are refused', async () => {
    const { asset } = await edit('deleteAsset', { on: CLAIMS });
    const late = await edit('restoreAsset', { on: CLAIMS, expectedVersion: asset.editVersion.replace(/\d+$/, '0') });
    expect(late).toMatchObject({ reason: 'EDITED_MEANWHILE', current: { editVersion: asset.editVersion } });
    expect((await edit('deleteAsset', { on: datasetNode('nothing') })).reason).toBe('NO_SUCH_ASSET');
    for (const [on, reason] of [
      [fieldNode('claims', 'amount'), null],
      ['run:a:b:c', null],
      [RAW, ''],
    ] as const) {
      const refused = await edit('deleteAsset', { on, ...(reason === null ? {} : { reason }) });
      expect([refused.reason, refused.faults.map(({ pointer }) => pointer)]).toEqual([
        'INVALID_INPUT',
        [reason === null ? '/on' : '/reason'],
      ]);
    }
  });

  test('many are deleted and restored as one job; what is so already is left as it is', async () => {
    await edit('deleteAsset', { on: CLAIMS });
    const change = async (deleted: boolean): Promise<{ total: number; made: number; reason: string | null }> => {
      const { plan } = await catalog.data<{ plan: { total: number; unchanged: number } }>(
        `query ($selection: EditSelection!, $change: EditChange!) {
          plan: previewEdits(selection: $selection, change: $change) { total unchanged } }`,
        { selection: { ids: [CLAIMS, RAW, SCORE] }, change: { deleted } },
      );
      expect([plan.total, plan.unchanged]).toEqual(deleted ? [2, 1] : [3, 0]);
      const { done } = await catalog.data<{ done: { job: { id: string } } }>(
        `mutation ($input: StartEditsInput!) { done: startEdits(input: $input) { ... on StartedEdits { job { id } } } }`,
        { input: { selection: { ids: [CLAIMS, RAW, SCORE] }, change: { deleted }, reason: 'the old flow' } },
      );
      for (;;) {
        await catalog.catchUp();
        const { job } = await catalog.data<{
          job: { endedAt: string | null; total: number; made: number; reason: string };
        }>('query ($id: ID!) { job: editJob(id: $id) { endedAt total made reason } }', { id: done.job.id });
        if (job.endedAt !== null) return job;
      }
    };
    expect(await change(true)).toMatchObject({ total: 2, made: 2 });
    expect(await found()).not.toContain(RAW);
    expect((await deletionOf(SCORE))?.reason).toBe('the old flow');
    expect(await change(false)).toMatchObject({ total: 3, made: 3 });
    expect(await reachedFrom(RAW)).toEqual(EVERYTHING);
  });

  test('who may only read, and who does not see it, can neither delete nor restore it', async () => {
    const guarded = await CatalogApp.start({ auth: 'on' });
    opened.push(guarded);
    catalog = guarded;
    await guarded.take(claimsFlow());
    const editor = await guarded.readerOf(null, ['catalog:read', 'catalog:edit']);
    const elsewhere = await guarded.readerOf(['other'], ['catalog:read', 'catalog:edit']);
    const input = { on: CLAIMS };
    const query = 'mutation ($input: DeleteAssetInput!) { deleteAsset(input: $input) { __typename } }';
    const read = await guarded.ask(query, { input }, await guarded.readerOf(null));
    expect(read.errors[0]?.extensions['reason']).toBe('MISSING_SCOPE');
    expect((await edit('deleteAsset', input, elsewhere)).reason).toBe('NO_SUCH_ASSET');
    expect((await edit('deleteAsset', input, editor)).__typename).toBe('EditedAsset');
    expect((await edit('restoreAsset', input, elsewhere)).reason).toBe('NO_SUCH_ASSET');
    expect((await edit('restoreAsset', input, editor)).__typename).toBe('EditedAsset');
  });
});
