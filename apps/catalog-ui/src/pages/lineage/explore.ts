import type { View } from './address.js';
import type { Mark } from './canvas/card-model.js';
import {
  NO_GROUPING,
  shownGraph,
  type Grouping,
  type ShownEdge,
  type ShownGraph,
  type ShownNode,
} from './graph/grouping.js';
import { hasMore, knownGraph, unknownBeside, type Graph, type Part, type Side } from './graph/model.js';
import { datasetOf, namespaceOf } from './graph/naming.js';
import { inTheirOrder, timesOf } from './graph/series.js';
import { endKey, isOpen, visibleGraph, type VisibleGraph } from './graph/visible.js';
import type { EndState } from './canvas/card-model.js';
import type { CardFact } from './use-card-facts.js';

/** Everything between the answers and the picture. */
export interface Exploration {
  readonly known: Graph;
  readonly visible: VisibleGraph;
  readonly shown: ShownGraph;
  /** When runs began and versions were made, by id. */
  readonly times: ReadonlyMap<string, string>;
  readonly groupOf: Grouping['groupOf'];
}

export function explore(
  parts: readonly Part[],
  seeds: readonly string[],
  view: View,
  facts: ReadonlyMap<string, CardFact> | null,
): Exploration {
  const known = knownGraph(parts);
  const choice = {
    seeds,
    collapsed: new Set(view.collapsed),
    kinds: new Set(view.kinds),
    namespaces: new Set(view.namespaces),
    looks: new Set(view.looks),
  };
  const visible = visibleGraph(known, choice, namespaceOf);
  const grouping = groupingOf(view, seeds, facts);
  const shown = inTheirOrder(shownGraph(visible, grouping));
  return { known, visible, shown, times: timesOf(shown), groupOf: grouping.groupOf };
}

function groupingOf(view: View, seeds: readonly string[], facts: ReadonlyMap<string, CardFact> | null): Grouping {
  const picked = new Set([view.root, view.selected, view.pathFrom, view.pathTo].filter((id) => id !== null));
  const open = new Set(view.openGroups);
  switch (view.groupBy) {
    case 'namespace': {
      const groupOf: Grouping['groupOf'] = (node) => {
        const namespace = namespaceOf(node);
        return node.hidden || namespace === '' ? null : { key: namespace, title: namespace };
      };
      return { groupOf, open, keep: new Set([...picked, ...seeds]) };
    }
    case 'parent': {
      const groupOf: Grouping['groupOf'] = ({ id }) => {
        const parent = facts?.get(id)?.parent;
        return parent ? { key: parent.id, title: parent.name } : null;
      };
      return { groupOf, open, keep: new Set([...picked, ...seeds]) };
    }
    case 'dataset':
      // What stands for a dataset as root is one card too.
      return { groupOf: datasetOf, open, keep: picked };
    case null:
      return NO_GROUPING;
  }
}

/** What a side of a shown node offers. */
export function endOfNode(
  { known, visible }: Exploration,
  { id, members, group }: ShownNode,
  side: Side,
): EndState | null {
  const [node] = members;
  if (group !== null) return null;
  const behind = visible.behind.get(endKey(id, side));
  if (behind !== undefined) return { kind: 'shut', count: behind };
  if (hasMore(node, side)) return { kind: 'more', count: unknownBeside(known, node, side) };
  return isOpen(known, visible, id, side) ? { kind: 'open', count: null } : null;
}

/** What came or went between the moment shown and now, by id. */
export interface Difference {
  readonly added: ReadonlySet<string>;
  readonly lapsed: ReadonlySet<string>;
}

export function markOfNode({ id, group }: ShownNode, difference: Difference | null): Mark | null {
  if (difference === null || group !== null) return null;
  return difference.added.has(id) ? 'added' : difference.lapsed.has(id) ? 'lapsed' : null;
}

/** A line is marked where all that it stands for came, or went. */
export function markOfEdge({ edges }: ShownEdge, difference: Difference | null): Mark | null {
  if (difference === null) return null;
  if (edges.every(({ id }) => difference.added.has(id))) return 'added';
  return edges.every(({ id }) => difference.lapsed.has(id)) ? 'lapsed' : null;
}
