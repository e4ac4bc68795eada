import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';
import { lengthOfTime } from '../../ui/time.js';
import type { ProjectionStatus, SystemStatus } from './status.js';

function Part({ name, state, hint }: { readonly name: string; readonly state: ReactNode; readonly hint?: ReactNode }) {
  return (
    <Stack gap={2}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600}>{name}</Text>
        {state}
      </Group>
      {hint === undefined || hint === null ? null : (
        <Text size="sm" className="hw-quiet">
          {hint}
        </Text>
      )}
    </Stack>
  );
}

function Projection({
  name,
  status: { available, lagEvents, lagSeconds },
  hint,
}: {
  readonly name: string;
  readonly status: ProjectionStatus;
  readonly hint: string;
}) {
  const { t, i18n } = useTranslation('operations');
  if (!available)
    return <Part name={name} state={<StateBadge look="bad">{t('away')}</StateBadge>} hint={t('awayHint')} />;
  const lag = lagEvents ?? 0;
  if (lag === 0) return <Part name={name} state={<StateBadge look="good">{t('upToDate')}</StateBadge>} hint={hint} />;
  const time = lengthOfTime((lagSeconds ?? 0) * 1_000, i18n.language) ?? '';
  return (
    <Part
      name={name}
      state={
        <StateBadge look="warn">{t('behind', { count: lag, total: lag.toLocaleString(i18n.language) })}</StateBadge>
      }
      hint={`${t('lag', { time })}. ${hint}`}
    />
  );
}

function isExplained(problem: string): problem is 'STORE_DISK_FULL' | 'STORE_READ_ONLY' {
  return problem === 'STORE_DISK_FULL' || problem === 'STORE_READ_ONLY';
}

/** How the log and what is built from it stand. */
export function PartsPanel({ status }: { readonly status: SystemStatus }) {
  const { t } = useTranslation('operations');
  const { problem, catalog, graph, graphEngine, generation } = status;
  return (
    <Section title={t('parts')}>
      <Stack gap="md" role="status">
        <Part
          name={t('log')}
          state={
            problem === null ? (
              <StateBadge look="good">{t('works')}</StateBadge>
            ) : (
              <StateBadge look="bad">{t('cannot')}</StateBadge>
            )
          }
          hint={
            problem === null
              ? null
              : isExplained(problem)
                ? t(`problem.${problem}`)
                : t('problemOther', { code: problem })
          }
        />
        <Projection name={t('catalog')} status={catalog} hint={t('generation', { number: String(generation) })} />
        <Projection name={t('graph')} status={graph} hint={t('engine', { engine: t(`engines.${graphEngine}`) })} />
      </Stack>
    </Section>
  );
}
