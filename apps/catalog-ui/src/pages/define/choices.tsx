import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/tada.js';
import type { Choice } from './choice.js';
import { datasetChoice } from './draft.js';

const TERM_CHOICES = graphql(`
  query TermChoices($text: String!) {
    terms(first: 50, text: $text) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

const DOMAIN_CHOICES = graphql(`
  query DomainChoices {
    domains {
      id
      name
      above {
        name
      }
    }
  }
`);

const DATASET_CHOICES = graphql(`
  query DatasetChoices($text: String!) {
    search(query: $text, first: 30, filter: { kinds: [DATASET] }) {
      edges {
        node {
          id
          displayName
          namespace
        }
      }
    }
  }
`);

/** What can be chosen from, by what is typed. */
export type Offer = 'term' | 'domain' | 'dataset';

function useOffered(offer: Offer, text: string): readonly Choice[] {
  const requestPolicy = 'cache-and-network';
  const [terms] = useQuery({ query: TERM_CHOICES, variables: { text }, pause: offer !== 'term', requestPolicy });
  const [domains] = useQuery({ query: DOMAIN_CHOICES, pause: offer !== 'domain', requestPolicy });
  const [found] = useQuery({ query: DATASET_CHOICES, variables: { text }, pause: offer !== 'dataset', requestPolicy });
  if (offer === 'term') return (terms.data?.terms.edges ?? []).map(({ node }) => node);
  if (offer === 'dataset') return (found.data?.search.edges ?? []).map(({ node }) => datasetChoice(node));
  const wanted = text.toLowerCase();
  return (domains.data?.domains ?? [])
    .map(({ id, name, above }) => ({ id, name: [...above.map((one) => one.name), name].join(' / ') }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name));
}

interface FieldProps {
  readonly offer: Offer;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: ReactNode;
  /** What is not offered: what the choice is for. */
  readonly without?: string | null;
}

const LOOK = {
  searchable: true,
  openOnFocus: false,
  comboboxProps: { withinPortal: false },
  withScrollArea: false,
  // Names of namespaces are long, and screens may be small.
  styles: { options: { maxHeight: 240, overflowY: 'auto' }, option: { overflowWrap: 'anywhere' } },
} as const;

function useData({ offer, without = null }: FieldProps, chosen: readonly Choice[]) {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 150);
  // What is chosen stands in the field, and would be searched for.
  const text = chosen.some(({ name }) => name === asked) ? '' : asked.slice(0, 200);
  const offered = useOffered(offer, text).filter(({ id }) => id !== without);
  const rest = offered.filter(({ id }) => !chosen.some((one) => one.id === id));
  const all = [...chosen, ...rest];
  return { all, setTyped, data: all.map(({ id, name }) => ({ value: id, label: name })) };
}

/** One of many, found by what is typed, or none. */
export function ChoiceField(
  props: FieldProps & { readonly value: Choice | null; readonly onChange: (choice: Choice | null) => void },
) {
  const { t } = useTranslation('define');
  const { label, hint, error, value, onChange } = props;
  const { all, data, setTyped } = useData(props, value === null ? [] : [value]);
  return (
    <Select
      {...LOOK}
      label={label}
      description={hint}
      error={error}
      clearable
      clearButtonProps={{ 'aria-label': `${label}: ${t('none')}` }}
      data={data}
      // Synonyms find a term, too, which its label does not tell.
      filter={({ options }) => options}
      value={value?.id ?? null}
      nothingFoundMessage={t('choiceNone')}
      onSearchChange={setTyped}
      onChange={(id) => {
        onChange(all.find((one) => one.id === id) ?? null);
      }}
    />
  );
}

/** Several of many, found by what is typed. */
export function ChoicesField(
  props: FieldProps & { readonly value: readonly Choice[]; readonly onChange: (choices: readonly Choice[]) => void },
) {
  const { t } = useTranslation('define');
  const { label, hint, error, value, onChange } = props;
  const { all, data, setTyped } = useData(props, value);
  return (
    <MultiSelect
      {...LOOK}
      label={label}
      description={hint}
      error={error}
      data={data}
      filter={({ options }) => options}
      value={value.map(({ id }) => id)}
      hidePickedOptions
      nothingFoundMessage={t('choiceNone')}
      onSearchChange={setTyped}
      onChange={(ids) => {
        onChange(all.filter(({ id }) => ids.includes(id)));
      }}
    />
  );
}
