import { Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { joined, usePagesOf } from '../../lib/pages-of.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { producersOf, type SeenProducer } from './producers.js';

const SENT = graphql(`
  query Sent($after: String) {
    events(first: 100, after: $after, filter: { kinds: [RUN, JOB, DATASET] }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          position
          body
          receivedAt
          findings {
            code
          }
        }
      }
    }
  }
`);

type SentEvent = ResultOf<typeof SENT>['events']['edges'][number]['node'];

function useColumns(): readonly Column<SeenProducer>[] {
  const { t, i18n } = useTranslation('operations');
  return [
    {
      key: 'producer',
      title: t('producer'),
      render: ({ producer }) => <span className="hw-name">{producer ?? t('noProducer')}</span>,
    },
    { key: 'last', title: t('lastSeen'), render: ({ lastAt }) => <Time at={lastAt} /> },
    { key: 'events', title: t('eventCount'), render: ({ events }) => events.toLocaleString(i18n.language) },
    { key: 'findings', title: t('findingCount'), render: ({ findings }) => findings.toLocaleString(i18n.language) },
  ];
}

/** Who sent the latest events; nothing lists all who ever did, so that it says how far it looked. */
export function ProducersPanel() {
  const { t, i18n } = useTranslation('operations');
  const columns = useColumns();
  const { after, earlier, showMore, startOver } = usePagesOf<SentEvent>('');
  const [{ data, error, fetching }, reload] = useQuery({
    query: SENT,
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
        {({ events: { edges, pageInfo } }) => {
          const seen = joined(earlier, edges, ({ position }) => position);
          const count = seen.length;
          const { endCursor, hasNextPage } = pageInfo;
          if (count === 0) {
            return (
              <Empty>
                <Text>{t('producersNone')}</Text>
                <PageLink to="/start">{t('producersEmptyAction')}</PageLink>
              </Empty>
            );
          }
          return (
            <>
              <Text size="sm" className="hw-quiet" role="status">
                {t(hasNextPage ? 'producersSpan' : 'producersAll', {
                  count,
                  total: count.toLocaleString(i18n.language),
                })}{' '}
                {t('producersSince')} <Time at={seen.at(-1)?.receivedAt} />.
              </Text>
              <Records
                label={t('producers')}
                columns={columns}
                items={producersOf(seen)}
                keyOf={({ producer }) => producer ?? ''}
                minWidth={420}
              />
              {hasNextPage && endCursor !== null ? (
                <Button
                  variant="default"
                  loading={fetching}
                  onClick={() => {
                    showMore(endCursor, seen);
                  }}
                >
                  {t('further')}
                </Button>
              ) : null}
            </>
          );
        }}
      </Answer>
    </Section>
  );
}
