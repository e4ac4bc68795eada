import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Way } from '../graph/walk.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import { drawGraph } from './draw-graph.js';
import type { Viewport } from './in-sight.js';
import { usePalette } from './use-palette.js';
import { useViewportChange, viewportOf } from './use-viewport.js';

interface BackdropProps {
  readonly graph: PlacedGraph;
  readonly mounted: ReadonlySet<string>;
  readonly way: Way | null;
}

/** Clears a canvas and makes it as sharp as the screen; null where there is nothing to draw on. */
export function freshContext(
  canvas: HTMLCanvasElement | null,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d') ?? null;
  if (canvas === null || context === null || width === 0 || height === 0) return null;
  const ratio = window.devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Behind the cards: the ground, and everything that is no element of the page, drawn. */
export function Backdrop({ graph, mounted, way }: BackdropProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const palette = usePalette();
  const draw = (viewport: Viewport): void => {
    const context = freshContext(canvas.current, viewport.width, viewport.height);
    if (context !== null) drawGraph(context, { graph, viewport, palette, mounted, way });
  };
  useViewportChange(draw);
  useEffect(() => {
    draw(viewportOf(store));
    // `draw` is another function in every pass; what it depends on is here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph, mounted, way, palette, store]);
  return <canvas ref={canvas} aria-hidden />;
}
