import { useStore, useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PlacedGraph } from '../layout/use-layout.js';
import { MANY, nextSlice, nodesInSight, type Viewport } from './in-sight.js';

type Store = ReturnType<typeof useStoreApi>;

export function viewportOf(store: Store): Viewport {
  const { transform, width, height } = store.getState();
  return { x: transform[0], y: transform[1], zoom: transform[2], width, height };
}

/** Calls back at most once in a frame, whenever the viewport has moved or the canvas has another size. */
export function useViewportChange(onChange: (viewport: Viewport) => void): void {
  const store = useStoreApi();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    let frame = 0;
    const tell = (): void => {
      frame = 0;
      latest.current(viewportOf(store));
    };
    const unsubscribe = store.subscribe((now, before) => {
      const isSame = now.transform === before.transform && now.width === before.width && now.height === before.height;
      if (!isSame && frame === 0) frame = requestAnimationFrame(tell);
    });
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [store]);
}

/** A picture rests when nothing moved it for so long. */
const REST_MS = 120;

/**
 * The nodes that are elements of the page: what is in sight, taken in by slices so that no frame is long; of many, once
 * the picture rests. What is none yet is drawn.
 */
export function useMounted(graph: PlacedGraph, landmarks: readonly string[]): ReadonlySet<string> {
  const store = useStoreApi();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [mounted, setMounted] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef('');
  const width = useStore((state) => state.width);
  const look = (viewport: Viewport): void => {
    if (viewport.width === 0) return;
    const inSight = nodesInSight(graph.at, viewport, landmarks);
    const key = inSight.join(' ');
    if (key === latest.current) return;
    latest.current = key;
    setWanted(inSight);
  };
  const rest = useRef<number | undefined>(undefined);
  useViewportChange((viewport) => {
    window.clearTimeout(rest.current);
    if (mounted.size < MANY) look(viewport);
    else {
      rest.current = window.setTimeout(() => {
        look(viewportOf(store));
      }, REST_MS);
    }
  });
  useEffect(
    () => () => {
      window.clearTimeout(rest.current);
    },
    [],
  );
  useEffect(() => {
    look(viewportOf(store));
    // `look` is another function in every pass; what it depends on is here.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [graph, landmarks, store, width > 0]);
  useEffect(() => {
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
  }, [wanted, mounted]);
  // Of a graph that has gone nothing stays, not even for a frame.
  return useMemo(() => new Set([...mounted].filter((id) => graph.at.has(id))), [mounted, graph]);
}
