import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconLink, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { plan as messages } from '../../i18n/messages/plan.js';
import { useSearchParameters } from '../../lib/search-parameters.js';
import { Page } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { usePrintLight } from '../asset/print-light.js';
import { Checklist } from './checklist.js';
import { PLAN, type Plan } from './plan-query.js';
import { Targets } from './targets.js';
import { useTicks } from './use-ticks.js';
import { Costs, Ways } from './ways.js';

addMessages('plan', messages);

interface FoundProps {
  readonly found: Plan;
  /** The goal of the way that is shown; null: the plan. */
  readonly way: string | null;
  readonly targets: readonly string[];
  readonly onWay: (goal: string | null) => void;
}

function Found({ found, way, targets, onWay }: FoundProps) {
  const { t } = useTranslation('plan');
  const options = [found.plan, ...found.alternatives];
  const shown = options.find(({ goals }) => goals.some((goal) => goal === way)) ?? found.plan;
  const ticks = useTicks([...targets].sort().join(' '));
  return (
    <Stack gap="lg">
      {found.isComplete ? null : <Text role="note">{t('incomplete')}</Text>}
      <Costs option={shown} />
      <Checklist option={shown} ticks={ticks} />
      <Ways
        options={options}
        shown={shown}
        onShow={({ goals }) => {
          onWay(goals.includes('FEWEST_COMPONENTS') ? null : (goals[0] ?? null));
        }}
      />
    </Stack>
  );
}

function Asked({ targets, way, onWay }: Omit<FoundProps, 'found'>) {
  const [{ data, error }, ask] = useQuery({
    query: PLAN,
    variables: { targets: [...targets] },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Answer
      data={error === undefined ? data : undefined}
      error={error}
      onRetry={() => {
        ask({ requestPolicy: 'network-only' });
      }}
    >
      {({ collectionPlan }) => <Found found={collectionPlan} way={way} targets={targets} onWay={onWay} />}
    </Answer>
  );
}

function Actions() {
  const { t } = useTranslation('plan');
  return (
    <Group gap="xs" className="hw-noprint">
      <CopyButton value={window.location.href}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconLink size={14} aria-hidden />}
          >
            {t(copied ? 'copied' : 'share')}
          </Button>
        )}
      </CopyButton>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPrinter size={14} aria-hidden />}
        onClick={() => {
          window.print();
        }}
      >
        {t('print')}
      </Button>
    </Group>
  );
}

/** How fields that somebody wants in one table are collected: a checklist whose address can be shared. */
export default function PlanPage() {
  const { t } = useTranslation('plan');
  const [parameters, setParameters] = useSearchParameters();
  const targets = [...new Set(parameters.getAll('target'))].filter((id) => id !== '');
  usePrintLight();
  const change = (name: string, values: readonly string[]): void => {
    setParameters((before) => {
      const next = new URLSearchParams(before);
      next.delete(name);
      for (const value of values) next.append(name, value);
      return next;
    });
  };
  return (
    <Page title={t('title')} actions={targets.length === 0 ? null : <Actions />}>
      <Text className="hw-quiet">{t('lead')}</Text>
      <Targets
        targets={targets}
        onChange={(next) => {
          change('target', next);
        }}
      />
      {targets.length === 0 ? null : (
        <Asked
          targets={targets}
          way={parameters.get('way')}
          onWay={(goal) => {
            change('way', goal === null ? [] : [goal]);
          }}
        />
      )}
    </Page>
  );
}
