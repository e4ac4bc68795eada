import { Badge, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useDocumentVisibility, useInterval } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useMayAny } from '../../access/restricted.js';
import { href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Loading, ProblemPanel } from '../../ui/problem.js';
import { AnswersPanel } from './answers-panel.js';
import { CodeMeaning } from './code-meaning.js';
import { PartsPanel } from './parts-panel.js';
import { ProducersPanel } from './producers-panel.js';
import { averageRate, gained, ratesOf, withSample, type Sample } from './rates.js';
import { RefusedPanel } from './refused-panel.js';
import { STATUS, type SystemStatus } from './status.js';

const RateChart = lazy(() => import('./rate-chart.js'));
const POLL_MS = 3_000;

/** The latest status, asked for again and again while the page is in sight, and the samples that came of it. */
function useStatus() {
  const [{ data, error }, ask] = useQuery({ query: STATUS, requestPolicy: 'network-only' });
  const [latest, setLatest] = useState<SystemStatus | null>(null);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const isSeen = useDocumentVisibility() === 'visible';
  const { start, stop } = useInterval(() => {
    ask({ requestPolicy: 'network-only' });
  }, POLL_MS);
  useEffect(() => {
    if (isSeen) start();
    return stop;
  }, [isSeen, start, stop]);
  useEffect(() => {
    if (data === undefined) return;
    setLatest(data.status);
    setSamples((before) => withSample(before, { at: Date.now(), position: data.status.position }));
  }, [data]);
  const retry = (): void => {
    ask({ requestPolicy: 'network-only' });
  };
  return { latest, samples, error, retry };
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Stack gap={0}>
      <Text size="sm" className="hw-quiet">
        {label}
      </Text>
      <Text fz={24} fw={620} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {value}
      </Text>
    </Stack>
  );
}

function IngestPanel({ position, samples }: { readonly position: string; readonly samples: readonly Sample[] }) {
  const { t, i18n } = useTranslation('operations');
  const rates = ratesOf(samples);
  const shown = (rate: number | null | undefined): string =>
    rate === null || rate === undefined ? '–' : rate.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  const more = gained(samples);
  return (
    <Section title={t('ingest')}>
      <Group gap="xl" align="flex-start">
        <Figure label={t('rateNow')} value={shown(rates.at(-1)?.perSecond)} />
        <Figure label={t('rateAverage')} value={shown(averageRate(samples))} />
        <Figure
          label={t('position')}
          value={Number(position.slice(position.lastIndexOf('.') + 1)).toLocaleString(i18n.language)}
        />
      </Group>
      {rates.length < 2 ? (
        <Group h={160} justify="center">
          <Text size="sm" className="hw-quiet">
            {t('chartSoon')}
          </Text>
        </Group>
      ) : (
        <Suspense fallback={<Skeleton height={160} />}>
          <RateChart rates={rates} />
        </Suspense>
      )}
      <Text size="sm" className="hw-quiet">
        {t('gained', { count: more, total: more.toLocaleString(i18n.language) })}.{' '}
        {t('ingestHint', { seconds: String(POLL_MS / 1_000) })}
      </Text>
    </Section>
  );
}

function FindingsPanel({ findings }: { readonly findings: SystemStatus['findings'] }) {
  const { t, i18n } = useTranslation('operations');
  return (
    <Section title={t('findings')}>
      {findings.length === 0 ? <Empty>{t('findingsNone')}</Empty> : null}
      {findings.map(({ code, count }) => (
        <Stack key={code} gap={2}>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <PageLink to={href('/operations/findings', { code })} className="hw-mono hw-name">
              {code}
            </PageLink>
            <Badge variant="default">{count.toLocaleString(i18n.language)}</Badge>
          </Group>
          <CodeMeaning code={code} />
        </Stack>
      ))}
    </Section>
  );
}

/** How the catalog runs just now. */
export function Overview() {
  const { latest, samples, error, retry } = useStatus();
  const mayAudit = useMayAny(['AUDIT_READ', 'ADMIN']);
  return (
    <Stack gap="lg">
      {error === undefined ? null : <ProblemPanel error={error} onRetry={retry} />}
      {latest === null ? (
        error === undefined ? (
          <Loading lines={6} />
        ) : null
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap="lg" miw={0}>
            <IngestPanel position={latest.position} samples={samples} />
            <PartsPanel status={latest} />
            <AnswersPanel />
            {mayAudit ? <RefusedPanel /> : null}
          </Stack>
          <Stack gap="lg" miw={0}>
            <ProducersPanel />
            <FindingsPanel findings={latest.findings} />
          </Stack>
        </SimpleGrid>
      )}
    </Stack>
  );
}
