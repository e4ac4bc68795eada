import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconFocus2, IconRoute, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../../lib/node-id.js';
import { KindIcon } from '../../../ui/kind.js';
import { PageLink } from '../../../ui/link.js';
import { RunStateBadge } from '../../../ui/run-state.js';
import { startedAnew } from '../address.js';
import type { Group as NodeGroup, ShownGraph } from '../graph/grouping.js';
import type { GraphNode } from '../graph/model.js';
import { namingOf } from '../graph/naming.js';
import type { CardFact } from '../use-card-facts.js';
import type { ViewControl } from '../use-view.js';
import { LogicalMembers } from './logical-members.js';
import { Connections } from './connections.js';
import { Reach } from './reach.js';
import { SidePanel } from './side-panel.js';

interface NodePanelProps extends ViewControl {
  readonly node: GraphNode;
  readonly shown: ShownGraph;
  /** What it is collapsed with others by, where anything is. */
  readonly group: NodeGroup | null;
  readonly fact: CardFact | undefined;
  readonly onSelectEdge: (id: string) => void;
}

/** What can be asked about one node: what it is, how far it reaches, what it is connected with. */
export function NodePanel({ view, change, node, shown, group, fact, onSelectEdge }: NodePanelProps) {
  const { t } = useTranslation('lineage');
  const { t: general } = useTranslation();
  const { title, place, namespace } = namingOf(node);
  const close = (): void => {
    change(() => ({ selected: null }));
  };
  if (node.hidden) {
    return (
      <SidePanel title={t('hidden')} onClose={close}>
        <Text>{t('hiddenWhy')}</Text>
        <Connections node={node} shown={shown} onSelectEdge={onSelectEdge} />
      </SidePanel>
    );
  }
  const isRoot = node.id === view.root;
  return (
    <SidePanel title={title} onClose={close}>
      <Group gap="xs">
        <KindIcon kind={node.kind} />
        <Text size="sm" className="hw-quiet hw-name">
          {[place, namespace].filter((text, at, all) => text !== '' && all.indexOf(text) === at).join(' · ')}
        </Text>
        {node.placeholder ? <Badge variant="default">{general('placeholder')}</Badge> : null}
        {fact?.state ? <RunStateBadge state={fact.state} /> : null}
      </Group>
      {fact !== undefined && fact.failed.length > 0 ? (
        <Alert color="red" variant="light" title={t('failedChecks', { count: fact.failed.length })}>
          <Stack component="ul" gap={2} pl="md" m={0}>
            {fact.failed.map((name, at) => (
              <Text component="li" key={`${name} ${String(at)}`} size="sm" className="hw-name">
                {name}
              </Text>
            ))}
          </Stack>
        </Alert>
      ) : null}
      {fact !== undefined && fact.checks > 0 && fact.failed.length === 0 ? (
        <Text size="sm">{t('checksHeld', { count: fact.checks })}</Text>
      ) : null}
      {fact?.parent ? (
        <Text size="sm">
          {t('partOf')} <PageLink to={assetHref(fact.parent.id)}>{fact.parent.name}</PageLink>
        </Text>
      ) : null}
      <LogicalMembers node={node} asOf={view.asOf} />
      <PageLink to={assetHref(node.id, { asOf: view.asOf })} fw={600}>
        {t('openPage')}
      </PageLink>
      <Reach view={view} change={change} node={node} />
      <Stack gap={6} align="flex-start">
        {isRoot ? null : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFocus2 size={14} aria-hidden />}
            onClick={() => {
              change((before) => startedAnew(before, { root: node.id }), { push: true });
            }}
          >
            {t('exploreFromHere')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRoute size={14} aria-hidden />}
          onClick={() => {
            change(() => ({ pathFrom: node.id, pathTo: null }));
          }}
        >
          {t('pathFromHere')}
        </Button>
        {view.pathFrom !== null && view.pathFrom !== node.id ? (
          <Button
            size="xs"
            leftSection={<IconRoute size={14} aria-hidden />}
            onClick={() => {
              change(() => ({ pathTo: node.id, selected: null, panel: null }));
            }}
          >
            {t('pathToHere')}
          </Button>
        ) : null}
        {group !== null && view.openGroups.includes(group.key) ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconStack2 size={14} aria-hidden />}
            onClick={() => {
              change((before) => ({
                openGroups: before.openGroups.filter((key) => key !== group.key),
                selected: null,
              }));
            }}
          >
            {t('collapseGroup', { name: group.title })}
          </Button>
        ) : null}
      </Stack>
      <Connections node={node} shown={shown} onSelectEdge={onSelectEdge} />
    </SidePanel>
  );
}
