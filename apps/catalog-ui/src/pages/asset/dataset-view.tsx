import { Alert, Grid, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { useConnection, type Connection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Markdown } from '../../ui/markdown.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { Columns, ConnectionList, Details, Part } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import type { JobPage } from './fragments.js';
import { AssetTabs } from './asset-tabs.js';
import { EventsTab } from './events-tab.js';
import { FacetsTab } from './facets-tab.js';
import { Aliases, Owners, Tags } from './facts.js';
import { FieldsSection } from './fields-section.js';
import { Flow, NeighborRow } from './flow.js';
import { connectionNamed, CONSUMERS, PRODUCERS } from './more-queries.js';
import { neighborsOf } from './neighbors.js';
import { QualityTab } from './quality-tab.js';
import { JobRow } from './related.js';
import { SchemaTab } from './schema-tab.js';
import { useAsOf } from './use-as-of.js';
import { VersionsTab } from './versions-tab.js';

const producersOf = connectionNamed('producers');
const consumersOf = connectionNamed('consumers');

/** What an asset is, in the words of whoever documents it. */
export function Description({ text }: { readonly text: string | null }) {
  const { t } = useTranslation('asset');
  return (
    <Section title={t('description')}>
      {text === null || text.trim() === '' ? (
        <Text className="hw-quiet">{t('descriptionNone')}</Text>
      ) : (
        <Markdown text={text} />
      )}
    </Section>
  );
}

type JobSide = 'producers' | 'consumers';

function JobList({ side, jobs }: { readonly side: JobSide; readonly jobs: Connection<JobPage['edges'][number]> }) {
  const { t } = useTranslation('asset');
  return (
    <Part title={t(side)}>
      <ConnectionList connection={jobs} empty={t(`${side}None`)} keyOf={({ node }) => node.id}>
        {({ node }) => <JobRow job={node} />}
      </ConnectionList>
    </Part>
  );
}

interface JobsNowProps {
  readonly id: string;
  readonly producers: JobPage;
  readonly consumers: JobPage;
}

function JobsNow({ id, producers, consumers }: JobsNowProps) {
  const variables = useMemo(() => ({ id }), [id]);
  return (
    <>
      <JobList
        side="producers"
        jobs={useConnection({ query: PRODUCERS, variables, pageOf: producersOf, first: producers })}
      />
      <JobList
        side="consumers"
        jobs={useConnection({ query: CONSUMERS, variables, pageOf: consumersOf, first: consumers })}
      />
    </>
  );
}

/** Who writes and reads it; of a moment that is past, as lineage knew it. */
function Jobs({ dataset, then }: { readonly dataset: NodeOf<'Dataset'>; readonly then: AssetAnswer['jobsThen'] }) {
  const { t } = useTranslation('asset');
  const { id, producers, consumers } = dataset;
  if (producers !== undefined && consumers !== undefined) return <JobsNow {...{ id, producers, consumers }} />;
  if (!then) return <Text className="hw-quiet">{t('lineageAway')}</Text>;
  const { upstream, downstream } = neighborsOf(then);
  return (
    [
      ['producers', upstream],
      ['consumers', downstream],
    ] as const
  ).map(([side, neighbors]) => (
    <Part key={side} title={t(side)}>
      {neighbors.length === 0 ? <Text className="hw-quiet">{t(`${side}None`)}</Text> : null}
      <Stack gap="sm">
        {neighbors.map((neighbor) => (
          <NeighborRow key={neighbor.node.id} neighbor={neighbor} />
        ))}
      </Stack>
    </Part>
  ));
}

/** Tells of checks that did not hold when they were made last. */
function FailedChecks({ id, checks }: { readonly id: string; readonly checks: NodeOf<'Dataset'>['checks'] }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const failed = checks.edges.filter(({ node }) => node.success === false).length;
  if (failed === 0) return null;
  return (
    <Alert
      className="hw-card"
      color="red"
      variant="outline"
      icon={<IconAlertTriangle />}
      title={t('checksFailed', { count: failed })}
    >
      <Group gap="xs">
        <Text>{t('checksOf', { count: checks.edges.length })}.</Text>
        <PageLink to={assetHref(id, { tab: 'quality', asOf })}>{t('seeQuality')}</PageLink>
      </Group>
    </Alert>
  );
}

function Overview({ dataset, answer }: { readonly dataset: NodeOf<'Dataset'>; readonly answer: AssetAnswer }) {
  const { t } = useTranslation('asset');
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="lg">
          <FailedChecks id={dataset.id} checks={dataset.checks} />
          <Description text={dataset.documentation} />
          <FieldsSection id={dataset.id} first={dataset.fields} />
          <Flow id={dataset.id} around={answer.lineage} />
          <Section title={t('jobsAround')}>
            <Columns>
              <Jobs dataset={dataset} then={answer.jobsThen} />
            </Columns>
          </Section>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="lg">
          <Owners owners={dataset.owners} />
          <Tags id={dataset.id} tags={dataset.tags} />
          <Section title={t('details')}>
            <Details
              entries={[
                [t('fullName'), dataset.name],
                [t('namespace'), dataset.namespace],
                [t('type'), dataset.datasetType],
                [t('createdAt'), <Time key="created" at={dataset.createdAt} absolute />],
                [t('updatedAt'), <Time key="updated" at={dataset.updatedAt} absolute />],
              ]}
            />
          </Section>
          <Aliases aliases={dataset.aliases} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

/** The page of a dataset; a model is one whose type says so. */
export function DatasetView({ node, answer }: { readonly node: NodeOf<'Dataset'>; readonly answer: AssetAnswer }) {
  return (
    <AssetFrame
      id={node.id}
      kind="DATASET"
      name={node.displayName}
      within={node.namespace}
      type={node.datasetType}
      isPlaceholder={node.placeholder}
      deletedAt={node.deletedAt}
      createdAt={node.createdAt}
    >
      <AssetTabs
        tabs={[
          ['overview', () => <Overview dataset={node} answer={answer} />],
          ['schema', () => <SchemaTab id={node.id} />],
          ['quality', () => <QualityTab id={node.id} />],
          ['versions', () => <VersionsTab id={node.id} />],
          ['facets', () => <FacetsTab id={node.id} />],
          ['events', () => <EventsTab id={node.id} />],
        ]}
      />
    </AssetFrame>
  );
}
