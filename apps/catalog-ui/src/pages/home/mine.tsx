import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useViewer } from '../../graphql/viewer.js';
import { assetHref, href, partsOf } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { ChangeWords } from '../../ui/change-words.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { NewsLine } from '../saved/news-line.js';
import { searchAddress } from '../saved/search-address.js';
import { MINE, WHO, type Mine } from './mine-query.js';

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

type NeedKind = Mine['viewer']['needs'][number]['kind'];

const ownedBy = (agents: readonly string[]): string =>
  `/search?${new URLSearchParams(agents.map((agent) => ['owner', agent])).toString()}`;

/** Where all that has a need is found, and settled. */
function settledAt(kind: NeedKind, agents: readonly string[]): string {
  switch (kind) {
    case 'CONFIRM_OWNERSHIP':
      return assetHref(agents[0] ?? '');
    case 'SUGGESTED_TAGS':
      return '/suggestions';
    case 'UNOWNED_IN_DOMAIN':
      return href('/search', { unowned: '1' });
    case 'FINDINGS':
      return '/operations/findings';
    case 'UNDOCUMENTED':
      return ownedBy(agents);
  }
}

/** What the things that one answers for need, each with where it is settled. */
function Needs({ needs, agents }: { readonly needs: Mine['viewer']['needs']; readonly agents: readonly string[] }) {
  const { t, i18n } = useTranslation('home');
  return (
    <Section title={t('needs')}>
      {needs.length === 0 ? <Empty>{t('needsNone')}</Empty> : null}
      {needs.map(({ kind, total, isComplete, assets }) => (
        <Stack key={kind} gap="xs" mb="sm">
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
          <PageLink to={settledAt(kind, agents)} size="sm">
            {t(`settle.${kind}`)}
          </PageLink>
        </Stack>
      ))}
    </Section>
  );
}

/** Whom one is taken for: by the entered name, once for all ids of one agent. */
function Who({ first, agents }: { readonly first: string; readonly agents: readonly string[] }) {
  const { t } = useTranslation('home');
  const [{ data }] = useQuery({ query: WHO, variables: { id: first }, requestPolicy: 'cache-and-network' });
  const known = data?.agent ?? null;
  const of = new Set(known === null ? [] : [first, ...known.names.map(({ id }) => id)]);
  const shown = [
    ...(known === null ? [] : [{ id: known.agent.id, name: known.displayName }]),
    ...agents.filter((id) => !of.has(id)).map((id) => ({ id, name: partsOf(id).name })),
  ];
  return (
    <Text size="sm" className="hw-quiet">
      {t('as')}{' '}
      {shown.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <PageLink to={assetHref(id)} inherit underline="always" className="hw-name">
            {name}
          </PageLink>
        </span>
      ))}
    </Text>
  );
}

function Owned({ owned, agents }: { readonly owned: Mine['owned']; readonly agents: readonly string[] }) {
  const { t, i18n } = useTranslation('home');
  const address = ownedBy(agents);
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
      {agents[0] === undefined ? null : <Who first={agents[0]} agents={agents} />}
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
          {agents.length === 0 ? null : <Needs needs={viewer.needs} agents={agents} />}
          <Owned owned={owned} agents={agents} />
          <Followed searches={viewer.savedSearches} />
          <Viewed views={viewer.recentlyViewed} />
          <Edited changes={recentlyChanged} />
        </>
      )}
    </Answer>
  );
}
