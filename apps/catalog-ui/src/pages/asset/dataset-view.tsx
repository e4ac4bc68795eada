import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { kindOfAsset } from '../../ui/kind.js';
import { PageLink } from '../../ui/link.js';
import { Time } from '../../ui/time.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { AboutAsset, AssetView } from './asset-view.js';
import { DataProducts } from './data-product-view.js';
import { DescriptionSection } from './edit/description.js';
import { LogicalSection } from './edit/logical.js';
import { Aliases } from './facts.js';
import { FieldsSection } from './fields-section.js';
import { Flow } from './flow.js';
import { JobsAround } from './jobs-around.js';
import { Like } from './like.js';
import { ModelVersions } from './model-versions.js';
import { Overview } from './overview.js';
import { QualityTab } from './quality-tab.js';
import { SchemaTab } from './schema-tab.js';
import { useAsOf } from './use-as-of.js';
import { VersionsTab } from './versions-tab.js';

interface DatasetViewProps {
  readonly node: NodeOf<'Dataset'>;
  readonly answer: AssetAnswer;
}

const SHOWN_CHECKS = 3;

/** Tells of checks that did not hold when they were made last, each with the run that found it. */
function FailedChecks({ id, checks }: { readonly id: string; readonly checks: NodeOf<'Dataset'>['checks'] }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const failed = checks.edges.map(({ node }) => node).filter(({ success }) => success === false);
  if (failed.length === 0) return null;
  return (
    <Alert
      className="hw-card"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle />}
      title={t('checksFailed', { count: failed.length })}
    >
      <Stack gap={4}>
        {failed.slice(0, SHOWN_CHECKS).map(({ name, label, column, run, at }) => (
          <Text key={[name, label, column].join(' ')} className="hw-name">
            {[label ?? name, column].filter((part) => part !== null).join(' · ')},{' '}
            {run === null ? (
              <Time at={at} />
            ) : (
              <PageLink to={assetHref(run.id, { asOf })}>
                <Time at={at} />
              </PageLink>
            )}
          </Text>
        ))}
        <Group gap="xs">
          <Text>{t('checksOf', { count: checks.edges.length })}.</Text>
          <PageLink to={assetHref(id, { tab: 'quality', asOf })}>{t('seeQuality')}</PageLink>
        </Group>
      </Stack>
    </Alert>
  );
}

const isModel = (node: NodeOf<'Dataset'>): boolean => kindOfAsset('DATASET', node.datasetType) === 'MODEL';

function DatasetOverview({ node, answer }: DatasetViewProps) {
  const { t } = useTranslation('asset');
  const isOfModel = isModel(node);
  return (
    <Overview
      aside={
        <AboutAsset asset={node} details={[[t('type'), node.datasetType, true]]} around={answer.lineage}>
          <LogicalSection membership={node.logicalDataset} />
          <DataProducts products={node.dataProducts} />
          <Aliases aliases={node.aliases} />
        </AboutAsset>
      }
    >
      <FailedChecks id={node.id} checks={node.checks} />
      <DescriptionSection id={node.id} text={node.documentation} />
      {isOfModel ? <ModelVersions id={node.id} /> : null}
      {isOfModel && node.fields.edges.length === 0 ? null : <FieldsSection id={node.id} first={node.fields} />}
      <Flow id={node.id} around={answer.lineage} />
      <JobsAround dataset={node} then={answer.jobsThen} />
      <Like id={node.id} />
    </Overview>
  );
}

/** The page of a dataset; a model is one whose type says so, and shows its versions first. */
export function DatasetView({ node, answer }: DatasetViewProps) {
  const isOfModel = isModel(node);
  return (
    <AssetView
      asset={node}
      kind={isOfModel ? 'MODEL' : 'DATASET'}
      type={isOfModel ? null : node.datasetType}
      tabs={[
        ['overview', () => <DatasetOverview node={node} answer={answer} />],
        ['schema', () => <SchemaTab id={node.id} />],
        ['quality', () => <QualityTab id={node.id} />],
        ['versions', () => <VersionsTab id={node.id} />],
      ]}
    />
  );
}
