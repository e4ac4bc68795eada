import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, useFoundProperties, type Asked, type FoundProperty } from './property-query.js';

const INPUTS: Readonly<Partial<Record<FoundProperty['type'], string>>> = { NUMBER: 'number', DATE: 'date' };

/** How a property can be asked for: bounds only where its values have an order. */
function waysOf({ type }: FoundProperty): readonly Asked[] {
  const isOrdered = type === 'NUMBER' || type === 'DATE' || type === 'DATE_TIME';
  return isOrdered ? ['any', 'from', 'to', 'is', 'none'] : ['any', 'is', 'none'];
}

interface PropertyFilterProps {
  readonly onAdd: (parameter: string, value: string) => void;
}

function PropertyForm({ properties, onAdd }: PropertyFilterProps & { readonly properties: readonly FoundProperty[] }) {
  const { t } = useTranslation('search');
  const [id, setId] = useState('');
  const [how, setHow] = useState<Asked>('any');
  const [value, setValue] = useState('');
  const property = properties.find((one) => one.id === id) ?? properties[0];
  if (property === undefined) return null;
  const ways = waysOf(property);
  const way = ways.includes(how) ? how : 'any';
  const choices = property.type === 'BOOLEAN' ? ['true', 'false'] : property.values;
  const chosen = choices.length === 0 || choices.includes(value) ? value : (choices[0] ?? '');
  const hasValue = way !== 'any' && way !== 'none';
  const label = property.unit === null ? t(`property.${way}`) : `${t(`property.${way}`)} (${property.unit})`;
  return (
    <form
      noValidate
      aria-label={t('property.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (hasValue && chosen.trim() === '') return;
        onAdd('property', addressOf({ property: property.id, how: way, value: chosen.trim() }));
        setValue('');
      }}
    >
      <Stack gap={6}>
        <NativeSelect
          size="xs"
          label={t('property.title')}
          value={property.id}
          data={properties.map((one) => ({ value: one.id, label: one.name }))}
          onChange={({ currentTarget }) => {
            setId(currentTarget.value);
            setValue('');
          }}
        />
        <NativeSelect
          size="xs"
          aria-label={t('property.how')}
          value={way}
          data={ways.map((one) => ({ value: one, label: t(`property.${one}`) }))}
          onChange={({ currentTarget }) => {
            const next = ways.find((one) => one === currentTarget.value);
            if (next !== undefined) setHow(next);
          }}
        />
        {!hasValue ? null : choices.length > 0 ? (
          <NativeSelect
            size="xs"
            aria-label={label}
            value={chosen}
            data={[...choices]}
            onChange={({ currentTarget }) => {
              setValue(currentTarget.value);
            }}
          />
        ) : (
          <TextInput
            size="xs"
            label={label}
            type={INPUTS[property.type] ?? 'text'}
            step="any"
            value={value}
            onChange={({ currentTarget }) => {
              setValue(currentTarget.value);
            }}
          />
        )}
        <Button size="compact-sm" variant="default" type="submit" w="fit-content">
          {t('property.add')}
        </Button>
      </Stack>
    </form>
  );
}

/** Narrows a search by what assets have of a property; nothing where none is declared. */
export function PropertyFilter({ onAdd }: PropertyFilterProps) {
  const properties = useFoundProperties();
  return properties.length === 0 ? null : <PropertyForm properties={properties} onAdd={onAdd} />;
}
