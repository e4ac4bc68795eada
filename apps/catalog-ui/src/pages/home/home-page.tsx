import { Badge, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Restricted } from '../../access/restricted.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { href } from '../../lib/node-id.js';
import { SearchButton } from '../../shell/search-anywhere.js';
import { AssetLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { Attention } from './attention.js';
import { MineSections } from './mine.js';

const HOME = graphql(`
  query Home {
    status {
      position
      catalog {
        lagEvents
      }
      findings {
        code
        count
      }
    }
    changed: search(orderBy: UPDATED_AT, first: 8) {
      totalCount
      edges {
        node {
          id
          kind
          displayName
          namespace
          asset {
            updatedAt
          }
        }
      }
    }
    popular: search(orderBy: POPULARITY, first: 8, filter: { kinds: [DATASET] }) {
      edges {
        node {
          id
          kind
          displayName
          namespace
        }
      }
    }
  }
`);

type Home = ResultOf<typeof HOME>;
const SHOWN = 8;
const LOOK_EVERY_MS = 2_000;

function Findings({ findings }: { readonly findings: Home['status']['findings'] }) {
  const { t, i18n } = useTranslation('home');
  return (
    <Section title={t('findings')}>
      {findings.length === 0 ? (
        <Empty>{t('findingsNone')}</Empty>
      ) : (
        <Text className="hw-quiet">{t('findingsHint')}</Text>
      )}
      {findings.slice(0, SHOWN).map(({ code, count }) => (
        <Group key={code} justify="space-between" wrap="nowrap">
          <PageLink to={href('/operations/findings', { code })} className="hw-mono hw-name">
            {code}
          </PageLink>
          <Badge variant="default">{count.toLocaleString(i18n.language)}</Badge>
        </Group>
      ))}
    </Section>
  );
}

function Hits({
  title,
  hint,
  to,
  hits,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly to: string;
  readonly hits: Home['changed']['edges'] | Home['popular']['edges'];
}) {
  const { t } = useTranslation('home');
  return (
    <Section title={title} actions={<PageLink to={to}>{t('all')}</PageLink>}>
      {hint === undefined ? null : <Text className="hw-quiet">{hint}</Text>}
      {hits.map(({ node }) => (
        <Group key={node.id} justify="space-between" wrap="nowrap" align="flex-start">
          <AssetLink id={node.id} kind={node.kind} name={node.displayName} namespace={node.namespace} />
          {'asset' in node ? (
            <Text size="sm" className="hw-quiet" style={{ whiteSpace: 'nowrap' }}>
              <Time at={node.asset?.updatedAt} />
            </Text>
          ) : null}
        </Group>
      ))}
    </Section>
  );
}

/** Nothing is there yet: looks again by itself until something is. */
function FirstRun({ onLook }: { readonly onLook: () => void }) {
  const { t } = useTranslation('home');
  useInterval(onLook, LOOK_EVERY_MS, { autoInvoke: true });
  return (
    <Stack className="hw-card" p="xl" align="center" gap="sm">
      <Title order={2}>{t('emptyTitle')}</Title>
      <Text className="hw-quiet">{t('emptyLead')}</Text>
      <Button component={Link} href="/start">
        {t('emptyAction')}
      </Button>
    </Stack>
  );
}

/** What broke, what was odd, what moved; asked only by whoever may read it. */
function Overview() {
  const { t } = useTranslation('home');
  const [{ data, error }, reload] = useQuery({ query: HOME, requestPolicy: 'cache-and-network' });
  const lag = data?.status.catalog.lagEvents ?? 0;
  return (
    <>
      <Text size="sm" className="hw-quiet" role="status">
        {data === undefined ? ' ' : lag === 0 ? t('upToDate') : t('behind', { count: lag })}
      </Text>
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
        lines={8}
      >
        {({ changed, popular, status }) =>
          changed.totalCount === 0 ? (
            <FirstRun
              onLook={() => {
                reload({ requestPolicy: 'network-only' });
              }}
            />
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <MineSections />
              <Attention />
              <Findings findings={status.findings} />
              <Hits title={t('changed')} to={href('/search', { order: 'UPDATED_AT' })} hits={changed.edges} />
              <Hits
                title={t('popular')}
                hint={t('popularHint')}
                to={href('/search', { order: 'POPULARITY', kind: 'DATASET' })}
                hits={popular.edges}
              />
            </SimpleGrid>
          )
        }
      </Answer>
    </>
  );
}

/** Search first, then what somebody answers for today. */
export function HomePage() {
  const { t } = useTranslation('home');
  return (
    <Page title={t('title')}>
      <Stack gap="sm" maw={680}>
        <Text className="hw-quiet">{t('lead')}</Text>
        <SearchButton />
      </Stack>
      <Restricted to={['CATALOG_READ']}>
        <Overview />
      </Restricted>
    </Page>
  );
}
