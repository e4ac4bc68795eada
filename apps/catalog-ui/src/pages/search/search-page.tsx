import { Button, Checkbox, Grid, Group, NativeSelect, Stack, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { search as messages } from '../../i18n/messages/search.js';
import { usePagesOf } from '../../lib/pages-of.js';
import { useSearchParameters } from '../../lib/search-parameters.js';
import { useUrlState } from '../../lib/url-state.js';
import { Page } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { ChosenFilters } from './chosen-filters.js';
import { FacetList } from './facet-list.js';
import { PropertyFilter } from './property-filter.js';
import { Results } from './results.js';
import {
  chosenIn,
  ORDERS,
  orderOf,
  SEARCH,
  searchOf,
  toggled,
  unfiltered,
  type ChosenFilter,
  type Hit,
} from './search-query.js';

addMessages('search', messages);

const TYPING_MS = 30;

/** Up and down walk through the links of a list, out of the list's input too. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  // Elsewhere, as in the choice of an order, the keys have a meaning of their own.
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** The words asked for: the address follows the typing a moment later, the field whatever else changes the address. */
function SearchField() {
  const { t } = useTranslation('search');
  const [parameters, set] = useUrlState();
  const asked = parameters.get('q') ?? '';
  const [typed, setTyped] = useState(asked);
  const written = useRef(asked);
  const input = useRef<HTMLInputElement>(null);
  const client = useClient();
  const write = useDebouncedCallback((q: string) => {
    written.current = q;
    // The request is on its way before the page is drawn for the new address, which then waits for the same answer.
    const { href, search } = window.location;
    const next = new URLSearchParams(search);
    next.set('q', q);
    void client.query(SEARCH, { ...searchOf(next), after: null }).toPromise();
    setTimeout(() => {
      if (window.location.href === href) set({ q });
    });
  }, TYPING_MS);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    setTyped(asked);
  }, [asked]);
  return (
    <TextInput
      ref={input}
      data-hit
      flex={1}
      miw={220}
      size="md"
      type="search"
      aria-label={t('label')}
      placeholder={t('placeholder')}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        write(value.trim());
      }}
    />
  );
}

/** Search with facets; the address holds all of it but the pages after the first. */
export default function SearchPage() {
  const { t } = useTranslation('search');
  const [parameters, set] = useUrlState();
  const [, setParameters] = useSearchParameters();
  const { after, earlier, showMore } = usePagesOf<Hit>(parameters.toString());
  const [isFiltering, setIsFiltering] = useState(false);
  const [{ data, error, fetching, stale }, reload] = useQuery({
    query: SEARCH,
    variables: { ...searchOf(parameters), after },
  });
  // The same list while it says the same, whatever else the address changes in.
  const narrowing = JSON.stringify(chosenIn(parameters));
  const chosen = useMemo(() => JSON.parse(narrowing) as readonly ChosenFilter[], [narrowing]);
  const toggle = useCallback(
    (parameter: string, value: string): void => {
      setParameters((before) => toggled(before, parameter, value));
    },
    [setParameters],
  );
  const add = (parameter: string, value: string): void => {
    if (!parameters.getAll(parameter).includes(value)) toggle(parameter, value);
  };
  const clear = (): void => {
    setParameters(unfiltered(parameters));
  };
  const q = parameters.get('q');
  return (
    <Page title={q === null ? t('title') : `${q} · ${t('title')}`} heading={t('title')}>
      <Stack gap="md" onKeyDown={walk}>
        <Group gap="sm" align="flex-end">
          <SearchField />
          <NativeSelect
            size="md"
            aria-label={t('order')}
            value={orderOf(parameters)}
            data={ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))}
            onChange={({ currentTarget: { value } }) => {
              set({ order: value === 'RELEVANCE' ? null : value }, { push: true });
            }}
          />
          <Button
            size="md"
            variant="default"
            hiddenFrom="md"
            aria-expanded={isFiltering}
            leftSection={<IconFilter size={18} aria-hidden />}
            onClick={() => {
              setIsFiltering(!isFiltering);
            }}
          >
            {t('filters')}
          </Button>
        </Group>
        <VisuallyHidden>{t('keys')}</VisuallyHidden>
        <ChosenFilters chosen={chosen} facets={data?.search.facets} onRemove={toggle} onClear={clear} />
        <Answer
          data={data}
          error={error}
          onRetry={() => {
            reload({ requestPolicy: 'network-only' });
          }}
          lines={8}
        >
          {({ search: found }) => (
            <Grid gap="xl">
              <Grid.Col span={{ base: 12, md: 3 }} {...(isFiltering ? {} : { visibleFrom: 'md' })}>
                <Stack component="section" aria-label={t('filters')} gap="lg">
                  <FacetList facets={found.facets} chosen={chosen} onToggle={toggle} />
                  <PropertyFilter onAdd={add} />
                  <Checkbox
                    size="xs"
                    label={t('unowned')}
                    checked={parameters.get('unowned') === '1'}
                    onChange={() => {
                      toggle('unowned', '1');
                    }}
                  />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 9 }}>
                <Results
                  found={found}
                  earlier={earlier}
                  isLoading={fetching || stale}
                  hasFilters={chosen.length > 0}
                  editHref={`/edits?${new URLSearchParams([['search', '1'], ...parameters]).toString()}`}
                  isRanked={q !== null && orderOf(parameters) === 'RELEVANCE'}
                  onMore={showMore}
                  onClear={clear}
                />
              </Grid.Col>
            </Grid>
          )}
        </Answer>
      </Stack>
    </Page>
  );
}
