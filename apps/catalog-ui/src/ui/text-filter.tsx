import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';

interface TextFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

const TYPING_MS = 300;

/** A text of the address that is written while one types, a moment later. */
export function TextFilter({ label, hint, value, onChange }: TextFilterProps) {
  const [typed, setTyped] = useState(value ?? '');
  const write = useDebouncedCallback((text: string) => {
    onChange(text === '' ? null : text);
  }, TYPING_MS);
  useEffect(() => {
    setTyped(value ?? '');
  }, [value]);
  return (
    <TextInput
      size="sm"
      label={label}
      placeholder={hint}
      value={typed}
      miw={220}
      flex={1}
      onChange={({ currentTarget: { value: text } }) => {
        setTyped(text);
        write(text.trim());
      }}
    />
  );
}
