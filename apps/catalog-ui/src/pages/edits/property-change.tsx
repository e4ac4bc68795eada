import { Fieldset, Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDeclared, ValueField } from '../asset/edit/property-form.js';
import type { Change } from './edits-query.js';

/** What is to become of one property; `id` empty: nothing. */
export interface PropertyChange {
  readonly id: string;
  readonly isUnset: boolean;
  readonly values: readonly string[];
}

export const NO_PROPERTY: PropertyChange = { id: '', isUnset: false, values: [] };

/** The same as a part of the change of many assets. */
export function propertyPart({ id, isUnset, values }: PropertyChange): Partial<Change> {
  if (id === '') return {};
  return isUnset ? { unsetProperties: [id] } : { setProperties: [{ property: id, values: [...values] }] };
}

interface PropertyChangeFieldProps {
  readonly value: PropertyChange;
  readonly onChange: (value: PropertyChange) => void;
}

/** One property, with values or without, of every asset; nothing where none is declared. */
export function PropertyChangeField({ value, onChange }: PropertyChangeFieldProps) {
  const { t } = useTranslation('edits');
  const declared = useDeclared(null, true);
  const property = declared.find(({ id }) => id === value.id);
  if (declared.length === 0) return null;
  return (
    <Fieldset legend={t('property')}>
      <Group align="flex-start">
        <NativeSelect
          label={t('propertyName')}
          description={property?.description ?? undefined}
          value={value.id}
          data={[
            { value: '', label: t('propertiesStay') },
            ...declared.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value: id } }) => {
            onChange({ ...NO_PROPERTY, id });
          }}
        />
        {property === undefined ? null : (
          <NativeSelect
            label={t('propertyWhat')}
            value={value.isUnset ? 'UNSET' : 'SET'}
            data={(['SET', 'UNSET'] as const).map((one) => ({ value: one, label: t(`propertyDo.${one}`) }))}
            onChange={({ currentTarget: { value: what } }) => {
              onChange({ ...value, isUnset: what === 'UNSET' });
            }}
          />
        )}
        {property === undefined || value.isUnset ? null : (
          <ValueField
            property={property}
            values={value.values}
            error={undefined}
            onChange={(values) => {
              onChange({ ...value, values });
            }}
          />
        )}
      </Group>
    </Fieldset>
  );
}
