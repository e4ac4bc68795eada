import { Button, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFacetText } from './facet-list.js';
import { FLAGS, PRODUCT, type ChosenFilter, type Found } from './search-query.js';

interface ChosenFiltersProps {
  readonly chosen: readonly ChosenFilter[];
  /** Of the answer, once it is there: they say what values are called. */
  readonly facets: Found['facets'] | undefined;
  readonly onRemove: (parameter: string, value: string) => void;
  readonly onClear: () => void;
}

/** What a filter narrows to, in words; `facets`, where there is an answer, say what values are called. */
export function useFilterWords(facets?: Found['facets']): (filter: ChosenFilter) => string {
  const { t } = useTranslation('search');
  const textOf = useFacetText(facets);
  return ({ facet, parameter, value }) => {
    if (facet !== null) return textOf(facet, value);
    if (parameter === 'updatedAfter') return t('updatedAfter', { at: value.slice(0, 10) });
    if (parameter === PRODUCT) return t('product', { id: value });
    return t(FLAGS.find((flag) => flag.parameter === parameter)?.parameter ?? 'carried');
  };
}

/** What the results are narrowed to, each with a way to take it back; nothing where they are not. */
export function ChosenFilters({ chosen, facets, onRemove, onClear }: ChosenFiltersProps) {
  const { t } = useTranslation('search');
  const wordsOf = useFilterWords(facets);
  if (chosen.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('chosen')}>
      {chosen.map((filter) => {
        const { parameter, value } = filter;
        const text = wordsOf(filter);
        return (
          <Button
            key={`${parameter} ${value}`}
            size="compact-sm"
            variant="light"
            maw="100%"
            rightSection={<IconX size={14} aria-hidden />}
            aria-label={t('remove', { value: text })}
            onClick={() => {
              onRemove(parameter, value);
            }}
          >
            {text}
          </Button>
        );
      })}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('clear')}
      </Button>
    </Group>
  );
}
