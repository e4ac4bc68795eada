import { Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import type { Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { CallerFields } from './caller-fields.js';
import { ListFilters } from './list-filters.js';
import { Advice, RefusalReason, RefusedSubject } from './refusal-words.js';
import {
  REFUSED_EVENTS,
  REFUSED_STATUSES,
  refusedFilterOf,
  refusedPageOf,
  type RefusedEvent,
  type RefusedStatus,
} from './refused-events.js';

const PAGE = 25;

function useColumns(onSender: (actor: string) => void): readonly Column<RefusedEvent>[] {
  const { t, i18n } = useTranslation('events');
  return [
    {
      key: 'when',
      title: t('when'),
      render: ({ lastAt, count }) => (
        <Stack gap={0} style={{ whiteSpace: 'nowrap' }}>
          <Time at={lastAt} />
          <span className="hw-quiet">{t('times', { count, total: count.toLocaleString(i18n.language) })}</span>
        </Stack>
      ),
    },
    { key: 'why', title: t('why'), render: (line) => <RefusalReason line={line} /> },
    { key: 'todo', title: t('todo'), render: ({ status }) => <Advice status={status} /> },
    { key: 'about', title: t('about'), render: (line) => <RefusedSubject line={line} /> },
    {
      key: 'sender',
      title: t('sender'),
      render: ({ actor, actorName, address, path }) => (
        <Stack gap={0} align="flex-start">
          {actor === null ? (
            <span className="hw-quiet">{t('senderUnknown')}</span>
          ) : (
            <Anchor
              component="button"
              type="button"
              inherit
              className="hw-name"
              ta="left"
              title={t('onlySender', { actor })}
              onClick={() => {
                onSender(actor);
              }}
            >
              {actorName ?? actor}
            </Anchor>
          )}
          {address === null ? null : <span className="hw-name hw-quiet">{address}</span>}
          <span className="hw-mono hw-quiet" style={{ whiteSpace: 'nowrap' }}>
            {path}
          </span>
        </Stack>
      ),
    },
  ];
}

/** Events that were refused for what they say, with what to do about it, the latest first. */
export function RefusedList() {
  const { t } = useTranslation('events');
  const [parameters, set] = useUrlState();
  const filter = refusedFilterOf(parameters);
  const connection = useConnection({
    query: REFUSED_EVENTS,
    variables: { filter, first: PAGE },
    pageOf: refusedPageOf,
  });
  const columns = useColumns((actor) => {
    set({ actor });
  });
  return (
    <Stack gap="md">
      <Text className="hw-quiet" maw={860}>
        {t('refusedLead')}
      </Text>
      <ListFilters
        chips={{ name: 'status', values: REFUSED_STATUSES, labelOf: (one) => t(`status.${one as RefusedStatus}`) }}
        names={['actor', 'address']}
      >
        <CallerFields
          caller={{ label: t('sender'), hint: t('senderHint') }}
          address={{ label: t('address'), hint: t('addressHint') }}
        />
      </ListFilters>
      <ConnectionRecords
        connection={connection}
        label={t('refused')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={Object.keys(filter).length === 0 ? t('refusedEmpty') : t('refusedNone')}
      />
    </Stack>
  );
}
