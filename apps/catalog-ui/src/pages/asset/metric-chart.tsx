import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { zonedTime } from '../../ui/time.js';
import { chartTicks } from './chart-ticks.js';

interface MetricChartProps {
  /** The earliest first. */
  readonly points: readonly { readonly at: string; readonly value: number }[];
  readonly height: number;
  readonly shown: (value: number) => string;
  /** The same in words. */
  readonly label: string;
}

/** A measurement over time. Loaded on demand: charts are most of what the page weighs. */
export default function MetricChart({ points, height, shown, label }: MetricChartProps) {
  const { i18n } = useTranslation();
  const data = points.map(({ at, value }) => ({ at: Date.parse(at), value }));
  const { ticks, labelOf } = chartTicks(
    data.map(({ at }) => at),
    i18n.language,
  );
  return (
    <div role="img" aria-label={label}>
      <LineChart
        h={height}
        data={data}
        dataKey="at"
        series={[{ name: 'value', color: 'var(--hw-dataset)' }]}
        curveType="linear"
        strokeWidth={1.8}
        dotProps={{ r: 2.5, strokeWidth: 1 }}
        gridAxis="x"
        tickLine="none"
        valueFormatter={shown}
        xAxisProps={{
          type: 'number',
          scale: 'time',
          domain: ['dataMin', 'dataMax'],
          ticks: [...ticks],
          tickFormatter: labelOf,
          padding: { left: 8, right: 8 },
        }}
        yAxisProps={{ width: 72, domain: ['auto', 'auto'], tickCount: 4 }}
        lineProps={{ isAnimationActive: false }}
        lineChartProps={{ accessibilityLayer: false }}
        tooltipProps={{
          // Without a point under the pointer there is no moment either.
          labelFormatter: (at) => (typeof at === 'number' ? zonedTime(new Date(at).toISOString(), i18n.language) : ''),
        }}
      />
    </div>
  );
}
