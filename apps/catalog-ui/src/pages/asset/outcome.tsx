import { Badge } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Metric } from './quality-query.js';

export const OUTCOME_LOOKS = {
  held: { Icon: IconCheck, color: 'var(--hw-good)' },
  failed: { Icon: IconX, color: 'var(--hw-bad)' },
} as const;

export const outcomeOf = ({ success, value }: Metric): keyof typeof OUTCOME_LOOKS =>
  (success ?? value > 0) ? 'held' : 'failed';

/** Whether an assertion or a test held, by sign, word and color. */
export function Outcome({ metric }: { readonly metric: Metric }) {
  const { t } = useTranslation('quality');
  const outcome = outcomeOf(metric);
  const { Icon, color } = OUTCOME_LOOKS[outcome];
  return (
    <Badge
      variant="outline"
      tt="none"
      leftSection={<Icon size={12} aria-hidden />}
      miw="max-content"
      style={{ color, borderColor: color }}
    >
      {t(outcome)}
    </Badge>
  );
}
