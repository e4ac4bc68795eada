import { Stack, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref, partsOf } from '../../lib/node-id.js';
import { useConnection, type Connection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Time } from '../../ui/time.js';
import { WideTable } from '../../ui/wide-table.js';
import { Nothing } from './asset-parts.js';
import { ChecksTable } from './checks-table.js';
import { Charts, FieldCharts, useOrigin } from './metric-charts.js';
import { seriesOf, shownValue } from './metric-series.js';
import { connectionNamed } from './connection-named.js';
import { LATEST, METRICS, type Metric } from './quality-query.js';
import { useAsOf } from './use-as-of.js';

const latestOf = connectionNamed('latestMetrics');
const metricsOf = connectionNamed('metrics');
const EPOCH = '1970-01-01T00:00:00.000Z';

const nodesOf = (connection: Connection<{ node: Metric }>): readonly Metric[] =>
  (connection.edges ?? []).map(({ node }) => node);

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
              <PageLink to={assetHref(metric.run.id, { asOf })} inherit>
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
  const hasFields = partsOf(id).kind !== 'field' && values.some(({ column }) => column !== null);
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
          <Charts lines={lines} />
          <ConnectionEnd connection={measures} />
        </Section>
      )}
      {hasFields ? <FieldCharts id={id} between={between} /> : null}
    </Stack>
  );
}

const MEASURES = { kinds: ['MEASURE' as const], withFields: false };
const OUTCOMES = { kinds: ['ASSERTION' as const, 'TEST' as const] };
