import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { partsOf } from '../../../lib/node-id.js';
import type { View } from '../address.js';
import { titleOf } from '../graph/words.js';
import type { Explorer } from '../use-explorer.js';
import type { ViewControl } from '../use-view.js';
import { EdgePanel } from './edge-panel.js';
import { ImpactPanel } from './impact-panel.js';
import { NodePanel } from './node-panel.js';
import { PathPanel } from './path-panel.js';

function selectedIn({ shown }: Explorer, id: string | null) {
  const node = shown.nodes.find((one) => one.id === id && one.group === null);
  return { node, line: shown.edges.find((edge) => edge.id === id) };
}

/** Whether anything stands beside the graph. */
export function hasPanel(view: View, explorer: Explorer): boolean {
  const { node, line } = selectedIn(explorer, view.selected);
  return view.panel !== null || view.pathFrom !== null || node !== undefined || line !== undefined;
}

interface PanelOfProps extends ViewControl {
  readonly explorer: Explorer;
  readonly onSelect: (id: string) => void;
}

/** What stands beside the graph: what is selected, the path that is looked for, the impact. */
export function PanelOf({ view, change, explorer, onSelect }: PanelOfProps) {
  const { t } = useTranslation('lineage');
  const { node, line } = selectedIn(explorer, view.selected);
  const { known } = explorer.exploration;
  const nameOf = (id: string): string => {
    const found = known.nodes.get(id);
    return found === undefined ? partsOf(id).name : titleOf(t, found);
  };
  return (
    <Stack gap="sm">
      {view.panel === 'impact' ? <ImpactPanel view={view} change={change} /> : null}
      {view.pathFrom === null ? null : <PathPanel view={view} change={change} paths={explorer.paths} nameOf={nameOf} />}
      {node === undefined ? null : (
        <NodePanel
          key={node.id}
          view={view}
          change={change}
          node={node.members[0]}
          shown={explorer.shown}
          group={explorer.exploration.groupOf(node.members[0])}
          fact={explorer.facts.get(node.id)}
          onSelectEdge={onSelect}
        />
      )}
      {line === undefined ? null : <EdgePanel key={line.id} view={view} change={change} line={line} known={known} />}
    </Stack>
  );
}
