import { Button, Group, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../lib/url-state.js';

interface FilterPanelProps {
  /** The parameters of the address that the filters set. */
  readonly names: readonly string[];
  /** Values to choose by a click, in a row of their own. */
  readonly chips?: ReactNode;
  readonly children: ReactNode;
}

/** What narrows a list, and the way to take all of it back; folded behind a button where the screen is narrow. */
export function FilterPanel({ names, chips, children }: FilterPanelProps) {
  const { t, i18n } = useTranslation();
  const [parameters, set] = useUrlState();
  const [isOpen, setIsOpen] = useState(false);
  const count = names.filter((name) => parameters.has(name)).length;
  return (
    <Stack component="section" aria-label={t('filters')} gap="sm">
      <Button
        variant="default"
        hiddenFrom="sm"
        w="fit-content"
        aria-expanded={isOpen}
        leftSection={<IconFilter size={18} aria-hidden />}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        {count === 0 ? t('filters') : t('filtersSet', { total: count.toLocaleString(i18n.language) })}
      </Button>
      <Stack gap="sm" {...(isOpen ? {} : { visibleFrom: 'sm' })}>
        {chips === undefined && count === 0 ? null : (
          <Group gap="xs">
            {chips}
            {count === 0 ? null : (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  set(Object.fromEntries(names.map((name) => [name, null])));
                }}
              >
                {t('clearFilters')}
              </Button>
            )}
          </Group>
        )}
        <Group gap="sm" align="flex-start">
          {children}
        </Group>
      </Stack>
    </Stack>
  );
}
