import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, jobNode, NS, runEvent, runId, runNode } from './catalog-events.js';

interface Assertion {
  readonly evidence: string;
  readonly producer: string | null;
  readonly missedRuns: number;
  readonly lastSeenAt: string;
  readonly lastRun: { readonly id: string } | null;
  readonly intervals: readonly { readonly from: string; readonly to: string | null }[];
  readonly events: { readonly edges: readonly { readonly node: { readonly position: string } }[] };
}

interface Edge {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly lastSeenAt: string;
  readonly assertions: { readonly edges: readonly { readonly node: Assertion }[] };
}

const EDGES = `edges { kind from to lastSeenAt assertions(first: 3) { edges { node { evidence producer missedRuns lastSeenAt
  intervals { from to } lastRun { id } events(first: 5) { edges { node { position } } } } } } }`;
const LINEAGE = `query($root: ID!, $asOf: DateTime, $knownAt: DateTime) {
  lineage(root: $root, direction: UPSTREAM, maxNodes: 100, asOf: $asOf, knownAt: $knownAt) { ${EDGES} } }`;

describe('what an edge rests on', () => {
  let catalog: CatalogApp;
  beforeAll(async () => {
    catalog = await CatalogApp.start();
  });
  afterAll(() => catalog.close());

  async function edgesInto(root: string, when: object = {}): Promise<readonly Edge[]> {
    const { lineage } = await catalog.data<{ lineage: { edges: readonly Edge[] } }>(LINEAGE, { root, ...when });
    return lineage.edges;
  }

  async function assertionsOf(from: string, to: string, when: object = {}): Promise<readonly Assertion[]> {
    const edges = await edgesInto(to, when);
    return edges.filter((edge) => edge.from === from && edge.to === to).flatMap(nodesOf);
  }

  const nodesOf = (edge: Edge): readonly Assertion[] => edge.assertions.edges.map(({ node }) => node);
  const positionsOf = ({ events }: Assertion): readonly string[] => events.edges.map(({ node }) => node.position);

  /** When the log took the event at this position. */
  async function recordedAt(position = ''): Promise<string> {
    const [event] = await catalog.log.read([Number(position.split('.')[1])]);
    const micros = event?.recordedAt ?? 0;
    return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${String(micros % 1000).padStart(3, '0')}Z`);
  }

  const day = (n: number, time: string): string => `2026-03-${String(n).padStart(2, '0')}T${time}Z`;

  test('18. sightings, misses, the last run and the proofs are those of the moment asked for', async () => {
    const load = (n: number, inputs: readonly string[]): object =>
      runEvent({ job: 'load', runId: runId(n), at: day(n, '01:00:00'), inputs, outputs: ['t.out'] });
    const positions: string[] = [];
    for (const [n, inputs] of [
      [1, ['t.a']],
      [2, ['t.a', 't.b']],
      [3, ['t.b']],
      [4, ['t.b']],
    ] as const)
      positions.push(await catalog.take([load(n, inputs)]));
    const read = (when: object = {}): Promise<readonly Assertion[]> =>
      edgesInto(datasetNode('t.out'), when).then((edges) =>
        edges.filter(({ from }) => from === datasetNode('t.a')).flatMap(nodesOf),
      );
    const shown = async (when: object = {}): Promise<unknown> =>
      (await read(when)).map((assertion) => [
        ...[assertion.lastSeenAt.slice(0, 10), assertion.lastRun?.id, assertion.missedRuns],
        positionsOf(assertion),
      ]);
    const [first, second, third] = positions;
    expect(await shown()).toEqual([['2026-03-02', runNode('load', 2), 2, [second, first]]]);
    expect(await shown({ asOf: day(3, '12:00:00') })).toEqual([['2026-03-02', runNode('load', 2), 1, [second, first]]]);
    expect(await shown({ asOf: day(1, '12:00:00') })).toEqual([['2026-03-01', runNode('load', 1), 0, [first]]]);
    expect(await shown({ knownAt: await recordedAt(third) })).toEqual([
      ['2026-03-02', runNode('load', 2), 1, [second, first]],
    ]);
    expect(await shown({ knownAt: await recordedAt(first) })).toEqual([['2026-03-01', runNode('load', 1), 0, [first]]]);
    const [edge] = await edgesInto(datasetNode('t.out'), { asOf: day(1, '12:00:00') });
    expect(edge?.lastSeenAt.slice(0, 10)).toBe('2026-03-01');
  });

  test('18. a run under way at the moment asked for proves its edges, from its first event on', async () => {
    const event = (time: string, type: 'START' | 'COMPLETE'): object =>
      runEvent({ job: 'slow', runId: runId(50), at: day(5, time), type, inputs: ['slow.in'], outputs: ['slow.out'] });
    const started = await catalog.take([event('01:00:00', 'START')]);
    const ended = await catalog.take([event('09:00:00', 'COMPLETE')]);
    const at = (when: object): Promise<readonly Assertion[]> =>
      assertionsOf(jobNode('slow'), datasetNode('slow.out'), when);
    const [during] = await at({ asOf: day(5, '05:00:00') });
    expect(during).toMatchObject({ lastSeenAt: '2026-03-05T01:00:00.000Z', lastRun: { id: runNode('slow', 50) } });
    expect(during === undefined ? [] : positionsOf(during)).toEqual([ended, started]);
    const [known] = await at({ knownAt: await recordedAt(started) });
    expect(known === undefined ? [] : positionsOf(known)).toEqual([started]);
  });

  test('18. a comparison tells what lapsed as of its earlier moment', async () => {
    for (let n = 1; n <= 12; n += 1) {
      const inputs = n === 1 ? ['d.gone', 'd.kept'] : ['d.kept'];
      await catalog.append([
        runEvent({ job: 'diff', runId: runId(100 + n), at: day(n, '02:00:00'), inputs, outputs: ['d.out'] }),
      ]);
    }
    await catalog.catchUp();
    const { lineageDiff } = await catalog.data<{ lineageDiff: { lapsed: { edges: readonly Edge[] } } }>(
      `query($root: ID!, $from: DateTime!, $to: DateTime!) {
        lineageDiff(root: $root, direction: UPSTREAM, from: $from, to: $to) { lapsed { ${EDGES} } } }`,
      { root: datasetNode('d.out'), from: day(1, '12:00:00'), to: day(12, '12:00:00') },
    );
    expect(lineageDiff.lapsed.edges.flatMap(nodesOf)).toMatchObject([
      { lastRun: { id: runNode('diff', 101) }, missedRuns: 0 },
    ]);
  });

  test('24. an edge that a RENAME states is proved by the events of the RENAME, whatever their kind', async () => {
    const renamed = (name: string, previous: string): object => ({
      namespace: NS,
      name,
      facets: {
        lifecycleStateChange: facet({
          lifecycleStateChange: 'RENAME',
          previousIdentifier: { namespace: NS, name: previous },
        }),
      },
    });
    const header = {
      producer: 'https://example.com/etl/1.2.3',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
    };
    const swap = (n: number, name: string, previous: string): object => ({
      ...runEvent({ job: 'swap', runId: runId(200 + n), at: day(n, '03:00:00') }),
      outputs: [renamed(name, previous)],
    });
    await catalog.take([runEvent({ job: 'fill', runId: runId(200), at: day(1, '03:00:00'), outputs: ['r.new'] })]);
    const byRun = await catalog.take([swap(2, 'r.t', 'r.new')]);
    // It speaks of the dataset, but does not rename it.
    await catalog.take([{ ...header, eventTime: day(2, '04:00:00'), dataset: { namespace: NS, name: 'r.t' } }]);
    const again = await catalog.take([swap(3, 'r.t', 'r.new')]);
    const [edge, ...others] = await assertionsOf(datasetNode('r.new'), datasetNode('r.t'));
    expect(others).toEqual([]);
    expect(edge).toMatchObject({ evidence: 'OBSERVED', producer: 'https://example.com/etl' });
    expect(edge === undefined ? [] : positionsOf(edge)).toEqual([again, byRun]);

    const byJob = await catalog.take([
      {
        ...header,
        eventTime: day(4, '03:00:00'),
        job: { namespace: 'a', name: 'j' },
        outputs: [renamed('r.j', 'r.i')],
      },
    ]);
    const byDataset = await catalog.take([
      { ...header, eventTime: day(4, '03:00:00'), dataset: renamed('r.d', 'r.c') },
    ]);
    for (const [from, to, position] of [
      ['r.i', 'r.j', byJob],
      ['r.c', 'r.d', byDataset],
    ] as const) {
      const found = await assertionsOf(datasetNode(from), datasetNode(to));
      expect(found.map(positionsOf)).toEqual([[position]]);
    }
  });
});
