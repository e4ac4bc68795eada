import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useMay } from '../../graphql/viewer.js';
import { href } from '../../lib/node-id.js';
import type { ResultOf } from '../../graphql/tada.js';
import { useConnection } from '../../lib/use-connection.js';
import { AssetLink } from '../../ui/asset-link.js';
import { Markdown } from '../../ui/markdown.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { EditAgent } from '../agents/agent-dialogs.js';
import { AgentIdentities, AgentList } from './agent-identities.js';
import { AGENT_PROFILE } from './agent-query.js';
import { AnswerOwner } from './answer-owner.js';
import { Details } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import { RoleLine } from './facts.js';
import { RESPONSIBLE_FOR } from './responsibility-query.js';
import { useAsOf } from './use-as-of.js';

const PAGE = 25;
/** The line says what was answered; the list stays as it is while one goes through it. */
const nothing = (): void => undefined;
const pageOf = ({ responsibleFor }: ResultOf<typeof RESPONSIBLE_FOR>) => responsibleFor;

/** A person, team or service: what it answers for, as what, and which edit, rule or facet says so. */
export function AgentView({ node }: { readonly node: NodeOf<'Agent'> }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const variables = useMemo(() => ({ agent: node.id, first: PAGE, asOf }), [node.id, asOf]);
  const connection = useConnection({
    query: RESPONSIBLE_FOR,
    variables,
    pageOf,
  });
  const { edges } = connection;
  const [{ data: known }, ask] = useQuery({ query: AGENT_PROFILE, variables: { id: node.id, asOf } });
  const profile = known?.agent ?? null;
  const entered = profile?.entered ?? [];
  const again = (): void => {
    ask({ requestPolicy: 'network-only' });
    connection.reload();
  };
  const mayEdit = useMay('CATALOG_EDIT');
  return (
    <Page
      title={profile?.displayName ?? node.agentName}
      actions={
        <Group gap="sm">
          {mayEdit ? <PageLink to={href('/edits', { from: node.id })}>{t('handOver')}</PageLink> : null}
          {profile === null || asOf !== null ? null : (
            <EditAgent
              id={entered[0]?.id ?? node.id}
              entered={entered[0] ?? null}
              name={profile.displayName}
              onChanged={again}
            />
          )}
        </Group>
      }
    >
      <Section title={t('details')}>
        <Details
          entries={[
            [t('kind'), node.kind],
            ...entered.flatMap(({ email, subject, enteredBy }): [string, string][] => [
              ...(email === null ? [] : [[t('agentEmail'), email] as [string, string]]),
              ...(subject === null ? [] : [[t('agentSubject'), subject] as [string, string]]),
              [t('domainBy'), enteredBy],
            ]),
          ]}
        />
        {entered.map(({ id, description }) => (description === null ? null : <Markdown key={id} text={description} />))}
      </Section>
      {profile === null ? null : (
        <>
          <AgentList title={t('agentMembers')} agents={profile.members} />
          <AgentList title={t('agentTeams')} agents={profile.teams} />
          <AgentIdentities profile={profile} isNow={asOf === null} onChanged={again} />
        </>
      )}
      <Section
        title={t('agentOwns')}
        actions={<PageLink to={href('/search', { owner: node.id })}>{t('agentSearch')}</PageLink>}
      >
        {edges?.length === 0 ? <Text className="hw-quiet">{t('agentOwnsNothing')}</Text> : null}
        <ul className={classes['list']}>
          {(edges ?? []).map(({ node: { asset, roles } }) => (
            <li key={asset.id}>
              <AssetLink
                id={asset.id}
                kind={asset.__typename.toUpperCase()}
                name={asset.displayName}
                namespace={asset.namespace}
              />
              {roles.map((role) => (
                <Group key={`${role.role} ${role.position}`} gap="xs" pl={28} justify="space-between" maw={860}>
                  <RoleLine owner={role} />
                  {asOf === null ? <AnswerOwner on={asset.id} place={asset} owner={role} onDone={nothing} /> : null}
                </Group>
              ))}
            </li>
          ))}
        </ul>
        <ConnectionEnd connection={connection} />
      </Section>
    </Page>
  );
}
