import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconBell, IconBellOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { search as messages } from '../../i18n/messages/search.js';
import { Confirm } from '../../ui/confirm.js';
import { Dialog } from '../../ui/dialog.js';
import { PageLink } from '../../ui/link.js';
import { textsOf, useFoundProperties } from '../search/property-query.js';
import { propertyWords } from '../search/property-words.js';
import { FLAGS } from '../search/search-query.js';
import { NewsLists } from './news.js';
import { isQuiet, NewsLine } from './news-line.js';
import { SavedProblemWords, SaveForm } from './save-form.js';
import { CHANGE_SEARCH, DELETE_SEARCH, FOLLOW_SEARCH, NEWS_COME, SEE_NEWS, type ListedSearch } from './saved-query.js';
import { searchAddress } from './search-address.js';
import { useSaved } from './use-saved.js';

addMessages('search', messages);

interface RowProps {
  readonly search: ListedSearch;
  readonly onChanged: () => void;
}

/** What a search asks for, in a line. */
function Asked({ search }: { readonly search: ListedSearch }) {
  const { t } = useTranslation('saved');
  const { t: general } = useTranslation('general');
  const { query, filter } = search;
  const kinds = filter.kinds?.map((kind) => general(`kind.${kind}`));
  const { namespaces, tags, owners, domains, dataProducts, terms } = filter;
  const values = [kinds, namespaces, tags, owners, domains, dataProducts, terms].flatMap((list) => list ?? []);
  const { t: says } = useTranslation('search');
  const known = useFoundProperties();
  const properties = (filter.properties ?? []).flatMap(textsOf).map((text) => propertyWords(text, known, says));
  const flags = FLAGS.filter(({ member, value }) => filter[member] === value).map(({ parameter }) => t(parameter));
  const carried = filter.carriedTags === true ? [t('carried')] : [];
  const since = filter.updatedAfter === null ? [] : [t('updatedAfter', { at: filter.updatedAfter.slice(0, 10) })];
  const words = [
    ...(query === '' ? [] : [t('words', { query })]),
    ...values,
    ...properties,
    ...carried,
    ...flags,
    ...since,
  ];
  return (
    <Text size="sm" className="hw-quiet hw-name">
      {words.length === 0 ? t('everything') : words.join(' · ')}
    </Text>
  );
}

/** A saved search with what can be done with it, and its news where one follows it. */
export function SavedRow({ search, onChanged }: RowProps) {
  const { t } = useTranslation('saved');
  const { id, name, isOwn, isShared, isFollowed, ownerName, missing, news } = search;
  const [dialog, setDialog] = useState<'EDIT' | 'DELETE' | null>(null);
  const { isBusy, problem, send, forget } = useSaved();
  const [come] = useSubscription({ query: NEWS_COME, variables: { id }, pause: !isFollowed });
  const told = come.data?.savedSearchNews.cursor;
  useEffect(() => {
    if (told !== undefined) onChanged();
    // The list asks again for what a payload announced, not for being drawn again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [told]);
  const line = useRef<HTMLDivElement>(null);
  const see = async (cursor: string): Promise<void> => {
    if ((await send(SEE_NEWS, { id, cursor })) === null) return;
    // The button that asked goes with the news.
    line.current?.focus();
    onChanged();
  };
  const done = async (sent: Promise<string | null>): Promise<void> => {
    if ((await sent) === null) return;
    setDialog(null);
    onChanged();
  };
  const open = (which: 'EDIT' | 'DELETE'): void => {
    forget();
    setDialog(which);
  };
  const close = (): void => {
    setDialog(null);
  };
  const alert =
    problem === null ? null : (
      <Text role="alert" size="sm">
        <SavedProblemWords problem={problem} />
      </Text>
    );
  return (
    <Stack component="li" className="hw-card" p="md" gap="sm" style={{ listStyle: 'none' }}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} miw={0}>
          <Group gap="xs">
            <PageLink to={searchAddress(search)} fw={600} className="hw-name">
              {name}
            </PageLink>
            {isShared ? (
              <Badge variant="default">{isOwn ? t('shared') : t('sharedBy', { name: ownerName })}</Badge>
            ) : null}
          </Group>
          <Asked search={search} />
          {missing.length === 0 ? null : (
            <Text size="sm" className="hw-name">
              {t('missing', { names: missing.join(', ') })}
            </Text>
          )}
        </Stack>
        <Group gap="xs" className="hw-noprint">
          <Button
            variant="default"
            size="compact-md"
            loading={isBusy && dialog === null}
            aria-label={t(isFollowed ? 'unfollowNamed' : 'followNamed', { name })}
            leftSection={isFollowed ? <IconBellOff size={16} aria-hidden /> : <IconBell size={16} aria-hidden />}
            onClick={() => {
              void done(send(FOLLOW_SEARCH, { id, follow: !isFollowed }));
            }}
          >
            {t(isFollowed ? 'unfollow' : 'follow')}
          </Button>
          {isOwn ? (
            <>
              <Button
                variant="default"
                size="compact-md"
                aria-label={t('editNamed', { name })}
                leftSection={<IconPencil size={16} aria-hidden />}
                onClick={() => {
                  open('EDIT');
                }}
              >
                {t('edit')}
              </Button>
              <Button
                variant="default"
                size="compact-md"
                aria-label={t('deleteNamed', { name })}
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => {
                  open('DELETE');
                }}
              >
                {t('delete')}
              </Button>
            </>
          ) : null}
        </Group>
      </Group>
      {dialog === null ? alert : null}
      {news === null ? null : (
        <div ref={line} role="status" tabIndex={-1} style={{ outline: 'none' }}>
          <NewsLine news={news} />
        </div>
      )}
      {news === null || isQuiet(news) ? null : (
        <NewsLists
          news={news}
          isBusy={isBusy && dialog === null}
          onSeen={() => {
            void see(news.cursor);
          }}
        />
      )}
      <Dialog isOpen={dialog === 'EDIT'} title={t('editNamed', { name })} onClose={close}>
        <SaveForm
          {...{ name, isShared, isBusy, problem }}
          onSave={(wanted) => {
            void done(send(CHANGE_SEARCH, { input: { id, ...wanted } }));
          }}
          onClose={close}
        />
      </Dialog>
      <Dialog isOpen={dialog === 'DELETE'} title={t('deleteNamed', { name })} onClose={close}>
        <Confirm
          lead={<Text>{t('deleteLead')}</Text>}
          problem={alert}
          action={t('delete')}
          cancel={t('cancel')}
          doing={t('doing')}
          isDoing={isBusy}
          onDo={() => {
            void done(send(DELETE_SEARCH, { id }));
          }}
          onClose={close}
        />
      </Dialog>
    </Stack>
  );
}
