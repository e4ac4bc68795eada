import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsByMember, RefusalText } from '../../access/refusal-words.js';
import type { SavedProblem } from './use-saved.js';

interface SaveFormProps {
  readonly name: string;
  readonly isShared: boolean;
  readonly isBusy: boolean;
  readonly problem: SavedProblem | null;
  readonly onSave: (wanted: { readonly name: string; readonly isShared: boolean }) => void;
  readonly onClose: () => void;
}

/** Why nothing was changed. */
export function SavedProblemWords({ problem: { refusal } }: { readonly problem: SavedProblem }) {
  const { t } = useTranslation('saved');
  return refusal === null ? t('failed') : <RefusalText refusal={refusal} />;
}

/** What a search is called, and whether everybody may read it. */
export function SaveForm({ name: given, isShared: wasShared, isBusy, problem, onSave, onClose }: SaveFormProps) {
  const { t } = useTranslation('saved');
  const [name, setName] = useState(given);
  const [isShared, setShared] = useState(wasShared);
  const fault = faultsByMember(problem?.refusal?.faults ?? [])['name'];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name, isShared });
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          value={name}
          maxLength={100}
          required
          data-autofocus
          error={fault}
          onChange={({ currentTarget: { value } }) => {
            setName(value);
          }}
        />
        <Checkbox
          label={t('share')}
          description={t('shareHint')}
          checked={isShared}
          onChange={({ currentTarget: { checked } }) => {
            setShared(checked);
          }}
        />
        {problem === null || fault !== undefined ? null : (
          <Text role="alert" size="sm">
            <SavedProblemWords problem={problem} />
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={name.trim() === ''}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
