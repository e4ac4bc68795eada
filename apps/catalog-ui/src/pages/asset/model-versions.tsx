import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { useConnection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Records, type Column } from '../../ui/records.js';
import { Time, zonedTime } from '../../ui/time.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Nothing } from './asset-parts.js';
import { connectionNamed } from './connection-named.js';
import { seriesOf, shownValue } from './metric-series.js';
import { MODEL_VERSIONS, type ModelVersion } from './model-query.js';
import { Outcome } from './outcome.js';
import { GapBadge, GeneratedAt, PartialBadge } from './related.js';
import type { RunRow } from './run-fragments.js';
import { isBy, runThen } from './run-then.js';
import { Later, RunStateThen, useListThen } from './then.js';
import { useAsOf } from './use-as-of.js';

const pageOf = connectionNamed('versions');

function Name({ version: { id, value, partial, createdAt, generatedAt } }: { readonly version: ModelVersion }) {
  const { i18n } = useTranslation();
  const asOf = useAsOf();
  const at = generatedAt ?? createdAt;
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <PageLink to={assetHref(id, { asOf })} className="hw-name" fw={550} inherit>
          {value ?? zonedTime(at, i18n.language)}
        </PageLink>
        {partial ? <PartialBadge /> : null}
      </Group>
      <Text size="sm" className="hw-quiet">
        {isBy(at, asOf) ? <Time at={at} /> : <GeneratedAt at={generatedAt} />}
      </Text>
    </Stack>
  );
}

function RunLine({ run }: { readonly run: RunRow }) {
  const asOf = useAsOf();
  return (
    <Group gap="xs">
      <PageLink to={assetHref(run.id, { asOf })} className="hw-name" inherit>
        {run.job.displayName}
      </PageLink>
      <RunStateThen run={run} />
    </Group>
  );
}

function TrainingRun({ version: { run } }: { readonly version: ModelVersion }) {
  const { t } = useTranslation('asset');
  return run === null ? <span className="hw-quiet">{t('madeByNone')}</span> : <RunLine run={run} />;
}

/** What the run behind a version read, each in the version that it read. */
function TrainingData({ version: { run } }: { readonly version: ModelVersion }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  if (run === null || run.used.edges.length === 0) return <span className="hw-quiet">{t('trainingDataNone')}</span>;
  return (
    <Stack gap="xs">
      {run.used.edges.map(({ gap, node: { id, value, createdAt, generatedAt, dataset } }) => (
        <Stack key={id} gap={4}>
          <PageLink to={assetHref(dataset.id, { asOf })} className="hw-name" inherit>
            {dataset.displayName}
          </PageLink>
          <Group gap="xs">
            <PageLink to={assetHref(id, { asOf })} className="hw-name" size="sm">
              {t('version')} {value ?? zonedTime(generatedAt ?? createdAt, i18n.language)}
            </PageLink>
            {gap === null ? null : <GapBadge gap={gap} />}
          </Group>
        </Stack>
      ))}
      {run.used.pageInfo.hasNextPage ? <More to={assetHref(run.id, { asOf })} /> : null}
    </Stack>
  );
}

function More({ to }: { readonly to: string }) {
  const { t } = useTranslation('asset');
  return (
    <PageLink to={to} size="sm">
      {t('andMore')}
    </PageLink>
  );
}

function UsedBy({ version: { id, usedBy } }: { readonly version: ModelVersion }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const readers = usedBy.edges.filter(({ node }) => runThen(node, asOf) !== null);
  const later = usedBy.edges.length - readers.length;
  if (usedBy.edges.length === 0) return <span className="hw-quiet">{t('usedByNone')}</span>;
  return (
    <Stack gap={4}>
      {readers.map(({ node }) => (
        <RunLine key={node.id} run={node} />
      ))}
      <Later of="laterRuns" count={later} />
      {usedBy.pageInfo.hasNextPage ? <More to={assetHref(id, { asOf })} /> : null}
    </Stack>
  );
}

/** The latest value of each thing measured of a version, checks first. */
function Measured({ version: { id, metrics } }: { readonly version: ModelVersion }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const all = seriesOf(metrics.edges.map(({ node }) => node).filter(({ at }) => isBy(at, asOf)));
  const series = [
    ...all.filter(({ latest }) => latest.kind !== 'MEASURE'),
    ...all.filter(({ latest }) => latest.kind === 'MEASURE'),
  ];
  if (series.length === 0) return <span className="hw-quiet">{t('measuredNone')}</span>;
  return (
    <Stack gap={4}>
      {series.map(({ key, latest }) => (
        <Group key={key} gap="xs">
          <span className="hw-name">{latest.label ?? latest.name}</span>
          {latest.kind === 'MEASURE' ? (
            <Text component="span" inherit fw={550} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {shownValue(latest.value, latest.unit, i18n.language)}
            </Text>
          ) : (
            <Outcome metric={latest} />
          )}
        </Group>
      ))}
      {metrics.pageInfo.hasNextPage ? <More to={assetHref(id, { tab: 'quality', asOf })} /> : null}
    </Stack>
  );
}

/** The versions of a model: the training behind each, the data it was trained on, who uses it, and how good it is. */
export function ModelVersions({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id }), [id]);
  const connection = useConnection({ query: MODEL_VERSIONS, variables, pageOf });
  const { list, later } = useListThen(connection, ({ node }, asOf) => isBy(node.createdAt, asOf));
  const versions = list.edges?.map(({ node }) => node);
  const isMeasured = versions?.some(({ metrics }) => metrics.edges.length > 0) === true;
  const columns: readonly Column<ModelVersion>[] = [
    { key: 'version', title: t('version'), render: (version) => <Name version={version} /> },
    { key: 'run', title: t('trainingRun'), render: (version) => <TrainingRun version={version} /> },
    { key: 'data', title: t('trainingData'), render: (version) => <TrainingData version={version} /> },
    { key: 'usedBy', title: t('modelUsedBy'), render: (version) => <UsedBy version={version} /> },
  ];
  const measured: Column<ModelVersion> = {
    key: 'measured',
    title: t('measured'),
    render: (version) => <Measured version={version} />,
  };
  return (
    <Section title={t('versions')}>
      <Text size="sm" className="hw-quiet">
        {t('trainingHint')}
      </Text>
      {versions?.length === 0 ? <Nothing>{t('versionsNone')}</Nothing> : null}
      {versions === undefined || versions.length === 0 ? null : (
        <Records
          label={t('versions')}
          columns={isMeasured ? [...columns, measured] : columns}
          items={versions}
          keyOf={(version) => version.id}
        />
      )}
      <Later of="laterVersions" count={later} />
      <ConnectionEnd connection={list} />
    </Section>
  );
}
