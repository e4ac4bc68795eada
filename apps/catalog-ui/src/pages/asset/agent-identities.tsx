import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../../graphql/viewer.js';
import { nameOfAgent } from '../../lib/agents.js';
import { href } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { kindOfAgent } from '../../ui/kind.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { AgentDialog, type AgentWish } from './agent-dialog.js';
import type { AgentProfile } from './agent-query.js';
import classes from './asset.module.css';

interface AgentIdentitiesProps {
  readonly profile: AgentProfile;
  readonly isNow: boolean;
  readonly onChanged: () => void;
}

/** Under which ids an agent is known and why, whom it is kept apart from, and what to do where that is wrong. */
export function AgentIdentities({ profile, isNow, onChanged }: AgentIdentitiesProps) {
  const { t } = useTranslation('asset');
  const mayMerge = useMayMerge() && isNow;
  const [wish, setWish] = useState<AgentWish | null>(null);
  const { names, apart, agent } = profile;
  return (
    <Section
      title={t('agentNames')}
      actions={
        mayMerge ? (
          <Button
            variant="default"
            size="compact-sm"
            className="hw-noprint"
            onClick={() => {
              setWish({ kind: 'MERGE' });
            }}
          >
            {t('agentMerge')}
          </Button>
        ) : undefined
      }
    >
      <ul className={classes['list']}>
        {names.map(({ id, identities }) => (
          <li key={id}>
            <Group justify="space-between" gap="xs" maw={860}>
              <Text className="hw-name" fw={550}>
                {nameOfAgent(id)}
              </Text>
              {mayMerge && names.length > 1 ? (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  className="hw-noprint"
                  aria-label={t('agentSplitOf', { name: nameOfAgent(id) })}
                  onClick={() => {
                    setWish({ kind: 'SPLIT', id });
                  }}
                >
                  {t('agentSplit')}
                </Button>
              ) : null}
            </Group>
            <Stack gap={2} pl={12}>
              {identities.map(({ basis, value, enteredBy, because, reason, position, recordedAt }) => (
                <Text key={`${basis} ${value} ${position}`} size="xs" className="hw-quiet hw-name">
                  <PageLink
                    to={href('/operations/events', { event: position })}
                    inherit
                    underline="always"
                    title={because}
                  >
                    {t(`agentBasis.${basis}`, { value: basis === 'EDIT' ? nameOfAgent(value) : value })}
                  </PageLink>
                  {enteredBy === null ? null : ` (${enteredBy})`}, {t('since')} <Time at={recordedAt} absolute />
                  {reason === null ? null : ` · ${reason}`}
                </Text>
              ))}
            </Stack>
          </li>
        ))}
      </ul>
      {apart.map(({ id, from, enteredBy, reason, position, recordedAt }) => (
        <Text key={`${id} ${from.id}`} size="xs" className="hw-quiet hw-name">
          <PageLink to={href('/operations/events', { event: position })} inherit underline="always">
            {t('agentApart', {
              name: nameOfAgent(id),
              from: nameOfAgent(from.id),
              by: enteredBy ?? t('unnamedProducer'),
            })}
          </PageLink>
          , {t('since')} <Time at={recordedAt} absolute />
          {reason === null ? null : ` · ${reason}`}
        </Text>
      ))}
      {wish === null ? null : (
        <AgentDialog
          agent={agent.id}
          wish={wish}
          onClose={() => {
            setWish(null);
          }}
          onDone={() => {
            setWish(null);
            onChanged();
          }}
        />
      )}
    </Section>
  );
}

type Listed = AgentProfile['members'];

/** Who is in a team, or which teams somebody is in. */
export function AgentList({ title, agents }: { readonly title: string; readonly agents: Listed }) {
  if (agents.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={classes['list']}>
        {agents.map(({ id, displayName, kind }) => (
          <li key={id}>
            <AssetLink id={id} kind={kindOfAgent(kind)} name={displayName} namespace={kind} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Agents are of the whole catalog: who may see or edit a part of it does not merge them. */
function useMayMerge(): boolean {
  const scopes = useViewer()?.scopes ?? [];
  return ['CATALOG_READ', 'CATALOG_EDIT'].every((wanted) =>
    scopes.some(({ scope, namespaces }) => scope === wanted && namespaces === null),
  );
}
