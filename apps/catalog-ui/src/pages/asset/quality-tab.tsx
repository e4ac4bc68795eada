import { Group, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { useConnection, type Connection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Time } from '../../ui/time.js';
import { Nothing, WideTable } from './asset-parts.js';
import { ChecksTable } from './checks-table.js';
import { seriesOf, shownValue, type MetricSeries } from './metric-series.js';
import { connectionNamed } from './connection-named.js';
import { LATEST, METRICS, type Metric } from './quality-query.js';
import { useAsOf } from './use-as-of.js';

const MetricChart = lazy(() => import('./metric-chart.js'));

const latestOf = connectionNamed('latestMetrics');
const metricsOf = connectionNamed('metrics');
const EPOCH = '1970-01-01T00:00:00.000Z';
const CHART_HEIGHT = 140;

const nodesOf = (connection: Connection<{ node: Metric }>): readonly Metric[] =>
  (connection.edges ?? []).map(({ node }) => node);

/** What tells two series of one name apart, for a reader. */
function useOrigin(): (metric: Metric) => string {
  const { t } = useTranslation('quality');
  return ({ side, facet, producer }) => [t(`side.${side}`), facet, producer].filter(Boolean).join(' · ');
}

function ChartCard({ series: { latest, points } }: { readonly series: MetricSeries<Metric> }) {
  const { t, i18n } = useTranslation('quality');
  const originOf = useOrigin();
  const shown = (value: number): string => shownValue(value, latest.unit, i18n.language);
  const values = points.map(({ value }) => value);
  const name = latest.column === null ? latest.name : `${latest.column} · ${latest.name}`;
  return (
    <Stack gap={4} className="hw-card" p="sm" miw={0}>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Title order={3} className="hw-name">
          {name}
        </Title>
        <Text fw={600} style={{ whiteSpace: 'nowrap' }}>
          {shown(latest.value)}
        </Text>
      </Group>
      <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
        <MetricChart
          points={points}
          height={CHART_HEIGHT}
          shown={shown}
          label={t('chart', {
            name,
            count: points.length,
            low: shown(Math.min(...values)),
            high: shown(Math.max(...values)),
          })}
        />
      </Suspense>
      <Text size="xs" className="hw-quiet hw-name">
        {originOf(latest)}
      </Text>
    </Stack>
  );
}

function LatestTable({ latest }: { readonly latest: readonly Metric[] }) {
  const { t, i18n } = useTranslation('quality');
  const originOf = useOrigin();
  const asOf = useAsOf();
  return (
    <WideTable
      label={t('quality')}
      heads={(['field', 'measure', 'latestValue', 'measuredAt'] as const).map((head) => t(head))}
    >
      {latest.map((metric) => (
        <Table.Tr
          key={[metric.column, metric.name, metric.facet, metric.side, metric.producer, metric.label].join(' ')}
          style={{ verticalAlign: 'top' }}
        >
          <Table.Td className="hw-name">
            {metric.field === null ? (
              (metric.column ?? (
                <span className="hw-quiet" style={{ whiteSpace: 'nowrap' }}>
                  {t('wholeDataset')}
                </span>
              ))
            ) : (
              <PageLink to={assetHref(metric.field.id, { tab: 'quality', asOf })} inherit>
                {metric.column ?? ''}
              </PageLink>
            )}
          </Table.Td>
          <Table.Td className="hw-name">
            {metric.name}
            <Text size="xs" className="hw-quiet hw-name">
              {originOf(metric)}
            </Text>
          </Table.Td>
          <Table.Td style={{ fontVariantNumeric: 'tabular-nums' }}>
            {shownValue(metric.value, metric.unit, i18n.language)}
          </Table.Td>
          <Table.Td>
            {metric.run === null ? (
              <Time at={metric.at} />
            ) : (
              <PageLink to={assetHref(metric.run.id)} inherit>
                <Time at={metric.at} />
              </PageLink>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </WideTable>
  );
}

/** What was measured of a dataset, a field or a version: checks with their history, values over time, the latest of each. */
export function QualityTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('quality');
  const asOf = useAsOf();
  const between = useMemo(() => (asOf === null ? null : { from: EPOCH, to: asOf }), [asOf]);
  const latest = useConnection({
    query: LATEST,
    variables: useMemo(() => ({ id, asOf }), [id, asOf]),
    pageOf: latestOf,
  });
  const measures = useConnection({
    query: METRICS,
    variables: useMemo(() => ({ id, between, filter: MEASURES }), [id, between]),
    pageOf: metricsOf,
  });
  const outcomes = useConnection({
    query: METRICS,
    variables: useMemo(() => ({ id, between, filter: OUTCOMES }), [id, between]),
    pageOf: metricsOf,
  });
  const series = seriesOf(nodesOf(measures));
  const lines = series.filter(({ points }) => points.length > 1);
  // A version has no latest values of its own: what was measured of it is the latest.
  const measured = nodesOf(latest).filter(({ kind }) => kind === 'MEASURE');
  const values = measured.length > 0 ? measured : series.map((one) => one.latest);
  // Before its history is there, a check would seem to have been made once.
  const checks =
    outcomes.edges === undefined
      ? []
      : seriesOf([...nodesOf(outcomes), ...nodesOf(latest).filter(({ kind }) => kind !== 'MEASURE')]);
  const isEmpty = measures.edges?.length === 0 && values.length === 0;
  return (
    <Stack gap="lg">
      <Section title={t('checks')}>
        {checks.length > 0 ? <ChecksTable checks={checks} /> : null}
        {checks.length === 0 && outcomes.edges !== undefined ? <Nothing>{t('checksNone')}</Nothing> : null}
        <ConnectionEnd connection={outcomes} />
      </Section>
      <Section title={t('quality')}>
        {isEmpty ? <Nothing>{t('qualityNone')}</Nothing> : null}
        {values.length > 0 ? <LatestTable latest={values} /> : null}
        <ConnectionEnd connection={latest} />
      </Section>
      {lines.length === 0 ? null : (
        <Section title={t('overTime')}>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {lines.map((one) => (
              <ChartCard key={one.key} series={one} />
            ))}
          </SimpleGrid>
          <ConnectionEnd connection={measures} />
        </Section>
      )}
    </Stack>
  );
}

const MEASURES = { kinds: ['MEASURE' as const], withFields: false };
const OUTCOMES = { kinds: ['ASSERTION' as const, 'TEST' as const] };
