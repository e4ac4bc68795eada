import { Alert, Badge, Button, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconFocus2, IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { assetHref } from '../../../lib/node-id.js';
import { AssetLink } from '../../../ui/asset-link.js';
import { KindIcon } from '../../../ui/kind.js';
import { PageLink } from '../../../ui/link.js';
import { RunStateBadge } from '../../../ui/run-state.js';
import { startedAnew } from '../address.js';
import type { ShownEdge, ShownGraph } from '../graph/grouping.js';
import { endOf, SIDES, type GraphNode, type Side } from '../graph/model.js';
import { namingOf } from '../graph/naming.js';
import { endKey } from '../graph/visible.js';
import { LineSample } from '../legend.js';
import { REACH } from '../queries.js';
import type { CardFact } from '../use-card-facts.js';
import { withExpanded, type ViewControl } from '../use-view.js';
import { SidePanel } from './side-panel.js';

interface NodePanelProps extends ViewControl {
  readonly node: GraphNode;
  readonly shown: ShownGraph;
  readonly fact: CardFact | undefined;
  readonly onSelectEdge: (id: string) => void;
}

/** What can be asked about one node: what it is, how far it reaches, what it is connected with. */
export function NodePanel({ view, change, node, shown, fact, onSelectEdge }: NodePanelProps) {
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
      </Stack>
      <Connections node={node} shown={shown} onSelectEdge={onSelectEdge} />
    </SidePanel>
  );
}

function Reach({ view, change, node }: ViewControl & { readonly node: GraphNode }) {
  const { t, i18n } = useTranslation('lineage');
  const [{ data }] = useQuery({
    query: REACH,
    variables: { root: node.id, granularity: view.granularity, asOf: view.asOf },
  });
  const counts = data?.lineage;
  return (
    <Stack gap={6} align="flex-start">
      {SIDES.map((side) => {
        const reach = side === 'UPSTREAM' ? counts?.upstream : counts?.downstream;
        return (
          <Group key={side} gap="xs">
            {reach === undefined ? (
              <Skeleton height={16} width={140} />
            ) : (
              <Text size="sm">
                {t(reach.isExact ? `reach.${side}` : `reachAtLeast.${side}`, {
                  count: reach.count,
                  total: reach.count.toLocaleString(i18n.language),
                })}
              </Text>
            )}
            {reach === undefined || reach.count === 0 ? null : (
              <Button
                size="compact-xs"
                variant="light"
                aria-label={t(`showAll.${side}`)}
                onClick={() => {
                  change((before) => withExpanded(before, { id: node.id, side, isWhole: true }, endKey(node.id, side)));
                }}
              >
                {t('showAllShort')}
              </Button>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}

interface ConnectionsProps {
  readonly node: GraphNode;
  readonly shown: ShownGraph;
  readonly onSelectEdge: (id: string) => void;
}

const LISTED = 12;

/** The lines at a node, each a way to what proves it. */
function Connections({ node, shown, onSelectEdge }: ConnectionsProps) {
  const { t } = useTranslation('lineage');
  const names = new Map(
    shown.nodes.map(({ id, members, group }) => [
      id,
      group ?? (members[0].hidden ? t('hidden') : namingOf(members[0]).title),
    ]),
  );
  const linesAt = (side: Side): readonly ShownEdge[] =>
    shown.edges.filter((edge) => endOf(edge, opposite(side)) === node.id);
  return (
    <>
      {SIDES.map((side) => {
        const lines = linesAt(side);
        if (lines.length === 0) return null;
        return (
          <Stack key={side} gap={4}>
            <Text component="h3" size="sm" fw={600}>
              {t(`connections.${side}`, { count: lines.length })}
            </Text>
            {lines.slice(0, LISTED).map((edge) => (
              <UnstyledButton
                key={edge.id}
                onClick={() => {
                  onSelectEdge(edge.id);
                }}
              >
                <Group gap="xs" wrap="nowrap">
                  <LineSample look={edge.look} />
                  <Text size="sm" className="hw-name" td="underline">
                    {names.get(endOf(edge, side)) ?? ''}
                  </Text>
                </Group>
              </UnstyledButton>
            ))}
            {lines.length > LISTED ? (
              <Text size="sm" className="hw-quiet">
                {t('andMore', { count: lines.length - LISTED })}
              </Text>
            ) : null}
          </Stack>
        );
      })}
    </>
  );
}

function opposite(side: Side): Side {
  return side === 'UPSTREAM' ? 'DOWNSTREAM' : 'UPSTREAM';
}

/** From one node to another, by name. */
export function Between({ from, to }: { readonly from: GraphNode | undefined; readonly to: GraphNode | undefined }) {
  const { t } = useTranslation('lineage');
  return (
    <Stack gap={6}>
      {[from, to].map((node, at) => {
        if (node === undefined) return null;
        const { title, namespace } = namingOf(node);
        return (
          <Group key={`${String(at)} ${node.id}`} gap={6} wrap="nowrap" align="flex-start">
            {at === 1 ? (
              <IconArrowRight size={18} role="img" aria-label={t('leadsTo')} style={{ flexShrink: 0 }} />
            ) : null}
            {node.hidden ? (
              <Text>{t('hidden')}</Text>
            ) : (
              <AssetLink id={node.id} kind={node.kind} name={title} namespace={namespace} />
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
