import type { Point } from '../graph/walk.js';

/** Ends by their places in the list of nodes. */
export type Link = readonly [from: number, to: number];

export interface LayoutOptions {
  /** From the left edge of one layer to that of the next. */
  readonly dx?: number;
  /** From the top of a node to that of the next below it, at least. */
  readonly dy?: number;
  /** The node in whose layer those stand that no edge leads to or from; without one, in the first. */
  readonly beside?: number;
  /** Nodes that stand below each other in this order where they are in one layer; no node in two of them. */
  readonly series?: readonly (readonly number[])[];
}

const SWEEPS = 8;
const STRAIGHTENINGS = 6;

/**
 * Places nodes in layers that follow the edges from left to right: the longest path decides the layer, an edge that
 * closes a cycle is left out of it, and sources stand next to what they lead to. Within a layer barycenter sweeps keep
 * crossings few, then each node moves to the middle of its neighbors as far as its layer leaves room. The same input
 * gives the same places. Steps grow with nodes and edges, but for sorting.
 */
export function layered(
  count: number,
  links: readonly Link[],
  { dx = 300, dy = 88, beside, series = [] }: LayoutOptions = {},
): Point[] {
  const forward = withoutCycles(count, links);
  const out: number[][] = Array.from({ length: count }, () => []);
  const into: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of forward.links) {
    list(out, from).push(to);
    list(into, to).push(from);
  }
  const layerOf = layersOf(forward.order, into, out);
  const usual = layerOf[beside ?? -1] ?? 0;
  layerOf.forEach((_, node) => {
    if (list(into, node).length === 0 && list(out, node).length === 0) layerOf[node] = usual;
  });
  const layers = orderedLayers(layerOf, into, out);
  for (const nodes of series) putInOrder(layers, layerOf, nodes);
  const y = heights(layers, into, out, dy);
  return Array.from({ length: count }, (_, node) => ({ x: (layerOf[node] ?? 0) * dx, y: y[node] ?? 0 }));
}

function list(lists: readonly number[][], at: number): number[] {
  const found = lists[at];
  if (found === undefined) throw new RangeError(`No node ${at}`);
  return found;
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

function orderedLayers(layerOf: readonly number[], into: readonly number[][], out: readonly number[][]): number[][] {
  const layers: number[][] = [];
  layerOf.forEach((layer, node) => (layers[layer] ??= []).push(node));
  for (let layer = 0; layer < layers.length; layer++) layers[layer] ??= [];
  const place = new Array<number>(layerOf.length).fill(0);
  const number = (layer: readonly number[]): void => {
    layer.forEach((node, at) => (place[node] = at / layer.length));
  };
  layers.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const neighbors = sweep % 2 === 0 ? into : out;
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = new Map(layer.map((node) => [node, mean(list(neighbors, node), place) ?? place[node] ?? 0]));
      layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b);
      number(layer);
    }
  }
  return layers;
}

/** Moves nodes within their layers so that those of a series follow each other, in the places that they had. */
function putInOrder(layers: readonly number[][], layerOf: readonly number[], nodes: readonly number[]): void {
  const byLayer = new Map<number, number[]>();
  for (const node of nodes) byLayer.set(layerOf[node] ?? 0, [...(byLayer.get(layerOf[node] ?? 0) ?? []), node]);
  for (const [layer, inOrder] of byLayer) {
    const members = new Set(inOrder);
    const next = inOrder.values();
    layers[layer]?.forEach((node, at, all) => {
      if (members.has(node)) all[at] = next.next().value ?? node;
    });
  }
}

function mean(nodes: readonly number[], values: readonly number[]): number | undefined {
  if (nodes.length === 0) return undefined;
  return nodes.reduce((sum, node) => sum + (values[node] ?? 0), 0) / nodes.length;
}

function heights(
  layers: readonly number[][],
  into: readonly number[][],
  out: readonly number[][],
  dy: number,
): readonly number[] {
  const y: number[] = [];
  for (const layer of layers) layer.forEach((node, at) => (y[node] = (at - (layer.length - 1) / 2) * dy));
  for (let round = 0; round < STRAIGHTENINGS; round++) {
    const neighbors = round % 2 === 0 ? into : out;
    for (const layer of round % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((node) => mean(list(neighbors, node), y) ?? y[node] ?? 0);
      spread(wanted, dy).forEach((height, at) => (y[layer[at] ?? 0] = height));
    }
  }
  const top = Math.min(...y);
  return y.map((height) => Math.round(height - top));
}

/**
 * The heights nearest to those wanted (least squares) that keep the order and the distance: isotonic regression by
 * pooling neighbors that would come too close.
 */
function spread(wanted: readonly number[], dy: number): readonly number[] {
  const pools: { sum: number; size: number }[] = [];
  wanted.forEach((height, at) => {
    let pool = { sum: height - at * dy, size: 1 };
    for (let above = pools.at(-1); above !== undefined; above = pools.at(-1)) {
      if (above.sum / above.size <= pool.sum / pool.size) break;
      pools.pop();
      pool = { sum: above.sum + pool.sum, size: above.size + pool.size };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ sum, size }) => new Array<number>(size).fill(sum / size)).map((base, at) => base + at * dy);
}
