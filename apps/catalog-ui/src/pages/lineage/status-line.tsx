import { Button, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { hasGroupLoop } from './graph/group-loop.js';
import { restAfter } from './answers.js';
import type { Explorer } from './use-explorer.js';
import type { ViewControl } from './use-view.js';
import { Time } from '../../ui/time.js';

/** How much is shown, what is left out and why, and what changed while one looked. */
export function StatusLine({ view, change: changeView, explorer }: ViewControl & { readonly explorer: Explorer }) {
  const { t, i18n } = useTranslation('lineage');
  const { shown, exploration, base, baseQuestion, answers, change, diff } = explorer;
  const { filtered } = exploration.visible;
  const number = (count: number): string => count.toLocaleString(i18n.language);
  const last = base.pages.at(-1);
  const isLoop = useMemo(() => hasGroupLoop(shown), [shown]);
  const isCut = !base.isLoading && restAfter(last) !== null;
  return (
    <Group gap="md" role="status" mih={26}>
      <Text size="sm" className="hw-quiet">
        {t('countNodes', { count: shown.nodes.length, total: number(shown.nodes.length) })}
        {', '}
        {t('countEdges', { count: shown.edges.length, total: number(shown.edges.length) })}
        {answers.isLoading ? ` · ${t('loadingMore')}` : ''}
        {filtered > 0 ? ` · ${t('filteredAway', { count: filtered })}` : ''}
        {diff.isPart ? ` · ${t('comparePart')}` : ''}
      </Text>
      {isCut && last?.truncatedBecause === 'TIME' ? <Text size="sm">{t('cutByTime')}</Text> : null}
      {isCut ? (
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => {
            answers.loadMore(baseQuestion);
          }}
        >
          {t('loadMore')}
        </Button>
      ) : null}
      {shown.nodes.length === 1 && shown.edges.length === 0 && !answers.isLoading ? (
        <Text size="sm">{t('alone')}</Text>
      ) : null}
      {isLoop ? <Text size="sm">{t('groupLoop')}</Text> : null}
      {view.groupBy !== null && view.openGroups.length > 0 ? (
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => {
            changeView(() => ({ openGroups: [] }));
          }}
        >
          {t('collapseAgain')}
        </Button>
      ) : null}
      {change === null ? null : (
        <Text size="sm">
          {t('live', { added: String(change.added), lapsed: String(change.lapsed) })} · <Time at={change.at} />
        </Text>
      )}
    </Group>
  );
}
