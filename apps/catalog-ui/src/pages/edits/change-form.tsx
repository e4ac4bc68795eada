import { Button, Fieldset, Group, NativeSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { agentId, NOBODY, type AgentInput } from '../../lib/agents.js';
import { AgentFields } from '../../ui/agent-fields.js';
import { DOMAINS } from '../asset/edit/domains-query.js';
import { pathOf, ROLES } from '../asset/edit/edits.js';
import { ChoicesField } from '../define/choices.js';
import type { Choice } from '../define/choice.js';
import type { Change } from './edits-query.js';
import { NO_PROPERTY, PropertyChangeField, propertyPart } from './property-change.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

/** Stand for a domain that stays, and for none, in a list of the ids of domains. */
const SAME = '-';
const NONE = '--';

/** What becomes of the assets themselves. */
const EXISTENCES = ['STAYS', 'DELETED', 'RESTORED'] as const;

interface ChangeFormProps {
  readonly isAsking: boolean;
  readonly onPreview: (change: Change, reason: string) => void;
  /** What was previewed is not what the form says any more. */
  readonly onEdited: () => void;
}

/** What is to be so of every asset. */
export function ChangeForm({ isAsking, onPreview, onEdited }: ChangeFormProps) {
  const { t } = useTranslation('edits');
  const { nameOf } = useOwnerRoles();
  const [{ data }] = useQuery({ query: DOMAINS });
  const [adds, setAdds] = useState<string[]>([]);
  const [removes, setRemoves] = useState<string[]>([]);
  const [assigned, setAssigned] = useState<AgentInput>(NOBODY);
  const [role, setRole] = useState<string>(ROLES[0]);
  const [removed, setRemoved] = useState<AgentInput>(NOBODY);
  const [domain, setDomain] = useState(SAME);
  const [linked, setLinked] = useState<readonly Choice[]>([]);
  const [unlinked, setUnlinked] = useState<readonly Choice[]>([]);
  const [property, setProperty] = useState(NO_PROPERTY);
  const [existence, setExistence] = useState<string>(EXISTENCES[0]);
  const [reason, setReason] = useState('');
  const edited = <T,>(set: (value: T) => void) => {
    return (value: T): void => {
      set(value);
      onEdited();
    };
  };
  const paths = (data?.domains ?? [])
    .map((one) => ({ value: one.id, label: pathOf(one) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const changeOf = (): Change => ({
    ...(adds.length > 0 && { addTags: adds }),
    ...(removes.length > 0 && { removeTags: removes }),
    ...(assigned.name.trim() !== '' && { assignOwners: [{ agent: agentId(assigned), role }] }),
    ...(removed.name.trim() !== '' && { removeOwners: [{ agent: agentId(removed) }] }),
    ...(linked.length > 0 && { addTerms: linked.map(({ id }) => id) }),
    ...(unlinked.length > 0 && { removeTerms: unlinked.map(({ id }) => id) }),
    ...propertyPart(property),
    ...(existence !== EXISTENCES[0] && { deleted: existence === 'DELETED' }),
    ...(domain !== SAME && { domain: domain === NONE ? null : domain }),
  });
  return (
    <form
      aria-label={t('form')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onPreview(changeOf(), reason.trim());
      }}
    >
      <Stack gap="md">
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <TagsInput
            label={t('addTags')}
            description={t('tagsHint')}
            value={adds}
            miw={240}
            onChange={edited(setAdds)}
          />
          <TagsInput
            label={t('removeTags')}
            description={t('tagsHint')}
            value={removes}
            miw={240}
            onChange={edited(setRemoves)}
          />
        </Group>
        <Fieldset legend={t('assignOwner')}>
          <Group align="flex-start">
            <AgentFields value={assigned} onChange={edited(setAssigned)} />
            <NativeSelect
              label={t('role')}
              value={role}
              data={ROLES.map((value) => ({ value, label: nameOf(value) }))}
              onChange={({ currentTarget: { value } }) => {
                edited(setRole)(value);
              }}
            />
          </Group>
        </Fieldset>
        <Fieldset legend={t('removeOwner')}>
          <Group align="flex-start">
            <AgentFields value={removed} onChange={edited(setRemoved)} />
          </Group>
        </Fieldset>
        <Select
          label={t('domain')}
          maw={420}
          searchable
          openOnFocus={false}
          allowDeselect={false}
          data={[{ value: SAME, label: t('domainStays') }, { value: NONE, label: t('noDomain') }, ...paths]}
          value={domain}
          onChange={(value) => {
            edited(setDomain)(value ?? SAME);
          }}
        />
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <ChoicesField offer="term" label={t('addTerms')} value={linked} onChange={edited(setLinked)} />
          <ChoicesField offer="term" label={t('removeTerms')} value={unlinked} onChange={edited(setUnlinked)} />
        </Group>
        <PropertyChangeField value={property} onChange={edited(setProperty)} />
        <NativeSelect
          label={t('existence')}
          description={t('existenceHint')}
          maw={420}
          value={existence}
          data={EXISTENCES.map((value) => ({ value, label: t(`existences.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            edited(setExistence)(value);
          }}
        />
        <TextInput
          label={t('reason')}
          description={t('reasonHint')}
          maw={640}
          value={reason}
          onChange={({ currentTarget: { value } }) => {
            setReason(value);
            onEdited();
          }}
        />
        <Group>
          <Button type="submit" loading={isAsking}>
            {t('preview')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
