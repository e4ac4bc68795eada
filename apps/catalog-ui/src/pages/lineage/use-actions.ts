import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CanvasActions } from './canvas/canvas-actions.js';
import { endOfNode, type Exploration } from './explore.js';
import { groupId } from './graph/grouping.js';
import type { Side } from './graph/model.js';
import { endKey } from './graph/visible.js';
import { toggled, withExpanded, type ViewControl } from './use-view.js';

/** What can be done with a node wherever it is shown, and which one it was last done with. */
export function useActions(exploration: Exploration, change: ViewControl['change']) {
  const [acted, setActed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const select = useCallback(
    (id: string) => {
      change((before) => ({ selected: before.selected === id ? null : id, panel: null }));
    },
    [change],
  );
  // The actions stay the same ones while the picture changes, so that cards that do not are not drawn anew.
  const latest = useRef(exploration);
  useEffect(() => {
    latest.current = exploration;
  });
  const toggleEnd = useCallback(
    (id: string, side: Side) => {
      setActed(id);
      const node = latest.current.visible.nodes.find((one) => one.id === id);
      if (node === undefined) return;
      const state = endOfNode(latest.current, { id, members: [node], group: null }, side);
      const end = endKey(id, side);
      change((before) => {
        if (state?.kind === 'more') return withExpanded(before, { id, side, isWhole: false }, end);
        return { collapsed: toggled(before.collapsed, end) };
      });
    },
    [change],
  );
  const openGroup = useCallback(
    (key: string) => {
      setActed(groupId(key));
      change((before) => ({ openGroups: toggled(before.openGroups, key) }));
    },
    [change],
  );
  const actions = useMemo(
    (): CanvasActions => ({ select, toggleEnd, focused: setFocused, openGroup }),
    [select, toggleEnd, openGroup],
  );
  return { actions, acted, focused };
}
