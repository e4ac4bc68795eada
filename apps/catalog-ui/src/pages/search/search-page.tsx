import { Button, Checkbox, Grid, Group, NativeSelect, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { search as messages } from '../../i18n/messages/search.js';
import { useSearchParameters } from '../../lib/search-parameters.js';
import { useUrlState } from '../../lib/url-state.js';
import { Empty, Page } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { FacetList } from './facet-list.js';
import { HitRow } from './hit-row.js';
import { ORDERS, orderOf, SEARCH, searchOf, toggled, type Found, type Hit } from './search-query.js';

addMessages('search', messages);

const TYPING_MS = 30;

/** Up and down walk through the links of a list, out of the list's input too. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Results({
  found,
  earlier,
  onMore,
}: {
  readonly found: Found;
  readonly earlier: readonly Hit[];
  readonly onMore: (after: string, hits: readonly Hit[]) => void;
}) {
  const { t, i18n } = useTranslation('search');
  const { t: general } = useTranslation();
  const total = found.totalCount.toLocaleString(i18n.language);
  const hits = [...earlier, ...found.edges.map(({ node }) => node)];
  const { hasNextPage, endCursor } = found.pageInfo;
  return (
    <Stack gap="sm">
      <Text role="status" size="sm" className="hw-quiet">
        {found.isExact ? t('count', { count: found.totalCount, total }) : t('atLeast', { total })}
        {found.isFuzzy && found.totalCount > 0 ? ` ${t('fuzzy')}` : ''}
      </Text>
      {hits.length === 0 ? (
        <Empty>
          <Text fw={600}>{t('none')}</Text>
          <Text>{t('noneHint')}</Text>
        </Empty>
      ) : (
        <Stack component="ol" gap="xs" p={0} m={0} aria-label={t('results')}>
          {hits.map((hit) => (
            <HitRow key={hit.id} hit={hit} />
          ))}
        </Stack>
      )}
      {hasNextPage && endCursor ? (
        <Button
          variant="default"
          onClick={() => {
            onMore(endCursor, hits);
          }}
        >
          {general('more')}
        </Button>
      ) : null}
    </Stack>
  );
}

/** Search with facets; the address holds all of it but the pages after the first. */
export default function SearchPage() {
  const { t } = useTranslation('search');
  const [parameters, set] = useUrlState();
  const [, setParameters] = useSearchParameters();
  const address = parameters.toString();
  const [typed, setTyped] = useState(parameters.get('q') ?? '');
  const [more, setMore] = useState<{ of: string; after: string; hits: readonly Hit[] } | null>(null);
  const page = more?.of === address ? more : null;
  const write = useDebouncedCallback((q: string) => {
    set({ q });
  }, TYPING_MS);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped(parameters.get('q') ?? '');
  }, [parameters]);
  const [{ data, error }, reload] = useQuery({
    query: SEARCH,
    variables: { ...searchOf(parameters), after: page?.after ?? null },
  });
  const toggle = (parameter: string, value: string): void => {
    setParameters(toggled(parameters, parameter, value), { replace: true });
  };
  const q = parameters.get('q');
  return (
    <Page title={q === null ? t('title') : `${q} · ${t('title')}`} heading={t('title')}>
      <Stack gap="md" onKeyDown={walk}>
        <Group gap="sm" align="flex-end">
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
          <NativeSelect
            size="md"
            aria-label={t('order')}
            value={orderOf(parameters)}
            data={ORDERS.map((value) => ({ value, label: t(`orders.${value}`) }))}
            onChange={({ currentTarget: { value } }) => {
              set({ order: value === 'RELEVANCE' ? null : value });
            }}
          />
        </Group>
        <VisuallyHidden>{t('keys')}</VisuallyHidden>
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
              <Grid.Col span={{ base: 12, md: 3 }} order={{ base: 2, md: 1 }}>
                <Stack component="section" aria-label={t('filters')} gap="lg">
                  <FacetList facets={found.facets} chosen={parameters} onToggle={toggle} />
                  <Checkbox
                    size="xs"
                    label={t('unowned')}
                    checked={parameters.get('unowned') === '1'}
                    onChange={({ currentTarget: { checked } }) => {
                      set({ unowned: checked ? '1' : null });
                    }}
                  />
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    onClick={() => {
                      setParameters(new URLSearchParams(q === null ? {} : { q }), { replace: true });
                    }}
                  >
                    {t('clear')}
                  </Button>
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 9 }} order={{ base: 1, md: 2 }}>
                <Results
                  found={found}
                  earlier={page?.hits ?? []}
                  onMore={(after, hits) => {
                    setMore({ of: address, after, hits });
                  }}
                />
              </Grid.Col>
            </Grid>
          )}
        </Answer>
      </Stack>
    </Page>
  );
}
