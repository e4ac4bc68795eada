import type { ShownGraph, ShownNode } from './grouping.js';

/** Nodes that follow each other in time, oldest first. */
export type Series = readonly string[];

const NONE: ReadonlyMap<string, string> = new Map();

/** When a run began or a version was made, as their edges tell; what nobody wrote is as old as its first reader. */
export function timesOf({ nodes, edges }: ShownGraph): ReadonlyMap<string, string> {
  if (!nodes.some(({ members: [{ kind }] }) => isTimed(kind))) return NONE;
  const kinds = new Map(nodes.map(({ id, members: [{ kind }] }) => [id, kind]));
  const written = new Map<string, string>();
  const any = new Map<string, string>();
  const keepLeast = (times: Map<string, string>, id: string, at: string): void => {
    const before = times.get(id);
    if (before === undefined || at < before) times.set(id, at);
  };
  for (const { from, to, edges: stoodFor } of edges) {
    for (const { validFrom } of stoodFor) {
      if (kinds.get(to) === 'VERSION') keepLeast(written, to, validFrom);
      for (const id of [from, to]) if (isTimed(kinds.get(id))) keepLeast(any, id, validFrom);
    }
  }
  return new Map([...any, ...written]);
}

function isTimed(kind: string | undefined): boolean {
  return kind === 'RUN' || kind === 'VERSION';
}

/** The runs of each job and the versions of each dataset, of which there is more than one. */
export function seriesOf(graph: ShownGraph): readonly Series[] {
  const times = timesOf(graph);
  if (times.size === 0) return [];
  const series = new Map<string, string[]>();
  for (const node of graph.nodes) {
    if (node.group !== null || !times.has(node.id)) continue;
    const key = ownerOf(node);
    series.set(key, [...(series.get(key) ?? []), node.id]);
  }
  const byTime = (a: string, b: string): number => {
    const [first, second] = [times.get(a) ?? '', times.get(b) ?? ''];
    return first < second || (first === second && a < b) ? -1 : 1;
  };
  return [...series.values()].filter(({ length }) => length > 1).map((ids) => ids.sort(byTime));
}

/** The same graph with each series in the order of time, in the places that its nodes had. */
export function inTheirOrder(graph: ShownGraph): ShownGraph {
  const series = seriesOf(graph);
  if (series.length === 0) return graph;
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const nextOf = new Map<string, Iterator<string>>();
  for (const ids of series) {
    const next = ids.values();
    for (const id of ids) nextOf.set(id, next);
  }
  const nodes = graph.nodes.map((node) => {
    const next = nextOf.get(node.id)?.next();
    return next === undefined || next.done === true ? node : (byId.get(next.value) ?? node);
  });
  return { ...graph, nodes };
}

/** Kind and percent-encoded names of the job or dataset: `run:ns:job`, `version:ns:dataset`. */
function ownerOf({ id }: ShownNode): string {
  return id.split(':', 3).join(':');
}
