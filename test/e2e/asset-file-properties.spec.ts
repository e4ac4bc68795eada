import { afterAll, beforeAll, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode, fieldNode, jobNode } from './catalog-events.js';

const [CLAIMS, SCORES] = ['claims', 'scores'].map(datasetNode) as [string, string];
const CLEAN = jobNode('clean');

let catalog: CatalogApp;
beforeAll(async () => {
  catalog = await CatalogApp.start();
  await catalog.take(claimsFlow());
  const create = (input: object): Promise<object> =>
    catalog.whileProjecting(
      catalog.data(
        'mutation ($input: CreateCustomPropertyInput!) { createCustomProperty(input: $input) { __typename } }',
        { input },
      ),
    );
  await create({ name: 'Retention', type: 'NUMBER', unit: 'days', min: 1, kinds: ['DATASET'] });
  await create({ name: 'Region', type: 'ENUM', values: ['eu', 'us|ca'], isMany: true });
});
afterAll(() => catalog.close());

interface Imported {
  readonly total: number;
  readonly unchanged: number;
  readonly rejected: readonly { readonly line: number; readonly detail: string }[];
  readonly faults: readonly { readonly detail: string }[];
  readonly job: { readonly id: string } | null;
}

async function imported(file: string, format = 'CSV', mode = 'GOOD_ROWS'): Promise<Imported> {
  const query = `mutation ($input: ImportAssetsInput!) { done: importAssets(input: $input) {
    ... on ImportedAssets { total unchanged rejected { line detail } job { id } }
    ... on AssetImportRefusal { faults { detail } } } }`;
  const { done } = await catalog.data<{ done: Imported }>(query, { input: { file, format, mode } });
  for (let isEnded = !done.job; !isEnded;) {
    await catalog.catchUp();
    const { job } = await catalog.data<{ job: { endedAt: string | null } }>(
      'query ($id: ID!) { job: editJob(id: $id) { endedAt } }',
      { id: done.job?.id },
    );
    isEnded = job.endedAt !== null;
  }
  return done;
}

async function exported(format = 'CSV'): Promise<string> {
  const query = 'query ($format: AssetFileFormat!) { part: exportAssets(format: $format, first: 100) { text } }';
  return (await catalog.data<{ part: { text: string } }>(query, { format })).part.text;
}

async function propertiesOf(id: string): Promise<readonly string[]> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Dataset { properties { property { id } values { text } } } } }`;
  interface Answer {
    readonly node: {
      readonly properties: readonly { property: { id: string }; values: readonly { text: string }[] }[];
    };
  }
  const { node } = await catalog.data<Answer>(query, { id });
  return node.properties
    .map(({ property, values }) => `${property.id} ${values.map(({ text }) => text).join(' ')}`)
    .sort();
}

test('values are entered as they are declared, and an export is the same bytes again', async () => {
  const done = await imported(
    ['id,properties', `${CLAIMS},property:retention=030.0|property:region=us\\|ca|property:region=eu`, ''].join('\n'),
  );
  expect(done).toMatchObject({ total: 1, rejected: [] });
  expect(await propertiesOf(CLAIMS)).toEqual(['property:region us|ca eu', 'property:retention 30']);
  for (const format of ['CSV', 'JSON_LINES']) {
    const file = await exported(format);
    expect(await imported(file, format)).toMatchObject({ total: 0, rejected: [], job: null });
    expect(await exported(format)).toBe(file);
  }
  expect(await exported()).toContain('property:region=us\\|ca|property:region=eu|property:retention=30');
});

test('JSON Lines take numbers too; what a row does not name is taken away, and a file without the column says nothing', async () => {
  const row = { id: SCORES, properties: [{ property: 'property:retention', values: [7] }] };
  expect(await imported(JSON.stringify(row), 'JSON_LINES')).toMatchObject({ total: 1, rejected: [] });
  expect(await propertiesOf(SCORES)).toEqual(['property:retention 7']);
  await imported(`id,tags\n${SCORES},mine\n`);
  expect(await propertiesOf(SCORES)).toEqual(['property:retention 7']);
  expect(await imported(`id,properties\n${SCORES},\n`)).toMatchObject({ total: 1 });
  expect(await propertiesOf(SCORES)).toEqual([]);
});

test('every row that does not fit is told with its line and reason', async () => {
  const [raw, report] = ['raw.claims', 'report'].map(datasetNode);
  const rows = [
    [raw, 'property:retention=soon'],
    [CLAIMS, 'property:retention=1|property:retention=2'],
    [SCORES, 'property:region=mars'],
    [CLEAN, 'property:retention=7'],
    [report, 'property:nothing=1'],
    [jobNode('score'), 'retention'],
    [fieldNode('claims', 'amount'), 'property:region=eu'],
  ];
  const file = ['id,properties', ...rows.map((row) => row.join(',')), ''].join('\n');
  const { rejected, job } = await imported(file);
  expect(job).toBeNull();
  expect(rejected.map(({ line, detail }) => `${String(line)} ${detail}`)).toEqual([
    '2 property:retention "soon" must be a number of 1 or more (in days), such as 30 or 0.5',
    '3 property:retention must have one value',
    '4 property:region "mars" must be one of: eu, us|ca',
    '5 property:retention must be of datasets: Retention goes on nothing else',
    '6 has property:nothing, and there is no such property: make it first',
    expect.stringMatching(/^7 property "retention" must be the id of a property/) as string,
    '8 has properties, and a field has none of its own',
  ]);
  const whole = await imported(file, 'CSV', 'ALL_OR_NONE');
  expect(whole.faults).toHaveLength(7);
  expect(await propertiesOf(SCORES)).toEqual([]);
});
