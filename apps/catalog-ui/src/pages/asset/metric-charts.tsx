import { Button, Group, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Section } from '../../ui/page.js';
import classes from './asset.module.css';
import { connectionNamed } from './connection-named.js';
import { seriesOf, shownValue, type MetricSeries } from './metric-series.js';
import { METRICS, type Metric } from './quality-query.js';

const MetricChart = lazy(() => import('./metric-chart.js'));

const metricsOf = connectionNamed('metrics');
const CHART_HEIGHT = 140;
const SHOWN_CHARTS = 6;
const WITH_FIELDS = { kinds: ['MEASURE' as const], withFields: true };

/** What tells two series of one name apart, for a reader. */
export function useOrigin(): (metric: Metric) => string {
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

/** Measurements that were made more than once, a chart each. */
export function Charts({ lines }: { readonly lines: readonly MetricSeries<Metric>[] }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} className={classes['charts'] ?? ''}>
      {lines.map((one) => (
        <ChartCard key={one.key} series={one} />
      ))}
    </SimpleGrid>
  );
}

interface FieldChartsProps {
  readonly id: string;
  readonly between: { readonly from: string; readonly to: string } | null;
}

/** What was measured of the fields of a dataset, over time: the first charts, and all of them on demand. */
export function FieldCharts({ id, between }: FieldChartsProps) {
  const { t } = useTranslation('quality');
  const variables = useMemo(() => ({ id, between, filter: WITH_FIELDS }), [id, between]);
  const connection = useConnection({ query: METRICS, variables, pageOf: metricsOf });
  const [isWhole, setIsWhole] = useState(false);
  const ofFields = (connection.edges ?? []).map(({ node }) => node).filter(({ column }) => column !== null);
  const lines = seriesOf(ofFields).filter(({ points }) => points.length > 1);
  if (lines.length === 0) return null;
  return (
    <Section title={t('overTimeFields')}>
      <Charts lines={isWhole ? lines : lines.slice(0, SHOWN_CHARTS)} />
      {isWhole || lines.length <= SHOWN_CHARTS ? null : (
        <Group className="hw-noprint">
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              setIsWhole(true);
            }}
          >
            {t('allCharts', { count: lines.length })}
          </Button>
        </Group>
      )}
      <ConnectionEnd connection={connection} />
    </Section>
  );
}
