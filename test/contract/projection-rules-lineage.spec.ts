import { expect, test } from 'vitest';
import {
  columnLineageFacet,
  datasetEvent,
  facet,
  job,
  jobEvent,
  lifecycleFacet,
  minute,
  run,
  schemaFacet,
  type Mention,
  type Sent,
} from '../support/lineage-events.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

const source = (name: string, field?: string, more: object = {}) => ({
  type: 'DATASET',
  namespace: 'db',
  name,
  ...(field === undefined ? {} : { field }),
  ...more,
});
const output = (name: string, facets: Readonly<Record<string, unknown>>): Mention => ({ name, facets });

test('19. the lineage facet of an output names dataset and field sources', async () => {
  const projection = await fresh();
  const lineage = facet({ inputs: [source('a')], fields: { f: { inputs: [source('a', 'g')] } } });
  await projection.send(run({ run: 1, at: 0, outputs: [output('x', { lineage })] }));
  expect(await projection.lineageAt(1)).toEqual(['READ a -> j', 'WRITE j -> x']);
  expect(await projection.fieldsAt(1)).toEqual(['a.g -> x.f']);
});

test('19. a DatasetEvent’s lineage facet is an edge from dataset to dataset, one hop', async () => {
  const projection = await fresh();
  await projection.send(datasetEvent({ at: 0, dataset: output('x', { lineage: facet({ inputs: [source('a')] }) }) }));
  expect(await projection.lineageAt(1)).toEqual(['DERIVED a -> x']);
});

test('19. the lineage facet of a job makes dataset to dataset and job to job edges', async () => {
  const projection = await fresh();
  const lineage = facet({
    entries: [
      { type: 'DATASET', namespace: 'db', name: 'x', inputs: [source('a')] },
      { type: 'JOB', namespace: 'jobs', name: 'k', inputs: [{ type: 'JOB', namespace: 'jobs', name: 'l' }] },
    ],
  });
  await projection.send(jobEvent({ at: 0, jobFacets: { lineage } }));
  expect(await projection.lineageAt(1)).toEqual(['DERIVED a -> x', 'DERIVED l -> k']);
});

test('19. inputs: [] means no upstream', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'], outputs: [output('x', { lineage: facet({ inputs: [] }) })] }),
  );
  expect(await projection.outputsOf('j', 'a', 1)).toEqual([]);
});

async function transformations(projection: Awaited<ReturnType<typeof fresh>>): Promise<readonly unknown[]> {
  const edges = await projection.edgesAt(minute(1), undefined, ['DERIVED']);
  return edges.flatMap(({ rows }) => rows.map((row) => row.transformations));
}

test('20. field edges carry their transformations', async () => {
  const projection = await fresh();
  const transformation = { type: 'DIRECT', subtype: 'TRANSFORMATION', description: 'hashed', masking: true };
  const columnLineage = columnLineageFacet({ f: [['a', 'g', transformation]] });
  await projection.send(run({ run: 1, at: 0, inputs: ['a'], outputs: [output('x', { columnLineage })] }));
  expect(await projection.fieldsAt(1)).toEqual(['a.g -> x.f']);
  expect(await transformations(projection)).toEqual([[transformation]]);
});

test('20. the deprecated shape tells one transformation a field, MASKED among them', async () => {
  const projection = await fresh();
  const columnLineage = facet({
    fields: {
      f: {
        inputFields: [{ namespace: 'db', name: 'a', field: 'g' }],
        transformationType: 'MASKED',
        transformationDescription: 'md5',
      },
    },
  });
  await projection.send(run({ run: 1, at: 0, inputs: ['a'], outputs: [output('x', { columnLineage })] }));
  expect(await transformations(projection)).toEqual([
    [{ type: 'DIRECT', subtype: 'MASKED', description: 'md5', masking: true }],
  ]);
});

test('20. indirect inputs of the whole dataset apply to every output field, also to those only the schema lists', async () => {
  const projection = await fresh();
  const filter = { type: 'INDIRECT', subtype: 'FILTER', description: '', masking: false };
  const columnLineage = columnLineageFacet({ f: [['a', 'g']] }, [['a', 'k', filter]]);
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'], outputs: [output('x', { columnLineage, schema: schemaFacet(['f', 'h']) })] }),
  );
  expect(await projection.fieldsAt(1)).toEqual(['a.g -> x.f', 'a.k -> x.f', 'a.k -> x.h']);
});

test('20. a dataset named only by column lineage is read by the job all the same', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, outputs: [output('x', { columnLineage: columnLineageFacet({ f: [['a', 'g']] }) })] }),
  );
  expect(await projection.lineageAt(1)).toEqual(['READ a -> j', 'WRITE j -> x']);
  expect(await projection.outputsOf('j', 'a', 1)).toEqual(['x']);
});

test('20. targets and sources missing from the schema are kept as fields', async () => {
  const projection = await fresh();
  const facets = { columnLineage: columnLineageFacet({ f: [['a', 'g']] }), schema: schemaFacet(['other']) };
  await projection.send(run({ run: 1, at: 0, inputs: ['a'], outputs: [output('x', facets)] }));
  expect(await projection.rows('SELECT id, type FROM @.field ORDER BY id')).toEqual([
    { id: 'field:db:a:g', type: null },
    { id: 'field:db:x:f', type: null },
    { id: 'field:db:x:other', type: 'TEXT' },
  ]);
});

test('21. siblings do not leak: upstream of one output holds no other output', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a'], outputs: ['x', 'y'] }));
  const { edges } = await projection.graph.expand(
    [{ node: 'job:jobs:j' as never, arrivedBy: 'dataset:db:x' as never }],
    {
      direction: 'UPSTREAM',
      valid: { at: minute(1) },
      knownAt: await projection.knownNow(),
      kinds: ['READ', 'WRITE', 'DERIVED'],
      limit: 100,
    },
  );
  expect(edges.map(({ from }) => from)).toEqual(['dataset:db:a']);
});

test('21. an input’s column lineage says nothing of this job', async () => {
  const projection = await fresh();
  await projection.send(
    run({
      run: 1,
      at: 0,
      inputs: [output('a', { columnLineage: columnLineageFacet({ f: [['z', 'g']] }) })],
      outputs: ['x'],
    }),
  );
  expect(await projection.lineageAt(1)).toEqual(['READ a -> j', 'WRITE j -> x']);
  expect(await projection.fieldsAt(1)).toEqual([]);
});

test('22. one-sided events are kept', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 0, inputs: ['a'] }), run({ job: 'k', run: 2, at: 0, outputs: ['x'] }));
  expect(await projection.lineageAt(1)).toEqual(['READ a -> j', 'WRITE k -> x']);
});

test('23. an edge carries its assertions with evidence and producer, the strongest first', async () => {
  const projection = await fresh();
  await projection.send(
    jobEvent({ at: 0, inputs: ['a'], producer: 'https://example.com/1.2.3/manifest' }),
    run({ run: 1, at: 1, inputs: ['a'] }),
  );
  const edges = await projection.edgesAt(minute(2), undefined, ['READ']);
  const [edge] = edges.filter(({ to }) => to === job('j'));
  expect(edge?.rows.map(({ evidence, producer, confidence, job: by }) => [evidence, producer, confidence, by])).toEqual(
    [
      ['OBSERVED', 'https://example.com/producer', 1, job('j')],
      ['DECLARED', 'https://example.com/manifest', 1, job('j')],
    ],
  );
});

test('23. the runs that prove an edge are found by its contributions', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'] }),
    run({ run: 2, at: 1, inputs: ['a', 'b'] }),
    run({ run: 3, at: 2, inputs: ['b'] }),
  );
  const proofs = await projection.rows<{ edge: string; count: number }>(
    `SELECT e.edge_key AS edge, count(DISTINCT s.run_key)::int AS count FROM @.contribution_edge e
     JOIN @.sighting s USING (job_key, contribution) GROUP BY 1 ORDER BY 2`,
  );
  expect(proofs.map(({ count }) => count)).toEqual([2, 2]);
});

test('23. a control dependency is its own kind, never data', async () => {
  const projection = await fresh();
  const jobDependencies = facet({
    upstream: [{ job: { namespace: 'jobs', name: 'before' } }],
    downstream: [{ job: { namespace: 'jobs', name: 'after' } }],
  });
  await projection.send(run({ run: 1, at: 0, runFacets: { jobDependencies } }));
  expect(await projection.lineageAt(1)).toEqual(['CONTROL before -> j', 'CONTROL j -> after']);
});

const drop = (at: number, name = 'x'): Sent =>
  datasetEvent({ at, dataset: output(name, { lifecycleStateChange: lifecycleFacet('DROP') }) });
const write = (n: number, at: number, name = 'x'): Sent =>
  run({ job: 'w', run: n, at, inputs: ['a'], outputs: [name] });
const read = (n: number, at: number): Sent => run({ job: 'r', run: n, at, inputs: ['x'], outputs: ['z'] });

async function deletedAt(projection: Awaited<ReturnType<typeof fresh>>, name: string): Promise<unknown> {
  const [row] = await projection.rows('SELECT deleted_at FROM @.asset WHERE name = $1', [name]);
  return row?.['deleted_at'];
}

test('24. after DROP a dataset does not bridge, and stays visible before', async () => {
  for (const order of [
    [write(1, 0), read(2, 5), drop(10)],
    [drop(10), read(2, 5), write(1, 0)],
  ]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await projection.lineageAt(9)).toEqual(['READ a -> w', 'READ x -> r', 'WRITE r -> z', 'WRITE w -> x']);
    expect(await projection.lineageAt(10)).toEqual(['READ a -> w', 'WRITE r -> z']);
    expect(await deletedAt(projection, 'x')).toBe(minute(10));
  }
});

test('24. edges sighted after the DROP bridge again', async () => {
  const projection = await fresh();
  const other = (n: number, at: number): Sent => write(n, at, 'other');
  await projection.send(
    write(1, 0),
    drop(10),
    ...Array.from({ length: 10 }, (_, n) => other(n + 20, 11 + n)),
    write(50, 100),
  );
  expect(await projection.lineageAt(50)).not.toContain('WRITE w -> x');
  expect(await projection.lineageAt(100)).toContain('WRITE w -> x');
  expect(await deletedAt(projection, 'x')).toBeNull();
});

test('24. what is written again within K cycles of its writer is TRANSIENT and bridges all along', async () => {
  const events = [
    write(1, 0),
    read(2, 5),
    drop(10),
    write(3, 100),
    read(4, 105),
    drop(110),
    write(5, 200),
    read(6, 205),
  ];
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    for (const minutes of [5, 50, 150, 210]) {
      expect(await projection.lineageAt(minutes)).toEqual([
        'READ a -> w',
        'READ x -> r',
        'WRITE r -> z',
        'WRITE w -> x',
      ]);
    }
  }
});

test('24. the last DROP of a temporary table counts once K cycles pass without a write', async () => {
  const projection = await fresh();
  await projection.send(write(1, 0), drop(10), write(2, 100), drop(110));
  expect(await projection.lineageAt(150)).toContain('WRITE w -> x');
  await projection.send(...Array.from({ length: 10 }, (_, n) => write(n + 20, 200 + n, 'other')));
  expect(await projection.lineageAt(150)).not.toContain('WRITE w -> x');
  expect(await projection.lineageAt(50)).toContain('WRITE w -> x');
});

test('24. a table dropped and made again within one run goes on', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'w', run: 1, type: 'START', at: 0, outputs: ['x'] }),
    run({
      job: 'w',
      run: 1,
      type: 'RUNNING',
      at: 1,
      outputs: [output('x', { lifecycleStateChange: lifecycleFacet('DROP') })],
    }),
    run({ job: 'w', run: 1, at: 2, outputs: ['x'] }),
  );
  expect(await projection.lineageAt(5)).toEqual(['WRITE w -> x']);
  expect(await deletedAt(projection, 'x')).toBeNull();
});

test('24. a DROP of a name never seen makes no dataset, only a finding', async () => {
  const projection = await fresh();
  const schema = schemaFacet(['f']);
  await projection.send(
    run({ run: 1, at: 0, outputs: [output('ghost', { lifecycleStateChange: lifecycleFacet('DROP'), schema })] }),
  );
  expect(await projection.rows("SELECT id FROM @.asset WHERE kind = 'DATASET'")).toEqual([]);
  expect(await projection.rows('SELECT id FROM @.field')).toEqual([]);
  expect(await projection.findings()).toEqual(['DROP_OF_UNKNOWN']);
  expect(await projection.lineageAt(1)).toEqual([]);
});

test('24. a DROP that comes before the dataset’s first event counts all the same', async () => {
  const projection = await fresh();
  await projection.send(drop(10), write(1, 0));
  expect(await projection.lineageAt(5)).toContain('WRITE w -> x');
  expect(await projection.lineageAt(10)).not.toContain('WRITE w -> x');
  expect(await deletedAt(projection, 'x')).toBe(minute(10));
});

test('24. RENAME drops the old name and derives the new one from it', async () => {
  const projection = await fresh();
  const rename = datasetEvent({
    at: 10,
    dataset: output('new', { lifecycleStateChange: lifecycleFacet('RENAME', 'x') }),
  });
  await projection.send(write(1, 0), rename);
  expect(await projection.lineageAt(9)).toEqual(['READ a -> w', 'WRITE w -> x']);
  expect(await projection.lineageAt(10)).toEqual(['DERIVED x -> new', 'READ a -> w']);
  expect(await deletedAt(projection, 'x')).toBe(minute(10));
  expect(await deletedAt(projection, 'new')).toBeNull();
});

test('24. swaps by RENAME bridge without identity tricks', async () => {
  const projection = await fresh();
  const swap = (at: number): Sent =>
    datasetEvent({ at, dataset: output('t', { lifecycleStateChange: lifecycleFacet('RENAME', 't_new') }) });
  const build = (n: number, at: number): Sent => run({ job: 'w', run: n, at, inputs: ['a'], outputs: ['t_new'] });
  const use = (n: number, at: number): Sent => run({ job: 'r', run: n, at, inputs: ['t'] });
  await projection.send(
    build(1, 0),
    swap(5),
    use(2, 6),
    build(3, 100),
    drop(104, 't'),
    swap(105),
    use(4, 106),
    build(5, 200),
  );
  for (const minutes of [50, 150]) {
    const held = await projection.lineageAt(minutes);
    for (const edge of ['READ a -> w', 'WRITE w -> t_new', 'DERIVED t_new -> t', 'READ t -> r'])
      expect(held, String(minutes)).toContain(edge);
  }
});
