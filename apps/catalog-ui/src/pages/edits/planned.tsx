import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../access/refused.js';
import { Section } from '../../ui/page.js';
import { ProblemPanel } from '../../ui/problem.js';
import type { Plan } from './edits-query.js';
import { PlanView } from './plan-view.js';
import type { Start } from './use-start.js';

interface PlannedSectionProps<P extends Plan> {
  readonly start: Start<P>;
  readonly skip: number;
  readonly onSkip: (skip: number) => void;
  readonly onStart: (plan: P) => void;
  /** What there is beside assets. */
  readonly more?: ReactNode;
  /** How much there is beside assets that the job would change. */
  readonly others?: number;
}

/** The plan with the button that carries it out, or why there is none. */
export function PlannedSection<P extends Plan>({
  start,
  skip,
  onSkip,
  onStart,
  more,
  others = 0,
}: PlannedSectionProps<P>) {
  const { t, i18n } = useTranslation('edits');
  const { plan, refusal, error, isBusy, isOther } = start;
  return (
    <Stack gap="md">
      {error === null ? null : <ProblemPanel error={error} />}
      {refusal === null ? null : <Refused refusal={refusal} />}
      {plan === null ? null : (
        <Section title={t('plan')}>
          {isOther ? (
            <Alert role="alert" color="yellow" variant="light" icon={<IconInfoCircle />} title={t('otherTitle')}>
              {t('other')}
            </Alert>
          ) : null}
          <PlanView plan={plan} skip={skip} onSkip={onSkip} />
          {more}
          {plan.total + others === 0 ? null : (
            <Group>
              <Button
                loading={isBusy}
                onClick={() => {
                  onStart(plan);
                }}
              >
                {plan.total === 0
                  ? t('startRules')
                  : t('start', { count: plan.total, total: plan.total.toLocaleString(i18n.language) })}
              </Button>
            </Group>
          )}
        </Section>
      )}
    </Stack>
  );
}
