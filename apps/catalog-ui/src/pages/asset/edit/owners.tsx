import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NOBODY, type AgentInput } from '../../../lib/agents.js';
import type { Place } from '../../../access/namespaces.js';
import { AgentFields } from '../../../ui/agent-fields.js';
import { AnswerOwner } from '../answer-owner.js';
import { ComingOwner, DeclinedOwners, OverruledOwners, OwnerLines, Owners } from '../facts.js';
import type { Declined, Owner } from '../fragments.js';
import { EditForm } from './edit-form.js';
import { BeingSaved, EditSection, OpenRemoval, Removal } from './edit-section.js';
import { FORM } from './edit-state.js';
import { useAnswering, useEditing, type Editing } from './editing.js';
import { editOf, ROLES } from './edits.js';
import { useEdit, type EditControl } from './use-edit.js';
import { useOwnerRoles } from '../../../ui/owner-roles.js';

const OTHER = 'OTHER';
const CHOICES = [...ROLES, OTHER] as const;
interface OwnersSectionProps {
  readonly owners: readonly Owner[];
  readonly overruled: readonly Owner[];
  readonly declined: readonly Declined[];
  readonly place: Place;
}

const keyOf = ({ agent, role }: Owner): string => `${agent.id} ${role}`;

function OwnerForm({ control }: { readonly control: EditControl }) {
  const { t } = useTranslation('asset');
  const { nameOf } = useOwnerRoles();
  const { faults, save } = control;
  const unmade = editOf(control.unmade, 'assignOwner');
  const isFree = unmade !== null && !ROLES.some((known) => known === unmade.role);
  const { t: agent } = useTranslation('agent');
  const [who, setWho] = useState<AgentInput>(unmade === null ? NOBODY : { kind: unmade.agentKind, name: unmade.name });
  const [role, setRole] = useState<string>(isFree ? OTHER : (unmade?.role ?? ROLES[0]));
  const [otherRole, setOtherRole] = useState(isFree ? unmade.role : '');
  const [isNameless, setNameless] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  return (
    <EditForm
      control={control}
      label={t('edit.addOwner')}
      shown={['agent', 'role']}
      onSave={(reason) => {
        const name = who.name.trim();
        setNameless(name === '');
        if (name === '') {
          nameField.current?.focus();
          return;
        }
        const wanted = role === OTHER ? otherRole.trim() : role;
        save({ kind: 'assignOwner', agentKind: who.kind, name, role: wanted, reason });
      }}
    >
      <AgentFields
        value={who}
        nameField={nameField}
        error={isNameless ? agent('nameless') : faults['agent']}
        onChange={setWho}
      />
      <NativeSelect
        label={t('edit.role')}
        value={role}
        data={CHOICES.map((value) => ({ value, label: value === OTHER ? t('edit.anotherRole') : nameOf(value) }))}
        error={role === OTHER ? undefined : faults['role']}
        onChange={({ currentTarget: { value } }) => {
          setRole(value);
        }}
      />
      {role === OTHER ? (
        <TextInput
          label={t('edit.otherRole')}
          value={otherRole}
          error={faults['role']}
          onChange={({ currentTarget: { value } }) => {
            setOtherRole(value);
          }}
        />
      ) : null}
    </EditForm>
  );
}

function EditableOwners({
  editing,
  owners,
  overruled,
  declined,
  place,
}: OwnersSectionProps & { readonly editing: Editing }) {
  const { t } = useTranslation('asset');
  const { nameOf } = useOwnerRoles();
  const control = useEdit(editing);
  const coming = editOf(control.pending, 'assignOwner');
  const going = editOf(control.pending, 'removeOwner');
  const removed = owners.find((owner) => keyOf(owner) === control.form);
  const words = removed === undefined ? null : { name: removed.agent.displayName, role: nameOf(removed.role) };
  return (
    <EditSection
      title={t('owners')}
      action={t('edit.addOwner')}
      control={control}
      form={<OwnerForm control={control} />}
      theirs={
        <Text className="hw-name">
          {owners.map(({ agent, role }) => `${agent.displayName} (${nameOf(role)})`).join(', ') || t('edit.theirsNone')}
        </Text>
      }
    >
      <OwnerLines
        owners={owners}
        isGoing={({ agent, role }) => going?.agent === agent.id && going.role === role}
        coming={
          coming === null ? null : (
            <>
              <ComingOwner name={coming.name} role={coming.role} />
              <BeingSaved />
            </>
          )
        }
        action={(owner) =>
          control.pending === null && control.form !== FORM ? (
            <>
              <OpenRemoval
                control={control}
                form={keyOf(owner)}
                label={t('edit.removeOwner', { name: owner.agent.displayName, role: nameOf(owner.role) })}
              />
              <AnswerOwner on={editing.id} place={place} owner={owner} onDone={editing.reload} />
            </>
          ) : null
        }
      />
      <DeclinedOwners declined={declined} />
      <OverruledOwners owners={overruled} />
      <Removal
        control={control}
        isOpen={removed !== undefined}
        title={t('edit.removeOwnerTitle')}
        lead={words === null ? '' : t('edit.removeOwnerLead', words)}
        action={t('edit.remove')}
        onRemove={(reason) => {
          if (removed === undefined || words === null) return;
          control.save({ kind: 'removeOwner', agent: removed.agent.id, ...words, reason });
        }}
      />
    </EditSection>
  );
}

/** Who answers for an asset; to be edited in place by those who may. */
export function OwnersSection(props: OwnersSectionProps) {
  const editing = useEditing();
  const answering = useAnswering();
  const { place, ...rest } = props;
  if (editing !== null) return <EditableOwners editing={editing} {...props} />;
  if (answering === null) return <Owners {...rest} />;
  const { id, reload } = answering;
  return <Owners {...rest} action={(owner) => <AnswerOwner on={id} place={place} owner={owner} onDone={reload} />} />;
}
