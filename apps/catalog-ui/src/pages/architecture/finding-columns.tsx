import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addMessages } from '../../i18n/i18n.js';
import { architecture as messages } from '../../i18n/messages/architecture.js';
import { assetHref } from '../../lib/node-id.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import type { Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { Acceptance } from './acceptance.js';
import type { Finding } from './architecture-query.js';

addMessages('architecture', messages);

interface PlaceProps {
  readonly domain: Finding['domain'];
  readonly layer: Finding['layer'];
  readonly asOf: string | null;
}

function Place({ domain, layer, asOf }: PlaceProps) {
  const { t } = useTranslation('architecture');
  if (domain === null) return null;
  return (
    <Text size="sm" className="hw-quiet hw-name">
      <PageLink to={assetHref(domain.id, { asOf })} inherit underline="always">
        {domain.name}
      </PageLink>
      {layer === null ? null : `, ${t(`layers.${layer}`)}`}
    </Text>
  );
}

/** What is told of a finding: what, by which job, of which dataset, and who is to be told. */
export function useFindingColumns(
  asOf: string | null,
  onSettle?: (finding: Finding) => void,
): readonly Column<Finding>[] {
  const { t } = useTranslation('architecture');
  return [
    { key: 'kind', title: t('kind'), render: ({ kind }) => t(`kinds.${kind}`) },
    {
      key: 'job',
      title: t('job'),
      render: ({ jobId, readBy, readByLayer }) => (
        <Stack gap={2}>
          <NodeIdLink id={jobId} />
          <Place domain={readBy} layer={readByLayer} asOf={asOf} />
        </Stack>
      ),
    },
    {
      key: 'dataset',
      title: t('dataset'),
      render: ({ datasetId, domain, layer }) => (
        <Stack gap={2}>
          <NodeIdLink id={datasetId} />
          <Place domain={domain} layer={layer} asOf={asOf} />
        </Stack>
      ),
    },
    {
      key: 'tell',
      title: t('tell'),
      render: ({ job }) => {
        const owners = job?.effectiveOwners.owners ?? [];
        if (owners.length === 0) return <span className="hw-quiet">{t('nobody')}</span>;
        return (
          <Stack gap={0}>
            {owners.map(({ agent, role }) => (
              <Text key={`${agent.id} ${role}`} size="sm" className="hw-name">
                <PageLink to={assetHref(agent.id)} inherit underline="always">
                  {agent.displayName}
                </PageLink>{' '}
                ({role})
              </Text>
            ))}
          </Stack>
        );
      },
    },
    { key: 'since', title: t('since'), render: ({ since }) => <Time at={since} absolute /> },
    {
      key: 'acceptance',
      title: t('acceptance'),
      render: (finding) => <Acceptance finding={finding} onSettle={onSettle} />,
    },
  ];
}
