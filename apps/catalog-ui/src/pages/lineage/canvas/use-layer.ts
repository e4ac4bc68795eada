import { useEffect, useRef, type RefObject } from 'react';
import { MANY } from './in-sight.js';
import { useViewportChange } from './use-mounted.js';

/** The picture is at rest when nothing moved it for so long. */
const REST_MS = 250;

/**
 * While the picture moves it is a layer of its own, so that moving it paints no card; at rest it is none, for what a
 * layer shows was painted at another zoom, and letters on it are not sharp. Returns whether there are enough cards.
 */
export function useLayer(box: RefObject<HTMLElement | null>, cards: number): boolean {
  const isMany = cards >= MANY;
  const timer = useRef<number | undefined>(undefined);
  useViewportChange(() => {
    const picture = box.current?.querySelector<HTMLElement>('.react-flow__viewport');
    if (!isMany || !picture) return;
    picture.style.willChange = 'transform';
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      picture.style.willChange = '';
    }, REST_MS);
  });
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
    },
    [],
  );
  return isMany;
}
