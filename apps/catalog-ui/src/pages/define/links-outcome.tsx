import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultLines, RefusalWords } from '../../access/refusal-words.js';
import { isKnownRefusal } from './define-outcome.js';
import type { LinkOutcome } from './send-links.js';
import type { DefineControl } from './use-define.js';

function Outcome({ outcome }: { readonly outcome: LinkOutcome }) {
  const { t } = useTranslation('define');
  const { dataset, is } = outcome;
  const name = dataset.name;
  if (is === 'MADE') return <>{t(outcome.do === 'add' ? 'linkAdded' : 'linkRemoved', { name })}</>;
  const lead = t(outcome.do === 'add' ? 'linkNotAdded' : 'linkNotRemoved', { name });
  if (is === 'FAILED')
    return (
      <>
        {lead} {t('linkUnanswered')}
      </>
    );
  const { reason, faults } = outcome.refusal;
  return (
    <>
      {lead} {isKnownRefusal(reason) ? t(`refused.${reason}`) : <RefusalWords refusal={outcome.refusal} />}
      <FaultLines faults={faults} />
    </>
  );
}

/** The definition is saved and some of its datasets are not: each with what became of it, and the choice. */
export function LinksOutcome({ control: { state, retryLinks, settle } }: { readonly control: DefineControl }) {
  const { t } = useTranslation('define');
  const box = useRef<HTMLDivElement>(null);
  const isShown = state.phase === 'PARTLY';
  useEffect(() => {
    if (isShown) box.current?.focus();
  }, [isShown, state]);
  if (!isShown) return null;
  return (
    <Alert
      ref={box}
      role="alert"
      tabIndex={-1}
      variant="default"
      icon={<IconAlertTriangle color="var(--hw-warn)" />}
      title={t('partlyTitle')}
    >
      <Stack gap="sm">
        <Text>{t('partly')}</Text>
        <List size="sm" withPadding>
          {state.outcomes.map((outcome) => (
            <List.Item key={`${outcome.do} ${outcome.dataset.id}`} className="hw-name">
              <Outcome outcome={outcome} />
            </List.Item>
          ))}
        </List>
        <Group gap="xs">
          <Button variant="default" onClick={settle}>
            {t('partlyLeave')}
          </Button>
          <Button onClick={retryLinks}>{t('partlyAgain')}</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
