import type { ShownEdge } from '../graph/grouping.js';
import type { Way } from '../graph/walk.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import type { Mark } from './card-model.js';
import { DASHES } from './draw-graph.js';
import type { LineEdge } from './line-element.js';

interface EdgeLooks {
  readonly selected: string | null;
  readonly way: Way | null;
  readonly markOf: (edge: ShownEdge) => Mark | null;
  readonly labelOf: (edge: ShownEdge) => string | undefined;
}

/** Which head a line has; the heads are defined once, in the canvas. */
export type Head = 'plain' | 'control' | 'lit' | 'selected' | 'added' | 'lapsed';

/** Lines between mounted cards as elements that can be picked; those that look as before are the same objects. */
export function edgeElements(
  graph: PlacedGraph,
  mounted: ReadonlySet<string>,
  { selected, way, markOf, labelOf }: EdgeLooks,
  before: ReadonlyMap<string, LineEdge>,
): ReadonlyMap<string, LineEdge> {
  const next = new Map<string, LineEdge>();
  for (const edge of graph.edges) {
    if (!mounted.has(edge.from) || !mounted.has(edge.to)) continue;
    const isLit = way?.edges.has(edge.id) === true;
    const mark = markOf(edge);
    const plain: Head = edge.look === 'CONTROL' ? 'control' : 'plain';
    const head: Head = edge.id === selected ? 'selected' : (mark ?? (isLit ? 'lit' : plain));
    const className = `hw-edge-${head}${way !== null && !isLit ? ' hw-edge-dim' : ''}`;
    const label = labelOf(edge);
    const old = before.get(edge.id);
    const line = { look: edge.look, way: graph.ways.get(edge.id) };
    const isKept = old?.className === className && old.label === label && isSameLine(old.data, line);
    next.set(
      edge.id,
      isKept
        ? old
        : {
            id: edge.id,
            source: edge.from,
            target: edge.to,
            focusable: false,
            label,
            className,
            type: 'line',
            data: line,
            markerEnd: `hw-head-${head}`,
            style: {
              strokeDasharray: DASHES[edge.look].join(' ') || undefined,
              ...(edge.look === 'CONTROL' && { strokeWidth: 1 }),
            },
            interactionWidth: 14,
          },
    );
  }
  return next;
}

function isSameLine(a: LineEdge['data'], b: NonNullable<LineEdge['data']>): boolean {
  const [one, other] = [a?.way ?? [], b.way ?? []];
  if (a?.look !== b.look || one.length !== other.length) return false;
  return one.every(({ x, y }, at) => x === other[at]?.x && y === other[at].y);
}
