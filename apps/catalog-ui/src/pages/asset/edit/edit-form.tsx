import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EditProblem } from './edit-outcome.js';
import type { EditControl } from './use-edit.js';

interface ReasonProps {
  readonly value: string;
  readonly error?: ReactNode;
  readonly onChange: (reason: string) => void;
}

/** Why something is edited. */
export function Reason({ value, error, onChange }: ReasonProps) {
  const { t } = useTranslation('asset');
  return (
    <TextInput
      label={t('edit.reason')}
      description={t('edit.reasonHint')}
      size="sm"
      value={value}
      error={error}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
    />
  );
}

interface EditFormProps {
  readonly control: EditControl;
  readonly label: string;
  /** The members of the input that the children show, beside the reason. */
  readonly shown: readonly string[];
  /** Beside the buttons. */
  readonly more?: ReactNode;
  readonly onSave: (reason: string) => void;
  readonly children: ReactNode;
}

/** Something to fill in within its section: Enter saves, Escape closes it. Begins at what is wrong, else at its first field. */
export function EditForm({ control, label, shown, more, onSave, children }: EditFormProps) {
  const { t } = useTranslation('asset');
  const { unmade, faults, close } = control;
  const [reason, setReason] = useState(unmade?.reason ?? '');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? form.current?.querySelector<HTMLElement>('input, select, textarea'))?.focus();
  }, []);
  const save = (): void => {
    onSave(reason.trim());
  };
  return (
    <form
      ref={form}
      aria-label={label}
      noValidate
      className="hw-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={({ key, ctrlKey, metaKey, target, nativeEvent }) => {
        if (nativeEvent.isComposing) return;
        if (key === 'Enter' && (ctrlKey || metaKey)) save();
        // Of a list that is open, Escape closes the list first.
        if (key === 'Escape' && (target as HTMLElement).getAttribute('aria-expanded') !== 'true') close();
      }}
    >
      <Stack gap="sm">
        <EditProblem control={control} shown={[...shown, 'reason']} onRetry={save} />
        {children}
        <Reason value={reason} error={faults['reason']} onChange={setReason} />
        <Group justify="flex-end" gap="xs">
          {more}
          <Button variant="default" size="xs" onClick={close}>
            {t('edit.cancel')}
          </Button>
          <Button type="submit" size="xs">
            {t('edit.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
