import { ActionIcon, Button, Stack, Text, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../ui/confirm.js';
import { Dialog } from '../../../ui/dialog.js';
import { Section } from '../../../ui/page.js';
import { EditConflict, EditProblem, EditSaid } from './edit-outcome.js';
import { Reason } from './edit-form.js';
import { FORM } from './edit-state.js';
import { useWantedWords } from './edit-words.js';
import type { EditControl } from './use-edit.js';

/** Opens the form of a section. */
export function OpenForm({ control, children }: { readonly control: EditControl; readonly children: ReactNode }) {
  const isOpen = control.form === FORM;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className="hw-noprint"
      aria-expanded={isOpen}
      onClick={({ currentTarget }) => {
        if (isOpen) control.close();
        else control.open(FORM, currentTarget);
      }}
    >
      {children}
    </Button>
  );
}

interface OpenRemovalProps {
  readonly control: EditControl;
  /** What is removed, by a name within its section. */
  readonly form: string;
  readonly label: string;
}

/** Asks to remove one line of a section. */
export function OpenRemoval({ control, form, label }: OpenRemovalProps) {
  return (
    <Tooltip label={label} events={{ hover: true, focus: false, touch: false }}>
      <ActionIcon
        variant="subtle"
        size={24}
        className="hw-noprint"
        aria-label={label}
        c="var(--hw-quiet)"
        onClick={({ currentTarget }) => {
          control.open(form, currentTarget);
        }}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Marks what is shown before it is saved. */
export function BeingSaved() {
  const { t } = useTranslation('asset');
  return (
    <Text size="xs" className="hw-quiet">
      {t('edit.saving')}
    </Text>
  );
}

interface RemovalProps {
  readonly control: EditControl;
  readonly isOpen: boolean;
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly onRemove: (reason: string) => void;
}

function RemovalForm({ control, lead, action, onRemove }: Omit<RemovalProps, 'isOpen' | 'title'>) {
  const { t } = useTranslation('asset');
  const [reason, setReason] = useState('');
  const remove = (): void => {
    onRemove(reason.trim());
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        remove();
      }}
    >
      <Confirm
        lead={
          <Stack gap="md">
            <Text className="hw-name">{lead}</Text>
            <Reason value={reason} onChange={setReason} />
          </Stack>
        }
        problem={null}
        action={action}
        cancel={t('edit.cancel')}
        doing=""
        isDoing={false}
        onDo={remove}
        onClose={control.close}
      />
    </form>
  );
}

/** Asks before something is taken away, and why. */
export function Removal({ isOpen, title, ...rest }: RemovalProps) {
  return (
    <Dialog isOpen={isOpen && rest.control.state.phase === 'OPEN'} title={title} onClose={rest.control.close}>
      <RemovalForm {...rest} />
    </Dialog>
  );
}

interface EditOutcomeProps {
  readonly control: EditControl;
  /** What is there now, for the case that somebody else was there first. */
  readonly theirs: ReactNode;
  /** What was wanted; in words where it is not given. */
  readonly mine?: ReactNode;
}

/** All that is said of an edit beside its form. */
export function EditOutcome({ control, theirs, mine }: EditOutcomeProps) {
  const { state, form } = control;
  const wanted = useWantedWords();
  return (
    <>
      <EditSaid control={control} />
      {form === FORM ? null : <EditProblem control={control} />}
      <EditConflict
        control={control}
        mine={mine ?? ('sent' in state ? <Text className="hw-name">{wanted(state.sent.edit)}</Text> : null)}
        theirs={theirs}
      />
    </>
  );
}

interface EditSectionProps extends EditOutcomeProps {
  readonly title: string;
  readonly action: string;
  readonly form: ReactNode;
  readonly children: ReactNode;
}

/** A section of which one thing can be edited at a time. */
export function EditSection({ title, action, form, children, ...outcome }: EditSectionProps) {
  const { control } = outcome;
  return (
    <Section title={title} actions={<OpenForm control={control}>{action}</OpenForm>}>
      {control.form === FORM ? form : null}
      <EditOutcome {...outcome} />
      {children}
    </Section>
  );
}
