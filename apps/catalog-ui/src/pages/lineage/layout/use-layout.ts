import { startTransition, useEffect, useRef, useState } from 'react';
import type { ShownGraph } from '../graph/grouping.js';
import { EDGE_LOOKS } from '../graph/model.js';
import { seriesOf } from '../graph/series.js';
import type { Point } from '../graph/walk.js';
import type { LayoutReply, LayoutRequest } from './layout.worker.js';

export const CARD = { width: 232, height: 60 } as const;
export const SPACING = { dx: 324, dy: 84 } as const;

/** A graph with the place of every node. */
export interface PlacedGraph extends ShownGraph {
  readonly at: ReadonlyMap<string, Point>;
  /** By edge, for those that pass other nodes: where they do, as left edges of layers and heights of lines. */
  readonly ways: ReadonlyMap<string, readonly Point[]>;
}

interface Asked {
  readonly graph: ShownGraph;
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/**
 * Places a graph off the main thread. Until a new one is placed the last one stays; null before the first. Nodes are
 * taken by id, so that the picture does not depend on the order in which answers came.
 */
export function useLayout(graph: ShownGraph, seeds: readonly string[]): PlacedGraph | null {
  const worker = useRef<Worker | null>(null);
  const waiting = useRef(new Map<number, Asked>());
  const [placed, setPlaced] = useState<PlacedGraph | null>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    const started = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
      const asked = waiting.current.get(data.id);
      waiting.current.delete(data.id);
      if (asked === undefined) return;
      const at = new Map(asked.nodes.map((id, place) => [id, data.places[place] ?? { x: 0, y: 0 }]));
      const ways = new Map<string, readonly Point[]>();
      for (const [place, way] of data.ways.entries()) {
        const id = asked.edges[place];
        if (id === undefined || way.length === 0) continue;
        ways.set(
          id,
          way.map(({ x, y }) => ({ x, y: y + CARD.height / 2 })),
        );
      }
      const next = { ...asked.graph, at, ways };
      // The first picture is waited for; a later one comes bit by bit in the place of the one that there is.
      if (!isFirst.current) {
        startTransition(() => {
          setPlaced(next);
        });
      } else setPlaced(next);
      // An answer that is waited for shows as a graph without nodes.
      if (asked.nodes.length > 0) isFirst.current = false;
    };
    return () => {
      started.terminate();
      worker.current = null;
    };
  }, []);
  const turn = useRef(0);
  useEffect(() => {
    const ids = graph.nodes.map(({ id }) => id).sort();
    const place = new Map(ids.map((id, index) => [id, index]));
    const lines = graph.edges
      .map(({ id, from, to, look }) => ({ id, look, link: [place.get(from) ?? 0, place.get(to) ?? 0] as const }))
      .sort(
        ({ id: a, link: [from, to] }, { id: b, link: [from2, to2] }) => from - from2 || to - to2 || (a < b ? -1 : 1),
      );
    // Fields of the root without any lineage stand with those that have some.
    const linked = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
    const started = new Set(seeds);
    const root = graph.nodes.find(({ id, members }) => linked.has(id) && members.some((node) => started.has(node.id)));
    const beside = place.get(root?.id ?? '');
    const series = seriesOf(graph).map((nodes) => nodes.map((id) => place.get(id) ?? 0));
    turn.current += 1;
    waiting.current.set(turn.current, { graph, nodes: ids, edges: lines.map(({ id }) => id) });
    worker.current?.postMessage({
      id: turn.current,
      count: ids.length,
      links: lines.map(({ link }) => link),
      options: {
        ...SPACING,
        strands: lines.map(({ look }) => EDGE_LOOKS.indexOf(look)),
        series,
        ...(beside !== undefined && { beside }),
      },
    } satisfies LayoutRequest);
  }, [graph, seeds]);
  return placed;
}
