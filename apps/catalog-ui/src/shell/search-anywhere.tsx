import { Group, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { graphql, type ResultOf } from '../graphql/tada.js';
import { assetHref, href } from '../lib/node-id.js';
import { Highlighted } from '../ui/highlighted.js';
import { KindIcon } from '../ui/kind.js';
import { fieldMeant } from './field-meant.js';

// The search itself rather than `suggest`, which goes by names: people remember a field as often.
const FIND = graphql(`
  query FindAnywhere($query: String!) {
    search(query: $query, first: 8) {
      edges {
        node {
          id
          kind
          displayName
          namespace
          highlights {
            field
            text
            ranges {
              start
              end
            }
          }
        }
      }
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

type Hit = ResultOf<typeof FIND>['search']['edges'][number]['node'];

/** Which field was meant, where the name says less of it. */
function FieldFound({ highlights }: Pick<Hit, 'highlights'>) {
  const { t } = useTranslation('shell');
  const field = fieldMeant(highlights);
  if (field === null) return null;
  return (
    <Text size="xs" className="hw-name">
      {t('searchField')} <Highlighted text={field.text} ranges={field.ranges} />
    </Text>
  );
}

/** What is typed while the search opens, before it has the focus, is part of what is asked. */
function useLettersBeforeFocus(write: Dispatch<SetStateAction<string>>) {
  const opened = useRef(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, target, isComposing } = event;
      if (!opened.current || key.length !== 1 || ctrlKey || metaKey || altKey || isComposing) return;
      // The key that opened it was taken by the library already.
      if (target instanceof HTMLInputElement || event.defaultPrevented) return;
      event.preventDefault();
      write((before) => before + key);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [write]);
  return opened;
}

/** Suggestions while one types, over whatever page is open. */
export function SearchAnywhere() {
  const { t } = useTranslation('shell');
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const [{ data, fetching }] = useQuery({ query: FIND, variables: { query: asked }, pause: asked === '' });
  const hits = asked === '' ? [] : (data?.search.edges ?? []);
  const opened = useLettersBeforeFocus(setQuery);
  const go = (path: string) => () => {
    navigate(path);
  };
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['/', 'mod + K']}
      attributes={{ content: { 'aria-label': t('searchAnywhere') } }}
      onSpotlightOpen={() => {
        opened.current = true;
      }}
      onSpotlightClose={() => {
        opened.current = false;
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
        {hits.map(({ node: { id, kind, displayName, namespace, highlights } }) => (
          <Spotlight.Action key={id} onClick={go(assetHref(id))}>
            <Group wrap="nowrap" gap="sm">
              <KindIcon kind={kind} />
              <div>
                <Text className="hw-name">{displayName}</Text>
                <Text size="xs" className="hw-name" opacity={0.75}>
                  {namespace}
                </Text>
                <FieldFound highlights={highlights} />
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
