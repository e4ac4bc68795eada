import { Chip } from '@mantine/core';
import type { ReactNode } from 'react';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';
import { useUrlState } from '../../lib/url-state.js';
import { FilterPanel } from '../../ui/filter-panel.js';
import { PeriodFilter } from '../../ui/period-filter.js';

interface ListFiltersProps {
  /** Of a few values any may be chosen. */
  readonly chips: {
    readonly name: string;
    readonly values: readonly string[];
    readonly labelOf: (value: string) => string;
  };
  /** The parameters that the fields between the values and the period set. */
  readonly names: readonly string[];
  readonly children: ReactNode;
}

/** What narrows a list: values, fields of its own and a period, all of which live in the address. */
export function ListFilters({ chips, names, children }: ListFiltersProps) {
  const [parameters, set] = useUrlState();
  return (
    <FilterPanel
      names={[chips.name, ...names, 'from', 'to']}
      chips={
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
      }
    >
      {children}
      <PeriodFilter {...boundsOf(parameters)} onChange={set} />
    </FilterPanel>
  );
}
