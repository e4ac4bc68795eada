import { CloseButton, Combobox, Group, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KindIcon } from './kind.js';

/** Something that a list can be narrowed to. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly where: string;
  /** Null for what has no kind of its own, such as a caller. */
  readonly kind: string | null;
}

interface IdFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | null;
  /** What the value is, as far as that is known. */
  readonly chosen: Candidate | null;
  /** Whether it is certain that nothing has the value. */
  readonly isUnknown?: boolean;
  readonly candidates: readonly Candidate[];
  /** The text that the candidates are for; null while those are on their way, or none was asked for. */
  readonly asked: string | null;
  /** The id that a text is or holds; null where it is a name to look for. */
  readonly idIn: (text: string) => string | null;
  readonly onAsk: (text: string) => void;
  readonly onChange: (id: string | null) => void;
}

const TYPING_MS = 80;

/**
 * Narrows a list to one thing of which one knows the name: typing offers what fits, choosing puts its id into the address
 * and its name into the field. An id can be pasted as well. A text that is neither says so and narrows nothing.
 */
export function IdFilter(props: IdFilterProps) {
  const { label, hint, value, chosen, isUnknown = false, candidates, asked, idIn, onAsk, onChange } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const [of, setOf] = useState(value);
  if (of !== value) {
    setOf(value);
    setTyped(null);
  }
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const ask = useDebouncedCallback(onAsk, TYPING_MS);
  const text = typed?.trim() ?? '';
  const isName = text !== '' && idIn(text) === null;
  const isAnswered = asked === text;
  const { selectFirstOption } = list;
  useEffect(() => {
    if (isAnswered && isName) selectFirstOption();
    // Other candidates, of which Enter takes the first; the function is another in every pass.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isAnswered, isName, candidates]);
  const choose = (id: string): void => {
    list.closeDropdown();
    setTyped(null);
    onChange(id);
  };
  const takeId = (from: string): boolean => {
    const id = idIn(from.trim());
    if (id !== null) choose(id);
    return id !== null;
  };
  const error = isName
    ? isAnswered && candidates.length === 0
      ? t('pick.none')
      : isLeft
        ? t('pick.choose')
        : undefined
    : typed === null && isUnknown
      ? t('pick.unknown')
      : undefined;
  const shown = typed ?? chosen?.name ?? value ?? '';
  return (
    <Combobox store={list} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          size="sm"
          role="combobox"
          aria-autocomplete="list"
          label={label}
          placeholder={hint}
          miw={220}
          flex={1}
          value={shown}
          error={error}
          errorProps={{ role: 'status' }}
          title={typed === null && chosen !== null ? chosen.where : undefined}
          leftSection={typed === null && chosen?.kind != null ? <KindIcon kind={chosen.kind} size={16} /> : null}
          rightSection={
            shown === '' ? null : (
              <CloseButton
                size="sm"
                aria-label={t('pick.clear', { label })}
                onClick={() => {
                  setTyped(null);
                  onChange(null);
                }}
              />
            )
          }
          onChange={({ currentTarget: { value: next } }) => {
            setTyped(next);
            setIsLeft(false);
            if (value !== null) {
              // What the field does not name any more does not narrow the list any more; the text stays.
              setOf(null);
              onChange(null);
            }
            if (next.trim() === '') {
              list.closeDropdown();
              return;
            }
            list.openDropdown();
            list.resetSelectedOption();
            ask(next.trim());
          }}
          onPaste={(event) => {
            if (takeId(event.clipboardData.getData('text'))) event.preventDefault();
          }}
          onKeyDown={({ key, nativeEvent }) => {
            if (key === 'Enter' && !nativeEvent.isComposing) takeId(text);
          }}
          onBlur={() => {
            list.closeDropdown();
            setIsLeft(true);
            takeId(text);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isName || candidates.length === 0}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
          {candidates.map(({ id, name, where, kind }) => (
            <Combobox.Option key={id} value={id} className="hw-option">
              <Group wrap="nowrap" gap="xs" align="flex-start">
                {kind === null ? null : <KindIcon kind={kind} size={16} />}
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" className="hw-name">
                    {name}
                  </Text>
                  <Text size="xs" className="hw-quiet hw-name">
                    {where}
                  </Text>
                </div>
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
