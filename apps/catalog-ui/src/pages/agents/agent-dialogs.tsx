import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayEverywhere } from '../../access/namespaces.js';
import { Dialog } from '../../ui/dialog.js';
import { Said } from '../../ui/said.js';
import type { Entered } from './agent-draft.js';
import { AgentForm, AgentProblem } from './agent-form.js';
import { useAgentEdit } from './use-agent-edit.js';

/** Agents are of the whole catalog: who may see or edit a part of it does not enter them. */
export function useMayEnterAgents(): boolean {
  const maySee = useMayEverywhere('CATALOG_READ');
  return useMayEverywhere('CATALOG_EDIT') && maySee;
}

interface RemoveProps {
  readonly entered: Entered;
  readonly onDone: (id: string, isReadable: boolean) => void;
  readonly onClose: () => void;
}

function RemoveForm({ entered, onDone, onClose }: RemoveProps) {
  const { t } = useTranslation('agent');
  const edit = useAgentEdit(onDone);
  const [reason, setReason] = useState('');
  const { theirs } = edit;
  const remove = (): void => {
    const version = theirs?.editVersion ?? entered.editVersion;
    edit.send({ do: 'remove', agent: entered.id, version }, reason);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        remove();
      }}
    >
      <Stack gap="md">
        <AgentProblem edit={edit} onRetry={remove} />
        {theirs === null ? null : (
          <Text role="alert" className="hw-name">
            {t('removeConflict', { name: theirs.name })}
          </Text>
        )}
        <Text className="hw-name">{t('removeLead', { name: entered.name })}</Text>
        <TextInput
          label={t('reason')}
          value={reason}
          maxLength={200}
          data-autofocus
          onChange={({ currentTarget: { value } }) => {
            setReason(value);
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="red" loading={edit.isBusy}>
            {t('remove')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface EditAgentProps {
  /** The id that it is entered under; null: it is typed, too. */
  readonly id: string | null;
  readonly entered: Entered | null;
  /** What people call it, for the titles. */
  readonly name: string;
  readonly onChanged: (id: string) => void;
}

/** Enters an agent, or changes or removes what was entered; nothing for who may not. */
export function EditAgent(props: EditAgentProps) {
  return useMayEnterAgents() ? <Buttons {...props} /> : null;
}

function Buttons({ id, entered, name, onChanged }: EditAgentProps) {
  const { t } = useTranslation('agent');
  const [open, setOpen] = useState<'write' | 'remove' | null>(null);
  const [said, setSaid] = useState('');
  const close = (): void => {
    setOpen(null);
  };
  const done = (changed: string, isReadable: boolean): void => {
    close();
    setSaid(t(isReadable ? 'saved' : 'kept'));
    onChanged(changed);
  };
  const title = entered !== null ? t('changeTitle', { name }) : id === null ? t('enterAny') : t('enterTitle', { name });
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        className="hw-noprint"
        onClick={() => {
          setOpen('write');
        }}
      >
        {t(entered !== null ? 'change' : id === null ? 'enterAny' : 'enterThis')}
      </Button>
      {entered === null ? null : (
        <Button
          variant="subtle"
          size="compact-md"
          className="hw-noprint"
          onClick={() => {
            setOpen('remove');
          }}
        >
          {t('remove')}
        </Button>
      )}
      <Said>{said}</Said>
      <Dialog isOpen={open !== null} title={open === 'remove' ? t('removeTitle', { name }) : title} onClose={close}>
        {open === 'remove' && entered !== null ? (
          <RemoveForm entered={entered} onDone={done} onClose={close} />
        ) : (
          <AgentForm id={id} entered={entered} onDone={done} onClose={close} />
        )}
      </Dialog>
    </>
  );
}
