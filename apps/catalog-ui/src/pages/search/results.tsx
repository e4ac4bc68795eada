import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../graphql/viewer.js';
import { joined } from '../../lib/pages-of.js';
import { PageLink } from '../../ui/link.js';
import { MoreButton } from '../../ui/more-button.js';
import { Empty } from '../../ui/page.js';
import { SaveSearch } from '../saved/save-search.js';
import { ExportResults } from './export-results.js';
import { HitRow } from './hit-row.js';
import type { Found, Hit } from './search-query.js';

interface ResultsProps {
  readonly found: Found;
  readonly earlier: readonly Hit[];
  readonly isLoading: boolean;
  readonly hasFilters: boolean;
  /** Where all of them are edited. */
  readonly editHref: string;
  /** Whether the best match is first. */
  readonly isRanked: boolean;
  readonly onMore: (after: string, hits: readonly Hit[]) => void;
  readonly onClear: () => void;
}

/** What was found as far as it was asked for; where that is nothing, what to try. */
export function Results({ found, earlier, isLoading, hasFilters, editHref, isRanked, onMore, onClear }: ResultsProps) {
  const { t, i18n } = useTranslation('search');
  const mayEdit = useMay('CATALOG_EDIT');
  const total = found.totalCount.toLocaleString(i18n.language);
  const hits = joined(earlier, found.edges, ({ id }) => id);
  const root = useRef<HTMLDivElement>(null);
  const isAsked = useRef(false);
  const begin = earlier.length;
  // The button that asked goes on the last page: the keyboard continues at the first of the new ones.
  useEffect(() => {
    if (!isAsked.current || hits.length <= begin) return;
    isAsked.current = false;
    root.current?.querySelectorAll<HTMLElement>('[data-hit]')[begin]?.focus();
  }, [begin, hits.length]);
  return (
    <Stack ref={root} gap="sm" aria-busy={isLoading}>
      <Group justify="space-between" gap="xs">
        <Text role="status" size="sm" className="hw-quiet">
          {found.isExact ? t('count', { count: found.totalCount, total }) : t('atLeast', { total })}
          {found.isFuzzy && found.totalCount > 0 ? ` · ${t('fuzzy')}` : ''}
        </Text>
        {hits.length === 0 ? null : (
          <Group gap="md">
            {found.isFuzzy ? null : <ExportResults />}
            <SaveSearch />
            {mayEdit ? (
              <PageLink to={editHref} size="sm" className="hw-noprint">
                {t('edit')}
              </PageLink>
            ) : null}
          </Group>
        )}
      </Group>
      {isRanked && hits.length > 1 ? (
        <Text size="sm" className="hw-quiet">
          {t('ranked')}
        </Text>
      ) : null}
      {hits.length === 0 ? (
        <Empty>
          <Text fw={600}>{t('none')}</Text>
          <Text>{hasFilters ? t('noneFiltered') : t('noneHint')}</Text>
          {hasFilters ? (
            <Group mt="sm">
              <Button variant="default" size="compact-md" onClick={onClear}>
                {t('clear')}
              </Button>
            </Group>
          ) : null}
        </Empty>
      ) : (
        <Stack component="ol" gap="xs" p={0} m={0} aria-label={t('results')}>
          {hits.map((hit) => (
            <HitRow key={hit.id} hit={hit} />
          ))}
        </Stack>
      )}
      <MoreButton
        page={found.pageInfo}
        loading={isLoading}
        onMore={(after) => {
          isAsked.current = true;
          onMore(after, hits);
        }}
      />
    </Stack>
  );
}
