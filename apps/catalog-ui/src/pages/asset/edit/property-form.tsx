import { MultiSelect, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../../graphql/tada.js';
import type { PropertyValues } from '../fragments.js';
import { EditForm } from './edit-form.js';
import { editOf } from './edits.js';
import type { EditControl } from './use-edit.js';

const DECLARED = graphql(`
  query DeclaredProperties($kind: AssetKind) {
    customProperties(kind: $kind) {
      id
      name
      description
      type
      isMany
      values
      unit
    }
  }
`);

export type Declared = ResultOf<typeof DECLARED>['customProperties'][number];

const NONE: readonly Declared[] = [];

/** The properties that go on assets of a kind, null: of any; none where nobody may edit. */
export function useDeclared(kind: 'DATASET' | 'JOB' | null, isAsked: boolean): readonly Declared[] {
  const [{ data }] = useQuery({
    query: DECLARED,
    variables: { kind },
    pause: !isAsked,
    requestPolicy: 'cache-and-network',
  });
  return data?.customProperties ?? NONE;
}

interface ValueFieldProps {
  readonly property: Declared;
  readonly values: readonly string[];
  readonly error: ReactNode;
  readonly onChange: (values: readonly string[]) => void;
}

const INPUTS: Readonly<Partial<Record<Declared['type'], string>>> = { DATE: 'date', URL: 'url' };

/** Values of a property, by its type. */
export function ValueField({ property, values, error, onChange }: ValueFieldProps) {
  const { t } = useTranslation('asset');
  const { type, isMany, unit } = property;
  const label = t(isMany ? 'edit.propertyValues' : 'edit.propertyValue');
  const choices = type === 'BOOLEAN' ? ['true', 'false'] : property.values;
  const hint = unit === null ? undefined : t('edit.propertyIn', { unit });
  if (isMany && choices.length > 0)
    return (
      <MultiSelect
        label={label}
        data={[...choices]}
        value={[...values]}
        error={error}
        comboboxProps={{ withinPortal: false }}
        onChange={onChange}
      />
    );
  if (isMany)
    return (
      <TagsInput
        label={label}
        description={[t('edit.propertyMany'), hint].filter(Boolean).join(' ')}
        acceptValueOnBlur
        value={[...values]}
        error={error}
        onChange={onChange}
      />
    );
  if (choices.length > 0)
    return (
      <NativeSelect
        label={label}
        value={values[0] ?? ''}
        error={error}
        // What is not among the choices any more stays to be seen until another is chosen.
        data={[...new Set([values[0] ?? '', ...choices])].map((value) => ({
          value,
          label: type === 'BOOLEAN' && value !== '' ? t(value === 'true' ? 'propertyTrue' : 'propertyFalse') : value,
        }))}
        onChange={({ currentTarget: { value } }) => {
          onChange(value === '' ? [] : [value]);
        }}
      />
    );
  return (
    <TextInput
      label={label}
      description={hint}
      type={INPUTS[type] ?? 'text'}
      inputMode={type === 'NUMBER' ? 'decimal' : undefined}
      value={values[0] ?? ''}
      error={error}
      onChange={({ currentTarget: { value } }) => {
        onChange(value.trim() === '' ? [] : [value]);
      }}
    />
  );
}

interface PropertyFormProps {
  readonly control: EditControl;
  readonly declared: readonly Declared[];
  readonly held: readonly PropertyValues[];
}

/** Sets one property: begins with what it has. */
export function PropertyForm({ control, declared, held }: PropertyFormProps) {
  const { t } = useTranslation('asset');
  const { faults, unmade, save } = control;
  const begun = editOf(unmade, 'setProperty');
  const textsOf = (id: string): readonly string[] =>
    held.find(({ property }) => property.id === id)?.values.map(({ text }) => text) ?? [];
  // What has no value yet is what somebody is likely to come for.
  const first = declared.find(({ id }) => textsOf(id).length === 0) ?? declared[0];
  const [id, setId] = useState(begun?.property.id ?? first?.id ?? '');
  const [values, setValues] = useState<readonly string[]>(begun?.values ?? textsOf(id));
  const property = declared.find((one) => one.id === id) ?? first;
  if (property === undefined) return null;
  return (
    <EditForm
      control={control}
      label={t('edit.setProperty')}
      shown={['property', 'values']}
      onSave={(reason) => {
        save({ kind: 'setProperty', property: { id: property.id, name: property.name }, values, reason });
      }}
    >
      <NativeSelect
        label={t('edit.property')}
        description={property.description ?? undefined}
        value={property.id}
        error={faults['property']}
        data={declared.map(({ id: value, name }) => ({ value, label: name }))}
        onChange={({ currentTarget: { value } }) => {
          setId(value);
          setValues(textsOf(value));
        }}
      />
      <ValueField property={property} values={values} error={faults['values']} onChange={setValues} />
    </EditForm>
  );
}
