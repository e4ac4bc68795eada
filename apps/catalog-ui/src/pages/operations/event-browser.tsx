import { Anchor, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../graphql/tada.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { AssetFilter } from '../../ui/asset-filter.js';
import { NodeIdLink } from '../../ui/asset-link.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import type { Column } from '../../ui/records.js';
import { EditWords } from '../../ui/edit-words.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Time } from '../../ui/time.js';
import { EventDrawer } from './event-drawer.js';
import { EVENT_KINDS, eventFilterOf, EVENTS, type EventKind, type ListedEvent } from './events.js';
import { ListFilters } from './list-filters.js';

const ASSETS = ['DATASET', 'JOB'] as const;

function useColumns(onOpen: (position: string) => void): readonly Column<ListedEvent>[] {
  const { t, i18n } = useTranslation('operations');
  const { t: general } = useTranslation();
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
      render: ({ kind, summary }) =>
        summary !== null && summary.edits.length > 0 ? (
          <>
            {t(`kind.${kind}`)} · <EditWords edits={summary.edits} />
          </>
        ) : (
          [t(`kind.${kind}`), summary?.eventType ? general(`eventType.${summary.eventType}`) : null]
            .filter(Boolean)
            .join(' · ')
        ),
    },
    {
      key: 'about',
      title: t('about'),
      render: ({ summary }) =>
        summary?.subjectId == null ? <span className="hw-quiet">–</span> : <NodeIdLink id={summary.subjectId} />,
    },
    {
      key: 'producer',
      title: t('producer'),
      render: ({ summary }) => <span className="hw-name">{summary?.producer ?? '–'}</span>,
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

const pageOf = ({ events }: ResultOf<typeof EVENTS>) => events;

/** The events of the log, the latest first; one of them is open where the address names it. */
export function EventBrowser() {
  const { t, i18n } = useTranslation('operations');
  const [parameters, set] = useUrlState();
  const connection = useConnection({ query: EVENTS, variables: { filter: eventFilterOf(parameters) }, pageOf });
  const columns = useColumns((event) => {
    set({ event }, { push: true });
  });
  return (
    <Stack gap="md">
      <ListFilters
        chips={{ name: 'kind', values: EVENT_KINDS, labelOf: (kind) => t(`kind.${kind as EventKind}`) }}
        names={['node']}
      >
        <AssetFilter
          label={t('node')}
          hint={t('nodeHint')}
          kinds={ASSETS}
          value={parameters.get('node')}
          onChange={(node) => {
            set({ node });
          }}
        />
      </ListFilters>
      <ConnectionRecords
        connection={connection}
        label={t('events')}
        columns={columns}
        keyOf={({ position }) => position}
        shown={(count) => t('loaded', { count, total: count.toLocaleString(i18n.language) })}
        empty={
          <>
            <Text fw={600}>{t('eventsNone')}</Text>
            <Text>{t('eventsNoneHint')}</Text>
          </>
        }
      />
      <EventDrawer
        position={parameters.get('event')}
        onClose={() => {
          set({ event: null });
        }}
      />
    </Stack>
  );
}
