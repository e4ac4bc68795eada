import type { Point } from '../graph/walk.js';
import { withLanes } from './lanes.js';
import { layersFor, list, type Link } from './layering.js';

export type { Link } from './layering.js';

export interface LayoutOptions {
  /** From the left edge of one layer to that of the next. */
  readonly dx?: number;
  /** From the top of a node to that of the next below it, at least. */
  readonly dy?: number;
  /** What a line has for itself, from side to side, where it passes a layer. */
  readonly lane?: number;
  /** Of each link: only those of equal numbers share their way past a layer, if they come of one node. */
  readonly strands?: readonly number[];
  /** The node in whose layer those stand that no edge leads to or from; without one, in the first. */
  readonly beside?: number;
  /** Nodes that stand below each other in this order where they are in one layer; no node in two of them. */
  readonly series?: readonly (readonly number[])[];
}

export interface Layout {
  /** Of each node: its left edge, and its top where every node is equally high. */
  readonly places: readonly Point[];
  /** Of each link: where it passes layers between its ends, as if a node stood there; none where nothing is between. */
  readonly ways: readonly (readonly Point[])[];
}

const SWEEPS = 8;
const STRAIGHTENINGS = 6;
/** How much less a line likes to bend than a node to stand aside. */
const STIFFNESS = 4;

/**
 * Places nodes in layers that follow the edges from left to right, and leaves lines that pass a layer room between its
 * nodes. Within a layer barycenter sweeps keep crossings few, then each node moves to the middle of its neighbors as far
 * as its layer leaves room. The same input gives the same places. Steps grow with nodes and edges, but for sorting.
 */
export function layered(
  count: number,
  links: readonly Link[],
  { dx = 300, dy = 88, lane = 24, strands, beside, series = [] }: LayoutOptions = {},
): Layout {
  const { layerOf, into, out, lanesOf } = withLanes(count, links, layersFor(count, links, beside), strands);
  const layers = orderedLayers(layerOf, into, out);
  for (const nodes of series) putInOrder(layers, layerOf, nodes);
  const isNode = (one: number): boolean => one < count;
  const y = heights(layers, into, out, {
    room: (one) => (isNode(one) ? dy : lane),
    weight: (one) => (isNode(one) ? 1 : STIFFNESS),
  });
  let top = Infinity;
  for (let node = 0; node < count; node++) top = Math.min(top, y[node] ?? 0);
  const at = (one: number): Point => ({ x: (layerOf[one] ?? 0) * dx, y: Math.round((y[one] ?? 0) - top) });
  return { places: Array.from({ length: count }, (_, node) => at(node)), ways: lanesOf.map((lanes) => lanes.map(at)) };
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

interface Sizes {
  /** How far apart the middles of two equal ones are at least, of a node or of a lane. */
  readonly room: (one: number) => number;
  /** How much its own wish counts beside those of the others of its layer. */
  readonly weight: (one: number) => number;
}

function heights(
  layers: readonly number[][],
  into: readonly number[][],
  out: readonly number[][],
  { room, weight }: Sizes,
): readonly number[] {
  const y: number[] = [];
  const rows = layers.map((layer) => {
    const offsets: number[] = [];
    layer.forEach((one, at) => {
      const above = layer[at - 1];
      offsets.push(above === undefined ? 0 : (offsets[at - 1] ?? 0) + (room(above) + room(one)) / 2);
    });
    const middle = (offsets.at(-1) ?? 0) / 2;
    layer.forEach((one, at) => (y[one] = (offsets[at] ?? 0) - middle));
    return { layer, offsets, weights: layer.map(weight) };
  });
  for (let round = 0; round < STRAIGHTENINGS; round++) {
    const neighbors = round % 2 === 0 ? into : out;
    for (const { layer, offsets, weights } of round % 2 === 0 ? rows : rows.toReversed()) {
      const wanted = layer.map((one) => mean(list(neighbors, one), y) ?? y[one] ?? 0);
      spread(wanted, offsets, weights).forEach((height, at) => (y[layer[at] ?? 0] = height));
    }
  }
  return y;
}

/**
 * The heights nearest to those wanted (weighted least squares) that keep the order and at least the distances of the
 * offsets: isotonic regression by pooling neighbors that would come too close.
 */
function spread(wanted: readonly number[], offsets: readonly number[], weights: readonly number[]): readonly number[] {
  const pools: { sum: number; weight: number; size: number }[] = [];
  wanted.forEach((height, at) => {
    const weight = weights[at] ?? 1;
    let pool = { sum: (height - (offsets[at] ?? 0)) * weight, weight, size: 1 };
    for (let above = pools.at(-1); above !== undefined; above = pools.at(-1)) {
      if (above.sum / above.weight <= pool.sum / pool.weight) break;
      pools.pop();
      pool = { sum: above.sum + pool.sum, weight: above.weight + pool.weight, size: above.size + pool.size };
    }
    pools.push(pool);
  });
  return pools
    .flatMap(({ sum, weight, size }) => new Array<number>(size).fill(sum / weight))
    .map((base, at) => base + (offsets[at] ?? 0));
}
