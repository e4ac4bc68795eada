import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from './address.js';
import type { CardLook } from './canvas/card-model.js';
import { endOfNode, markOfEdge, markOfNode } from './explore.js';
import type { ShownEdge, ShownNode } from './graph/grouping.js';
import type { Explorer } from './use-explorer.js';

/** How each card and line looks. */
export function useLooks({ exploration, facts, way, diff }: Explorer, view: View, rootId: string, entry: string) {
  const { t } = useTranslation('lineage');
  const { difference } = diff;
  const { selected, pathFrom, pathTo, granularity } = view;
  const lookOf = useCallback(
    (node: ShownNode): CardLook => ({
      node,
      upstream: endOfNode(exploration, node, 'UPSTREAM'),
      downstream: endOfNode(exploration, node, 'DOWNSTREAM'),
      fact: facts.get(node.id),
      at: exploration.times.get(node.id),
      mark: markOfNode(node, difference),
      isRoot: node.id === rootId || node.group?.key === rootId,
      isSelected: node.id === selected || node.id === pathFrom || node.id === pathTo,
      isEntry: node.id === entry,
      isDim: way !== null && !way.nodes.has(node.id),
    }),
    [exploration, facts, difference, rootId, selected, pathFrom, pathTo, entry, way],
  );
  const markOf = useCallback((edge: ShownEdge) => markOfEdge(edge, difference), [difference]);
  const labelOf = useCallback(
    (edge: ShownEdge): string | undefined => {
      if (edge.edges.some(({ transformations }) => transformations.some(({ masking }) => masking))) return t('masked');
      if (way?.edges.has(edge.id) !== true || granularity !== 'FIELD') return undefined;
      const [first] = edge.edges[0].transformations;
      return first === undefined ? undefined : (first.subtype ?? first.type).toLowerCase();
    },
    [way, granularity, t],
  );
  return { lookOf, markOf, labelOf };
}
