import { Anchor, Button, Chip, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { useUrlState } from '../../lib/url-state.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty } from '../../ui/page.js';
import { PeriodFilter } from '../../ui/period-filter.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { StateBadge } from '../../ui/state-badge.js';
import { TextFilter } from '../../ui/text-filter.js';
import { Time } from '../../ui/time.js';
import { summaryOf } from './event-body.js';
import { EventDrawer } from './event-drawer.js';
import { EVENT_KINDS, eventFilterOf, EVENTS, type ListedEvent } from './events.js';

function Filters() {
  const { t } = useTranslation('operations');
  const [parameters, set] = useUrlState();
  const { from, to } = boundsOf(parameters);
  const isFiltered = ['kind', 'node', 'from', 'to'].some((name) => parameters.has(name));
  return (
    <Stack component="section" aria-label={t('filters')} gap="sm">
      <Group gap="xs">
        <Chip.Group
          multiple
          value={chosenOf(parameters, 'kind', EVENT_KINDS)}
          onChange={(kinds) => {
            set({ kind: kinds.join(',') });
          }}
        >
          {EVENT_KINDS.map((kind) => (
            <Chip key={kind} value={kind} size="sm" variant="outline">
              {t(`kind.${kind}`)}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <Group gap="sm" align="flex-end">
        <TextFilter
          label={t('node')}
          hint={t('nodeHint')}
          value={parameters.get('node')}
          onChange={(node) => {
            set({ node });
          }}
        />
        <PeriodFilter from={from} to={to} onChange={set} />
        {isFiltered ? (
          <Button
            variant="subtle"
            onClick={() => {
              set({ kind: null, node: null, from: null, to: null });
            }}
          >
            {t('clear')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

function useColumns(onOpen: (position: string) => void): readonly Column<ListedEvent>[] {
  const { t, i18n } = useTranslation('operations');
  return [
    {
      key: 'when',
      title: t('when'),
      render: ({ position, receivedAt }) => (
        <Anchor
          component="button"
          type="button"
          inherit
          style={{ whiteSpace: 'nowrap' }}
          onClick={() => {
            onOpen(position);
          }}
        >
          <Time at={receivedAt} />
          <VisuallyHidden>: {t('open', { position })}</VisuallyHidden>
        </Anchor>
      ),
    },
    {
      key: 'kind',
      title: t('kindTitle'),
      render: ({ kind, body }) => {
        const { eventType } = summaryOf(body);
        return eventType === null ? t(`kind.${kind}`) : `${t(`kind.${kind}`)} · ${eventType}`;
      },
    },
    {
      key: 'about',
      title: t('about'),
      render: ({ body }) => {
        const { subject } = summaryOf(body);
        return subject === null ? <span className="hw-quiet">–</span> : <NodeIdLink id={subject.id} />;
      },
    },
    {
      key: 'producer',
      title: t('producer'),
      render: ({ body }) => <span className="hw-name">{summaryOf(body).producer ?? '–'}</span>,
    },
    {
      key: 'findings',
      title: t('findingCount'),
      render: ({ findings }) =>
        findings.length === 0 ? (
          <span className="hw-quiet">0</span>
        ) : (
          <StateBadge look="warn">{findings.length.toLocaleString(i18n.language)}</StateBadge>
        ),
    },
  ];
}

/** The events of the log, the latest first; one of them is open where the address names it. */
export function EventBrowser() {
  const { t, i18n } = useTranslation('operations');
  const [parameters, set] = useUrlState();
  const filter = eventFilterOf(parameters);
  const { after, earlier, showMore, startOver } = usePagesOf<ListedEvent>(JSON.stringify(filter));
  const [{ data, error, fetching }, reload] = useQuery({
    query: EVENTS,
    variables: { filter, after },
    requestPolicy: 'cache-and-network',
  });
  const again = (): void => {
    startOver();
    reload({ requestPolicy: 'network-only' });
  };
  const columns = useColumns((event) => {
    set({ event }, { push: true });
  });
  return (
    <Stack gap="md">
      <Filters />
      <Answer data={data} error={error} onRetry={again} lines={8}>
        {({ events: { edges, pageInfo } }) => {
          const items = joined(earlier, edges, ({ position }) => position);
          return (
            <>
              <Group justify="space-between">
                <Text role="status" size="sm" className="hw-quiet">
                  {t('loaded', { count: items.length, total: items.length.toLocaleString(i18n.language) })}
                </Text>
                <Button
                  variant="default"
                  size="compact-md"
                  leftSection={<IconRefresh size={16} aria-hidden />}
                  loading={fetching}
                  onClick={again}
                >
                  {t('latest')}
                </Button>
              </Group>
              {items.length === 0 ? (
                <Empty>
                  <Text fw={600}>{t('eventsNone')}</Text>
                  <Text>{t('eventsNoneHint')}</Text>
                </Empty>
              ) : (
                <Records label={t('events')} columns={columns} items={items} keyOf={({ position }) => position} />
              )}
              <MoreButton
                page={pageInfo}
                loading={fetching}
                onMore={(cursor) => {
                  showMore(cursor, items);
                }}
              />
            </>
          );
        }}
      </Answer>
      <EventDrawer
        position={parameters.get('event')}
        onClose={() => {
          set({ event: null });
        }}
      />
    </Stack>
  );
}
