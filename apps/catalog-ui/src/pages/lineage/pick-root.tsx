import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/tada.js';
import { href, lineageHref } from '../../lib/node-id.js';
import { KindIcon } from '../../ui/kind.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';

const CANDIDATES = graphql(`
  query LineageCandidates($query: String!, $orderBy: SearchOrder) {
    search(query: $query, orderBy: $orderBy, first: 12) {
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
const TYPING_MS = 80;

/** Where the explorer begins when no root is named: a search, and before anything is typed what is used most. */
export function PickRoot() {
  const { t } = useTranslation('lineage');
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), TYPING_MS);
  const [{ data, error }, reload] = useQuery({
    query: CANDIDATES,
    variables: { query, orderBy: query === '' ? 'POPULARITY' : 'RELEVANCE' },
  });
  return (
    <Page title={t('title')}>
      <Stack gap="md" maw={720}>
        <Text className="hw-quiet">{t('pickHint')}</Text>
        <TextInput
          size="md"
          type="search"
          autoFocus
          aria-label={t('pickLabel')}
          placeholder={t('pickLabel')}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
          }}
        />
        <Answer
          data={data}
          error={error}
          lines={6}
          onRetry={() => {
            reload({ requestPolicy: 'network-only' });
          }}
        >
          {({ search: { edges } }) =>
            edges.length === 0 ? (
              <Empty>
                <Text fw={600}>{query === '' ? t('pickNothingYet') : t('pickNone')}</Text>
                {query === '' ? <PageLink to="/start">{t('sendFirst')}</PageLink> : null}
              </Empty>
            ) : (
              <Stack gap="xs">
                <Text component="h2" fw={600} size="sm">
                  {query === '' ? t('mostUsed') : t('found')}
                </Text>
                <Stack component="ul" gap={6} p={0} m={0}>
                  {edges.map(({ node: { id, kind, displayName, namespace } }) => (
                    <Group key={id} component="li" className="hw-card" p="sm" gap="sm" wrap="nowrap">
                      <KindIcon kind={kind} size={20} />
                      <div style={{ minWidth: 0 }}>
                        <PageLink to={lineageHref(id)} className="hw-name" fw={550}>
                          {displayName}
                        </PageLink>
                        <Text size="sm" className="hw-quiet hw-name">
                          {namespace}
                        </Text>
                      </div>
                    </Group>
                  ))}
                </Stack>
                {query === '' ? null : (
                  <Button component="a" href={href('/search', { q: query })} variant="subtle" w="fit-content">
                    {t('searchAll')}
                  </Button>
                )}
              </Stack>
            )
          }
        </Answer>
      </Stack>
    </Page>
  );
}
