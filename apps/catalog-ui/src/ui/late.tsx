import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { latenessOf, type TimedRun } from '../lib/lateness.js';
import { StateBadge } from './state-badge.js';
import { lengthOfTime } from './time.js';

/** Says of a run that it is late. */
export function LateBadge() {
  const { t } = useTranslation();
  return <StateBadge look="warn">{t('late')}</StateBadge>;
}

/** Why a run is late: how long it goes on, and what is usual. */
export function LateReason({ run }: { readonly run: TimedRun }) {
  const { t, i18n } = useTranslation();
  const { elapsedMs, usualMs, isLong } = latenessOf(run);
  const elapsed = lengthOfTime(elapsedMs, i18n.language) ?? '';
  const usual = lengthOfTime(usualMs, i18n.language) ?? '';
  return (
    <Text size="sm" className="hw-quiet">
      {isLong ? t('lateLong', { elapsed, usual }) : t('lateBegun', { elapsed })}
    </Text>
  );
}
