import { useCallback, useMemo } from 'react';
import { useSearchParameters } from '../../lib/search-parameters.js';
import { addressOf, viewOf, type Expansion, type View } from './address.js';
import type { End } from './graph/visible.js';

export interface ViewControl {
  readonly view: View;
  /** Changes the address; steps that one may want to undo by the browser's back button are pushed. */
  readonly change: (to: (before: View) => Partial<View>, options?: { readonly push?: boolean }) => void;
}

/** The view that the address describes. */
export function useView(): ViewControl {
  const [parameters, setParameters] = useSearchParameters();
  const view = useMemo(() => viewOf(parameters), [parameters]);
  const change = useCallback<ViewControl['change']>(
    (to, options = {}) => {
      setParameters(
        (before) => {
          const old = viewOf(before);
          return addressOf({ ...old, ...to(old) });
        },
        { replace: options.push !== true },
      );
    },
    [setParameters],
  );
  return useMemo(() => ({ view, change }), [view, change]);
}

/** A list with a value put in, or taken out where it was in. */
export function toggled<T>(values: readonly T[], value: T): readonly T[] {
  return values.includes(value) ? values.filter((held) => held !== value) : [...values, value];
}

/** Brings what lies beyond a node, and opens the end where it was collapsed. */
export function withExpanded(view: View, expansion: Expansion, end: End): Partial<View> {
  const { id, side, isWhole } = expansion;
  const others = view.expanded.filter((held) => held.id !== id || held.side !== side);
  const was = view.expanded.find((held) => held.id === id && held.side === side);
  return {
    expanded: [...others, { id, side, isWhole: isWhole || was?.isWhole === true }],
    collapsed: view.collapsed.filter((held) => held !== end),
  };
}
