import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useViewer } from '../../graphql/viewer.js';
import { assetHref, href } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { ChangeWords } from '../../ui/change-words.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { NewsLine } from '../saved/news-line.js';
import { searchAddress } from '../saved/search-address.js';
import { MINE, type Mine } from './mine-query.js';

const NOBODY: readonly string[] = [];

interface Linked {
  readonly __typename: string;
  readonly id: string;
  readonly displayName: string;
  readonly namespace: string | null;
}

function Line({ asset, children }: { readonly asset: Linked; readonly children?: ReactNode }) {
  return (
    <Stack component="li" gap={0} style={{ listStyle: 'none' }}>
      <AssetLink
        id={asset.id}
        kind={asset.__typename.toUpperCase()}
        name={asset.displayName}
        namespace={asset.namespace}
      />
      {children === undefined ? null : <div style={{ paddingInlineStart: 26 }}>{children}</div>}
    </Stack>
  );
}

function List({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack component="ul" gap="xs" p={0} m={0} aria-label={label}>
      {children}
    </Stack>
  );
}

/** What the things that one answers for need, each with where it is settled. */
function Needs({ needs }: { readonly needs: Mine['viewer']['needs'] }) {
  const { t, i18n } = useTranslation('home');
  return (
    <Section title={t('needs')}>
      {needs.length === 0 ? <Empty>{t('needsNone')}</Empty> : null}
      {needs.map(({ kind, total, isComplete, assets }) => (
        <Stack key={kind} gap="xs">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Title order={3}>{t(`need.${kind}`)}</Title>
            <Badge variant="default" style={{ flexShrink: 0 }}>
              {isComplete ? total.toLocaleString(i18n.language) : t('atLeast', { count: total })}
            </Badge>
          </Group>
          <List label={t(`need.${kind}`)}>
            {assets.map((asset) => (
              <Line key={asset.id} asset={asset} />
            ))}
          </List>
        </Stack>
      ))}
    </Section>
  );
}

function Owned({ owned, agents }: { readonly owned: Mine['owned']; readonly agents: readonly string[] }) {
  const { t, i18n } = useTranslation('home');
  const address = `/search?${new URLSearchParams(agents.map((agent) => ['owner', agent])).toString()}`;
  const count = owned?.totalCount ?? 0;
  return (
    <Section
      title={t('owned')}
      actions={
        count > 0 ? (
          <PageLink to={address}>{t('allOf', { total: count.toLocaleString(i18n.language) })}</PageLink>
        ) : null
      }
    >
      {count === 0 ? <Empty>{t(agents.length === 0 ? 'ownedNobody' : 'ownedNone')}</Empty> : null}
      <List label={t('owned')}>
        {owned?.edges.map(({ node }) => (
          <Line key={node.id} asset={{ ...node, __typename: node.kind }} />
        ))}
      </List>
      {agents.length === 0 ? null : (
        <Text size="sm" className="hw-quiet">
          {t('as')}{' '}
          {agents.map((agent, index) => (
            <span key={agent}>
              {index === 0 ? '' : ', '}
              <PageLink to={assetHref(agent)} inherit className="hw-name">
                {decodeURIComponent(agent.split(':')[2] ?? agent)}
              </PageLink>
            </span>
          ))}
        </Text>
      )}
    </Section>
  );
}

function Followed({ searches }: { readonly searches: Mine['viewer']['savedSearches'] }) {
  const { t } = useTranslation('home');
  return (
    <Section title={t('followed')} actions={<PageLink to="/saved">{t('all')}</PageLink>}>
      {searches.length === 0 ? <Empty>{t('followedNone')}</Empty> : null}
      <List label={t('followed')}>
        {searches.map((search) => (
          <Stack key={search.id} component="li" gap={0} style={{ listStyle: 'none' }}>
            <PageLink to={searchAddress(search)} fw={550} className="hw-name">
              {search.name}
            </PageLink>
            {search.news === null ? null : <NewsLine news={search.news} />}
          </Stack>
        ))}
      </List>
    </Section>
  );
}

function Viewed({ views }: { readonly views: Mine['viewer']['recentlyViewed'] }) {
  const { t } = useTranslation('home');
  return (
    <Section title={t('viewed')}>
      {views.length === 0 ? <Empty>{t('viewedNone')}</Empty> : null}
      <List label={t('viewed')}>
        {views.map(({ asset, at }) => (
          <Line key={asset.id} asset={asset}>
            <Text size="sm" className="hw-quiet">
              <Time at={at} />
            </Text>
          </Line>
        ))}
      </List>
    </Section>
  );
}

function Edited({ changes }: { readonly changes: Mine['recentlyChanged'] }) {
  const { t } = useTranslation('home');
  return (
    <Section
      title={t('edited')}
      actions={<PageLink to={href('/operations/events', { kind: 'EDIT' })}>{t('allEdits')}</PageLink>}
    >
      {changes.length === 0 ? <Empty>{t('editedNone')}</Empty> : null}
      <List label={t('edited')}>
        {changes.map((change) => (
          <Line key={`${change.asset.id} ${change.kind}`} asset={change.asset}>
            <ChangeWords change={change} />
          </Line>
        ))}
      </List>
    </Section>
  );
}

/** What is about whoever looks: what needs them, what they own, what they follow and looked at, and who changed what. */
export function MineSections() {
  const agents = useViewer()?.agents ?? NOBODY;
  const [{ data, error }, reload] = useQuery({
    query: MINE,
    variables: { agents: [...agents], isSomebody: agents.length > 0 },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Answer
      data={data}
      error={error}
      onRetry={() => {
        reload({ requestPolicy: 'network-only' });
      }}
      lines={8}
    >
      {({ viewer, owned, recentlyChanged }) => (
        <>
          {agents.length === 0 ? null : <Needs needs={viewer.needs} />}
          <Owned owned={owned} agents={agents} />
          <Followed searches={viewer.savedSearches} />
          <Viewed views={viewer.recentlyViewed} />
          <Edited changes={recentlyChanged} />
        </>
      )}
    </Answer>
  );
}
