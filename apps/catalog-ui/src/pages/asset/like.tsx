import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AssetLink } from '../../ui/asset-link.js';
import { kindOfAsset } from '../../ui/kind.js';
import { Section } from '../../ui/page.js';
import { LIKE_QUERY } from './like-query.js';
import { useAsOf } from './use-as-of.js';

const NAMED = 3;

interface RowProps {
  readonly dataset: {
    readonly id: string;
    readonly displayName: string;
    readonly namespace: string;
    readonly datasetType: string | null;
  };
  readonly figure: string;
  readonly why: string;
}

function Row({ dataset: { id, displayName, namespace, datasetType }, figure, why }: RowProps) {
  return (
    <Stack component="li" gap={2}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <AssetLink id={id} kind={kindOfAsset('DATASET', datasetType)} name={displayName} namespace={namespace} />
        <Text style={{ flexShrink: 0 }}>{figure}</Text>
      </Group>
      <Text size="sm" className="hw-quiet hw-name" pl={26}>
        {why}
      </Text>
    </Stack>
  );
}

function Rows({ children }: { readonly children: ReactNode }) {
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {children}
    </Stack>
  );
}

/** What else there is like a dataset, asked behind all else; of a past moment, and where there is nothing, nothing. */
export function Like({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const [{ data }] = useQuery({ query: LIKE_QUERY, variables: { id }, pause: asOf !== null });
  if (asOf !== null || data?.node?.__typename !== 'Dataset') return null;
  const { similar, usedTogether } = data.node;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <>
      {similar.length === 0 ? null : (
        <Section title={t('similar')}>
          <Rows>
            {similar.map(({ dataset, score, shared, sharedFields }) => (
              <Row
                key={dataset.id}
                dataset={dataset}
                figure={percent.format(score)}
                why={
                  shared > NAMED
                    ? t('similarMore', { names: sharedFields.slice(0, NAMED).join(', '), more: String(shared - NAMED) })
                    : sharedFields.join(', ')
                }
              />
            ))}
          </Rows>
        </Section>
      )}
      {usedTogether.length === 0 ? null : (
        <Section title={t('usedTogether')}>
          <Rows>
            {usedTogether.map(({ dataset, jobs, recentRuns }) => (
              <Row
                key={dataset.id}
                dataset={dataset}
                figure={t('usedBy', { count: jobs })}
                why={t('recentRuns', { count: recentRuns })}
              />
            ))}
          </Rows>
        </Section>
      )}
    </>
  );
}
