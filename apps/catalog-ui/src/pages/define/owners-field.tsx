import { ActionIcon, Autocomplete, Button, Fieldset, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { agentId, NOBODY, type AgentInput } from '../../lib/agents.js';
import { AgentFields } from '../../ui/agent-fields.js';
import { ROLES } from '../asset/edit/edits.js';
import type { DraftOwner } from './draft.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

/** Somebody who is typed and not in the list yet. */
export interface TypedOwner {
  readonly agent: AgentInput;
  readonly role: string;
}

export const NO_OWNER: TypedOwner = { agent: NOBODY, role: ROLES[0] };

/** The owners with whoever is typed; the same where nobody is, or is in the list already. */
export function ownersWith(owners: readonly DraftOwner[], { agent, role }: TypedOwner): readonly DraftOwner[] {
  const name = agent.name.trim();
  const id = agentId(agent);
  if (name === '' || owners.some((one) => one.agent.id === id && one.role === role.trim())) return owners;
  return [...owners, { agent: { id, name }, role: role.trim() }];
}

interface OwnersFieldProps {
  readonly value: readonly DraftOwner[];
  readonly typed: TypedOwner;
  readonly error: ReactNode;
  readonly onChange: (owners: readonly DraftOwner[]) => void;
  readonly onType: (typed: TypedOwner) => void;
}

/** Who answers for it: a list, and somebody to add to it. */
export function OwnersField({ value, typed, error, onChange, onType }: OwnersFieldProps) {
  const { t } = useTranslation('define');
  const { nameOf, roleOf } = useOwnerRoles();
  return (
    <Fieldset legend={t('owners')}>
      {value.length === 0 ? <Text className="hw-quiet">{t('ownerNone')}</Text> : null}
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {value.map((owner) => {
          const words = { name: owner.agent.name, role: nameOf(owner.role) };
          return (
            <li key={`${owner.agent.id} ${owner.role}`}>
              <Group gap="xs" wrap="nowrap">
                <Text className="hw-name">{t('ownerAs', words)}</Text>
                <ActionIcon
                  variant="subtle"
                  size={24}
                  c="var(--hw-quiet)"
                  aria-label={t('ownerRemove', words)}
                  onClick={() => {
                    onChange(value.filter((one) => one !== owner));
                  }}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </li>
          );
        })}
      </ul>
      <Group gap="sm" align="flex-end" mt="xs">
        <AgentFields
          value={typed.agent}
          error={error}
          onChange={(agent) => {
            onType({ ...typed, agent });
          }}
        />
        <Autocomplete
          label={t('role')}
          data={ROLES.map(nameOf)}
          value={nameOf(typed.role)}
          comboboxProps={{ withinPortal: false }}
          openOnFocus={false}
          onChange={(name) => {
            onType({ ...typed, role: roleOf(name) });
          }}
        />
        <Button
          variant="default"
          disabled={typed.agent.name.trim() === ''}
          onClick={() => {
            onChange(ownersWith(value, typed));
            onType(NO_OWNER);
          }}
        >
          {t('ownerAdd')}
        </Button>
      </Group>
    </Fieldset>
  );
}
