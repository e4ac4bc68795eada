import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { News } from './saved-query.js';

type Counts = Pick<News, 'enteredCount' | 'leftCount' | 'changedCount' | 'isComplete' | 'isRestarted'>;

export const isQuiet = ({ enteredCount, leftCount, changedCount }: Counts): boolean =>
  enteredCount + leftCount + changedCount === 0;

/** What is new in one line. */
export function NewsLine({ news }: { readonly news: Counts }) {
  const { t } = useTranslation('saved');
  const { enteredCount, leftCount, changedCount, isComplete, isRestarted } = news;
  if (!isComplete && isQuiet(news)) return <Text size="sm">{t('tooBroad')}</Text>;
  if (isRestarted) return <Text size="sm">{t('restarted')}</Text>;
  if (isQuiet(news))
    return (
      <Text size="sm" className="hw-quiet">
        {t('quiet')}
      </Text>
    );
  const parts = [
    enteredCount > 0 ? t('entered', { count: enteredCount }) : null,
    leftCount > 0 ? t('left', { count: leftCount }) : null,
    changedCount > 0 ? t('changed', { count: changedCount }) : null,
    isComplete ? null : t('notAll'),
  ];
  return (
    <Text size="sm" fw={550}>
      {parts.filter(Boolean).join(' · ')}
    </Text>
  );
}
