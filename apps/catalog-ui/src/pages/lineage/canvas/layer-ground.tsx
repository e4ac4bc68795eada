import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import type { PlacedGraph } from '../layout/use-layout.js';
import { boundsOfGraph } from './in-sight.js';

/** What the library paints around cards and lines lies within so much of them. */
const AROUND = 5_000;

interface LayerGroundProps {
  readonly graph: PlacedGraph;
  readonly isMoving: boolean;
}

/**
 * Under all cards something that is painted wherever one may stand. Without it a browser takes cards with much room
 * between them for layers of their own, and looks in every frame which of them cover another. While they move there is
 * something over them too, so that the browser need not look through all cards for the one under the pointer.
 */
export function LayerGround({ graph, isMoving }: LayerGroundProps) {
  const { left, top, right, bottom } = useMemo(() => boundsOfGraph(graph), [graph]);
  const style = {
    left: left - AROUND,
    top: top - AROUND,
    width: right - left + 2 * AROUND,
    height: bottom - top + 2 * AROUND,
  };
  return (
    <ViewportPortal>
      <div className="hw-layer-ground" style={style} />
      {isMoving ? <div className="hw-layer-cover" style={style} /> : null}
    </ViewportPortal>
  );
}
