import { expect, test } from 'vitest';
import {
  facet,
  isoMinute,
  minute,
  parentFacet,
  run,
  runOf,
  schemaFacet,
  uuid,
  type Sent,
} from '../support/lineage-events.js';
import type { TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

async function runRow(projection: TestProjection, id: string): Promise<Record<string, unknown>> {
  const [row] = await projection.rows('SELECT * FROM @.run WHERE id = $1', [id]);
  expect(row, id).toBeDefined();
  return row ?? {};
}

async function stateAfter(...events: readonly Sent[]): Promise<unknown> {
  const states = new Set<unknown>();
  for (const order of [events, [...events].reverse()]) {
    const projection = await fresh();
    await projection.send(...order);
    states.add((await runRow(projection, runOf('j', 1)))['state']);
  }
  expect(states.size).toBe(1);
  return [...states][0];
}

test('10. a clock in 2099 counts as the receipt plus five minutes, and is told as a finding', async () => {
  const projection = await fresh();
  const ahead = run({ run: 1, at: 38_000_000, received: 10, outputs: ['a'] });
  await projection.send(ahead);
  const row = await runRow(projection, runOf('j', 1));
  expect(row['first_at']).toBe(minute(15));
  expect(await projection.findings()).toContain('CLOCK_AHEAD');
  expect(await projection.lineageAt(15)).toEqual(['WRITE j -> a']);
  expect(await projection.lineageAt(14)).toEqual([]);
});

test('10. a clock up to five minutes ahead is taken at its word', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, at: 15, received: 10, outputs: ['a'] }));
  expect((await runRow(projection, runOf('j', 1)))['first_at']).toBe(minute(15));
  expect(await projection.findings()).not.toContain('CLOCK_AHEAD');
});

test('10. a wrong clock does not win over later truth for ever', async () => {
  const projection = await fresh();
  const schemaIs = (name: string) => [{ name: 'a', facets: { schema: schemaFacet([name]) } }];
  await projection.send(run({ run: 1, at: 38_000_000, received: 10, outputs: schemaIs('wrong') }));
  await projection.send(run({ run: 2, at: 100, outputs: schemaIs('right') }));
  const [row] = await projection.rows<{ fields: { path: string[] }[] }>(
    'SELECT fields FROM @.schema_version WHERE recorded_to IS NULL AND valid_to IS NULL',
  );
  expect(row?.fields.map((field) => field.path)).toEqual([['right']]);
});

test('10. within one run the original time orders events, however far ahead', async () => {
  // Both are effective at minute 15: only their own clock tells that COMPLETE came after START.
  expect(
    await stateAfter(
      run({ run: 1, type: 'COMPLETE', at: 9_000_010, received: 10 }),
      run({ run: 1, type: 'START', at: 9_000_000, received: 10 }),
    ),
  ).toBe('COMPLETED');
  const projection = await fresh();
  await projection.send(run({ run: 1, type: 'COMPLETE', at: 9_000_010, received: 10 }));
  await projection.send(run({ run: 1, type: 'START', at: 9_000_000, received: 10 }));
  await projection.send(run({ run: 1, type: 'START', at: 9_000_020, received: 10 }));
  expect((await runRow(projection, runOf('j', 1)))['state']).toBe('RUNNING');
});

test('10. ties break by rank: of two schemas at one moment the one of the COMPLETE holds', async () => {
  const started = run({
    run: 1,
    type: 'START',
    at: 1,
    outputs: [{ name: 'a', facets: { schema: schemaFacet(['early']) } }],
  });
  const completed = run({ run: 1, at: 1, outputs: [{ name: 'a', facets: { schema: schemaFacet(['late']) } }] });
  for (const order of [
    [started, completed],
    [completed, started],
  ]) {
    const projection = await fresh();
    await projection.send(...order);
    const rows = await projection.rows<{ fields: { path: string[] }[] }>(
      'SELECT fields FROM @.schema_version WHERE recorded_to IS NULL',
    );
    expect(rows.map((row) => row.fields[0]?.path[0])).toEqual(['late']);
  }
});

test('11. the state follows events by effective time in whatever order they arrive', async () => {
  expect(await stateAfter(run({ run: 1, type: 'START', at: 0 }), run({ run: 1, at: 5 }))).toBe('COMPLETED');
  expect(await stateAfter(run({ run: 1, type: 'START', at: 0 }), run({ run: 1, type: 'RUNNING', at: 5 }))).toBe(
    'RUNNING',
  );
});

test('11. within an attempt a terminal beats a later RUNNING or OTHER', async () => {
  expect(
    await stateAfter(
      run({ run: 1, type: 'START', at: 0 }),
      run({ run: 1, at: 5 }),
      run({ run: 1, type: 'RUNNING', at: 6 }),
      run({ run: 1, type: 'OTHER', at: 7 }),
    ),
  ).toBe('COMPLETED');
});

test('11. FAIL followed by COMPLETE is a failed run', async () => {
  expect(
    await stateAfter(
      run({ run: 1, type: 'START', at: 0 }),
      run({ run: 1, type: 'FAIL', at: 5 }),
      run({ run: 1, at: 5.0005 }),
    ),
  ).toBe('FAILED');
});

test('11. FAIL beats ABORT beats COMPLETE', async () => {
  const [complete, abort, fail] = [
    run({ run: 1, at: 5 }),
    run({ run: 1, type: 'ABORT', at: 4 }),
    run({ run: 1, type: 'FAIL', at: 3 }),
  ];
  expect(await stateAfter(complete, abort)).toBe('ABORTED');
  expect(await stateAfter(complete, abort, fail)).toBe('FAILED');
});

test('11. START and ABORT at one time is an aborted run', async () => {
  expect(await stateAfter(run({ run: 1, type: 'START', at: 0 }), run({ run: 1, type: 'ABORT', at: 0 }))).toBe(
    'ABORTED',
  );
});

test('11. a START after a terminal opens another attempt, whose state is the run’s', async () => {
  const first = [run({ run: 1, type: 'START', at: 0 }), run({ run: 1, type: 'FAIL', at: 5 })];
  expect(await stateAfter(...first, run({ run: 1, type: 'START', at: 6 }))).toBe('RUNNING');
  expect(await stateAfter(...first, run({ run: 1, type: 'START', at: 6 }), run({ run: 1, at: 9 }))).toBe('COMPLETED');
});

test('11. a START after a terminal without an earlier START is only late', async () => {
  expect(await stateAfter(run({ run: 1, at: 5 }), run({ run: 1, type: 'START', at: 6 }))).toBe('COMPLETED');
});

test('11. a START at the moment of the terminal opens no attempt', async () => {
  expect(
    await stateAfter(
      run({ run: 1, type: 'START', at: 0 }),
      run({ run: 1, at: 5 }),
      run({ run: 1, type: 'START', at: 5, inputs: ['x'] }),
    ),
  ).toBe('COMPLETED');
});

test('11. a run may lack START, an end, or a type', async () => {
  expect(await stateAfter(run({ run: 1, at: 5 }))).toBe('COMPLETED');
  expect(await stateAfter(run({ run: 1, type: 'START', at: 5 }))).toBe('RUNNING');
  expect(await stateAfter(run({ run: 1, type: null, at: 5 }))).toBe('OTHER');
  expect(
    await stateAfter(
      run({ run: 1, type: 'OTHER', at: 1 }),
      run({ run: 1, type: 'RUNNING', at: 2 }),
      run({ run: 1, type: 'OTHER', at: 3 }),
    ),
  ).toBe('RUNNING');
});

test('12. datasets of a run accumulate, and an event without any takes none away', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, type: 'START', at: 0, inputs: ['a'] }),
    run({ run: 1, type: 'RUNNING', at: 1, inputs: ['b'], outputs: ['x'] }),
    run({ run: 1, at: 2 }),
  );
  expect(await projection.lineageAt(3)).toEqual(['READ a -> j', 'READ b -> j', 'WRITE j -> x']);
});

async function facetBodies(projection: TestProjection, name: string): Promise<readonly unknown[]> {
  const rows = await projection.rows<{ body: Record<string, unknown>; producer_key: string }>(
    'SELECT body, producer_key FROM @.facet WHERE name = $1 ORDER BY producer_key',
    [name],
  );
  return rows.map(({ body, producer_key: by }) => [by, body['says']]);
}

test('12. a facet of the same name and producer replaces the earlier one by effective time, also when it comes first', async () => {
  const early = run({ run: 1, type: 'START', at: 0, runFacets: { custom: facet({ says: 'early' }) } });
  const late = run({ run: 1, at: 5, runFacets: { custom: facet({ says: 'late' }) } });
  for (const order of [
    [early, late],
    [late, early],
  ]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await facetBodies(projection, 'custom')).toEqual([['https://example.com/producer', 'late']]);
  }
});

test('12. facets of two producers stand beside each other, versions of one replace each other', async () => {
  const projection = await fresh();
  const custom = (producer: string, says: string) => ({ custom: facet({ says }, producer) });
  await projection.send(
    run({ run: 1, at: 0, outputs: [{ name: 'a', facets: custom('https://x.org/blob/1.1.0/p', 'old') }] }),
    run({ run: 2, at: 1, outputs: [{ name: 'a', facets: custom('https://x.org/blob/1.2.0/p', 'new') }] }),
    run({ run: 3, at: 2, outputs: [{ name: 'a', facets: custom('https://y.org/q', 'other') }] }),
  );
  expect(await facetBodies(projection, 'custom')).toEqual([
    ['https://x.org/p', 'new'],
    ['https://y.org/q', 'other'],
  ]);
});

test('12. _deleted removes a dataset or job facet, whichever comes first', async () => {
  const stated = run({
    run: 1,
    at: 0,
    outputs: [{ name: 'a', facets: { custom: facet({ says: 'x' }) } }],
    jobFacets: { about: facet({ says: 'y' }) },
  });
  const deleted = run({
    run: 2,
    at: 1,
    outputs: [{ name: 'a', facets: { custom: facet({ _deleted: true }) } }],
    jobFacets: { about: facet({ _deleted: true }) },
  });
  for (const order of [
    [stated, deleted],
    [deleted, stated],
  ]) {
    const projection = await fresh();
    await projection.send(...order);
    expect(await facetBodies(projection, 'custom')).toEqual([]);
    expect(await facetBodies(projection, 'about')).toEqual([]);
  }
});

test('12. _deleted takes back a schema and column lineage', async () => {
  const projection = await fresh();
  const columnLineage = facet({ fields: { x: { inputFields: [{ namespace: 'db', name: 'a', field: 'y' }] } } });
  await projection.send(
    run({
      run: 1,
      type: 'START',
      at: 0,
      inputs: ['a'],
      outputs: [{ name: 'b', facets: { columnLineage, schema: schemaFacet(['x']) } }],
    }),
  );
  expect(await projection.fieldsAt(0)).toEqual(['a.y -> b.x']);
  await projection.send(
    run({
      run: 1,
      at: 5,
      outputs: [{ name: 'b', facets: { columnLineage: facet({ _deleted: true }), schema: facet({ _deleted: true }) } }],
    }),
  );
  expect(await projection.fieldsAt(6)).toEqual([]);
  const rows = await projection.rows('SELECT valid_from, valid_to FROM @.schema_version WHERE recorded_to IS NULL');
  expect(rows).toEqual([{ valid_from: minute(0), valid_to: minute(5) }]);
});

test('13. RUNNING is stored with the time of the last event', async () => {
  const projection = await fresh();
  await projection.send(run({ run: 1, type: 'START', at: 0 }), run({ run: 1, type: 'RUNNING', at: 7 }));
  expect(await runRow(projection, runOf('j', 1))).toMatchObject({
    state: 'RUNNING',
    last_event_at: minute(7),
    perpetual: false,
  });
});

test('13. runs of STREAMING and SERVICE jobs are marked as those that silence does not end', async () => {
  const projection = await fresh();
  for (const [index, processingType] of ['STREAMING', 'SERVICE', 'BATCH'].entries()) {
    const jobType = facet({ processingType, integration: 'TEST', jobType: 'TASK' });
    await projection.send(run({ job: `j${index}`, run: 1, type: 'START', at: 0, jobFacets: { jobType } }));
    expect((await runRow(projection, runOf(`j${index}`, 1)))['perpetual']).toBe(processingType !== 'BATCH');
  }
});

test('14. a parent that never comes is a placeholder, of job and run', async () => {
  const projection = await fresh();
  await projection.send(run({ job: 'task', run: 1, at: 0, parent: ['dag', 2] }));
  expect(await runRow(projection, runOf('dag', 2))).toMatchObject({ placeholder: true, first_at: minute(0) });
  expect(await runRow(projection, runOf('task', 1))).toMatchObject({ placeholder: false, parent_id: runOf('dag', 2) });
  const assets = await projection.rows('SELECT name, placeholder FROM @.asset ORDER BY name');
  expect(assets).toEqual([
    { name: 'dag', placeholder: true },
    { name: 'task', placeholder: false },
  ]);
  expect(await projection.lineageAt(1)).toEqual(['PARENT dag -> task']);
});

test('14. a parent that comes later is no placeholder any more', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'task', run: 1, at: 0, parent: ['dag', 2] }),
    run({ job: 'dag', run: 2, type: 'START', at: 5 }),
  );
  expect(await runRow(projection, runOf('dag', 2))).toMatchObject({
    placeholder: false,
    state: 'RUNNING',
    first_at: minute(5),
  });
  expect(await projection.rows('SELECT name FROM @.asset WHERE placeholder')).toEqual([]);
  const nodes = await projection.graph.nodes([runOf('dag', 2)], await projection.knownNow());
  expect(nodes.get(runOf('dag', 2))?.placeholder).toBe(false);
});

test('14. runs have PARENT edges too, and root is honoured', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'task', run: 1, at: 0, runFacets: { parent: parentFacet('dag', 2, ['whole', 3]) } }),
  );
  expect(await runRow(projection, runOf('task', 1))).toMatchObject({
    parent_id: runOf('dag', 2),
    root_id: runOf('whole', 3),
  });
  expect((await runRow(projection, runOf('whole', 3)))['placeholder']).toBe(true);
  const edges = await projection.edgesAt(minute(1), undefined, ['PARENT']);
  expect(edges.map(({ from, to }) => [from, to])).toContainEqual([runOf('dag', 2), runOf('task', 1)]);
});

test('14. a run that names itself as its parent has none', async () => {
  const projection = await fresh();
  await projection.send(run({ job: 'task', run: 1, at: 0, parent: ['task', 1] }));
  expect((await runRow(projection, runOf('task', 1)))['parent_id']).toBeNull();
});

test('15. two jobs that use one run id are kept apart, with a finding', async () => {
  const projection = await fresh();
  await projection.send(
    run({ job: 'j', run: 1, at: 0, outputs: ['a'] }),
    run({ job: 'k', run: 1, type: 'FAIL', at: 1, outputs: ['b'] }),
  );
  expect((await runRow(projection, runOf('j', 1)))['state']).toBe('COMPLETED');
  expect((await runRow(projection, runOf('k', 1)))['state']).toBe('FAILED');
  expect((await projection.findings()).filter((code) => code === 'RUN_ID_SHARED')).toHaveLength(1);
});

test('15. a job whose namespace changes its case is another job', async () => {
  const projection = await fresh();
  await projection.send(run({ namespace: 'Jobs', run: 1, at: 0 }), run({ namespace: 'jobs', run: 1, at: 1 }));
  expect(await projection.rows('SELECT id FROM @.run ORDER BY id COLLATE "C"')).toEqual([
    { id: runOf('j', 1, 'Jobs') },
    { id: runOf('j', 1) },
  ]);
  expect(await projection.findings()).toContain('RUN_ID_SHARED');
});

test('15. a run id in capitals is the same run', async () => {
  const projection = await fresh();
  const shouted = {
    eventTime: isoMinute(1),
    eventType: 'COMPLETE',
    run: { runId: uuid(1).toUpperCase() },
    job: { namespace: 'jobs', name: 'j' },
    producer: 'p',
    schemaURL: 's',
  };
  await projection.send(run({ run: 1, type: 'START', at: 0 }), { event: shouted, receivedAt: minute(1) });
  expect((await runRow(projection, runOf('j', 1)))['state']).toBe('COMPLETED');
  expect(await projection.findings()).not.toContain('RUN_ID_SHARED');
});
