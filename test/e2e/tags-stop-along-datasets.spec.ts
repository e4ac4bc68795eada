import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { TAG_RULES_ID } from '@headwater/domain/classification/tag-rules';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphStores } from '../support/graph-stores.js';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, NS, runEvent, runId } from './catalog-events.js';

const MASKED = { type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true };
const PLAIN = { type: 'DIRECT', subtype: 'IDENTITY' };
const FILTER = { type: 'INDIRECT', subtype: 'FILTER' };

const source = (transformations: readonly object[], more: object = {}) => ({
  ...{ namespace: NS, name: 'people', type: 'DATASET', transformations },
  ...more,
});
const lineage = (...inputs: readonly object[]) => ({ lineage: facet({ inputs }) });
const columns = (dataset: readonly object[], fields: object = {}) => ({ columnLineage: facet({ dataset, fields }) });
const field = (name: string) => ({ field: name });

let runs = 0;
const by = (job: string, outputs: readonly { name: string; facets?: object }[], more: object = {}): object =>
  runEvent({
    ...{ job, runId: runId((runs += 1)), at: '2026-03-02T10:00:00Z', inputs: ['people'], outputs },
    ...more,
  });

const FLOW = [
  runEvent({
    ...{ job: 'load', runId: runId(900), at: '2026-03-01T10:00:00Z' },
    outputs: [
      {
        name: 'people',
        facets: {
          schema: facet({ fields: [{ name: 'mail' }, { name: 'city' }] }),
          tags: facet({ tags: [{ key: 'retention', value: '10y' }] }),
        },
      },
    ],
  }),
  by('copy', [{ name: 'copied' }]),
  by('seal', [{ name: 'sealed', facets: lineage(source([MASKED])) }]),
  by('seal some', [{ name: 'sealed_partly', facets: lineage(source([MASKED]), source([PLAIN], field('city'))) }]),
  by('split', [
    { name: 'split_sealed', facets: lineage(source([MASKED])) },
    { name: 'split_open', facets: lineage(source([PLAIN])) },
  ]),
  by('filter', [{ name: 'filtered', facets: columns([source([FILTER], field('city'))]) }]),
  by('hash', [{ name: 'hashed', facets: columns([source([MASKED], field('mail')), source([FILTER], field('city'))]) }]),
  by('hash one', [
    {
      name: 'hashed_partly',
      facets: columns([source([MASKED], field('mail'))], { city: { inputFields: [source([PLAIN], field('city'))] } }),
    },
  ]),
  by('fields', [
    { name: 'of_fields', facets: columns([], { mail: { inputFields: [source([MASKED], field('mail'))] } }) },
  ]),
  by('two outputs', [
    { name: 'one_sealed', facets: columns([source([MASKED], field('mail'))]) },
    { name: 'one_silent' },
  ]),
  by('declared', [{ name: 'as_input' }], {
    jobFacets: { lineage: facet({ entries: [{ type: 'JOB', inputs: [source([MASKED])] }] }) },
  }),
  by('of its own', [{ name: 'by_job', facets: lineage(source([]), { type: 'JOB', transformations: [MASKED] }) }]),
  // Nobody says what happens between the input of the one and the output of the other.
  by('two voices', [{ name: 'first_voice', facets: lineage(source([MASKED])) }]),
  {
    ...by('two voices', [{ name: 'second_voice' }], { inputs: [], runId: runId(runs) }),
    producer: 'https://example.com/other',
  },
  {
    ...{ eventTime: '2026-03-02T10:00:00Z', producer: 'https://example.com/etl/1.2.3' },
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
    dataset: { namespace: NS, name: 'stated', facets: lineage(source([MASKED])) },
  },
];

interface Reach {
  readonly places: readonly { readonly id: string }[];
  readonly stops: readonly { readonly from: string; readonly to: string; readonly because: string }[];
}

describe.each(graphStores())('what is said of a dataset as a whole, on $name', (store) => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    await store.before?.();
    catalog = await CatalogApp.start({ filled: store.filled });
    await catalog.take(FLOW);
    const carriages = [
      { ...USUAL_CARRIAGE, tag: 'retention', alongDatasets: true },
      { ...USUAL_CARRIAGE, tag: 'wide', alongDatasets: true, throughIndirect: true },
    ];
    const edit = { id: 'rules', by: { id: 'user:tests#ana', name: 'Ana' }, reason: null, expected: null };
    await catalog.takeEdits([
      definitionEditBytes({ ...edit, node: TAG_RULES_ID, action: 'REPLACE', tagRules: carriages }),
    ]);
  });
  afterAll(async () => {
    await catalog.close();
    await store.after?.();
  });

  const whereIs = async (tag: string): Promise<Reach> => {
    const query = 'query ($tag: String!) { whereIs(tag: $tag) { places { id } stops { from to because } } }';
    return (await catalog.data<{ whereIs: Reach }>(query, { tag })).whereIs;
  };
  const nameOf = (id: string): string => id.slice(id.lastIndexOf(':') + 1);

  test('a tag goes on only where something of the dataset comes through unmasked', async () => {
    const { places } = await whereIs('retention=10y');
    expect(places.map(({ id }) => nameOf(id)).sort()).toEqual([
      ...['copied', 'first_voice', 'hashed_partly', 'of_fields', 'one_sealed', 'one_silent', 'people'],
      ...['sealed_partly', 'second_voice', 'split_open'],
    ]);
  });

  test('each end of it is told with why', async () => {
    const { stops } = await whereIs('retention=10y');
    expect(new Set(stops.map(({ from }) => from))).toEqual(new Set([datasetNode('people')]));
    expect(stops.map(({ to, because }) => `${nameOf(to)} ${because}`).sort()).toEqual([
      'by_job MASKING',
      'declared MASKING',
      'filter INDIRECT',
      'hash MASKING',
      'seal MASKING',
      'split_sealed MASKING',
      'stated MASKING',
    ]);
  });

  test('what came along names the same', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Dataset { carriedTags { tag { name } } } } }';
    const ids = ['sealed', 'split_sealed', 'stated', 'hashed', 'copied'].map(datasetNode);
    const { nodes } = await catalog.data<{ nodes: readonly { readonly carriedTags: readonly object[] }[] }>(query, {
      ids,
    });
    expect(nodes.map(({ carriedTags }) => carriedTags.length)).toEqual([0, 0, 0, 0, 1]);
  });
});
