import fc from 'fast-check';
import {
  columnLineageFacet,
  datasetEvent,
  deletedFacet,
  facet,
  jobEvent,
  jobTypeFacet,
  lifecycleFacet,
  ownershipFacet,
  PRODUCER,
  run,
  schemaFacet,
  symlinksFacet,
  versionFacet,
  type Facets,
  type Mention,
  type RunType,
  type Sent,
} from './lineage-events.js';

/** Things that sets of events must contain now and then for the order of arrival to be tested at all. */
export const FEATURES = [
  'tie',
  'late',
  'attempt',
  'merge',
  'rename',
  'drop',
  'mapped run',
  'wrong clock',
  'declared',
  'dataset event',
  'named version',
  'inferred version',
  'column lineage',
  'explicit lineage',
  'deleted facet',
  'two producers',
  'window',
  'streaming',
  'shared run id',
  'reader schema',
  'name rule',
  'one-sided job',
  'both sides at last',
] as const;
export type Feature = (typeof FEATURES)[number];

export interface EventSet {
  readonly events: readonly Sent[];
  readonly features: ReadonlySet<Feature>;
}

const DATASETS = ['a', 'b', 'c', 'd'] as const;
const JOBS = ['j', 'k'] as const;
const OTHER_PRODUCER = 'https://example.com/other';

const name = fc.constantFrom(...DATASETS);
const producer = fc.oneof(
  { weight: 4, arbitrary: fc.constant(PRODUCER) },
  { weight: 1, arbitrary: fc.constant(OTHER_PRODUCER) },
);
const type = fc.constantFrom<RunType>(
  'START',
  'START',
  'RUNNING',
  'OTHER',
  null,
  'COMPLETE',
  'COMPLETE',
  'COMPLETE',
  'ABORT',
  'FAIL',
);
const columns = fc.subarray(['x', 'y', 'z']);

interface Marked<T> {
  readonly value: T;
  readonly features: readonly Feature[];
}

const nothing = fc.constant<Marked<Facets>>({ value: {}, features: [] });
const marked = (value: Facets, ...features: Feature[]): Marked<Facets> => ({ value, features });

const commonFacet = fc.oneof(
  nothing,
  fc.tuple(columns, producer).map(([fields, by]) => marked({ schema: schemaFacet(fields, by) })),
  columns.map((fields) => marked({ schema: schemaFacet(fields.map((field) => ({ name: field }))) })),
  fc
    .tuple(fc.subarray(['team:x', 'bob']), producer)
    .map(([owners, by]) => marked({ ownership: ownershipFacet(owners, by) })),
  fc.constantFrom('schema', 'ownership').map((key) => marked({ [key]: deletedFacet() }, 'deleted facet')),
  name.map((other) => marked({ symlinks: symlinksFacet(other) }, 'merge')),
  name.map((other) => marked({ symlinks: symlinksFacet(`${other}2`) }, 'merge')),
  fc.constantFrom('1', '2').map((value) => marked({ version: versionFacet(value) }, 'named version')),
  fc
    .integer({ min: 0, max: 3 })
    .map((rows) => marked({ dataQualityMetrics: facet({ rowCount: rows, columnMetrics: {} }) })),
);

const outputFacet = fc.oneof(
  { weight: 6, arbitrary: commonFacet },
  {
    weight: 2,
    arbitrary: fc.tuple(name, columns, fc.boolean(), producer).map(([source, fields, isWide, by]) =>
      marked(
        {
          columnLineage: columnLineageFacet(
            Object.fromEntries(fields.map((field) => [field, [[source, field] as const]])),
            isWide ? [[source, 'k']] : [],
            by,
          ),
        },
        'column lineage',
      ),
    ),
  },
  { weight: 1, arbitrary: fc.constant(marked({ columnLineage: deletedFacet() }, 'deleted facet')) },
  {
    weight: 2,
    arbitrary: fc
      .subarray([...DATASETS], { maxLength: 2 })
      .map((sources) =>
        marked(
          { lineage: facet({ inputs: sources.map((source) => ({ type: 'DATASET', namespace: 'db', name: source })) }) },
          'explicit lineage',
        ),
      ),
  },
  { weight: 2, arbitrary: fc.constant(marked({ lifecycleStateChange: lifecycleFacet('DROP') }, 'drop')) },
  { weight: 1, arbitrary: fc.constant(marked({ lifecycleStateChange: lifecycleFacet('CREATE') })) },
  {
    weight: 2,
    arbitrary: name.map((previous) => marked({ lifecycleStateChange: lifecycleFacet('RENAME', previous) }, 'rename')),
  },
);

function mentions(facets: fc.Arbitrary<Marked<Facets>>, side: 'in' | 'out'): fc.Arbitrary<Marked<readonly Mention[]>> {
  const plain = fc.constant<Marked<Facets>>({ value: {}, features: [] });
  const one = fc
    .tuple(name, fc.oneof({ weight: 2, arbitrary: plain }, { weight: 2, arbitrary: facets }))
    .map(([dataset, { value, features }]): Marked<Mention> => ({
      value: Object.keys(value).length === 0 ? dataset : { name: dataset, facets: value },
      features: side === 'in' && 'schema' in value ? [...features, 'reader schema'] : features,
    }));
  const aliased = fc.constant<Marked<Mention>>({
    value: { namespace: 'S3A://bucket', name: 'f' },
    features: ['name rule'],
  });
  return fc
    .array(fc.oneof({ weight: 8, arbitrary: one }, { weight: 1, arbitrary: aliased }), { maxLength: 2 })
    .map((list) => ({ value: list.map((item) => item.value), features: list.flatMap((item) => item.features) }));
}

const WINDOW = { eventTrigger: 'PERIODIC', windowDuration: 600, eventContentMode: 'COMPLETE_SNAPSHOT' };
const nature = fc.oneof(
  { weight: 8, arbitrary: nothing },
  { weight: 1, arbitrary: fc.constant(marked({ jobType: jobTypeFacet('STREAMING') }, 'streaming')) },
  { weight: 1, arbitrary: fc.constant(marked({ jobType: jobTypeFacet('STREAMING', WINDOW) }, 'window', 'streaming')) },
  {
    weight: 1,
    arbitrary: fc.constant(
      marked(
        { jobType: jobTypeFacet('BATCH', { eventTrigger: 'ON_CHANGE', eventContentMode: 'COMPLETE_SNAPSHOT' }) },
        'window',
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.subarray(['team:y', 'eve']).map((owners) => marked({ ownership: ownershipFacet(owners) })),
  },
);

// Minutes; few enough for ties, and beyond a day for cycles of mapped runs.
const time = fc.constantFrom(0, 1, 2, 3, 5, 8, 10, 30, 100, 1000, 1441, 1500, 3000);

interface Draft {
  readonly sent: Sent;
  readonly at: number;
  readonly run: number | null;
  readonly features: readonly Feature[];
  readonly says: { readonly job: string | null; readonly type: RunType; readonly producer: string };
}

const runDraft: fc.Arbitrary<Draft> = fc
  .record({
    job: fc.constantFrom(...JOBS, 'j'),
    run: fc.integer({ min: 1, max: 5 }),
    type,
    at: time,
    clock: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(3, 5000) }),
    inputs: mentions(commonFacet, 'in'),
    outputs: mentions(outputFacet, 'out'),
    nature,
    parent: fc.option(fc.constantFrom<readonly [string, number]>(['p', 7], ['p', 8], ['q', 7]), { freq: 2 }),
    producer,
  })
  .map(({ job, run: id, type: state, at, clock, inputs, outputs, nature: kind, parent, producer: by }) => ({
    sent: run({
      job,
      run: id,
      type: state,
      at: at + clock,
      received: at + (clock > 3 ? 0 : clock),
      inputs: inputs.value,
      outputs: outputs.value,
      producer: by,
      ...(Object.keys(kind.value).length === 0 ? {} : { jobFacets: kind.value }),
      ...(parent === null ? {} : { parent }),
    }),
    at,
    run: id,
    says: { job, type: state, producer: by },
    features: [
      ...inputs.features,
      ...outputs.features,
      ...kind.features,
      ...(clock === 5000 ? (['wrong clock'] as const) : []),
      ...(parent === null ? [] : (['mapped run'] as const)),
    ],
  }));

const declaredDraft: fc.Arbitrary<Draft> = fc
  .record({
    job: fc.constantFrom(...JOBS),
    at: time,
    inputs: mentions(commonFacet, 'in'),
    outputs: mentions(outputFacet, 'out'),
    producer,
  })
  .map(({ job, at, inputs, outputs, producer: by }) => ({
    sent: jobEvent({ job, at, inputs: inputs.value, outputs: outputs.value, producer: by }),
    at,
    run: null,
    says: { job, type: null, producer: by },
    features: [...inputs.features, ...outputs.features, 'declared' as const],
  }));

const datasetDraft: fc.Arbitrary<Draft> = fc.record({ at: time, name, facets: outputFacet, producer }).map((drawn) => ({
  sent: datasetEvent({
    at: drawn.at,
    dataset: { name: drawn.name, facets: drawn.facets.value },
    producer: drawn.producer,
  }),
  at: drawn.at,
  run: null,
  says: { job: null, type: null, producer: drawn.producer },
  features: [...drawn.facets.features, 'dataset event' as const],
}));

/** Sets of events over few jobs, datasets, runs and moments, so that they meet. All differ. */
export function eventSets(maxLength: number): fc.Arbitrary<EventSet> {
  const draft = fc.oneof(
    { weight: 8, arbitrary: runDraft },
    { weight: 1, arbitrary: declaredDraft },
    { weight: 1, arbitrary: datasetDraft },
  );
  return fc
    .uniqueArray(draft, { minLength: 2, maxLength, selector: ({ sent }) => JSON.stringify(sent.event) })
    .map((drafts) => ({ events: drafts.map(({ sent }) => sent), features: featuresOf(drafts) }));
}

function featuresOf(drafts: readonly Draft[]): ReadonlySet<Feature> {
  const features = new Set<Feature>(drafts.flatMap((draft) => draft.features));
  for (const [index, draft] of drafts.entries()) {
    for (const other of drafts.slice(index + 1)) {
      if (other.at === draft.at) features.add('tie');
      if (other.at < draft.at) features.add('late');
      if (draft.run === null || draft.run !== other.run) continue;
      if (draft.says.job !== other.says.job) features.add('shared run id');
      else if (draft.says.producer !== other.says.producer) features.add('two producers');
      if (draft.says.type === 'START' && other.says.type === 'START') features.add('attempt');
    }
  }
  const writes = (draft: Draft): string => JSON.stringify(draft.sent.event['outputs'] ?? []);
  const reads = (draft: Draft): string => JSON.stringify(draft.sent.event['inputs'] ?? []);
  const isInferred = DATASETS.some(
    (dataset) =>
      drafts.some((draft) => draft.says.type === 'COMPLETE' && writes(draft).includes(`"${dataset}"`)) &&
      drafts.some((draft) => draft.run !== null && reads(draft).includes(`"${dataset}"`)),
  );
  if (isInferred) features.add('inferred version');
  for (const job of JOBS) {
    const ofJob = drafts.filter((draft) => draft.says.job === job);
    const sides = ofJob.map((draft) => ({
      run: draft.run,
      said: `${reads(draft) === '[]' ? '' : 'in'}${writes(draft) === '[]' ? '' : 'out'}`,
    }));
    const first = (said: string, without?: number | null): number =>
      sides.findIndex((side) => side.said === said && (without === undefined || side.run !== without));
    const one = first('in');
    const other = one < 0 ? -1 : first('out', sides[one]?.run);
    if (other < 0) continue;
    const both = first('inout');
    if (both < 0) features.add('one-sided job');
    else if (both > Math.max(one, other)) features.add('both sides at last');
  }
  return features;
}

/**
 * A job's long life in order of time, or nearly: runs that mostly repeat few shapes, of one or two producers, under parent
 * runs now and then, in batches of attempts and events that come late.
 */
export function repetitiveSets(maxLength: number): fc.Arbitrary<readonly Sent[]> {
  const shape = fc.record({
    inputs: fc.subarray(['a', 'b']),
    outputs: fc.subarray(['c', 'd']),
    lineage: fc.constantFrom('none', 'none', 'columns', 'explicit'),
    producer,
  });
  const turn = fc.record({
    shape: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
    types: fc.constantFrom<readonly RunType[]>(
      ['COMPLETE'],
      ['START', 'COMPLETE'],
      ['START', 'COMPLETE'],
      ['START', 'FAIL'],
      ['START'],
      ['COMPLETE', 'FAIL'],
    ),
    step: fc.constantFrom(1, 1, 1, 0, 30, 1500),
    parent: fc.option(fc.integer({ min: 80, max: 82 }), { freq: 4, nil: undefined }),
    isLate: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    startsBare: fc.boolean(),
    drops: fc.oneof({ weight: 12, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
  return fc
    .record({
      shapes: fc.array(shape, { minLength: 3, maxLength: 3 }),
      turns: fc.array(turn, { minLength: 5, maxLength }),
    })
    .map(({ shapes, turns }) => {
      const timely: Sent[] = [];
      const late: Sent[] = [];
      let at = 0;
      for (const [index, { shape: chosen, types, step, parent, isLate, startsBare, drops }] of turns.entries()) {
        at += step;
        const said = shapes[chosen] ?? shapes[0];
        if (said === undefined) continue;
        for (const [nth, state] of types.entries()) {
          const isBare = startsBare && nth === 0 && types.length > 1;
          const event = run({
            run: index + 1,
            type: state,
            at: at + nth / 10,
            inputs: isBare ? [] : said.inputs,
            outputs: isBare ? [] : said.outputs.map((output) => withLineage(output, said.inputs, said.lineage)),
            producer: said.producer,
            ...(parent === undefined ? {} : { parent: ['p', parent] as const }),
          });
          (isLate ? late : timely).push(event);
        }
        if (drops)
          timely.push(
            datasetEvent({
              at: at + 0.5,
              dataset: { name: 'c', facets: { lifecycleStateChange: lifecycleFacet('DROP') } },
            }),
          );
      }
      return [...timely, ...late];
    });
}

function withLineage(output: string, inputs: readonly string[], lineage: string): Mention {
  const [source] = inputs;
  if (source === undefined || lineage === 'none') return output;
  const facets: Facets =
    lineage === 'columns'
      ? { columnLineage: columnLineageFacet({ x: [[source, 'x']] }) }
      : { lineage: facet({ inputs: [{ type: 'DATASET', namespace: 'db', name: source }] }) };
  return { name: output, facets };
}
