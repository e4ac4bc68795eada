import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { AssetLink } from '../../ui/asset-link.js';
import { Section } from '../../ui/page.js';
import { Time, zonedTime } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { ConnectionList, Details } from './asset-parts.js';
import type { NodeOf } from './asset-query.js';
import { AssetTabs } from './asset-tabs.js';
import { RunTimeline } from './gantt.js';
import { connectionNamed } from './connection-named.js';
import { USED, USED_BY } from './run-lists.js';
import { Overview } from './overview.js';
import { QualityTab } from './quality-tab.js';
import { PartialBadge, VersionEdgeRow } from './related.js';
import { RunsTab } from './runs-tab.js';

const usedOf = connectionNamed('used');
const usedByOf = connectionNamed('usedBy');

/** What the run read that made a version. */
function MadeFrom({ run }: { readonly run: NonNullable<NodeOf<'DatasetVersion'>['run']> }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id: run.id }), [run.id]);
  const used = useConnection({ query: USED, variables, pageOf: usedOf, first: run.used });
  return (
    <Section title={t('madeFrom')}>
      <ConnectionList connection={used} empty={t('usedNone')} keyOf={({ node }) => node.id}>
        {(edge) => <VersionEdgeRow edge={edge} />}
      </ConnectionList>
    </Section>
  );
}

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
              <Overview
                aside={
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
                }
              >
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
                {run === null ? null : <MadeFrom run={run} />}
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
              </Overview>
            ),
          ],
          ['quality', () => <QualityTab id={node.id} />],
        ]}
      />
    </AssetFrame>
  );
}
