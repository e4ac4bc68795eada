import { Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import type { Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';

const PRODUCERS = graphql(`
  query Producers($after: String) {
    producers(first: 10, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          producer
          firstSeenAt
          lastSeenAt
          events
          findings
          isExact
        }
      }
    }
  }
`);

type Producer = ResultOf<typeof PRODUCERS>['producers']['edges'][number]['node'];

// A producer without a name is one, and none has an empty key beside it.
const keyOf = ({ producer }: Producer): string => JSON.stringify(producer);

function useColumns(): readonly Column<Producer>[] {
  const { t, i18n } = useTranslation('operations');
  const counted = (count: number, isExact: boolean): string =>
    isExact ? count.toLocaleString(i18n.language) : t('atLeast', { total: count.toLocaleString(i18n.language) });
  return [
    {
      key: 'producer',
      title: t('producer'),
      render: ({ producer, firstSeenAt }) => (
        <div style={{ minWidth: '12rem' }}>
          <span className="hw-name">{producer ?? t('noProducer')}</span>
          <Text size="sm" className="hw-quiet">
            {t('firstSeen')} <Time at={firstSeenAt} />
          </Text>
        </div>
      ),
    },
    { key: 'last', title: t('lastSeen'), render: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    { key: 'events', title: t('eventCount'), render: ({ events, isExact }) => counted(events, isExact) },
    { key: 'findings', title: t('findingCount'), render: ({ findings, isExact }) => counted(findings, isExact) },
  ];
}

const NONE = {};
const pageOf = ({ producers }: ResultOf<typeof PRODUCERS>) => producers;

/** Everyone who ever sent an event that the viewer may see, whoever was heard last first. */
export function ProducersPanel() {
  const { t } = useTranslation('operations');
  const columns = useColumns();
  const connection = useConnection({ query: PRODUCERS, variables: NONE, pageOf });
  const { edges, isLoading, reload } = connection;
  return (
    <Section
      title={t('producers')}
      actions={
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={isLoading}
          onClick={reload}
        >
          {t('latest')}
        </Button>
      }
    >
      {edges === undefined || edges.every(({ node }) => node.isExact) ? null : (
        <Text size="sm" className="hw-quiet">
          {t('producersPart')}
        </Text>
      )}
      <ConnectionRecords
        connection={connection}
        label={t('producers')}
        columns={columns}
        keyOf={keyOf}
        minWidth={420}
        empty={
          <>
            <Text>{t('producersNone')}</Text>
            <PageLink to="/start">{t('producersEmptyAction')}</PageLink>
          </>
        }
      />
    </Section>
  );
}
