import { afterAll, beforeEach, expect, test } from 'vitest';
import { facet, fieldNode, jobNode, NS, runEvent, runId } from './catalog-events.js';
import { BOUND, CLAIMS, DomainsApp, OTHER, PART, RAW, REPORT, SCORES, TOP } from './domains-app.js';

const HOLDER = fieldNode('claims', 'holder_hash');
const [ANA, BEN] = ['agent:user:ana', 'agent:user:ben'];

const opened: DomainsApp[] = [];
let domains: DomainsApp;

beforeEach(async () => {
  domains = await DomainsApp.start();
  opened.push(domains);
});
afterAll(async () => {
  for (const { catalog } of opened) await catalog.close();
});

test('who has a role in a domain edits what is in it and in its parts, and nothing else', async () => {
  const ann = await domains.boundTo(TOP);
  await domains.done(ann, 'describeAsset', { on: CLAIMS, text: 'By Ann' });
  await domains.done(ann, 'tagAsset', { on: HOLDER, tag: 'pii' });
  await domains.done(ann, 'assignOwner', { on: RAW, agent: ANA, role: 'STEWARD' });
  expect((await domains.placed(CLAIMS)).description).toBe('By Ann');
  for (const on of [SCORES, REPORT, jobNode('clean')]) {
    await domains.refused(ann, 'describeAsset', { on, text: 'By Ann' }, `You may not edit ${on}: ${BOUND}`);
    await domains.refused(ann, 'deleteAsset', { on, reason: 'away with it' }, `You may not edit ${on}: ${BOUND}`);
  }
  await domains.refused(
    ann,
    'confirmOwnership',
    { on: SCORES, agent: ANA, role: 'OWNER' },
    `You are not known to be ${ANA}, and may not edit ${SCORES}: ${BOUND}`,
  );
  expect((await domains.placed(REPORT)).description).toBeNull();
});

test('what leaves the domain cannot be edited any more, and what comes into it can', async () => {
  const ann = await domains.boundTo(TOP);
  await domains.done(domains.admin, 'assignDomain', { on: CLAIMS, domain: OTHER });
  await domains.refused(ann, 'tagAsset', { on: CLAIMS, tag: 'mine' }, `You may not edit ${CLAIMS}: ${BOUND}`);
  await domains.done(domains.admin, 'changeDomain', { domain: OTHER, parent: PART });
  await domains.done(ann, 'tagAsset', { on: CLAIMS, tag: 'mine' });
  await domains.done(domains.admin, 'changeDomain', { domain: OTHER, parent: null });
  await domains.refused(ann, 'tagAsset', { on: CLAIMS, tag: 'too' }, `You may not edit ${CLAIMS}: ${BOUND}`);
  // Its name is what people call it: the key stays.
  await domains.done(domains.admin, 'changeDomain', { domain: TOP, name: 'Schäden' });
  await domains.done(ann, 'tagAsset', { on: RAW, tag: 'mine' });
});

test('nobody widens what they may edit by moving an asset', async () => {
  const ann = await domains.boundTo(TOP);
  await domains.done(ann, 'assignDomain', { on: CLAIMS, domain: TOP });
  await domains.refused(ann, 'assignDomain', { on: SCORES, domain: TOP }, `You may not edit ${SCORES}: ${BOUND}`);
  await domains.refused(ann, 'assignDomain', { on: REPORT, domain: TOP }, `You may not edit ${REPORT}: ${BOUND}`);
  await domains.refused(
    ann,
    'assignDomain',
    { on: CLAIMS, domain: OTHER },
    `You may not put ${CLAIMS} into ${OTHER}: ${BOUND}`,
  );
  await domains.refused(
    ann,
    'assignDomain',
    { on: CLAIMS, domain: null },
    `You may not take ${CLAIMS} out of its domain: ${BOUND}`,
  );
  expect([
    (await domains.placed(CLAIMS)).domain,
    (await domains.placed(SCORES)).domain,
    (await domains.placed(REPORT)).domain,
  ]).toEqual([{ id: TOP }, { id: OTHER }, null]);
});

test('nobody widens what they may edit by a dataset that is merged with one of theirs', async () => {
  const ann = await domains.boundTo(TOP);
  const symlinks = facet({ identifiers: [{ namespace: NS, name: 'scores', type: 'TABLE' }] });
  await domains.catalog.take([
    runEvent({
      ...{ job: 'other', runId: runId(90), at: '2026-03-06T01:00:00Z' },
      outputs: [{ name: 'claims', facets: { symlinks } }],
    }),
  ]);
  const { node } = await domains.catalog.data<{ node: { id: string } }>(
    'query ($id: ID!) { node(id: $id) { id } }',
    { id: SCORES },
    domains.admin,
  );
  expect((await domains.placed(CLAIMS)).domain).toEqual((await domains.placed(SCORES)).domain);
  await domains.refused(ann, 'tagAsset', { on: SCORES, tag: 'mine' }, `You may not edit ${node.id}: ${BOUND}`);
});

test('domains, data products and logical datasets are defined in the domain, and moved within it', async () => {
  const ann = await domains.boundTo(TOP, 'STEWARD');
  await domains.done(ann, 'changeDomain', { domain: TOP, description: 'What is claimed', owners: [{ agent: ANA }] });
  await domains.done(ann, 'createDomain', { name: 'Triage', key: 'triage', parent: TOP });
  await domains.done(ann, 'changeDomain', { domain: 'domain:triage', parent: PART });
  await domains.done(ann, 'createDataProduct', { name: 'Record', key: 'record', domain: TOP });
  await domains.done(ann, 'changeDataProduct', { product: 'product:record', domain: PART });
  await domains.done(ann, 'createLogicalDataset', { name: 'Claim', key: 'claim', domain: PART });
  await domains.done(ann, 'removeDataProduct', { product: 'product:record' });
  await domains.done(ann, 'removeDomain', { domain: 'domain:triage' });

  await domains.done(domains.admin, 'createDataProduct', { name: 'Money', key: 'money', domain: OTHER });
  const attempts: readonly (readonly [mutation: string, input: object, what: string])[] = [
    ['changeDomain', { domain: OTHER, parent: TOP }, `define ${OTHER}`],
    ['changeDomain', { domain: OTHER, owners: [{ agent: ANA }] }, `define ${OTHER}`],
    ['changeDomain', { domain: TOP, parent: OTHER }, `define ${TOP} in no domain`],
    ['changeDomain', { domain: PART, parent: OTHER }, `define ${PART} in ${OTHER}`],
    ['changeDomain', { domain: PART, parent: null }, `define ${PART} in no domain`],
    ['createDomain', { name: 'Mine' }, 'define domain:mine in no domain'],
    ['createDomain', { name: 'Mine', parent: OTHER }, `define domain:mine in ${OTHER}`],
    ['removeDomain', { domain: TOP }, `define ${TOP} in no domain`],
    ['changeDataProduct', { product: 'product:money', domain: TOP }, `define product:money in ${OTHER}`],
    ['removeDataProduct', { product: 'product:money' }, `define product:money in ${OTHER}`],
    ['createDataProduct', { name: 'Mine' }, 'define product:mine in no domain'],
    ['changeLogicalDataset', { logicalDataset: 'logical:claim', domain: OTHER }, `define logical:claim in ${OTHER}`],
    ['changeLogicalDataset', { logicalDataset: 'logical:claim', domain: null }, 'define logical:claim in no domain'],
  ];
  for (const [mutation, input, what] of attempts)
    await domains.refused(ann, mutation, input, `You may not ${what}: ${BOUND}`);
  expect(await domains.made(ann, 'changeDomain', { domain: 'domain:none', name: 'x' })).toMatchObject({
    reason: 'NO_SUCH_DOMAIN',
  });
  const held = await domains.catalog.data<{ domains: unknown[] }>('{ domains { id parent { id } } }', {}, ann);
  expect(held.domains).toEqual([
    { id: TOP, parent: null },
    { id: PART, parent: { id: TOP } },
    { id: OTHER, parent: null },
  ]);
  // What is of the whole catalog stays so.
  await domains.refused(
    ann,
    'createTerm',
    { name: 'Claim' },
    'Terms are of the whole catalog, and you may see or edit a part of it',
  );
});

test('edits of many assets leave out what is not in the domain', async () => {
  const ann = await domains.boundTo(TOP);
  const selection = { ids: [CLAIMS, RAW, SCORES, REPORT] };
  const preview = async (change: object) =>
    (
      await domains.catalog.data<{ plan: { forbidden: number; edits: { asset: { id: string } }[] } }>(
        `query ($selection: EditSelection!, $change: EditChange!) { plan: previewEdits(selection: $selection, change: $change) {
          forbidden edits { asset { id } } } }`,
        { selection, change },
        ann,
      )
    ).plan;
  const tagged = await preview({ addTags: ['mine'] });
  expect([tagged.forbidden, tagged.edits.map(({ asset }) => asset.id)]).toEqual([2, [CLAIMS, RAW]]);
  expect(await preview({ domain: TOP })).toMatchObject({ forbidden: 2, edits: [{ asset: { id: CLAIMS } }] });
  expect(await preview({ domain: OTHER })).toMatchObject({ forbidden: 4, edits: [] });
  expect(await preview({ domain: null })).toMatchObject({ forbidden: 4, edits: [] });
  const { job } = await domains.catalog.data<{ job: { job: { id: string; total: number } } }>(
    `mutation ($input: StartEditsInput!) { job: startEdits(input: $input) { ... on StartedEdits { job { id total } } } }`,
    { input: { selection, change: { addTags: ['mine'] } } },
    ann,
  );
  expect(job.job.total).toBe(2);
  await domains.ended(job.job.id, ann);
  const names = async (id: string) => (await domains.placed(id)).tags.map(({ tag }) => tag.name);
  expect([await names(RAW), await names(SCORES), await names(REPORT)]).toEqual([['mine'], [], []]);
});

test('a file is taken by rows: each of an asset that is not in the domain, or would leave it, is told', async () => {
  const ann = await domains.boundTo(TOP);
  const row = (id: string | undefined, domain: string): string => JSON.stringify({ id, domain });
  const file = [row(CLAIMS, TOP), row(RAW, OTHER), row(SCORES, TOP), row(REPORT, TOP)].join('\n');
  const take = async (mode: string) =>
    (
      await domains.catalog.data<{
        done: { total: number; rejected: { line: number; detail: string }[]; faults: unknown[]; job: { id: string } };
      }>(
        `mutation ($input: ImportAssetsInput!) { done: importAssets(input: $input) {
          ... on ImportedAssets { total rejected { line detail } job { id } } ... on AssetImportRefusal { faults { detail } } } }`,
        { input: { file, format: 'JSON_LINES', mode } },
        ann,
      )
    ).done;
  const why = (what: string) => `says something else than what is so, and you may not ${what}: ${BOUND}`;
  const problems = [why(`put ${RAW} into ${OTHER}`), why(`edit ${SCORES}`), why(`edit ${REPORT}`)];
  expect((await take('ALL_OR_NONE')).faults).toEqual(
    problems.map((detail, index) => ({ detail: `line ${String(index + 2)}: ${detail}` })),
  );
  expect((await domains.placed(CLAIMS)).domain).toEqual({ id: PART });
  const good = await take('GOOD_ROWS');
  expect([good.total, good.rejected.map(({ detail }) => detail)]).toEqual([1, problems]);
  await domains.ended(good.job.id, ann);
  expect([(await domains.placed(CLAIMS)).domain, (await domains.placed(SCORES)).domain]).toEqual([
    { id: TOP },
    { id: OTHER },
  ]);
});

test('a hand-over is of what is in the domain, and of no definition', async () => {
  const ann = await domains.boundTo(TOP);
  for (const on of [CLAIMS, SCORES])
    await domains.done(domains.admin, 'assignOwner', { on, agent: ANA, role: 'STEWARD' });
  await domains.done(domains.admin, 'changeDomain', { domain: TOP, owners: [{ agent: ANA }] });
  const { plan } = await domains.catalog.data<{ plan: object }>(
    `query ($from: ID!, $to: ID!) { plan: previewHandOver(from: $from, to: $to) {
      forbidden forbiddenDefinitions definitions { __typename } edits { asset { id } } } }`,
    { from: ANA, to: BEN },
    ann,
  );
  expect(plan).toEqual({ forbidden: 1, forbiddenDefinitions: 1, definitions: [], edits: [{ asset: { id: CLAIMS } }] });
});

test('suggestions are settled in the domain, and each other one is refused with where one may', async () => {
  const ann = await domains.boundTo(TOP);
  const schema = facet({ fields: [{ name: 'email', type: 'VARCHAR' }] });
  await domains.catalog.take([
    runEvent({
      ...{ job: 'mail', runId: runId(91), at: '2026-03-06T01:00:00Z' },
      outputs: ['raw.claims', 'scores'].map((name) => ({ name, facets: { schema } })),
    }),
  ]);
  const suggestions = ['raw.claims', 'scores'].map((name) => ({
    ...{ field: fieldNode(name, 'email'), tag: 'pii=email' },
  }));
  for (const mutation of ['dismissTagSuggestions', 'restoreTagSuggestions', 'confirmTagSuggestions']) {
    const { results } = await domains.catalog.mutate<{ results: unknown[] }>(
      mutation,
      { suggestions },
      {
        type: 'SettleTagSuggestionsInput',
        result: '... on SettledTagSuggestions { results { refusal message } }',
        headers: ann,
      },
    );
    expect(results, mutation).toEqual([
      { refusal: null, message: null },
      { refusal: 'MISSING_SCOPE', message: `You may not edit ${SCORES}: ${BOUND}` },
    ]);
  }
});

test('a search with many assets is judged in as many statements as one with few', async () => {
  const ann = await domains.boundTo(TOP);
  const { apiPool } = domains.catalog;
  const query = apiPool.query.bind(apiPool);
  const counted = async (ids: readonly (string | undefined)[]): Promise<number> => {
    let statements = 0;
    Object.assign(apiPool, {
      query: (...given: readonly unknown[]) => {
        statements += 1;
        return (query as (...all: readonly unknown[]) => unknown)(...given);
      },
    });
    await domains.catalog.data(
      `query ($ids: [ID!]!) { previewEdits(selection: { ids: $ids }, change: { addTags: ["x"] }) { total } }`,
      { ids },
      ann,
    );
    Object.assign(apiPool, { query });
    return statements;
  };
  const few = await counted([CLAIMS]);
  expect(few).toBeGreaterThan(0);
  expect(await counted([CLAIMS, RAW, SCORES, REPORT, jobNode('clean'), jobNode('score')])).toBe(few);
});
