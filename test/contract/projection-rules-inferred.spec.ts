import type { NodeId } from '@headwater/domain/identifiers';
import { findPaths } from '@headwater/domain/traversal/find-paths';
import { expect, test } from 'vitest';
import { jobEvent, minute, run } from '../support/lineage-events.js';
import { short, type TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

/** The edges from a dataset through jobs to another, each with its evidence, at a minute. */
async function waysAt(
  projection: TestProjection,
  [from, to]: readonly [string, string],
  minutes: number,
  knownAt?: number,
): Promise<readonly string[]> {
  const none = (): Promise<readonly never[]> => Promise.resolve([]);
  const found = await findPaths(
    {
      graph: projection.graph,
      roots: { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none },
      clock: { now: () => knownAt ?? minute(100_000) },
    },
    {
      from: `dataset:db:${from}` as NodeId,
      to: `dataset:db:${to}` as NodeId,
      granularity: 'DATASET',
      limit: 5,
      asOf: minute(minutes),
      knownAt,
    },
  );
  const edges = (found?.paths ?? []).flatMap((path) => path.edges);
  return edges.map((edge) => `${short(edge.from)} -> ${short(edge.to)} ${edge.evidence}`);
}

/** The rows that tell how the job conducts, as known now and ever: [mode, from, to] in minutes. */
async function restrictions(projection: TestProjection): Promise<readonly string[]> {
  const at = (value: unknown): string => (value === null ? '' : String((Number(value) - minute(0)) / 60_000_000));
  return (await projection.changes()).flatMap((change) =>
    change.op === 'openRestriction'
      ? [`${change.row.mode} ${at(change.row.validFrom)}..${at(change.row.validTo)}`]
      : [],
  );
}

test('17. a job with no two-sided statement conducts the full product, INFERRED', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a', 'b'] }),
    run({ run: 2, at: 10, outputs: ['x', 'y'] }),
    run({ run: 3, at: 20, inputs: ['a', 'b'] }),
  );
  for (const way of [
    ['a', 'x'],
    ['a', 'y'],
    ['b', 'x'],
    ['b', 'y'],
  ] as const) {
    expect(await waysAt(projection, way, 30)).toEqual([`${way.join(' -> ')} INFERRED`]);
  }
  expect(await restrictions(projection)).toEqual(['INFERRED 10..']);
  expect(await waysAt(projection, ['a', 'x'], 5)).toEqual([]);
});

test('17. a job that names both sides from its first turn on is told by no such row', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, type: 'START', inputs: ['a'] }),
    run({ run: 1, at: 1, outputs: ['x'] }),
    run({ run: 2, at: 10, type: 'FAIL', inputs: ['a'] }),
    run({ run: 3, at: 20, inputs: ['a'], outputs: ['x'] }),
  );
  expect(await waysAt(projection, ['a', 'x'], 30)).toEqual(['a -> x OBSERVED']);
  expect(await restrictions(projection)).toEqual([]);
});

test('17. from the first statement of both sides on the product is inferred no more', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'] }),
    run({ run: 2, at: 10, outputs: ['x'] }),
    run({ run: 3, at: 20, inputs: ['a'], outputs: ['x'] }),
    run({ run: 4, at: 30, inputs: ['a'] }),
  );
  expect(await waysAt(projection, ['a', 'x'], 15)).toEqual(['a -> x INFERRED']);
  expect(await waysAt(projection, ['a', 'x'], 20)).toEqual(['a -> x OBSERVED']);
  expect(await waysAt(projection, ['a', 'x'], 40)).toEqual(['a -> x OBSERVED']);
});

test('17. 18. a late statement of both sides ends the inference from its time on, and not what was known before', async () => {
  const projection = await fresh();
  await projection.send(
    run({ run: 1, at: 0, inputs: ['a'] }),
    run({ run: 2, at: 10, outputs: ['x'] }),
    run({ run: 4, at: 30, inputs: ['a'] }),
  );
  const before = await projection.knownNow();
  await projection.send(run({ run: 3, at: 20, inputs: ['a'], outputs: ['x'] }));
  expect(await waysAt(projection, ['a', 'x'], 25, before)).toEqual(['a -> x INFERRED']);
  expect(await waysAt(projection, ['a', 'x'], 25)).toEqual(['a -> x OBSERVED']);
  expect(await waysAt(projection, ['a', 'x'], 15)).toEqual(['a -> x INFERRED']);
  expect(await restrictions(projection)).toEqual(['INFERRED 10..', 'PAIRS 20..', 'INFERRED 10..20']);
});

test('17. a JobEvent that names both sides is a statement of them, one that names one is not', async () => {
  const projection = await fresh();
  await projection.send(jobEvent({ at: 0, inputs: ['a'] }), jobEvent({ at: 10, outputs: ['x'] }));
  expect(await waysAt(projection, ['a', 'x'], 15)).toEqual(['a -> x INFERRED']);
  await projection.send(jobEvent({ at: 20, inputs: ['a'], outputs: ['x'] }));
  expect(await waysAt(projection, ['a', 'x'], 15)).toEqual(['a -> x INFERRED']);
  expect(await waysAt(projection, ['a', 'x'], 25)).toEqual(['a -> x DECLARED']);
});

test('17. a run before the time from which its pair is declared makes the pair from its own time on', async () => {
  const projection = await fresh();
  await projection.send(
    jobEvent({ at: 100, inputs: ['a'], outputs: ['x'] }),
    run({ run: 1, at: 0, inputs: ['a'] }),
    run({ run: 2, at: 10, outputs: ['x'] }),
    run({ run: 3, at: 20, inputs: ['a'], outputs: ['x'] }),
  );
  expect(await waysAt(projection, ['a', 'x'], 15)).toEqual(['a -> x INFERRED']);
  expect(await waysAt(projection, ['a', 'x'], 25)).toEqual(['a -> x OBSERVED']);
});
