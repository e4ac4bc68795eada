import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { BAD_ROWS, FAULTS_OF_FILE, REASONS } from './bad-asset-rows.js';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, facet, fieldNode, jobNode, NS } from './catalog-events.js';

const CLAIMS = datasetNode('claims');
const RAW = datasetNode('raw.claims');
const SCORES = datasetNode('scores');
const HOLDER = fieldNode('claims', 'holder_hash');
const [ANA, BEN, TEAM] = ['agent:user:ana', 'agent:user:ben', 'agent:team:claims'];

type Headers = Record<string, string>;

interface Part {
  readonly text: string;
  readonly assets: number;
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

interface Imported {
  readonly __typename: string;
  readonly total: number;
  readonly unchanged: number;
  readonly version: string;
  readonly rejected: readonly { readonly line: number; readonly key: string; readonly detail: string }[];
  readonly edits: readonly { readonly asset: { readonly id: string }; readonly changes: readonly object[] }[];
  readonly job: { readonly id: string; readonly kind: string; readonly total: number } | null;
  readonly reason: string;
  readonly faults: readonly {
    readonly pointer: string;
    readonly detail: string;
    readonly code: string;
    readonly parameters: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly current: { readonly total: number; readonly version: string } | null;
}

const opened: CatalogApp[] = [];
let catalog: CatalogApp;

async function open(options: Parameters<typeof CatalogApp.start>[0] = {}): Promise<CatalogApp> {
  const app = await CatalogApp.start(options);
  opened.push(app);
  await app.take(claimsFlow());
  return app;
}

beforeEach(async () => {
  catalog = await open();
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

async function part(args: object = {}, headers: Headers = {}): Promise<Part> {
  const query = `query ($query: String, $filter: SearchFilter, $format: AssetFileFormat! = CSV, $withFields: Boolean! = true, $first: Int, $after: String) {
    part: exportAssets(query: $query, filter: $filter, format: $format, withFields: $withFields, first: $first, after: $after) {
      text assets totalCount hasNextPage endCursor } }`;
  return (await catalog.data<{ part: Part }>(query, args, headers)).part;
}

async function exported(args: object = {}, headers: Headers = {}): Promise<string> {
  const texts: string[] = [];
  for (let after: string | null = null; ;) {
    const { text, hasNextPage, endCursor } = await part({ ...args, after }, headers);
    texts.push(text);
    if (!hasNextPage) return texts.join('');
    after = endCursor;
  }
}

const RESULT = `total unchanged version rejected { line key detail } edits { asset { id } changes { action part value on detail } }`;

async function imported(input: object, headers: Headers = {}): Promise<Imported> {
  const query = `mutation ($input: ImportAssetsInput!) { done: importAssets(input: $input) { __typename
    ... on ImportedAssets { ${RESULT} job { id kind total } }
    ... on AssetImportRefusal { reason faults { pointer detail code parameters { name value } } current { total version } } } }`;
  return (await catalog.data<{ done: Imported }>(query, { input }, headers)).done;
}

async function ended({ job }: Imported, headers: Headers = {}): Promise<{ made: number; refused: number }> {
  for (;;) {
    await catalog.catchUp();
    const { now } = await catalog.data<{ now: { endedAt: string | null; made: number; refused: number } }>(
      `query ($id: ID!) { now: editJob(id: $id) { endedAt made refused } }`,
      { id: job?.id },
      headers,
    );
    if (now.endedAt !== null) return { made: now.made, refused: now.refused };
  }
}

async function single(mutation: string, input: object): Promise<void> {
  const type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`;
  await catalog.whileProjecting(catalog.data(query, { input }));
}

/** As stewards leave a catalog, with texts that a file must carry unharmed. */
async function steward(): Promise<void> {
  await single('createTerm', { name: 'Claim' });
  await single('createDomain', { name: 'Motor' });
  await single('setOwnershipRules', { file: 'scores team:claims' });
  await single('assignOwner', { on: CLAIMS, agent: ANA, role: 'STEWARD' });
  await single('assignDomain', { on: CLAIMS, domain: 'domain:motor' });
  await single('assignTerm', { on: HOLDER, term: 'term:claim' });
  await single('describeAsset', { on: RAW, text: '=SUM(A1) is no formula\n\nbut "text", with\ttabs' });
  await single('describeAsset', { on: HOLDER, text: 'Who holds it, hashed' });
  await single('tagAsset', { on: RAW, tag: 'a|b\\c' });
  await single('untagAsset', { on: CLAIMS, tag: 'tier=gold' });
}

async function events(): Promise<number> {
  return (await catalog.log.head()).position;
}

test.each(['CSV', 'JSON_LINES'])(
  'an export as %s that is imported as it is changes nothing and writes no event',
  async (format) => {
    await steward();
    const file = await exported({ format });
    const before = await events();
    const done = await imported({ file, format });
    expect(done).toMatchObject({ total: 0, rejected: [], job: null, edits: [] });
    expect(done.unchanged).toBe(7);
    expect(await events()).toBe(before);
  },
);

test.each(['CSV', 'JSON_LINES'])(
  'an export as %s makes another catalog of the same assets say the same',
  async (format) => {
    await steward();
    const file = await exported({ format });
    catalog = await open();
    await single('createTerm', { name: 'Claim' });
    await single('createDomain', { name: 'Motor' });
    const done = await imported({ file, format, reason: 'moved' });
    expect(done.job).toMatchObject({ kind: 'IMPORT', total: 3 });
    expect(await ended(done)).toEqual({ made: 3, refused: 0 });
    expect(await exported({ format })).toBe(file);
    const { node } = await catalog.data<{ node: object }>(
      `query ($id: ID!) { node(id: $id) { ... on Asset { tags { tag { name } } effectiveOwners { owners { agent { id } role source } } domain { id } } } }`,
      { id: CLAIMS },
    );
    expect(node).toEqual({
      tags: [],
      domain: { id: 'domain:motor' },
      effectiveOwners: {
        owners: [
          { agent: { id: ANA }, role: 'STEWARD', source: 'EDIT' },
          { agent: { id: TEAM }, role: 'OWNER', source: 'FACET' },
        ],
      },
    });
  },
);

test('the same state is the same bytes, whatever the size of the parts', async () => {
  await steward();
  const whole = await exported();
  expect(await exported()).toBe(whole);
  expect(await exported({ first: 2 })).toBe(whole);
  expect(whole.split('\n')[0]).toBe('id,kind,namespace,name,field,description,domain,owners,tags,terms,properties');
  expect(whole).toContain(`${CLAIMS},DATASET,${NS},claims,,Claims without personal data.,domain:motor,`);
  expect(whole).toContain(`${TEAM}|STEWARD=${ANA}`);
  expect(whole).toContain(`"'=SUM(A1) is no formula`);
});

test('what a search finds is exported, with or without fields', async () => {
  const filter = { tags: ['tier=gold'] };
  const { text, assets, totalCount } = await part({ filter, withFields: false, format: 'JSON_LINES' });
  expect([assets, totalCount]).toEqual([1, 1]);
  expect(JSON.parse(text)).toEqual({
    ...{ id: CLAIMS, kind: 'DATASET', namespace: NS, name: 'claims', field: '' },
    ...{ description: 'Claims without personal data.', domain: null },
    ...{ owners: [{ agent: TEAM, role: 'OWNER' }], tags: ['tier=gold'], terms: [], properties: [] },
  });
  const lines = (await exported({ filter, format: 'JSON_LINES' })).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { field: string }).field)).toEqual([
    '',
    'id',
    'holder_hash',
    'amount',
  ]);
  const { errors } = await catalog.ask(`{ exportAssets(query: "personal data holderhash xyzzy") { text } }`);
  expect(errors[0]?.extensions['faults']).toMatchObject([{ pointer: '/query' }]);
  expect(await part({ query: 'xyzzyx' })).toMatchObject({ assets: 0, totalCount: 0, endCursor: null });
});

const described = (name: string, columns: readonly string[], eventTime: string): object => ({
  ...{ eventTime, producer: 'https://example.com/etl/1' },
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  dataset: {
    ...{ namespace: NS, name },
    facets: { schema: facet({ fields: columns.map((column) => ({ name: column, type: 'INT' })) }) },
  },
});

test('wide tables are exported with all of their fields', async () => {
  const columns = Array.from({ length: 230 }, (_, n) => `c${String(n).padStart(3, '0')}`);
  const at = '2026-03-05T00:00:00Z';
  await catalog.take([described('wide', columns, at), described('wider', columns, at)]);
  const lines = (await exported({ query: 'wide', format: 'JSON_LINES' })).trim().split('\n');
  const of = (name: string): string[] =>
    lines
      .map((line) => JSON.parse(line) as { name: string; field: string })
      .filter((row) => row.name === name && row.field !== '')
      .map(({ field }) => field);
  expect(of('wide')).toEqual(columns);
  expect(of('wider')).toEqual(columns);
});

const row = (id: string, says: object): string => JSON.stringify({ id, ...says });

test('a preview tells what becomes of each asset, and its version has the import refused once somebody edited one', async () => {
  const file = `id,tags\n${RAW},checked\n${CLAIMS},tier=gold\n`;
  const preview = await imported({ file, isPreview: true });
  expect(preview).toMatchObject({ total: 1, unchanged: 1, job: null, rejected: [] });
  expect(preview.edits).toEqual([
    { asset: { id: RAW }, changes: [{ action: 'STATE', part: 'TAG', value: 'checked', on: RAW, detail: null }] },
  ]);
  await single('tagAsset', { on: RAW, tag: 'mine' });
  const refused = await imported({ file, expectedVersion: preview.version });
  expect(refused).toMatchObject({
    __typename: 'AssetImportRefusal',
    reason: 'EDITED_MEANWHILE',
    current: { total: 1 },
  });
  expect(JSON.parse(await exported({ query: 'raw.claims', withFields: false, format: 'JSON_LINES' }))).toMatchObject({
    tags: ['mine'],
  });
  const done = await imported({ file, expectedVersion: refused.current?.version });
  expect(await ended(done)).toEqual({ made: 1, refused: 0 });
  expect(JSON.parse(await exported({ query: 'raw.claims', withFields: false, format: 'JSON_LINES' }))).toMatchObject({
    tags: ['checked'],
  });
});

test('who is to answer is so in the end, whatever edits, rules and producers said before', async () => {
  await single('setOwnershipRules', { file: 'scores team:claims' });
  await single('assignOwner', { on: CLAIMS, agent: ANA, role: 'OWNER' });
  const owners = async (): Promise<object> => {
    const lines = (await exported({ format: 'JSON_LINES', withFields: false })).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { id: string; owners: { agent: string; role: string }[] });
    const of = (id: string) => rows.find((one) => one.id === id)?.owners.map(({ agent, role }) => `${role} ${agent}`);
    return { claims: of(CLAIMS), scores: of(SCORES) };
  };
  expect(await owners()).toEqual({ claims: [`OWNER ${ANA}`], scores: [`OWNER ${TEAM}`] });
  const both = [{ agent: TEAM }, { agent: BEN }];
  const one = [{ agent: BEN, role: 'STEWARD' }];
  const file = [row(CLAIMS, { owners: one }), row(SCORES, { owners: both })].join('\n');
  await ended(await imported({ file, format: 'JSON_LINES' }));
  expect(await owners()).toEqual({ claims: [`STEWARD ${BEN}`], scores: [`OWNER ${TEAM}`, `OWNER ${BEN}`] });
  expect((await imported({ file, format: 'JSON_LINES' })).total).toBe(0);
  await ended(await imported({ file: `id,owners\n${SCORES},\n` }));
  expect(await owners()).toEqual({ claims: [`STEWARD ${BEN}`], scores: [] });
});

async function dropField(): Promise<void> {
  const at = (day: number, ...columns: string[]): object =>
    described('raw.claims', columns, `2026-03-0${String(day)}T00:00:00Z`);
  await catalog.take([at(5, 'id', 'old'), at(6, 'id')]);
}

test('all or none: with one bad row nothing is made, and every bad row is told with its line', async () => {
  await dropField();
  const before = await events();
  const refused = await imported({ file: BAD_ROWS });
  expect(refused).toMatchObject({ __typename: 'AssetImportRefusal', reason: 'INVALID_INPUT' });
  expect(refused.faults).toEqual(FAULTS_OF_FILE);
  expect(await events()).toBe(before);
  const { editJobs } = await catalog.data<{ editJobs: object }>(`{ editJobs { edges { node { id } } } }`);
  expect(editJobs).toEqual({ edges: [] });
});

test('good rows: they are made, and every bad row is told with its line', async () => {
  await dropField();
  const done = await imported({ file: BAD_ROWS, mode: 'GOOD_ROWS' });
  expect(done.rejected.map(({ line, detail }) => [line, detail])).toEqual(REASONS);
  expect(done.rejected[0]?.key).toBe(datasetNode('gone'));
  expect(done.edits.map(({ asset }) => asset.id)).toEqual([RAW]);
  expect(await ended(done)).toEqual({ made: 1, refused: 0 });
});

test('a stray quote is the fault of its row: the others are made, or none with the row told', async () => {
  const file = `id,tags\n${RAW},checked\nab"c,x\n${datasetNode('gone')},x\n`;
  const told = [
    [3, expect.stringMatching(/^is no CSV: a quote stands within a cell/u)],
    [4, 'is of an asset that there is not'],
  ];
  const refused = await imported({ file });
  expect(refused.faults.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^line 3: is no CSV: a quote stands within a cell/u),
    'line 4: is of an asset that there is not',
  ]);
  const done = await imported({ file, mode: 'GOOD_ROWS' });
  expect(done.rejected.map(({ line, detail }) => [line, detail])).toEqual(told);
  expect(await ended(done)).toEqual({ made: 1, refused: 0 });
});

test.each<[what: string, input: object, detail: string]>([
  ['no header', { file: '' }, 'line 1: must name the columns'],
  ['an unknown column', { file: 'id,tag\n' }, 'line 1: names columns that there are not: tag'],
  ['a column twice', { file: 'id,tags,tags\n' }, 'line 1: names a column twice'],
  ['nothing that is said', { file: 'id,name\n' }, 'line 1: names no column that says something'],
  ['no CSV', { file: 'id,tags\n"a\n' }, 'is no CSV'],
  ['no JSON', { file: '\n{', format: 'JSON_LINES' }, 'line 2: is no JSON'],
  ['an unknown member', { file: row(RAW, { tag: 1 }), format: 'JSON_LINES' }, 'Unrecognized key'],
  ['a member of another type', { file: row(RAW, { tags: 'x' }), format: 'JSON_LINES' }, 'line 1: tags: '],
  ['too many characters', { file: `id,tags\n${'x'.repeat(800_000)}` }, 'must have at most 800000 characters'],
  ['too many rows', { file: `id,tags\n${'x,\n'.repeat(20_001)}`, mode: 'GOOD_ROWS' }, 'must have at most 20000 rows'],
  ['a reason too long', { file: 'id,tags\n', reason: 'x'.repeat(201) }, 'must have 1 to 200 characters'],
])('a file that is none is refused as a whole: %s', async (_, input, detail) => {
  const refused = await imported(input);
  expect(refused).toMatchObject({ __typename: 'AssetImportRefusal', reason: 'INVALID_INPUT' });
  expect(refused.faults).toHaveLength(1);
  expect(refused.faults[0]?.detail).toContain(detail);
});

test('the same import under the same key is one job, also once all is so', async () => {
  const input = { file: `id,tags\n${RAW},checked\n`, idempotencyKey: 'k' };
  const first = await imported(input);
  await ended(first);
  const before = await events();
  const again = await imported(input);
  expect(again).toMatchObject({ job: { id: first.job?.id, total: 1 }, total: 0 });
  expect(await events()).toBe(before);
});

test('a file tells a caller nothing of what they may not see, and changes nothing that they may not edit', async () => {
  catalog = await open({ auth: 'on' });
  const tokenOf = async (reads: readonly string[], writes: readonly string[] | null): Promise<Headers> => {
    const { text } = await new CreateToken(catalog.access.parts).execute(
      { principal: LOCAL_PRINCIPAL, address: null },
      ...[
        {
          name: 'part',
          owner: 'tests',
          scopes: ['catalog:read', 'catalog:edit'] as const,
          writes,
          reads,
          expiresAt: null,
        },
      ],
    );
    return { authorization: `Bearer ${text}` };
  };
  const jobs = await tokenOf(['airflow'], null);
  expect(await exported({}, jobs)).not.toContain('claims:5432');
  expect((await part({}, jobs)).totalCount).toBe(3);
  const hidden = `id,tags\n${RAW},x\n${HOLDER},x\n${datasetNode('gone')},x\n`;
  const done = await imported({ file: hidden, mode: 'GOOD_ROWS', isPreview: true }, jobs);
  expect(done.rejected.map(({ detail }) => detail)).toEqual(Array<string>(3).fill('is of an asset that there is not'));
  const reader = await tokenOf([NS, 'airflow'], ['airflow']);
  expect(await imported({ file: await exported({}, reader) }, reader)).toMatchObject({ total: 0, rejected: [] });
  const refused = await imported({ file: `id,tags\n${RAW},x\n${jobNode('clean')},x\n` }, reader);
  expect(refused.faults).toEqual([
    {
      pointer: '/file',
      detail: `line 2: says something else than what is so, and you may not edit what is in the namespace ${NS}`,
      ...{ code: 'ROW_FORBIDDEN', parameters: [{ name: 'line', value: '2' }] },
    },
  ]);
  const viewer = await catalog.readerOf(null);
  const { errors } = await catalog.ask(`mutation { importAssets(input: { file: "" }) { __typename } }`, {}, viewer);
  expect(errors[0]?.extensions).toMatchObject({ reason: 'MISSING_SCOPE' });
});

test('a page of many assets costs as many statements as one of few', async () => {
  const statements: string[] = [];
  const { apiPool } = catalog;
  const query = apiPool.query.bind(apiPool);
  const counted = async (first: number): Promise<number> => {
    statements.length = 0;
    Object.assign(apiPool, {
      query: (...given: readonly unknown[]) => {
        statements.push('one');
        return (query as (...all: readonly unknown[]) => unknown)(...given);
      },
    });
    await part({ first });
    Object.assign(apiPool, { query });
    return statements.length;
  };
  const few = await counted(4); // The first has no owners, whose names would be asked for.
  expect(few).toBeGreaterThan(0);
  expect(await counted(7)).toBe(few);
});
