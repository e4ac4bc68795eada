import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultLines, faultsByMember, RefusalWords } from '../../access/refusal-words.js';
import { ProblemPanel } from '../../ui/problem.js';
import type { Property, PropertyInput } from './properties-query.js';
import type { DeclareControl, Wish } from './use-declare.js';

export const TYPES = ['TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'DATE_TIME', 'ENUM', 'URL', 'AGENT'] as const;
const KINDS = ['DATASET', 'JOB'] as const;
const SHOWN = ['name', 'description', 'type', 'values', 'unit', 'min', 'max', 'kinds'];

/** A property as it is typed. */
interface Draft {
  readonly name: string;
  readonly description: string;
  readonly type: Property['type'];
  readonly isMany: boolean;
  readonly kinds: readonly Property['kinds'][number][];
  readonly values: readonly string[];
  readonly unit: string;
  readonly min: string;
  readonly max: string;
  readonly isRequired: boolean;
}

const EMPTY: Draft = {
  ...{ name: '', description: '', type: 'TEXT', isMany: false, kinds: KINDS, values: [] },
  ...{ unit: '', min: '', max: '', isRequired: false },
};

function draftOf({ description, unit, min, max, ...rest }: Property): Draft {
  const { name, type, isMany, kinds, values, isRequired } = rest;
  return {
    ...{ name, type, isMany, kinds, values, isRequired, description: description ?? '', unit: unit ?? '' },
    ...{ min: min === null ? '' : String(min), max: max === null ? '' : String(max) },
  };
}

/** What does not go with the type is left out, whatever was typed before it was chosen. */
function inputOf(draft: Draft): PropertyInput {
  const { name, description, type, isMany, kinds, values, unit, min, max, isRequired } = draft;
  const isNumber = type === 'NUMBER';
  const bound = (text: string): number | null => (isNumber && text.trim() !== '' ? Number(text) : null);
  return {
    ...{ name: name.trim(), type, isMany, kinds: [...kinds], isRequired },
    description: description.trim() === '' ? null : description,
    values: type === 'ENUM' ? [...values] : [],
    unit: isNumber && unit.trim() !== '' ? unit.trim() : null,
    min: bound(min),
    max: bound(max),
  };
}

interface DeclareFormProps {
  /** What is changed; null: a new one is declared. */
  readonly property: Property | null;
  readonly control: DeclareControl;
  readonly onClose: () => void;
}

/** Why a property was not declared, and what to do. */
export function DeclareProblem({
  control,
  onRetry,
}: {
  readonly control: DeclareControl;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation('properties');
  const { refusal, error } = control;
  if (error !== null) return <ProblemPanel error={error} onRetry={onRetry} />;
  if (refusal === null) return null;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('refusedTitle')}>
      <Stack gap={4}>
        <Text className="hw-name">
          <RefusalWords refusal={refusal} />
        </Text>
        <FaultLines faults={refusal.faults} shown={SHOWN} />
      </Stack>
    </Alert>
  );
}

/** All that a property is declared by; what is wrong stands at its field. */
export function DeclareForm({ property, control, onClose }: DeclareFormProps) {
  const { t } = useTranslation('properties');
  const [draft, setDraft] = useState(property === null ? EMPTY : draftOf(property));
  const faults = control.refusal === null ? {} : faultsByMember(control.refusal.faults);
  const change = (part: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const wish = (): Wish => {
    const input = inputOf(draft);
    return property === null ? { do: 'create', input } : { do: 'change', property, input };
  };
  const text = (member: 'name' | 'unit' | 'min' | 'max', more: object = {}) => (
    <TextInput
      key={member}
      label={t(member)}
      value={draft[member]}
      error={faults[member]}
      {...more}
      onChange={({ currentTarget: { value } }) => {
        change({ [member]: value });
      }}
    />
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        control.save(wish());
      }}
    >
      <Stack gap="sm">
        <DeclareProblem
          control={control}
          onRetry={() => {
            control.save(wish());
          }}
        />
        {text('name', { required: true, 'data-autofocus': true })}
        <NativeSelect
          label={t('type')}
          value={draft.type}
          error={faults['type']}
          data={TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
          onChange={({ currentTarget: { value } }) => {
            change({ type: TYPES.find((type) => type === value) ?? 'TEXT' });
          }}
        />
        {draft.type === 'ENUM' ? (
          <TagsInput
            label={t('values')}
            description={t('valuesHint')}
            acceptValueOnBlur
            value={[...draft.values]}
            error={faults['values']}
            onChange={(values) => {
              change({ values });
            }}
          />
        ) : null}
        {draft.type === 'NUMBER' ? (
          <Group grow align="flex-start">
            {text('unit')}
            {text('min', { inputMode: 'decimal' })}
            {text('max', { inputMode: 'decimal' })}
          </Group>
        ) : null}
        <Checkbox.Group
          label={t('kinds')}
          value={[...draft.kinds]}
          error={faults['kinds']}
          onChange={(chosen) => {
            change({ kinds: KINDS.filter((kind) => chosen.includes(kind)) });
          }}
        >
          <Group gap="md" mt={4}>
            {KINDS.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`kind.${kind}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        {(['isMany', 'isRequired'] as const).map((member) => (
          <Checkbox
            key={member}
            label={t(member)}
            checked={draft[member]}
            onChange={({ currentTarget: { checked } }) => {
              change({ [member]: checked });
            }}
          />
        ))}
        <Textarea
          label={t('description')}
          autosize
          minRows={2}
          maxRows={10}
          value={draft.description}
          error={faults['description']}
          onChange={({ currentTarget: { value } }) => {
            change({ description: value });
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={control.isSaving}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
