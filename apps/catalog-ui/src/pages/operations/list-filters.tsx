import { Button, Chip, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';
import { useUrlState } from '../../lib/url-state.js';
import { PeriodFilter } from '../../ui/period-filter.js';
import { TextFilter } from '../../ui/text-filter.js';

interface ListFiltersProps {
  /** Of a few values any may be chosen. */
  readonly chips: {
    readonly name: string;
    readonly values: readonly string[];
    readonly labelOf: (value: string) => string;
  };
  readonly texts: readonly { readonly name: string; readonly label: string; readonly hint: string }[];
}

/** What narrows a list: values, texts and a period, all of which live in the address. */
export function ListFilters({ chips, texts }: ListFiltersProps) {
  const { t } = useTranslation('operations');
  const [parameters, set] = useUrlState();
  const names = [chips.name, ...texts.map(({ name }) => name), 'from', 'to'];
  return (
    <Stack component="section" aria-label={t('filters')} gap="sm">
      <Group gap="xs">
        <Chip.Group
          multiple
          value={chosenOf(parameters, chips.name, chips.values)}
          onChange={(chosen) => {
            set({ [chips.name]: chosen.join(',') });
          }}
        >
          {chips.values.map((value) => (
            <Chip key={value} value={value} size="sm" variant="outline">
              {chips.labelOf(value)}
            </Chip>
          ))}
        </Chip.Group>
      </Group>
      <Group gap="sm" align="flex-end">
        {texts.map(({ name, label, hint }) => (
          <TextFilter
            key={name}
            label={label}
            hint={hint}
            value={parameters.get(name)}
            onChange={(text) => {
              set({ [name]: text });
            }}
          />
        ))}
        <PeriodFilter {...boundsOf(parameters)} onChange={set} />
        {names.some((name) => parameters.has(name)) ? (
          <Button
            variant="subtle"
            onClick={() => {
              set(Object.fromEntries(names.map((name) => [name, null])));
            }}
          >
            {t('clear')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
