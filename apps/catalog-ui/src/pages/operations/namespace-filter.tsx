import { Autocomplete, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNamespaces } from './namespaces.js';

interface NamespaceFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | null;
  readonly onChange: (namespace: string | null) => void;
}

const SHOWN = 100;

/** Narrows a list to one namespace of those that are known. Another text says that there is none of that name. */
export function NamespaceFilter({ label, hint, value, onChange }: NamespaceFilterProps) {
  const { t } = useTranslation('operations');
  const { t: general } = useTranslation();
  const { names, isComplete } = useNamespaces();
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const [of, setOf] = useState(value);
  if (of !== value) {
    setOf(value);
    setTyped(null);
  }
  const text = (typed ?? value ?? '').trim();
  const isKnown = !isComplete || names.includes(text);
  const fits = names.some((name) => name.toLowerCase().includes(text.toLowerCase()));
  const take = (name: string): void => {
    setTyped(null);
    onChange(name === '' ? null : name);
  };
  const leave = (): void => {
    setIsLeft(true);
    if (typed !== null && (text === '' || isKnown)) take(text);
  };
  const error =
    text === '' || isKnown ? undefined : !fits ? t('namespaceNone') : isLeft ? general('pick.choose') : undefined;
  return (
    <Autocomplete
      size="sm"
      label={label}
      placeholder={hint}
      miw={220}
      flex={1}
      data={names}
      limit={SHOWN}
      value={typed ?? value ?? ''}
      error={error}
      errorProps={{ role: 'status' }}
      rightSection={
        text === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={general('pick.clear', { label })}
            onClick={() => {
              take('');
            }}
          />
        )
      }
      // The list itself scrolls, as one that its field controls; a box around it could not be reached by keyboard.
      withScrollArea={false}
      styles={{ options: { maxHeight: 320, overflowY: 'auto' } }}
      comboboxProps={{ withinPortal: false }}
      onOptionSubmit={take}
      onChange={(next) => {
        setTyped(next);
        setIsLeft(false);
        if (value !== null && next !== value) {
          // What the field does not name any more does not narrow the list any more; the text stays.
          setOf(null);
          onChange(null);
        }
      }}
      onKeyDown={({ key, nativeEvent }) => {
        if (key === 'Enter' && !nativeEvent.isComposing) leave();
      }}
      onBlur={leave}
    />
  );
}
