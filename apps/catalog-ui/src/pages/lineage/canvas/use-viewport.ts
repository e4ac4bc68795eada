import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Viewport } from './in-sight.js';

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
