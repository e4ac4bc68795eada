import type { Point } from '../graph/walk.js';
import { CARD } from '../layout/use-layout.js';

/** What a line is drawn with: a canvas is one. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
}

const SLANT = 60;

/**
 * Draws a line from the right side of one card to the left side of another, level past the cards of every layer that it
 * passes on its way; one that leads backwards turns around behind its source and before its target.
 */
export function drawLine(pen: Pen, start: Point, end: Point, way: readonly Point[] = []): void {
  const heading = isBackwards(start, way) ? -1 : 1;
  let { x, y } = start;
  let leaving = 1;
  pen.moveTo(x, y);
  for (const pass of way) {
    const [enter, leave] = heading === 1 ? [pass.x, pass.x + CARD.width] : [pass.x + CARD.width, pass.x];
    pen.bezierCurveTo(x + leaving * SLANT, y, enter - heading * SLANT, pass.y, enter, pass.y);
    pen.lineTo(leave, pass.y);
    [x, y, leaving] = [leave, pass.y, heading];
  }
  pen.bezierCurveTo(x + leaving * SLANT, y, end.x - SLANT, end.y, end.x, end.y);
}

/** The same as the value of an SVG path's `d`. */
export function linePath(start: Point, end: Point, way: readonly Point[] = []): string {
  const parts: string[] = [];
  const pen: Pen = {
    moveTo: (...at) => parts.push(`M${at.join(' ')}`),
    lineTo: (...to) => parts.push(`L${to.join(' ')}`),
    bezierCurveTo: (...curve) => parts.push(`C${curve.join(' ')}`),
  };
  drawLine(pen, start, end, way);
  return parts.join(' ');
}

/** Where a line can be written upon: in the middle of the layer halfway, or halfway between its ends. */
export function middleOf(start: Point, end: Point, way: readonly Point[] = []): Point {
  const half = way[Math.floor(way.length / 2)];
  if (half === undefined) return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return { x: half.x + CARD.width / 2, y: half.y };
}

/** Where the line of a card leaves it, and where one reaches it. */
export const endsOf = (from: Point, to: Point): { readonly start: Point; readonly end: Point } => ({
  start: { x: from.x + CARD.width, y: from.y + CARD.height / 2 },
  end: { x: to.x, y: to.y + CARD.height / 2 },
});

const isBackwards = (start: Point, [first]: readonly Point[]): boolean => first !== undefined && first.x < start.x;
