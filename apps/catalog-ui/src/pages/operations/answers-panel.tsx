import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Section } from '../../ui/page.js';
import { Loading } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Time } from '../../ui/time.js';
import { explained, ingestAnswersOf, type IngestAnswer, type IngestAnswers } from './ingest-answers.js';

const AGAIN_MS = 10_000;

/** The server's own counts, again and again; undefined until they are here, null where it does not tell. */
function useIngestAnswers(): IngestAnswers | null | undefined {
  const [answers, setAnswers] = useState<IngestAnswers | null>();
  useEffect(() => {
    const stop = new AbortController();
    const load = async (): Promise<void> => {
      const response = await fetch('/metrics', { signal: stop.signal });
      setAnswers(response.ok ? ingestAnswersOf(await response.text()) : null);
    };
    const look = (): void => {
      load().catch(() => {
        if (!stop.signal.aborted) setAnswers(null);
      });
    };
    look();
    const again = setInterval(() => {
      if (document.visibilityState === 'visible') look();
    }, AGAIN_MS);
    return () => {
      clearInterval(again);
      stop.abort();
    };
  }, []);
  return answers;
}

function useColumns(): readonly Column<IngestAnswer>[] {
  const { t, i18n } = useTranslation('operations');
  return [
    {
      key: 'status',
      title: t('status'),
      render: ({ status }) => (
        <StateBadge look={status < 400 ? 'good' : status < 500 ? 'warn' : 'bad'}>{String(status)}</StateBadge>
      ),
    },
    { key: 'requests', title: t('requests'), render: ({ requests }) => requests.toLocaleString(i18n.language) },
    {
      key: 'meaning',
      title: t('meaning'),
      render: ({ status }) => {
        const known = explained(status);
        return known === null ? t('answerOther') : t(`answer.${known}`);
      },
    },
  ];
}

/** What senders were answered, and so how many events were refused, and why. */
export function AnswersPanel() {
  const { t } = useTranslation('operations');
  const columns = useColumns();
  const found = useIngestAnswers();
  return (
    <Section title={t('answers')}>
      {found === undefined ? (
        <Loading lines={3} />
      ) : found === null ? (
        <Empty>{t('answersUnavailable')}</Empty>
      ) : found.answers.length === 0 ? (
        <Empty>{t('answersNone')}</Empty>
      ) : (
        <>
          <Text size="sm" className="hw-quiet">
            {t('answersSince')} {found.since === null ? null : <Time at={found.since} />}.
          </Text>
          <Records
            label={t('answers')}
            columns={columns}
            items={found.answers}
            keyOf={({ status }) => String(status)}
            minWidth={360}
          />
        </>
      )}
    </Section>
  );
}
