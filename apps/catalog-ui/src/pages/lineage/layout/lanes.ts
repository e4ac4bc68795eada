import { list, type Link, type Neighbors } from './layering.js';

/** Nodes and the lanes that lines take past the nodes of a layer, numbered on after the nodes. */
export interface Laned extends Neighbors {
  /** Of nodes and lanes. */
  readonly layerOf: readonly number[];
  /** For each link the lanes from its source to its target; none where it joins neighboring layers, or found no room. */
  readonly lanesOf: readonly (readonly number[])[];
}

/** So many lanes at most: a few a node, and what a picture needs that one can take in. */
const lanesFor = (count: number): number => 1_000 + 2 * count;

interface Chain {
  readonly source: number;
  readonly first: number;
  last: number;
  readonly links: number[];
}

/**
 * Gives every line that passes a layer a lane of its own there, so that none runs behind a node that it has nothing to
 * do with (Sugiyama, Tagawa, Toda 1981). Lines of one source and one strand share their lanes. One that leads backwards, or to where it
 * began, takes lanes from its source's layer to its target's. Where there are too many, the longest go without.
 */
export function withLanes(
  count: number,
  links: readonly Link[],
  layers: readonly number[],
  strands: readonly number[] = [],
): Laned {
  const layerOf = [...layers];
  const into: number[][] = Array.from({ length: count }, () => []);
  const out: number[][] = Array.from({ length: count }, () => []);
  const join = (from: number, to: number): void => {
    list(out, from).push(to);
    list(into, to).push(from);
  };
  const lanesOf: (readonly number[])[] = links.map(() => []);
  const chains = chainsOf(links, layers, strands);
  const hasLanes = new Set<number>();
  let left = lanesFor(count);
  for (const { source, first, last, links: along } of chains) {
    const length = Math.abs(last - first) + 1;
    left -= length;
    // They come in the order of their length.
    if (left < 0) break;
    const step = Math.sign(last - first) || 1;
    const lanes = Array.from({ length }, (_, at) => {
      layerOf.push(first + at * step);
      into.push([]);
      out.push([]);
      return layerOf.length - 1;
    });
    const isBack = first === layers[source];
    lanes.forEach((lane, at) => {
      const before = lanes[at - 1];
      if (!isBack) join(before ?? source, lane);
      // A node goes where its data flows to and from; only the lane of a line that turns around follows the node.
      else if (before === undefined) list(out, lane).push(source);
      else join(lane, before);
    });
    for (const at of along) {
      const to = links[at]?.[1] ?? source;
      const used = lanes.slice(0, Math.abs((layers[to] ?? 0) - first) + (isBack ? 1 : 0));
      const end = used.at(-1) ?? source;
      if (isBack) list(into, end).push(to);
      else join(end, to);
      lanesOf[at] = used;
      hasLanes.add(at);
    }
  }
  links.forEach(([from, to], at) => {
    if (!hasLanes.has(at) && (layers[from] ?? 0) < (layers[to] ?? 0)) join(from, to);
  });
  return { layerOf, into, out, lanesOf };
}

/** What needs lanes, by source, direction and strand, the shortest first. */
function chainsOf(links: readonly Link[], layers: readonly number[], strands: readonly number[]): readonly Chain[] {
  const chains = new Map<string, Chain>();
  links.forEach(([from, to], at) => {
    const start = layers[from] ?? 0;
    const end = layers[to] ?? 0;
    const isBack = end <= start;
    if (end === start + 1) return;
    const [first, last] = isBack ? [start, end] : [start + 1, end - 1];
    const key = [from, isBack, strands[at] ?? 0].join(' ');
    const chain = chains.get(key) ?? { source: from, first, last, links: [] };
    chain.links.push(at);
    chain.last = isBack ? Math.min(last, chain.last) : Math.max(last, chain.last);
    chains.set(key, chain);
  });
  const lengthOf = ({ first, last }: Chain): number => Math.abs(last - first);
  return [...chains.values()].sort((a, b) => lengthOf(a) - lengthOf(b) || a.source - b.source);
}
