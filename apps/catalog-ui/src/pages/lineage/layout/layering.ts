/** Ends by their places in the list of nodes. */
export type Link = readonly [from: number, to: number];

/** For each node, the nodes that links lead to it from, and those that links lead to. */
export interface Neighbors {
  readonly into: number[][];
  readonly out: number[][];
}

/** The list of a node. Throws a RangeError for a node that there is not. */
export function list(lists: readonly number[][], at: number): number[] {
  const found = lists[at];
  if (found === undefined) throw new RangeError(`No node ${at}`);
  return found;
}

export function neighborsOf(count: number, links: readonly Link[]): Neighbors {
  const into: number[][] = Array.from({ length: count }, () => []);
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of links) {
    list(out, from).push(to);
    list(into, to).push(from);
  }
  return { into, out };
}

/**
 * The layer of each node, from 0: the longest path decides, an edge that closes a cycle is left out of it, and sources
 * stand next to what they lead to. Nodes without any edge stand in the layer of `beside`, or in the first.
 */
export function layersFor(count: number, links: readonly Link[], beside: number | undefined): number[] {
  const forward = withoutCycles(count, links);
  const { into, out } = neighborsOf(count, forward.links);
  const layerOf = layersOf(forward.order, into, out);
  const usual = layerOf[beside ?? -1] ?? 0;
  layerOf.forEach((_, node) => {
    if (list(into, node).length === 0 && list(out, node).length === 0) layerOf[node] = usual;
  });
  return layerOf;
}

/** A topological order by depth-first search, and the links that agree with it. */
function withoutCycles(count: number, links: readonly Link[]): { order: number[]; links: Link[] } {
  const out: number[][] = Array.from({ length: count }, () => []);
  const hasCause = new Array<boolean>(count).fill(false);
  for (const [from, to] of links) {
    if (from === to) continue;
    list(out, from).push(to);
    hasCause[to] = true;
  }
  const finished: number[] = [];
  const seen = new Array<boolean>(count).fill(false);
  const visit = (start: number): void => {
    if (seen[start]) return;
    seen[start] = true;
    const stack = [{ node: start, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = list(out, top.node)[top.next++];
      if (next === undefined) {
        finished.push(top.node);
        stack.pop();
      } else if (!seen[next]) {
        seen[next] = true;
        stack.push({ node: next, next: 0 });
      }
    }
  };
  // From the sources first: a search that began within a cycle would turn edges around that need not be.
  for (let node = 0; node < count; node++) if (!hasCause[node]) visit(node);
  for (let node = 0; node < count; node++) visit(node);
  const order = finished.reverse();
  const rank = new Array<number>(count).fill(0);
  order.forEach((node, at) => (rank[node] = at));
  return { order, links: links.filter(([from, to]) => (rank[from] ?? 0) < (rank[to] ?? 0)) };
}

function layersOf(order: readonly number[], into: readonly number[][], out: readonly number[][]): number[] {
  const layerOf = new Array<number>(order.length).fill(0);
  const at = (node: number): number => layerOf[node] ?? 0;
  for (const node of order) layerOf[node] = Math.max(0, ...list(into, node).map((cause) => at(cause) + 1));
  // Against the flow, so that what a source pulls along has found its own layer before.
  for (const node of order.toReversed()) {
    const effects = list(out, node);
    if (effects.length > list(into, node).length) layerOf[node] = Math.min(...effects.map((to) => at(to) - 1));
  }
  const least = Math.min(...layerOf);
  return layerOf.map((layer) => layer - least);
}
