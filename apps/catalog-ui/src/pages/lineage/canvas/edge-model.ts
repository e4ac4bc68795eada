import type { Edge } from '@xyflow/react';
import type { ShownEdge } from '../graph/grouping.js';
import type { Way } from '../graph/walk.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import type { Mark } from './card-model.js';
import { DASHES } from './draw-graph.js';

interface EdgeLooks {
  readonly selected: string | null;
  readonly way: Way | null;
  readonly markOf: (edge: ShownEdge) => Mark | null;
  readonly labelOf: (edge: ShownEdge) => string | undefined;
}

/** Which head a line has; the heads are defined once, in the canvas. */
export type Head = 'plain' | 'control' | 'lit' | 'selected' | 'added' | 'lapsed';

/** Lines between mounted cards as elements that can be picked; the others are drawn. */
export function edgeElements(graph: PlacedGraph, mounted: ReadonlySet<string>, looks: EdgeLooks): Edge[] {
  const { selected, way, markOf, labelOf } = looks;
  return graph.edges.flatMap((edge) => {
    if (!mounted.has(edge.from) || !mounted.has(edge.to)) return [];
    const isLit = way?.edges.has(edge.id) === true;
    const mark = markOf(edge);
    const plain: Head = edge.look === 'CONTROL' ? 'control' : 'plain';
    const head: Head = edge.id === selected ? 'selected' : (mark ?? (isLit ? 'lit' : plain));
    return [
      {
        id: edge.id,
        source: edge.from,
        target: edge.to,
        focusable: false,
        label: labelOf(edge),
        className: `hw-edge-${head}${way !== null && !isLit ? ' hw-edge-dim' : ''}`,
        markerEnd: `hw-head-${head}`,
        style: {
          strokeDasharray: DASHES[edge.look].join(' ') || undefined,
          ...(edge.look === 'CONTROL' && { strokeWidth: 1 }),
        },
        interactionWidth: 14,
      },
    ];
  });
}
