import { Badge, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NodeIdLink } from '../../../ui/asset-link.js';
import { Time } from '../../../ui/time.js';
import type { ShownEdge } from '../graph/grouping.js';
import { lookOf, type Graph, type GraphEdge } from '../graph/model.js';
import { titleOf } from '../graph/words.js';
import { LineSample } from '../legend.js';
import type { ViewControl } from '../use-view.js';
import { Between } from './between.js';
import { ProofOfEdge } from './proof.js';
import { SidePanel } from './side-panel.js';

interface EdgePanelProps extends ViewControl {
  readonly line: ShownEdge;
  readonly known: Graph;
}

const LISTED = 20;

/** A line of the graph: what it says, how the data is changed along it, and which events prove it. */
export function EdgePanel({ view, change, line, known }: EdgePanelProps) {
  const { t } = useTranslation('lineage');
  const [picked, setPicked] = useState<string | null>(null);
  const edge = line.edges.find(({ id }) => id === picked) ?? line.edges[0];
  const nameOf = (id: string): string => {
    const node = known.nodes.get(id);
    return node === undefined ? '' : titleOf(t, node);
  };
  return (
    <SidePanel
      title={t('connection')}
      onClose={() => {
        change(() => ({ selected: null }));
      }}
    >
      {line.edges.length === 1 ? null : (
        <Stack gap={4}>
          <Text size="sm">{t('standsFor', { count: line.edges.length })}</Text>
          {line.edges.slice(0, LISTED).map((one) => (
            <UnstyledButton
              key={one.id}
              aria-pressed={one === edge}
              onClick={() => {
                setPicked(one.id);
              }}
            >
              <Text size="sm" fw={one === edge ? 650 : 400} className="hw-name" td="underline">
                {nameOf(one.from)} → {nameOf(one.to)}
              </Text>
            </UnstyledButton>
          ))}
          {line.edges.length > LISTED ? (
            <Text size="sm" className="hw-quiet">
              {t('andMore', { count: line.edges.length - LISTED })}
            </Text>
          ) : null}
        </Stack>
      )}
      <Between from={known.nodes.get(edge.from)} to={known.nodes.get(edge.to)} />
      <EdgeFacts edge={edge} />
      <ProofOfEdge key={edge.id} edge={edge} view={view} />
    </SidePanel>
  );
}

function EdgeFacts({ edge }: { readonly edge: GraphEdge }) {
  const { t } = useTranslation('lineage');
  const look = lookOf(edge);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <LineSample look={look} />
        <Text size="sm" fw={600}>
          {t(`look.${look}`)}
        </Text>
        <Text size="sm" className="hw-quiet">
          {t(`edgeKind.${edge.kind as 'READ'}`)}
        </Text>
      </Group>
      <Text size="sm">{t(`lookHint.${look}`)}</Text>
      {(edge.merged ?? 1) > 1 ? <Text size="sm">{t('merged', { number: String(edge.merged) })}</Text> : null}
      <Text size="sm">
        {t('holdsSince')} <Time at={edge.validFrom} absolute />
        {edge.validTo === null ? null : (
          <>
            {' '}
            {t('until')} <Time at={edge.validTo} absolute />
          </>
        )}
        {' · '}
        {t('lastSeen')} <Time at={edge.lastSeenAt} />
      </Text>
      {edge.via.length === 0 ? null : (
        <Stack gap={4}>
          <Text size="sm">{t('through')}</Text>
          {edge.via.map((id) => (
            <NodeIdLink key={id} id={id} />
          ))}
        </Stack>
      )}
      {edge.transformations.length === 0 ? null : (
        <Stack gap={6}>
          <Text component="h3" size="sm" fw={600}>
            {t('transformations')}
          </Text>
          {edge.transformations.map(({ type, subtype, masking, description }, at) => (
            <Stack key={`${type} ${subtype ?? ''} ${String(at)}`} gap={2}>
              <Group gap={6}>
                <Badge variant="default">{type}</Badge>
                {subtype === null ? null : <Badge variant="default">{subtype}</Badge>}
                {masking ? <Badge color="teal">{t('masked')}</Badge> : null}
              </Group>
              {description === null || description === '' ? null : (
                <Text size="sm" className="hw-name hw-mono">
                  {description}
                </Text>
              )}
            </Stack>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
