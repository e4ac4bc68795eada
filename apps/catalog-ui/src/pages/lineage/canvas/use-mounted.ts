import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PlacedGraph } from '../layout/use-layout.js';
import { MANY, nextSlice, nodesInSight, type Viewport } from './in-sight.js';
import { useMoving } from './use-moving.js';
import { useViewportChange, viewportOf } from './use-viewport.js';

interface Mounted {
  /** Ids of nodes. */
  readonly mounted: ReadonlySet<string>;
  readonly isMoving: boolean;
}

/**
 * The nodes that are elements of the page: what is in sight, taken in by slices so that no frame is long; of many, once
 * the picture rests. What is none yet is drawn.
 */
export function useMounted(graph: PlacedGraph, landmarks: readonly string[]): Mounted {
  const store = useStoreApi();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [mounted, setMounted] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef('');
  const width = useStore((state) => state.width);
  const isMany = mounted.size >= MANY;
  const isMoving = useMoving(mounted.size);
  const look = (viewport: Viewport): void => {
    if (viewport.width === 0) return;
    const inSight = nodesInSight(graph.at, viewport, landmarks);
    const key = inSight.join(' ');
    if (key === latest.current) return;
    latest.current = key;
    setWanted(inSight);
  };
  useViewportChange((viewport) => {
    if (!isMany) look(viewport);
  });
  useEffect(() => {
    if (!isMoving) look(viewportOf(store));
    // `look` is another function in every pass; what it depends on is here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph, landmarks, store, width > 0, isMoving]);
  useEffect(() => {
    if (isMoving && isMany) return;
    const step = nextSlice(mounted, wanted);
    const isSame = step.mounted.size === mounted.size && [...step.mounted].every((id) => mounted.has(id));
    if (isSame) return;
    // Where there is nothing yet, nothing is gained by waiting.
    if (mounted.size === 0) {
      setMounted(step.mounted);
      return;
    }
    const frame = requestAnimationFrame(() => {
      setMounted(step.mounted);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [wanted, mounted, isMoving, isMany]);
  // Of a graph that has gone nothing stays, not even for a frame.
  const shown = useMemo(() => new Set([...mounted].filter((id) => graph.at.has(id))), [mounted, graph]);
  return { mounted: shown, isMoving };
}
