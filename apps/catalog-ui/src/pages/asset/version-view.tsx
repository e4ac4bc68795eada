import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { AssetLink } from '../../ui/asset-link.js';
import { Section } from '../../ui/page.js';
import { Time, zonedTime } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { ConnectionList, DetailsSection } from './asset-parts.js';
import type { NodeOf } from './asset-query.js';
import { AssetTabs } from './asset-tabs.js';
import { RunTimeline } from './gantt.js';
import { connectionNamed } from './connection-named.js';
import { USED, USED_BY } from './run-lists.js';
import { Overview } from './overview.js';
import { QualityTab } from './quality-tab.js';
import { GeneratedAt, PartialBadge, VersionEdgeRow } from './related.js';
import { isBy } from './run-then.js';
import { RunsTab } from './runs-tab.js';
import { Later, useListThen } from './then.js';
import { useAsOf } from './use-as-of.js';

const usedOf = connectionNamed('used');
const usedByOf = connectionNamed('usedBy');

/** What the run read that made a version. */
function MadeFrom({ run }: { readonly run: NonNullable<NodeOf<'DatasetVersion'>['run']> }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id: run.id }), [run.id]);
  const { list, later } = useListThen(
    useConnection({ query: USED, variables, pageOf: usedOf, first: run.used }),
    ({ at }, asOf) => at === null || isBy(at, asOf),
  );
  return (
    <Section title={t('madeFrom')}>
      <ConnectionList connection={list} empty={t('usedNone')} keyOf={({ node }) => node.id}>
        {(edge) => <VersionEdgeRow edge={edge} />}
      </ConnectionList>
      <Later of="laterVersions" count={later} />
    </Section>
  );
}

/** The page of one state of a dataset: which run made it, and which read it. */
export function VersionView({ node }: { readonly node: NodeOf<'DatasetVersion'> }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const { dataset, run } = node;
  const at = zonedTime(node.generatedAt ?? node.createdAt, i18n.language);
  return (
    <AssetFrame
      id={node.id}
      kind="VERSION"
      name={`${dataset.displayName} · ${node.value ?? at}`}
      within={
        <AssetLink id={dataset.id} kind="DATASET" name={dataset.name} namespace={dataset.namespace} asOf={asOf} />
      }
      createdAt={node.createdAt}
      marks={node.partial ? <PartialBadge /> : null}
    >
      <AssetTabs
        tabs={[
          [
            'overview',
            () => (
              <Overview
                aside={
                  <DetailsSection
                    entries={[
                      [t('versionValue'), node.value],
                      [t('createdAt'), <Time key="created" at={node.createdAt} absolute />],
                      [
                        t('generatedAt'),
                        node.generatedAt === null ? null : <GeneratedAt key="made" at={node.generatedAt} absolute />,
                      ],
                    ]}
                  />
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
