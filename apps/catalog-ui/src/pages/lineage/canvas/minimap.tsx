import { useReactFlow, useStoreApi } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, type PointerEvent } from 'react';
import type { PlacedGraph } from '../layout/use-layout.js';
import { freshContext } from './backdrop.js';
import { drawGraph } from './draw-graph.js';
import { boundsOfGraph, seenBox, type Viewport } from './in-sight.js';
import { useViewportChange, viewportOf } from './use-viewport.js';
import { usePalette } from './use-palette.js';

const SIZE = { width: 180, height: 120 } as const;
const EDGE = 8;
const NONE: ReadonlySet<string> = new Set();

interface MinimapProps {
  readonly graph: PlacedGraph;
  /** The viewer goes somewhere. */
  readonly onMove: () => void;
}

/**
 * The whole graph in small, and which part of it is in sight; a click leads there. React Flow's own knows only nodes
 * that are elements, of which there are never more than a part here. By keyboard the arrow keys do the same.
 */
export const Minimap = memo(function Minimap({ graph, onMove }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const store = useStoreApi();
  const palette = usePalette();
  const { setCenter, getZoom } = useReactFlow();
  const own = useMemo((): Viewport => {
    const { left, top, right, bottom } = boundsOfGraph(graph);
    const zoom = Math.min((SIZE.width - 2 * EDGE) / (right - left), (SIZE.height - 2 * EDGE) / (bottom - top), 0.2);
    const x = (SIZE.width - (right - left) * zoom) / 2 - left * zoom;
    const y = (SIZE.height - (bottom - top) * zoom) / 2 - top * zoom;
    return { x, y, zoom, ...SIZE };
  }, [graph]);
  // The graph is drawn once; while the viewport moves only the frame around what is in sight is.
  const whole = useMemo(() => {
    const drawn = document.createElement('canvas');
    const context = freshContext(drawn, SIZE.width, SIZE.height);
    if (context === null) return null;
    drawGraph(context, { graph, viewport: own, palette, mounted: NONE, way: null });
    return drawn;
  }, [graph, own, palette]);
  const draw = (seen: Viewport): void => {
    const context = freshContext(canvas.current, SIZE.width, SIZE.height);
    if (context === null) return;
    if (whole !== null) context.drawImage(whole, 0, 0, SIZE.width, SIZE.height);
    const { left, top, right, bottom } = seenBox(seen);
    const all = boundsOfGraph(graph);
    const isAllSeen = all.left >= left && all.top >= top && all.right <= right && all.bottom <= bottom;
    // Where nothing is out of sight it would only be in the way.
    if (box.current !== null) box.current.style.visibility = isAllSeen ? 'hidden' : 'visible';
    context.strokeStyle = palette.lit;
    context.lineWidth = 1.5;
    context.strokeRect(
      left * own.zoom + own.x,
      top * own.zoom + own.y,
      (right - left) * own.zoom,
      (bottom - top) * own.zoom,
    );
  };
  useViewportChange(draw);
  useEffect(() => {
    draw(viewportOf(store));
    // `draw` is another function in every pass; what it depends on is here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [whole, store]);
  const go = ({ clientX, clientY, currentTarget, buttons }: PointerEvent<HTMLDivElement>): void => {
    if (buttons === 0) return;
    onMove();
    const { left, top } = currentTarget.getBoundingClientRect();
    void setCenter((clientX - left - own.x) / own.zoom, (clientY - top - own.y) / own.zoom, { zoom: getZoom() });
  };
  return (
    <div ref={box} className="hw-minimap nopan" aria-hidden onPointerDown={go} onPointerMove={go}>
      <canvas ref={canvas} />
    </div>
  );
});
