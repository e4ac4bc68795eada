import { useEffect, useRef, useState } from 'react';
import { MANY } from './in-sight.js';
import { useViewportChange } from './use-viewport.js';

/** A picture rests when nothing moved it for so long. */
const REST_MS = 250;

/** Whether a picture of many cards moves, and so has no time for anything but moving. One of few cards never does. */
export function useMoving(cards: number): boolean {
  const [isMoving, setMoving] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useViewportChange(() => {
    window.clearTimeout(timer.current);
    const isMany = cards >= MANY;
    setMoving(isMany);
    if (!isMany) return;
    timer.current = window.setTimeout(() => {
      setMoving(false);
    }, REST_MS);
  });
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
    },
    [],
  );
  return isMoving;
}
