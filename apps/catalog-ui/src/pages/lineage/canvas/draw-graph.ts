import type { EdgeLook } from '../graph/model.js';
import { CARD, type PlacedGraph } from '../layout/use-layout.js';
import type { Point, Way } from '../graph/walk.js';
import { isWithin, seenBox, type Box, type Viewport } from './in-sight.js';
import { drawLine, endsOf } from './line.js';

/** Colors as the browser resolved them. */
export interface Palette {
  readonly line: string;
  readonly grid: string;
  readonly lit: string;
  readonly card: string;
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly kinds: Readonly<Record<string, string>>;
}

/** Dashes by evidence, in the units of the plane; the same that the lines of elements have. */
export const DASHES: Readonly<Record<EdgeLook, readonly number[]>> = {
  OBSERVED: [],
  DECLARED: [8, 5],
  INFERRED: [2, 5],
  CONTROL: [],
};
const FAINT = 0.22;
/** Dots of the ground, one in each square of so many units; further out than this they cannot be seen. */
const DOTS = { gap: 28, fromZoom: 0.4 };

export interface Drawing {
  readonly graph: PlacedGraph;
  readonly viewport: Viewport;
  readonly palette: Palette;
  /** Nodes that are elements of the page, and so are the lines between them. */
  readonly mounted: ReadonlySet<string>;
  /** What is lit; the rest is faint. Null: nothing is picked out. */
  readonly way: Way | null;
}

/** Draws the ground, and on it the nodes and lines that are no elements of the page: boxes in the colors of their kinds. */
export function drawGraph(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { graph, viewport, palette, mounted, way: lit } = drawing;
  const box = seenBox(viewport);
  context.save();
  context.translate(viewport.x, viewport.y);
  context.scale(viewport.zoom, viewport.zoom);
  if (viewport.zoom >= DOTS.fromZoom) drawDots(context, box, palette.grid);
  context.lineWidth = Math.max(1, 1 / viewport.zoom);
  let dashed: EdgeLook | null = null;
  for (const edge of graph.edges) {
    const from = graph.at.get(edge.from);
    const to = graph.at.get(edge.to);
    if (from === undefined || to === undefined || (mounted.has(edge.from) && mounted.has(edge.to))) continue;
    const way = graph.ways.get(edge.id);
    if (!isNear(from, to, way, box)) continue;
    const isLit = lit?.edges.has(edge.id) === true;
    context.globalAlpha = lit === null ? 0.7 : isLit ? 1 : FAINT;
    context.strokeStyle = isLit ? palette.lit : palette.line;
    if (dashed !== edge.look) context.setLineDash([...DASHES[edge.look]]);
    dashed = edge.look;
    const { start, end } = endsOf(from, to);
    context.beginPath();
    drawLine(context, start, end, way);
    context.stroke();
  }
  context.setLineDash([]);
  for (const { id, members } of graph.nodes) {
    const point = graph.at.get(id);
    if (point === undefined || mounted.has(id) || !isWithin(point, box)) continue;
    context.globalAlpha = lit === null || lit.nodes.has(id) ? 1 : FAINT;
    context.fillStyle = palette.card;
    context.strokeStyle = palette.kinds[members[0].kind] ?? palette.line;
    context.fillRect(point.x, point.y, CARD.width, CARD.height);
    context.strokeRect(point.x, point.y, CARD.width, CARD.height);
    context.fillStyle = context.strokeStyle;
    context.fillRect(point.x, point.y, CARD.height / 3, CARD.height);
  }
  context.restore();
}

/** One tile repeated: a rectangle for each dot would be tens of thousands in every frame of a large window. */
function drawDots(context: CanvasRenderingContext2D, box: Box, color: string): void {
  const { gap } = DOTS;
  const perUnit = Math.ceil(gap * context.getTransform().a) / gap;
  const tile = document.createElement('canvas');
  tile.width = tile.height = gap * perUnit;
  const dot = tile.getContext('2d');
  if (dot === null) return;
  dot.fillStyle = color;
  dot.fillRect((gap / 2) * perUnit, (gap / 2) * perUnit, perUnit, perUnit);
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return;
  pattern.setTransform({ a: 1 / perUnit, d: 1 / perUnit });
  context.fillStyle = pattern;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
}

/** Whether what encloses the ends and the way of a line reaches into a box. Asked of every line whenever one draws. */
function isNear(from: Point, to: Point, way: readonly Point[] | undefined, box: Box): boolean {
  let left = Math.min(from.x, to.x);
  let right = Math.max(from.x, to.x);
  let top = Math.min(from.y, to.y);
  let bottom = Math.max(from.y, to.y);
  for (const { x, y } of way ?? []) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return left <= box.right && right + CARD.width >= box.left && top <= box.bottom && bottom + CARD.height >= box.top;
}
