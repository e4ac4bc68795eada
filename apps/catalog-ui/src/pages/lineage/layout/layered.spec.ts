import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layered, type Link } from './layered.js';

const graphs = fc
  .integer({ min: 1, max: 40 })
  .chain((count) =>
    fc.tuple(fc.constant(count), fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: count * 3 })),
  );
const acyclic = graphs.map(([count, links]): [number, Link[]] => [
  count,
  links.filter(([from, to]) => from !== to).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]),
]);

/** Whole numbers from the first up to, but without, the end. */
const range = (first: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);

describe('the layered layout', () => {
  it('gives every node one finite place, whatever cycles and self-loops there are', () => {
    fc.assert(
      fc.property(graphs, ([count, links]) => {
        const { places } = layered(count, links);
        expect(places).toHaveLength(count);
        for (const { x, y } of places) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
      }),
    );
  });

  it('lets no two nodes overlap', () => {
    fc.assert(
      fc.property(graphs, ([count, links]) => {
        const { places } = layered(count, links, { dx: 300, dy: 88 });
        for (const [i, a] of places.entries()) {
          for (const b of places.slice(i + 1)) {
            // Heights are rounded, so that two neighbors may come one closer than asked.
            expect(Math.abs(a.x - b.x) >= 300 || Math.abs(a.y - b.y) >= 87).toBe(true);
          }
        }
      }),
    );
  });

  it('follows every edge from left to right where there is no cycle', () => {
    fc.assert(
      fc.property(acyclic, ([count, links]) => {
        const { places } = layered(count, links);
        for (const [from, to] of links) expect(places[from]?.x).toBeLessThan(places[to]?.x ?? 0);
      }),
    );
  });

  it('leads no line behind a node that it has nothing to do with', () => {
    fc.assert(
      fc.property(graphs, ([count, links]) => {
        const { places, ways } = layered(count, links, { dx: 1, dy: 88, lane: 24 });
        for (const [at, [from, to]] of links.entries()) {
          const [start, end] = [places[from]?.x ?? NaN, places[to]?.x ?? NaN];
          const passed = ways[at] ?? [];
          // Every layer between its ends is passed; a line that turns around passes the nodes of both ends too.
          const between = end > start ? range(start + 1, end) : range(end, start + 1).toReversed();
          expect(passed.map(({ x }) => x)).toEqual(between);
          for (const pass of passed) {
            const nearest = places.filter(({ x }) => x === pass.x).map(({ y }) => Math.abs(y - pass.y));
            expect(Math.min(...nearest)).toBeGreaterThanOrEqual((88 + 24) / 2 - 1);
          }
        }
      }),
    );
  });

  it('leads lines of different sources past a layer apart from each other', () => {
    fc.assert(
      fc.property(graphs, ([count, links]) => {
        const { ways } = layered(count, links, { dx: 1, lane: 24 });
        const sources = new Map<string, number>();
        for (const [at, way] of ways.entries()) {
          for (const { x, y } of way) {
            const [from] = links[at] ?? [];
            expect(sources.get(`${x} ${y}`) ?? from).toBe(from);
            sources.set(`${x} ${y}`, from ?? -1);
          }
        }
      }),
    );
  });

  it('leads lines of one source together, but not those of different strands', () => {
    const links: Link[] = [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 3],
      [0, 2],
      [0, 3],
    ];
    const { ways } = layered(4, links, { dx: 1, strands: [0, 0, 0, 0, 0, 1] });
    expect(ways[3]?.[0]).toEqual(ways[4]?.[0]);
    expect(ways[5]?.[0]?.x).toBe(ways[3]?.[0]?.x);
    expect(ways[5]?.[0]?.y).not.toBe(ways[3]?.[0]?.y);
  });

  it('gives up the longest lanes where there would be too many to lay out', () => {
    const chain = Array.from({ length: 999 }, (_, at): Link => [at, at + 1]);
    const jumps = Array.from({ length: 900 }, (_, at): Link => [at % 90, 100 + at]);
    const { ways } = layered(1_000, [...chain, ...jumps]);
    expect(ways.flat().length).toBeLessThan(50_000);
    expect(ways.slice(999).some((way) => way.length === 0)).toBe(true);
  });

  it('begins at the origin', () => {
    fc.assert(
      fc.property(acyclic, ([count, links]) => {
        const { places } = layered(count, links, { dx: 1 });
        const layers = new Set(places.map(({ x }) => x));
        expect(Math.min(...layers)).toBe(0);
        expect(Math.min(...places.map(({ y }) => y))).toBe(0);
      }),
    );
  });

  it('keeps what follows each other in order, from top to bottom of each layer', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 2, max: 4 }), ([count, links], parts) => {
        const series = Array.from({ length: parts }, (_, part) =>
          Array.from({ length: count }, (__, node) => count - 1 - node).filter((node) => node % parts === part),
        );
        const { places } = layered(count, links, { series });
        for (const nodes of series) {
          for (const [at, node] of nodes.entries()) {
            const later = nodes.slice(at + 1).filter((other) => places[other]?.x === places[node]?.x);
            for (const other of later) expect(places[other]?.y).toBeGreaterThan(places[node]?.y ?? 0);
          }
        }
      }),
    );
  });

  it('gives the same places for the same input', () => {
    fc.assert(
      fc.property(graphs, ([count, links]) => {
        expect(layered(count, links)).toEqual(layered(count, links));
      }),
    );
  });

  it('turns one edge of a cycle around only', () => {
    const { places } = layered(4, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 1],
      [2, 2],
    ]);
    expect(places.map(({ x }) => x / 300)).toEqual([0, 1, 2, 3]);
  });

  it('draws a chain as a straight line and a source next to what it leads to', () => {
    const { places } = layered(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [4, 3],
    ]);
    expect(places[0]?.y).toBe(places[1]?.y);
    expect(places[4]?.x).toBe(places[2]?.x);
  });

  it('puts nodes without edges into the layer of the one that they belong beside', () => {
    const links: Link[] = [
      [0, 1],
      [1, 2],
    ];
    expect(layered(4, links, { dx: 1, beside: 1 }).places[3]?.x).toBe(1);
    expect(layered(4, links, { dx: 1 }).places[3]?.x).toBe(0);
  });

  it('lays out nothing as nothing', () => {
    expect(layered(0, [])).toEqual({ places: [], ways: [] });
  });

  it('takes well under a second for 5,000 nodes and 10,000 edges', () => {
    const links = Array.from({ length: 10_000 }, (_, at): Link => [at % 4_900, (at % 4_900) + 1 + ((at * 7) % 90)]);
    const start = performance.now();
    layered(5_000, links);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
