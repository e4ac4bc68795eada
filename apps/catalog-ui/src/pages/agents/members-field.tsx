import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { nameOfAgent } from '../../lib/agents.js';
import { AGENTS } from './agents-query.js';

interface MembersFieldProps {
  readonly value: readonly string[];
  /** The team itself. */
  readonly without: string;
  readonly error: string | undefined;
  readonly onChange: (members: readonly string[]) => void;
}

/** Who is in a team: people, teams and services that were entered, found by what is typed. */
export function MembersField({ value, without, error, onChange }: MembersFieldProps) {
  const { t } = useTranslation('agent');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 150);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [{ data }] = useQuery({
    query: AGENTS,
    variables: { text: text.slice(0, 200), after: null },
    requestPolicy: 'cache-and-network',
  });
  const found = new Map(
    (data?.agents.edges ?? []).map(({ node }) => [node.id, `${node.name} · ${nameOfAgent(node.id)}`] as const),
  );
  const labelOf = (id: string): string => found.get(id) ?? names.get(id) ?? nameOfAgent(id);
  const offered = [...found.keys()].filter((id) => id !== without && !value.includes(id));
  return (
    <MultiSelect
      label={t('members')}
      description={t('membersHint')}
      searchable
      openOnFocus={false}
      hidePickedOptions
      data={[...value, ...offered].map((id) => ({ value: id, label: labelOf(id) }))}
      filter={({ options }) => options}
      value={[...value]}
      error={error}
      nothingFoundMessage={t('membersNone')}
      comboboxProps={{ withinPortal: false }}
      withScrollArea={false}
      styles={{ options: { maxHeight: 240, overflowY: 'auto' }, option: { overflowWrap: 'anywhere' } }}
      onSearchChange={setTyped}
      onChange={(ids) => {
        setNames(new Map(ids.map((id) => [id, labelOf(id)])));
        onChange(ids);
      }}
    />
  );
}
