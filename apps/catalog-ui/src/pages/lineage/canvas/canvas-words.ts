import type { TFunction } from 'i18next';
import { createContext, useContext } from 'react';

/** What cards say their texts with. The hook copies the translator wherever it is used; here hundreds share one. */
export interface CanvasWords {
  readonly t: TFunction<'lineage'>;
  readonly general: TFunction;
  readonly language: string;
}

const Context = createContext<CanvasWords | null>(null);
export const CanvasWordsProvider = Context.Provider;

export function useCanvasWords(): CanvasWords {
  const words = useContext(Context);
  if (words === null) throw new Error('A card stands outside of a canvas');
  return words;
}
