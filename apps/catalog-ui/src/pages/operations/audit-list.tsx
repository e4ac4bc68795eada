import { Anchor, Button, Chip, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { useUrlState } from '../../lib/url-state.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty } from '../../ui/page.js';
import { PeriodFilter } from '../../ui/period-filter.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { StateBadge } from '../../ui/state-badge.js';
import { TextFilter } from '../../ui/text-filter.js';
import { Time } from '../../ui/time.js';
import { AUDIT, AUDIT_TYPES, auditFilterOf, type AuditLine } from './audit.js';
import { AuditFacts } from './audit-facts.js';

const PAGE = 50;

function Filters() {
  const { t } = useTranslation('administration');
  const [parameters, set] = useUrlState();
  const { from, to } = boundsOf(parameters);
  const isFiltered = ['type', 'actor', 'address', 'from', 'to'].some((name) => parameters.has(name));
  return (
    <Stack component="section" aria-label={t('filters')} gap="sm">
      <Group gap="xs">
        <Chip.Group
          multiple
          value={chosenOf(parameters, 'type', AUDIT_TYPES)}
          onChange={(types) => {
            set({ type: types.join(',') });
          }}
        >
          {AUDIT_TYPES.map((type) => (
            <Chip key={type} value={type} size="sm" variant="outline">
              {t(`types.${type}`)}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <Group gap="sm" align="flex-end">
        <TextFilter
          label={t('actor')}
          hint={t('actorHint')}
          value={parameters.get('actor')}
          onChange={(actor) => {
            set({ actor });
          }}
        />
        <TextFilter
          label={t('address')}
          hint={t('addressHint')}
          value={parameters.get('address')}
          onChange={(address) => {
            set({ address });
          }}
        />
        <PeriodFilter from={from} to={to} onChange={set} />
        {isFiltered ? (
          <Button
            variant="subtle"
            onClick={() => {
              set({ type: null, actor: null, address: null, from: null, to: null });
            }}
          >
            {t('clear')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

function useColumns(onActor: (actor: string) => void): readonly Column<AuditLine>[] {
  const { t } = useTranslation('administration');
  const { t: operations } = useTranslation('operations');
  return [
    {
      key: 'when',
      title: operations('when'),
      render: ({ at }) => (
        <span style={{ whiteSpace: 'nowrap' }}>
          <Time at={at} />
        </span>
      ),
    },
    {
      key: 'what',
      title: t('what'),
      render: ({ type }) =>
        type === 'REFUSED' ? (
          <StateBadge look="warn">{t('types.REFUSED')}</StateBadge>
        ) : (
          <span style={{ whiteSpace: 'nowrap' }}>{t(`types.${type}`)}</span>
        ),
    },
    {
      key: 'actor',
      title: t('actor'),
      render: ({ actor }) =>
        actor === null ? (
          <span className="hw-quiet">{t('nobody')}</span>
        ) : (
          <Anchor
            component="button"
            type="button"
            inherit
            className="hw-name"
            ta="left"
            title={t('onlyActor', { actor })}
            onClick={() => {
              onActor(actor);
            }}
          >
            {actor}
          </Anchor>
        ),
    },
    {
      key: 'address',
      title: t('address'),
      render: ({ address }) => <span className="hw-name">{address ?? t('commandLine')}</span>,
    },
    { key: 'details', title: t('details'), render: (line) => <AuditFacts line={line} /> },
  ];
}

/** Who signed in, was refused, or changed who may do what, the latest first. */
export function AuditList() {
  const { t } = useTranslation('administration');
  const [parameters, set] = useUrlState();
  const filter = auditFilterOf(parameters);
  const { after, earlier, showMore } = usePagesOf<AuditLine>(JSON.stringify(filter));
  const [{ data, error, fetching }, reload] = useQuery({
    query: AUDIT,
    variables: { filter, first: PAGE, after },
    requestPolicy: 'cache-and-network',
  });
  const columns = useColumns((actor) => {
    set({ actor });
  });
  return (
    <Stack gap="md">
      <Text className="hw-quiet">{t('auditLead')}</Text>
      <Filters />
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
        lines={8}
      >
        {({ accessEvents: { edges, pageInfo } }) => {
          const items = joined(earlier, edges, ({ id }) => id);
          if (items.length === 0) {
            return <Empty>{Object.keys(filter).length === 0 ? t('auditEmpty') : t('auditNone')}</Empty>;
          }
          return (
            <>
              <Records label={t('audit')} columns={columns} items={items} keyOf={({ id }) => id} />
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
    </Stack>
  );
}
