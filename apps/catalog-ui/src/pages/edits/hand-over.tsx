import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { agentId, NOBODY, type AgentInput } from '../../lib/agents.js';
import { newKey } from '../../lib/new-key.js';
import { assetHref, partsOf } from '../../lib/node-id.js';
import { AgentFields } from '../../ui/agent-fields.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { HAND_OVER, PREVIEW_HAND_OVER, type HandOverPlan } from './edits-query.js';
import { PlannedSection } from './planned.js';
import { useStart } from './use-start.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

function ChangedRules({ rules, forbiddenRules }: Pick<HandOverPlan, 'rules' | 'forbiddenRules'>) {
  const { t } = useTranslation('edits');
  return (
    <Stack gap="xs">
      {rules.length === 0 ? null : <Text fw={600}>{t('rules', { count: rules.length })}</Text>}
      <List spacing="xs" listStyleType="none">
        {rules.map(({ number, before, after }) => (
          <List.Item key={number}>
            <Text size="sm" className="hw-quiet">
              {t('rule', { number: String(number) })}
            </Text>
            <del className="hw-mono hw-name">{before}</del>
            <br />
            <ins className="hw-mono hw-name">{after}</ins>
          </List.Item>
        ))}
      </List>
      {forbiddenRules === 0 ? null : <Text className="hw-quiet">{t('forbiddenRules', { count: forbiddenRules })}</Text>}
    </Stack>
  );
}

function ChangedOwners({
  definitions,
  forbiddenDefinitions: forbidden,
}: Pick<HandOverPlan, 'definitions' | 'forbiddenDefinitions'>) {
  const { t } = useTranslation('edits');
  const roles = useOwnerRoles();
  return (
    <Stack gap="xs">
      {definitions.length === 0 ? null : <Text fw={600}>{t('definitions', { count: definitions.length })}</Text>}
      <List spacing="xs" listStyleType="none">
        {definitions.map(({ definition, before, after }) => (
          <List.Item key={definition.id}>
            <PageLink to={assetHref(definition.id)}>{nameOf(definition)}</PageLink>
            <br />
            <del className="hw-name">{told(before, roles.nameOf)}</del>
            <br />
            <ins className="hw-name">{told(after, roles.nameOf)}</ins>
          </List.Item>
        ))}
      </List>
      {forbidden === 0 ? null : <Text className="hw-quiet">{t('forbiddenDefinitions', { count: forbidden })}</Text>}
    </Stack>
  );
}

function LeftTeams({ teams, forbiddenTeams }: Pick<HandOverPlan, 'teams' | 'forbiddenTeams'>) {
  const { t } = useTranslation('edits');
  return (
    <Stack gap="xs">
      {teams.length === 0 ? null : <Text fw={600}>{t('leftTeams', { count: teams.length })}</Text>}
      <List spacing="xs" listStyleType="none">
        {teams.map(({ id, displayName }) => (
          <List.Item key={id}>
            <PageLink to={assetHref(id)}>{displayName}</PageLink>
          </List.Item>
        ))}
      </List>
      {forbiddenTeams === 0 ? null : <Text className="hw-quiet">{t('forbiddenTeams', { count: forbiddenTeams })}</Text>}
    </Stack>
  );
}

type Changed = HandOverPlan['definitions'][number];

function nameOf(definition: Changed['definition']): string {
  if (definition.__typename === 'Domain') return definition.domainName;
  return definition.__typename === 'DataProduct' ? definition.productName : definition.id;
}

type NameOfRole = ReturnType<typeof useOwnerRoles>['nameOf'];

function told(owners: Changed['before'], nameOfRole: NameOfRole): string {
  return owners.map(({ agent: { displayName }, role }) => `${displayName} (${nameOfRole(role)})`).join(', ');
}

/** Everything that somebody answers for goes to another. */
export function HandOver({ from }: { readonly from: string }) {
  const { t } = useTranslation('edits');
  const { t: agent } = useTranslation('agent');
  const client = useClient();
  const [who, setWho] = useState<AgentInput>(NOBODY);
  const [reason, setReason] = useState('');
  const [isNameless, setNameless] = useState(false);
  const [skip, setSkip] = useState(0);
  const start = useStart<HandOverPlan>();
  const key = useRef(newKey());
  const nameField = useRef<HTMLInputElement>(null);
  const { namespace, name } = partsOf(from);
  const leaving = name || namespace;
  const preview = (at: number): void => {
    setSkip(at);
    const variables = { from, to: agentId(who), skip: at };
    start.preview(() => client.query(PREVIEW_HAND_OVER, variables, { requestPolicy: 'network-only' }).toPromise());
  };
  const { plan } = start;
  return (
    <Page
      title={t('handOverTitle', { name: leaving })}
      actions={<PageLink to={assetHref(from)}>{t('whatFor', { name: leaving })}</PageLink>}
    >
      <Text maw={760}>{t('handOverLead', { name: leaving })}</Text>
      <Section title={t('toWhom')}>
        <form
          aria-label={t('toWhom')}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setNameless(who.name.trim() === '');
            if (who.name.trim() === '') {
              nameField.current?.focus();
              return;
            }
            key.current = newKey();
            preview(0);
          }}
        >
          <Stack gap="md">
            <Group align="flex-start">
              <AgentFields
                value={who}
                nameField={nameField}
                error={isNameless ? agent('nameless') : undefined}
                onChange={(value) => {
                  setWho(value);
                  start.forget();
                }}
              />
            </Group>
            <TextInput
              label={t('reason')}
              description={t('reasonHint')}
              maw={640}
              value={reason}
              onChange={({ currentTarget: { value } }) => {
                setReason(value);
              }}
            />
            <Group>
              <Button type="submit" loading={start.isBusy}>
                {t('preview')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
      <PlannedSection
        start={start}
        skip={skip}
        onSkip={preview}
        more={
          plan === null ? null : (
            <>
              <ChangedRules {...plan} />
              <ChangedOwners {...plan} />
              <LeftTeams {...plan} />
            </>
          )
        }
        others={plan === null ? 0 : plan.rules.length + plan.definitions.length + plan.teams.length}
        onStart={({ version }) => {
          const input = {
            ...{ from, to: agentId(who), expectedVersion: version, idempotencyKey: `${key.current} ${version}` },
            reason: reason.trim() === '' ? null : reason.trim(),
          };
          start.start(() => client.mutation(HAND_OVER, { input, skip: 0 }).toPromise());
        }}
      />
    </Page>
  );
}
