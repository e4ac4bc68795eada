import { Group, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { graphql } from '../graphql/tada.js';
import { assetHref, href } from '../lib/node-id.js';
import { KindIcon } from '../ui/kind.js';

const SUGGEST = graphql(`
  query Suggest($prefix: String!) {
    suggest(prefix: $prefix, limit: 8) {
      id
      kind
      displayName
      namespace
    }
  }
`);
const TYPING_MS = 30;
const SELECTED = '.mantine-Spotlight-action[data-selected]';

/** Opens the search; it is also opened by `/` and Ctrl+K wherever no text is being written. */
export function SearchButton() {
  const { t } = useTranslation('shell');
  return (
    <UnstyledButton
      onClick={spotlight.open}
      className="hw-card"
      px="sm"
      py={6}
      w="100%"
      maw={460}
      aria-keyshortcuts="/ Control+K"
    >
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <IconSearch size={16} aria-hidden />
          <Text size="sm" className="hw-quiet" truncate>
            {t('searchAnywhere')}
          </Text>
        </Group>
        <Kbd size="xs" visibleFrom="sm" aria-hidden>
          /
        </Kbd>
      </Group>
    </UnstyledButton>
  );
}

/** Suggestions while one types, over whatever page is open. */
export function SearchAnywhere() {
  const { t } = useTranslation('shell');
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const [{ data, fetching }] = useQuery({ query: SUGGEST, variables: { prefix: asked }, pause: asked === '' });
  const hits = asked === '' ? [] : (data?.suggest ?? []);
  const go = (path: string) => () => {
    navigate(path);
  };
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['/', 'mod + K']}
      attributes={{ content: { 'aria-label': t('searchAnywhere') } }}
      onSpotlightClose={() => {
        setQuery('');
      }}
    >
      <Spotlight.Search
        placeholder={t('searchPlaceholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
        aria-label={t('searchAnywhere')}
        onKeyDown={({ key, nativeEvent }) => {
          // The library selects the first entry with the next letter only: Enter means it before that too.
          if (key !== 'Enter' || nativeEvent.isComposing || typed === '' || document.querySelector(SELECTED)) return;
          spotlight.close();
          navigate(href('/search', { q: typed }));
        }}
      />
      <Spotlight.ActionsList>
        {/* First, so that nothing moves under the reader's hands when suggestions come. */}
        {asked === '' ? null : (
          <Spotlight.Action
            onClick={go(href('/search', { q: asked }))}
            leftSection={<IconSearch size={16} aria-hidden />}
          >
            {t('searchAll', { query: asked })}
          </Spotlight.Action>
        )}
        {hits.map(({ id, kind, displayName, namespace }) => (
          <Spotlight.Action key={id} onClick={go(assetHref(id))}>
            <Group wrap="nowrap" gap="sm">
              <KindIcon kind={kind} />
              <div>
                <Text className="hw-name">{displayName}</Text>
                <Text size="xs" className="hw-name" opacity={0.75}>
                  {namespace}
                </Text>
              </div>
            </Group>
          </Spotlight.Action>
        ))}
        {asked !== '' && hits.length === 0 && !fetching ? (
          <Spotlight.Empty>{t('searchNothing')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
