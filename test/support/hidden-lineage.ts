import { FullLineageView, SeenLineageView, type LineageView } from '@headwater/application/visibility/lineage-view';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { HiddenIds, Sight } from '@headwater/domain/access/sight';
import type { EdgeKind, EdgeRow } from '@headwater/domain/graph';
import { datasetId, domainId, jobId, type NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Veil } from '@headwater/domain/traversal/hide-lineage';
import type { LineageEdge, LineageNode } from '@headwater/domain/traversal/lineage-answer';
import { aliasRow, edgeRow, hour, load, node, open } from '@headwater/store-contract/lineage-graph/rows';
import fc from 'fast-check';
import { expect } from 'vitest';

const NAMESPACES = ['open', 'hush'];
const DATASETS = NAMESPACES.flatMap((namespace) =>
  [0, 1, 2, 3].map((at) => datasetId(namespace, `${namespace}-d${at}`)),
);
const JOBS = NAMESPACES.flatMap((namespace) => [0, 1, 2].map((at) => jobId(namespace, `${namespace}-j${at}`)));
const OWNED = new Map(
  DATASETS.map((id, at) => [
    id,
    [{ agent: `agent:team:${at % 3 === 0 ? 'all' : id.slice(8, 12)}` as NodeId, role: 'OWNER' }],
  ]),
);

const IN_DOMAIN = new Map(DATASETS.filter((_, at) => at % 2 === 0).map((id, at) => [id, domainId(`d${at % 3}`)]));

const anyDataset = fc.constantFrom(...DATASETS);
const anyJob = fc.constantFrom(...JOBS);
const edge = fc.oneof(
  fc.record({ kind: fc.constant<EdgeKind>('READ'), from: anyDataset, to: anyJob }),
  fc.record({ kind: fc.constant<EdgeKind>('WRITE'), from: anyJob, to: anyDataset }),
  fc.record({ kind: fc.constant<EdgeKind>('DERIVED'), from: anyDataset, to: anyDataset, job: anyJob }),
);

/** Random graphs of which a part is hidden, merged names among them, and what is asked of them. */
export const hiddenCase = fc.record({
  edges: fc.array(edge, { minLength: 8, maxLength: 35, size: 'max' }),
  lapsed: fc.integer({ min: 0, max: 5 }),
  aliases: fc.subarray([
    { member: datasetId('open', 'open-d3'), canonical: datasetId('hush', 'hush-d3') },
    { member: datasetId('hush', 'hush-d2'), canonical: datasetId('open', 'open-d2') },
  ]),
  root: fc.oneof({ weight: 4, arbitrary: anyDataset }, { weight: 1, arbitrary: anyJob }),
  to: anyDataset,
  direction: fc.constantFrom('UPSTREAM' as const, 'DOWNSTREAM' as const, 'BOTH' as const),
  granularity: fc.constantFrom('JOB' as const, 'DATASET' as const),
  depth: fc.integer({ min: 0, max: 6 }),
});
export type HiddenCase = typeof hiddenCase extends fc.Arbitrary<infer T> ? T : never;

export const sight = new Sight(NamespaceRule.of(['open']));
const ids = new HiddenIds(new Uint8Array(32).fill(7), 'token:one');
export const veil: Veil = { sees: (id) => sight.sees(id), hiddenId: (id) => ids.of(id) };

/** The full and the restricted view of one graph. */
export function viewsOf(graph: LineageGraph): { readonly full: LineageView; readonly seen: LineageView } {
  const none = (): Promise<readonly NodeId[]> => Promise.resolve([]);
  const nothing = (): Promise<ReadonlyMap<NodeId, never>> => Promise.resolve(new Map<NodeId, never>());
  const catalog = {
    ...{ assets: nothing, fields: nothing, fieldsOfDatasets: nothing, versionsOfDatasets: nothing, facts: nothing },
    tagged: () => Promise.resolve([]),
    placed: () => Promise.resolve([]),
    outputPorts: nothing,
    ...{ definitionsOf: () => Promise.resolve([]), definitionHistory: nothing },
    ...{ definitions: nothing, logicalMemberships: nothing, mayBeMembers: () => Promise.resolve([]) },
  };
  const full = new FullLineageView({
    graph,
    clock: { now: () => hour(100) },
    roots: { fieldsOf: none, versionsOf: none, runsOf: none, runsByBareId: none },
    owners: {
      ownersOf: (asked) => Promise.resolve(new Map([...OWNED].filter(([id]) => asked.includes(id)))),
      domainsOf: (asked) => Promise.resolve(new Map([...IN_DOMAIN].filter(([id]) => asked.includes(id)))),
    },
    feed: {
      read: () => Promise.resolve([]),
      at: () => Promise.resolve(new Map()),
      oldest: () => Promise.resolve(0),
      head: () => Promise.resolve({ position: 0, recordedAt: 0 }),
      subscribe: () => () => undefined,
    },
    log: { logId: 'log' },
    events: { eventsAt: () => Promise.resolve(new Map()) },
    catalog,
  });
  return { full, seen: new SeenLineageView(full, graph, () => Promise.resolve(veil), { catalog, graph }) };
}

export async function loadCase(graph: LineageGraph, { edges, aliases, lapsed }: HiddenCase): Promise<void> {
  const rows = new Map<string, EdgeRow>();
  edges.forEach(({ kind, from, to, ...rest }, at) => {
    const job = 'job' in rest ? { job: rest.job } : {};
    const transformations =
      kind === 'DERIVED' ? [{ type: 'DIRECT', subtype: null, description: `by ${job.job ?? ''}`, masking: false }] : [];
    const row = edgeRow(kind, from, to, { ...job, transformations, validTo: at < lapsed ? hour(20) : null });
    rows.set(row.rowId, row);
  });
  await load(graph, [
    ...[...DATASETS, ...JOBS].map((id) => node(id, id.slice(id.lastIndexOf(':') + 1))),
    ...aliases.map(({ member, canonical }) => open(aliasRow(member, canonical))),
    ...[...rows.values()].map((row) => open(row)),
  ]);
}

const shown = (id: string): string => (sight.sees(id) ? id : ids.of(id as NodeId));
const nodeText = (one: LineageNode): string =>
  sight.sees(one.id) || one.id.startsWith('hidden:')
    ? JSON.stringify(one)
    : JSON.stringify({
        ...one,
        id: shown(one.id),
        displayName: null,
        placeholder: false,
        hasMoreUpstream: false,
        hasMoreDownstream: false,
        neighborsUpstream: null,
        neighborsDownstream: null,
      });
const edgeText = ({ kind, from, to, evidence, validFrom, validTo, via }: LineageEdge): string =>
  JSON.stringify([kind, shownOnce(from), shownOnce(to), evidence, validFrom, validTo, via.map(shownOnce).sort()]);
const shownOnce = (id: string): string => (id.startsWith('hidden:') ? id : shown(id));
const texts = <T>(items: readonly T[], textOf: (item: T) => string): readonly string[] => items.map(textOf).sort();

/** That the restricted answers are the full ones with hidden nodes mapped, and that nothing in them names these. */
export async function checkCase(graph: LineageGraph, asked: HiddenCase): Promise<void> {
  const { full, seen } = viewsOf(graph);
  const { root, to, direction, granularity, depth } = asked;
  const canonical = async (id: NodeId): Promise<NodeId> => (await graph.canonical([id], hour(1_000))).get(id) ?? id;
  const isSeen = sight.sees(root) && sight.sees(await canonical(root));

  const [whole, part] = [
    await full.trace({ root, direction, granularity, depth, neighbors: true }),
    await seen.trace({ root, direction, granularity, depth, neighbors: true }),
  ];
  if (!isSeen) expect(part).toBeNull();
  else if (whole === null || part === null) expect(part).toEqual(whole);
  else {
    expect(texts(part.nodes, nodeText)).toEqual(texts(whole.nodes, nodeText));
    expect(texts(part.edges, edgeText)).toEqual(texts(whole.edges, edgeText));
    const { nodes: _n, edges: _e, ...counts } = part;
    const { nodes: _m, edges: _f, ...allCounts } = whole;
    expect(counts).toEqual(allCounts);
    // What concerns nothing hidden is told in full.
    const open = whole.edges.filter((one) => !JSON.stringify(one).includes('hush'));
    for (const one of open) expect(part.edges).toContainEqual(one);
  }

  const [impact, partOfImpact] = [await full.impact({ root }), await seen.impact({ root })];
  if (!isSeen) expect(partOfImpact).toBeNull();
  else if (impact !== null && partOfImpact !== null) {
    expect([partOfImpact.assetCount, partOfImpact.total]).toEqual([impact.assetCount, impact.total]);
    for (const grouping of ['byOwner', 'byDomain'] as const) {
      const nodesOf = ({ [grouping]: groups }: typeof impact): readonly string[] =>
        [...new Set(groups.flatMap(({ assets }) => assets.map(({ node: one }) => nodeText(one))))].sort();
      expect(nodesOf(partOfImpact)).toEqual(nodesOf(impact));
    }
  }

  const times = { from: hour(10), to: hour(50) };
  const [diff, partOfDiff] = [
    await full.diff({ root, direction, depth, ...times }),
    await seen.diff({ root, direction, depth, ...times }),
  ];
  if (!isSeen) expect(partOfDiff).toBeNull();
  else if (diff !== null && partOfDiff !== null) {
    expect(texts(partOfDiff.lapsedEdges, edgeText)).toEqual(texts(diff.lapsedEdges, edgeText));
    expect(texts(partOfDiff.lapsedNodes, ({ id }) => shownOnce(id))).toEqual(
      texts(diff.lapsedNodes, ({ id }) => shownOnce(id)),
    );
  }

  const [paths, partOfPaths] = [await full.paths({ from: root, to }), await seen.paths({ from: root, to })];
  if (!isSeen || !sight.sees(to) || !sight.sees(await canonical(to))) expect(partOfPaths).toBeNull();
  else if (paths !== null && partOfPaths !== null) {
    const pathText = ({ nodes, edges, length }: (typeof paths.paths)[number]): string =>
      JSON.stringify([length, nodes.map(({ id, kind }) => [shownOnce(id), kind]), edges.map(edgeText)]);
    expect(texts(partOfPaths.paths, pathText)).toEqual(texts(paths.paths, pathText));
  }
  expect(JSON.stringify([part, partOfImpact, partOfDiff, partOfPaths])).not.toContain('hush');
}
