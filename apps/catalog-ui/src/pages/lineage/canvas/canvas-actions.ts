import { createContext, useContext } from 'react';
import type { Side } from '../graph/model.js';

/** What cards can ask of the canvas; always the same object. */
export interface CanvasActions {
  readonly select: (id: string) => void;
  readonly focused: (id: string) => void;
  readonly toggleEnd: (id: string, side: Side) => void;
  readonly openGroup: (key: string) => void;
}

const Context = createContext<CanvasActions | null>(null);
export const CanvasActionsProvider = Context.Provider;

export function useCanvasActions(): CanvasActions {
  const actions = useContext(Context);
  if (actions === null) throw new Error('A card stands outside of a canvas');
  return actions;
}
