import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { Point } from '../graph/walk.js';
import { CARD, type PlacedGraph } from '../layout/use-layout.js';
import { boundsOfGraph } from './in-sight.js';

const EDGE = 0.08;
export const MIN_ZOOM = 0.03;
const READABLE_ZOOM = 0.6;
/** Of a path all of it counts more than its letters. */
const OVERVIEW_ZOOM = 0.15;

export interface PlaceKeeping {
  /** The whole graph, or as much of it as can be read. */
  readonly fit: (isWhole: boolean) => void;
  /** From now on the viewport is the viewer's: later answers do not move it. Always the same function. */
  readonly hold: () => void;
  /** Fits the first picture, once the canvas has a size. */
  readonly start: () => void;
}

/** How far a node moved; of a group that was opened, how far from it its first member came to stand. */
function moveOf(id: string, before: PlacedGraph | null, after: PlacedGraph): Point | undefined {
  const old = before?.at.get(id);
  const [first] = before?.nodes.find((node) => node.id === id)?.members ?? [];
  const now = after.at.get(id) ?? after.at.get(first?.id ?? '');
  return old === undefined || now === undefined ? undefined : { x: now.x - old.x, y: now.y - old.y };
}

/**
 * Keeps the viewer's place: until they have moved the picture it is fitted to what came; after that, whatever is laid
 * out anew, the first of the anchors that there was and still is stays where it was on the screen.
 */
export function usePlaceKeeping(
  graph: PlacedGraph,
  anchors: readonly string[],
  question: string,
  isOverview: boolean,
): PlaceKeeping {
  const { setViewport, getViewport } = useReactFlow();
  const store = useStoreApi();
  const isHeld = useRef(false);
  const before = useRef<PlacedGraph | null>(null);
  const asked = useRef(question);
  const fit = (isWhole: boolean): void => {
    const { width, height } = store.getState();
    if (width === 0 || height === 0) return;
    const { left, top, right, bottom } = boundsOfGraph(graph);
    const whole = Math.min((width * (1 - 2 * EDGE)) / (right - left), (height * (1 - 2 * EDGE)) / (bottom - top), 1);
    const zoom = Math.max(MIN_ZOOM, isWhole ? whole : Math.max(whole, isOverview ? OVERVIEW_ZOOM : READABLE_ZOOM));
    const root = anchors.map((id) => graph.at.get(id)).find((point) => point !== undefined);
    // As near to the root as leaves nothing of the picture empty that could show something.
    const middle = (low: number, high: number, size: number, wanted: number | undefined): number => {
      const half = (size * (0.5 - EDGE)) / zoom;
      return wanted === undefined || high - low <= 2 * half
        ? (low + high) / 2
        : Math.min(Math.max(wanted, low + half), high - half);
    };
    const x = middle(left, right, width, root && root.x + CARD.width / 2);
    const y = middle(top, bottom, height, root && root.y + CARD.height / 2);
    void setViewport({ x: width / 2 - x * zoom, y: height / 2 - y * zoom, zoom });
  };
  useLayoutEffect(() => {
    if (asked.current !== question) {
      asked.current = question;
      isHeld.current = false;
    }
    const moved = anchors.flatMap((id) => moveOf(id, before.current, graph) ?? [])[0];
    before.current = graph;
    if (!isHeld.current) fit(false);
    else if (moved !== undefined && (moved.x !== 0 || moved.y !== 0)) {
      const { x, y, zoom } = getViewport();
      void setViewport({ x: x - moved.x * zoom, y: y - moved.y * zoom, zoom });
    }
    // Only a new picture moves anything; the anchors may change without.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph]);
  const hold = useCallback(() => {
    isHeld.current = true;
  }, []);
  return {
    fit: (isWhole) => {
      fit(isWhole);
      hold();
    },
    start: () => {
      if (!isHeld.current) fit(false);
    },
    hold,
  };
}
