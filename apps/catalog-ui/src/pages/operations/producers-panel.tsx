import { Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { PageLink } from '../../ui/link.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
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
        <>
          <span className="hw-name">{producer ?? t('noProducer')}</span>
          <Text size="sm" className="hw-quiet">
            {t('firstSeen')} <Time at={firstSeenAt} />
          </Text>
        </>
      ),
    },
    { key: 'last', title: t('lastSeen'), render: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    { key: 'events', title: t('eventCount'), render: ({ events, isExact }) => counted(events, isExact) },
    { key: 'findings', title: t('findingCount'), render: ({ findings, isExact }) => counted(findings, isExact) },
  ];
}

/** Everyone who ever sent an event that the viewer may see, whoever was heard last first. */
export function ProducersPanel() {
  const { t } = useTranslation('operations');
  const columns = useColumns();
  const { after, earlier, showMore, startOver } = usePagesOf<Producer>('');
  const [{ data, error, fetching }, reload] = useQuery({
    query: PRODUCERS,
    variables: { after },
    requestPolicy: 'cache-and-network',
  });
  const again = (): void => {
    startOver();
    reload({ requestPolicy: 'network-only' });
  };
  return (
    <Section
      title={t('producers')}
      actions={
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={fetching}
          onClick={again}
        >
          {t('latest')}
        </Button>
      }
    >
      <Answer data={data} error={error} onRetry={again}>
        {({ producers: { edges, pageInfo } }) => {
          const items = joined(earlier, edges, keyOf);
          if (items.length === 0) {
            return (
              <Empty>
                <Text>{t('producersNone')}</Text>
                <PageLink to="/start">{t('producersEmptyAction')}</PageLink>
              </Empty>
            );
          }
          return (
            <>
              {items.every(({ isExact }) => isExact) ? null : (
                <Text size="sm" className="hw-quiet">
                  {t('producersPart')}
                </Text>
              )}
              <Records label={t('producers')} columns={columns} items={items} keyOf={keyOf} minWidth={420} />
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
    </Section>
  );
}
