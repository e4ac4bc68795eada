import { Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NodeIdLink } from '../../ui/asset-link.js';
import { StateBadge, type StateLook } from '../../ui/state-badge.js';
import { Time } from '../../ui/time.js';
import type { Changes, WholeEvent } from './events.js';

type EdgeChange = Changes['edges'][number];

const LOOKS: Readonly<Record<EdgeChange['change'], StateLook>> = { OPENED: 'good', CONFIRMED: 'good', CLOSED: 'over' };
const PLAIN_LIST = { listStyle: 'none' } as const;

/** One end of an edge; what the viewer may not know of has no page. */
function End({ id }: { readonly id: string }) {
  const { t } = useTranslation('events');
  return id.startsWith('hidden:') ? <span className="hw-quiet">{t('hidden')}</span> : <NodeIdLink id={id} />;
}

function Edge({ edge }: { readonly edge: EdgeChange }) {
  const { t } = useTranslation('events');
  const { kind, from, to, change, evidence, validFrom, validTo } = edge;
  return (
    <Stack component="li" gap={4} style={PLAIN_LIST}>
      <Group gap="xs" align="center">
        <End id={from} />
        <IconArrowRight size={16} role="img" aria-label={t('to')} color="var(--hw-quiet)" />
        <End id={to} />
      </Group>
      <Group gap="xs">
        <StateBadge look={LOOKS[change]}>{t(`change.${change}`)}</StateBadge>
        <Text size="sm" className="hw-quiet">
          {[t(`edge.${kind}`), evidence === null ? null : t(`evidence.${evidence}`)].filter(Boolean).join(' · ')}
          {validFrom === null ? null : (
            <>
              {' · '}
              {t('since')} <Time at={validFrom} absolute />
            </>
          )}
          {validTo === null ? null : (
            <>
              {' '}
              {t('until')} <Time at={validTo} absolute />
            </>
          )}
        </Text>
      </Group>
    </Stack>
  );
}

function Edges({ changes: { edges, edgeCount } }: { readonly changes: Changes }) {
  const { t, i18n } = useTranslation('events');
  const rest = edgeCount - edges.length;
  if (edgeCount === 0) return <Text className="hw-quiet">{t('noEdges')}</Text>;
  return (
    <Stack component="ul" gap="sm" p={0} m={0} aria-label={t('edges')}>
      {edges.map((edge) => (
        <Edge key={`${edge.kind} ${edge.from} ${edge.to}`} edge={edge} />
      ))}
      {rest > 0 ? (
        <li style={PLAIN_LIST}>{t('more', { count: rest, total: rest.toLocaleString(i18n.language) })}</li>
      ) : null}
    </Stack>
  );
}

function Nodes({ changes: { nodes, nodeCount, hiddenNodeCount } }: { readonly changes: Changes }) {
  const { t, i18n } = useTranslation('events');
  const rest = nodeCount - nodes.length;
  return (
    <Stack component="ul" gap="xs" p={0} m={0} aria-label={t('nodes')}>
      {nodes.map(({ id }) => (
        <li key={id} style={PLAIN_LIST}>
          <NodeIdLink id={id} />
        </li>
      ))}
      {rest > 0 ? (
        <li style={PLAIN_LIST}>{t('more', { count: rest, total: rest.toLocaleString(i18n.language) })}</li>
      ) : null}
      {hiddenNodeCount > 0 ? (
        <li style={PLAIN_LIST} className="hw-quiet">
          {t('hiddenNodes', { count: hiddenNodeCount, total: hiddenNodeCount.toLocaleString(i18n.language) })}
        </li>
      ) : null}
    </Stack>
  );
}

/** What an event changed in the catalog, or why that is not told. */
export function EventChanges({ event: { changes, projected } }: { readonly event: WholeEvent }) {
  const { t } = useTranslation('events');
  const isNothing = changes !== null && changes.nodeCount + changes.hiddenNodeCount + changes.edgeCount === 0;
  return (
    <Stack component="section" gap="xs" aria-label={t('changed')}>
      <Title order={3}>{t('changed')}</Title>
      {changes === null ? (
        <Text className="hw-quiet">{projected ? t('notKept') : t('pending')}</Text>
      ) : isNothing ? (
        <Text className="hw-quiet">{t('nothing')}</Text>
      ) : (
        <>
          <Edges changes={changes} />
          <Text fw={600} size="sm">
            {t('nodes')}
          </Text>
          <Nodes changes={changes} />
        </>
      )}
    </Stack>
  );
}
