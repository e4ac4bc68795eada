import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { datasetNode, facet, JOBS, jobNode, NS, runEvent, runId, runNode } from './catalog-events.js';

const FIELDS = `position projected summary { producer eventType jobNamespace jobName runId datasetNamespace datasetName subjectId }
  changes { nodeCount hiddenNodeCount edgeCount nodes { id } edges { kind from to change evidence validFrom validTo } }`;

interface Edge {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly change: string;
  readonly evidence: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}
interface Event {
  readonly position: string;
  readonly projected: boolean;
  readonly summary: object | null;
  readonly changes: {
    readonly nodeCount: number;
    readonly hiddenNodeCount: number;
    readonly edgeCount: number;
    readonly nodes: readonly { readonly id: string }[];
    readonly edges: readonly Edge[];
  } | null;
}

let catalog: CatalogApp;

beforeAll(async () => {
  catalog = await CatalogApp.start();
});
afterAll(() => catalog.close());

async function eventAt(position: string): Promise<Event> {
  const filter = { fromPosition: position, toPosition: position };
  const { events } = await catalog.data<{ events: { edges: { node: Event }[] } }>(
    `query ($filter: EventFilter) { events(first: 1, filter: $filter) { edges { node { ${FIELDS} } } } }`,
    { filter },
  );
  const [edge] = events.edges;
  if (edge === undefined) throw new Error(`no event at ${position}`);
  return edge.node;
}

const taken = async (event: object): Promise<Event> => eventAt(await catalog.take([event]));

const step = (n: number, at: string, inputs: readonly string[]): object =>
  runEvent({ job: 'clean', runId: runId(n), at, inputs, outputs: ['claims'] });
const read = (from: string): Partial<Edge> => ({ kind: 'READ', from: datasetNode(from), to: jobNode('clean') });

test('an event says who sent it and what it is about, whichever kind it is, before it is projected too', async () => {
  const base = {
    eventTime: '2026-03-01T00:00:00Z',
    producer: 'https://example.com/docs',
    schemaURL: 'https://example.com',
  };
  const none = {
    eventType: null,
    jobNamespace: null,
    jobName: null,
    runId: null,
    datasetNamespace: null,
    datasetName: null,
  };
  const positions = [
    await catalog.append([runEvent({ job: 'said', runId: runId(90).toUpperCase(), at: '2026-03-01T00:00:00Z' })]),
    await catalog.append([{ ...base, job: { namespace: JOBS, name: 'declared' } }]),
    await catalog.append([{ ...base, dataset: { namespace: NS, name: 'told' } }]),
  ];
  const events = await Promise.all(positions.map(eventAt));
  expect(events.map(({ summary }) => summary)).toEqual([
    {
      ...{ ...none, producer: 'https://example.com/etl/1.2.3', eventType: 'COMPLETE', runId: runId(90) },
      ...{ jobNamespace: JOBS, jobName: 'said', subjectId: jobNode('said') },
    },
    { ...none, producer: base.producer, jobNamespace: JOBS, jobName: 'declared', subjectId: jobNode('declared') },
    { ...none, producer: base.producer, datasetNamespace: NS, datasetName: 'told', subjectId: datasetNode('told') },
  ]);
  expect(events.map(({ projected, changes }) => ({ projected, changes }))).toEqual(
    events.map(() => ({ projected: false, changes: null })),
  );
  await catalog.catchUp();
  expect((await eventAt(positions[0] ?? '')).projected).toBe(true);
});

test('the first of a run’s events opens its edges; the next says nothing new, and is told from one not kept', async () => {
  const first = await taken(step(1, '2026-03-02T00:00:00Z', ['raw']));
  expect(first.changes?.nodes.map(({ id }) => id)).toEqual([
    jobNode('clean'),
    runNode('clean', 1),
    datasetNode('claims'),
    datasetNode('raw'),
    expect.stringMatching(/^version:/),
  ]);
  expect(first.changes?.nodeCount).toBe(5);
  const opened = { change: 'OPENED', evidence: 'OBSERVED', validFrom: '2026-03-02T00:00:00.000Z', validTo: null };
  expect(first.changes?.edges).toContainEqual({ ...read('raw'), ...opened });
  expect(first.changes?.edges).toContainEqual({
    ...{ kind: 'WRITE', from: jobNode('clean'), to: datasetNode('claims') },
    ...opened,
  });
  const again = await taken({ ...step(1, '2026-03-02T00:00:00Z', ['raw']), more: 1 });
  expect(again.changes).toMatchObject({ edgeCount: 0, edges: [] });
  const repeated = {
    eventTime: '2026-03-02T01:00:00Z',
    producer: 'https://example.com/docs',
    schemaURL: 'https://x.example',
  };
  const quiet = { ...repeated, job: { namespace: JOBS, name: 'clean' } };
  await catalog.take([quiet]);
  const nothing = await taken({ ...quiet, more: 2 });
  expect(nothing).toMatchObject({
    projected: true,
    changes: { nodeCount: 0, hiddenNodeCount: 0, edgeCount: 0, nodes: [], edges: [] },
  });
});

test('an earlier sighting that comes late confirms an edge; misses enough close it', async () => {
  const late = await taken(step(2, '2026-03-01T12:00:00Z', ['raw']));
  expect(late.changes?.edges).toContainEqual({
    ...read('raw'),
    ...{ change: 'CONFIRMED', evidence: 'OBSERVED', validFrom: '2026-03-01T12:00:00.000Z', validTo: null },
  });
  const misses = Array.from({ length: 10 }, (_, n) =>
    step(n + 3, `2026-03-0${String((n % 7) + 3)}T0${String(n % 10)}:00:00Z`, ['other']),
  );
  let closed: Event | undefined;
  for (const miss of misses) closed = await taken(miss);
  expect(closed?.changes?.edges).toContainEqual(expect.objectContaining({ ...read('raw'), change: 'CLOSED' }));
  expect(closed?.changes?.edges.find(({ from }) => from === datasetNode('raw'))?.validTo).not.toBeNull();
});

test('merged names come under the canonical one', async () => {
  const symlinks = facet({ identifiers: [{ namespace: NS, name: 'aa-first', type: 'TABLE' }] });
  await catalog.take([
    runEvent({
      ...{ job: 'merge', runId: runId(40), at: '2026-03-05T00:00:00Z' },
      outputs: [{ name: 'zz-last', facets: { symlinks } }],
    }),
  ]);
  const { changes } = await taken(
    runEvent({ job: 'reader', runId: runId(41), at: '2026-03-05T01:00:00Z', inputs: ['zz-last'] }),
  );
  expect(changes?.edges.map(({ kind, from }) => [kind, from])).toContainEqual(['READ', datasetNode('aa-first')]);
  expect(changes?.nodes.map(({ id }) => id)).not.toContain(datasetNode('zz-last'));
});

test('a page of events reads the feed once, and one event as often', async () => {
  const count = async (first: number): Promise<readonly number[]> => {
    const statements = vi.spyOn(catalog.apiPool, 'query');
    try {
      await catalog.data(`{ events(first: ${String(first)}) { edges { node { ${FIELDS} } } } }`);
      const texts = statements.mock.calls.map(([given]) => (given as unknown as { text: string }).text);
      return [texts.filter((text) => text.includes('.graph_change ')).length, texts.length];
    } finally {
      statements.mockRestore();
    }
  };
  const [one, many] = [await count(1), await count(15)];
  expect(one[0]).toBe(1);
  expect(many[0]).toBe(1);
  expect(many[1]).toBeLessThanOrEqual((one[1] ?? 0) + 5);
});

test('once the feed is trimmed, what an event changed is no longer kept, and it is said to be projected', async () => {
  const position = await catalog.take([step(60, '2026-04-01T00:00:00Z', ['raw'])]);
  const { position: head } = await catalog.feed.head();
  await catalog.feed.prune(head);
  expect(await eventAt(position)).toMatchObject({ projected: true, changes: null });
  const later = await taken(step(61, '2026-04-02T00:00:00Z', ['raw']));
  expect(later.changes?.nodeCount).toBeGreaterThan(0);
});
