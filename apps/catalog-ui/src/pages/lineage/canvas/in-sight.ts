import type { Point } from '../graph/walk.js';
import { CARD, type PlacedGraph } from '../layout/use-layout.js';

/** So many nodes are elements of the page at most; what is beyond is drawn. */
export const MOST_MOUNTED = 250;
/** From so many on a picture that moves has no time for anything but moving. */
export const MANY = 100;
/** So many are added within one frame. */
export const SLICE = 10;
/** Below this nothing on a card can be read, and so many boxes are looked at as a whole. */
const READABLE_ZOOM = 0.3;
const FEW = 60;

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The part of the plane that a viewport shows, with as much beyond it as is given in screens. */
export function seenBox({ x, y, zoom, width, height }: Viewport, beyond = 0): Box {
  const left = (-x - width * beyond) / zoom;
  const top = (-y - height * beyond) / zoom;
  return {
    left,
    top,
    right: left + (width * (1 + 2 * beyond)) / zoom,
    bottom: top + (height * (1 + 2 * beyond)) / zoom,
  };
}

export function isWithin({ x, y }: Point, { left, top, right, bottom }: Box): boolean {
  return x + CARD.width >= left && x <= right && y + CARD.height >= top && y <= bottom;
}

/** What encloses cards at some places; one card at the origin where there is none. */
export function boundsOf(places: Iterable<Point>): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of places) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + CARD.width);
    bottom = Math.max(bottom, y + CARD.height);
  }
  return left === Infinity ? { left: 0, top: 0, right: CARD.width, bottom: CARD.height } : { left, top, right, bottom };
}

/** What encloses all nodes and the lines that run above or below them. */
export function boundsOfGraph({ at, ways }: Pick<PlacedGraph, 'at' | 'ways'>): Box {
  const { left, top, right, bottom } = boundsOf(at.values());
  let [highest, lowest] = [top, bottom];
  for (const way of ways.values()) {
    for (const { y } of way) {
      highest = Math.min(highest, y);
      lowest = Math.max(lowest, y);
    }
  }
  return { left, top: highest, right, bottom: lowest };
}

/**
 * The nodes that are to be elements of the page: all that are in sight and a little beyond; where those would be too
 * many, the landmarks among them only, and the rest is drawn.
 */
export function nodesInSight(
  at: ReadonlyMap<string, Point>,
  viewport: Viewport,
  landmarks: readonly string[],
  most = MOST_MOUNTED,
): readonly string[] {
  for (const beyond of [0.5, 0]) {
    const box = seenBox(viewport, beyond);
    const inSight = [...at].filter(([, point]) => isWithin(point, box)).map(([id]) => id);
    const all = [...new Set([...landmarks.filter((id) => at.has(id)).slice(0, most), ...inSight])];
    if (all.length <= (viewport.zoom < READABLE_ZOOM ? FEW : most)) return all;
  }
  return landmarks.filter((id) => at.has(id)).slice(0, most);
}

/** The next step from what is mounted to what is wanted: what is too much goes at once, what lacks comes in slices. */
export function nextSlice(
  mounted: ReadonlySet<string>,
  wanted: readonly string[],
  slice = SLICE,
): { readonly mounted: ReadonlySet<string>; readonly isDone: boolean } {
  const kept = wanted.filter((id) => mounted.has(id));
  const missing = wanted.filter((id) => !mounted.has(id));
  return { mounted: new Set([...kept, ...missing.slice(0, slice)]), isDone: missing.length <= slice };
}
