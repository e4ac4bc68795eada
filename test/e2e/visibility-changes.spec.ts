import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsWithHiddenNamespace, HUSH, leaksIn, MARK, SEEN } from '../support/hidden-namespace.js';
import { CatalogApp } from './catalog-app.js';

interface Changes {
  readonly hiddenNodeCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly from: string; readonly kind: string; readonly change: string }[];
}

const QUERY = `{ events(first: 100) { edges { node { position changes {
  hiddenNodeCount nodes { id } edges { from to kind change evidence validFrom validTo } } } } } }`;

let catalog: CatalogApp;

beforeAll(async () => {
  catalog = await CatalogApp.start({ auth: 'on' });
  await catalog.take(eventsWithHiddenNamespace());
});
afterAll(() => catalog.close());

async function changesFor(reads: readonly string[] | null): Promise<ReadonlyMap<string, Changes>> {
  const { events } = await catalog.data<{
    events: { edges: { node: { position: string; changes: Changes } }[] };
  }>(QUERY, {}, await catalog.readerOf(reads));
  return new Map(events.edges.map(({ node }) => [node.position, node.changes]));
}

test('an event that ends an edge with something hidden tells the edge, and nothing of what is at its end', async () => {
  const [full, seen] = [await changesFor(null), await changesFor(SEEN)];
  const left = `dataset:${encodeURIComponent(HUSH)}:${MARK}-left`;
  const [position] = [...full].find(([, { edges }]) => edges.some((edge) => isEnd(edge, left))) ?? [];
  const [known, told] = [full.get(position ?? ''), seen.get(position ?? '')];
  const shape = (changes: Changes | undefined) => changes?.edges.map(({ kind, change }) => `${kind} ${change}`).sort();
  expect(shape(told)).toEqual(shape(known));
  expect(told?.edges.filter(({ from }) => from.startsWith('hidden:'))).toMatchObject([
    { kind: 'READ', change: 'CLOSED', evidence: null, validFrom: null, validTo: null },
  ]);
  expect(leaksIn(JSON.stringify([...seen]))).toEqual([]);
});

test('hidden nodes are a number; who may see everything has none', async () => {
  const [full, seen] = [await changesFor(null), await changesFor(SEEN)];
  expect(seen.size).toBeGreaterThan(3);
  expect(seen.size).toBeLessThan(full.size);
  for (const [position, { nodes, hiddenNodeCount }] of seen) {
    const all = full.get(position);
    expect(all?.hiddenNodeCount).toBe(0);
    expect(hiddenNodeCount + nodes.length).toBe(all?.nodes.length);
    expect(nodes.every(({ id }) => all?.nodes.some((node) => node.id === id))).toBe(true);
  }
});

function isEnd({ from, kind, change }: Changes['edges'][number], node: string): boolean {
  return from === node && kind === 'READ' && change === 'CLOSED';
}
