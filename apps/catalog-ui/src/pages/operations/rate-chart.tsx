import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { Rate } from './rates.js';

/** Entries per second over time; the numbers beside it say the same in words. */
export default function RateChart({ rates }: { readonly rates: readonly Rate[] }) {
  const { t, i18n } = useTranslation('operations');
  const clock = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' });
  const now = rates.at(-1)?.perSecond ?? 0;
  const rate = now.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  return (
    <div role="img" aria-label={t('chart', { rate })}>
      <AreaChart
        h={160}
        data={rates.map(({ at, perSecond }) => ({ at: clock.format(at), perSecond }))}
        dataKey="at"
        series={[{ name: 'perSecond', label: t('chartSeries'), color: 'var(--hw-dataset)' }]}
        curveType="monotone"
        withDots={false}
        areaProps={{ isAnimationActive: false }}
        areaChartProps={{ accessibilityLayer: false }}
        yAxisProps={{ domain: [0, (most: number) => Math.max(1, most)], width: 44, tickCount: 3 }}
        xAxisProps={{ minTickGap: 48 }}
        valueFormatter={(value) => value.toLocaleString(i18n.language, { maximumFractionDigits: 1 })}
      />
    </div>
  );
}
