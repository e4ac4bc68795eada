import { Grid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AssetLink } from '../../ui/asset-link.js';
import { Section } from '../../ui/page.js';
import { Time, zonedTime } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { Details } from './asset-parts.js';
import type { NodeOf } from './asset-query.js';
import { AssetTabs } from './asset-tabs.js';
import { RunTimeline } from './gantt.js';
import { connectionNamed, USED_BY } from './more-queries.js';
import { QualityTab } from './quality-tab.js';
import { PartialBadge } from './related.js';
import { RunsTab } from './runs-tab.js';

const usedByOf = connectionNamed('usedBy');

/** The page of one state of a dataset: which run made it, and which read it. */
export function VersionView({ node }: { readonly node: NodeOf<'DatasetVersion'> }) {
  const { t, i18n } = useTranslation('asset');
  const { dataset, run } = node;
  const at = zonedTime(node.generatedAt ?? node.createdAt, i18n.language);
  return (
    <AssetFrame
      id={node.id}
      kind="VERSION"
      name={`${dataset.displayName} · ${node.value ?? at}`}
      within={<AssetLink id={dataset.id} kind="DATASET" name={dataset.displayName} namespace={dataset.namespace} />}
      hasPast={false}
      marks={node.partial ? <PartialBadge /> : null}
    >
      <AssetTabs
        tabs={[
          [
            'overview',
            () => (
              <Grid gap="lg">
                <Grid.Col span={{ base: 12, lg: 8 }}>
                  <Stack gap="lg">
                    <Section title={t('madeBy')}>
                      {run === null ? (
                        <Text className="hw-quiet">{t('madeByNone')}</Text>
                      ) : (
                        <RunTimeline
                          runs={[{ ...run, children: { pageInfo: { hasNextPage: false }, edges: [] } }]}
                          of="MIXED"
                          initialMode="CLOCK"
                        />
                      )}
                    </Section>
                    <RunsTab
                      id={node.id}
                      query={USED_BY}
                      pageOf={usedByOf}
                      first={node.usedBy}
                      of="MIXED"
                      initialMode="CLOCK"
                      title={t('usedBy')}
                      empty={t('usedByNone')}
                    />
                  </Stack>
                </Grid.Col>
                <Grid.Col span={{ base: 12, lg: 4 }}>
                  <Section title={t('details')}>
                    <Details
                      entries={[
                        [t('versionValue'), node.value],
                        [t('createdAt'), <Time key="created" at={node.createdAt} absolute />],
                        [
                          t('generatedAt'),
                          node.generatedAt === null ? null : <Time key="made" at={node.generatedAt} absolute />,
                        ],
                      ]}
                    />
                  </Section>
                </Grid.Col>
              </Grid>
            ),
          ],
          ['quality', () => <QualityTab id={node.id} />],
        ]}
      />
    </AssetFrame>
  );
}
