import { Button, Text } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useUrlState } from '../../lib/url-state.js';
import { Dialog } from '../../ui/dialog.js';
import { PageLink } from '../../ui/link.js';
import { searchOf } from '../search/search-query.js';
import { SavedProblemWords, SaveForm } from './save-form.js';
import { CHANGE_SEARCH, OWN_SEARCH, SAVE_SEARCH } from './saved-query.js';
import { useSaved } from './use-saved.js';

/** Keeps the search of the address under a name; one that was opened from the saved ones takes on what it is now. */
export function SaveSearch() {
  const { t } = useTranslation('saved');
  const [parameters, set] = useUrlState();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<'SAVED' | 'CHANGED' | null>(null);
  const { isBusy, problem, send, forget } = useSaved();
  const id = parameters.get('saved');
  const [opened] = useQuery({ query: OWN_SEARCH, variables: { id: id ?? '' }, pause: id === null });
  const isOwn = id !== null && opened.data?.savedSearch?.id === id && opened.data.savedSearch.isOwn;
  const asked = () => {
    const { query, filter, orderBy } = searchOf(parameters);
    return { query, filter: filter ?? {}, orderBy: orderBy ?? 'RELEVANCE' };
  };
  const save = async (wanted: { readonly name: string; readonly isShared: boolean }): Promise<void> => {
    const made = await send(SAVE_SEARCH, { input: { ...wanted, ...asked() } });
    if (made === null) return;
    setOpen(false);
    setSaid('SAVED');
    set({ saved: made });
  };
  const update = async (): Promise<void> => {
    if (id !== null && (await send(CHANGE_SEARCH, { input: { id, ...asked() } })) !== null) setSaid('CHANGED');
  };
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        className="hw-noprint"
        leftSection={<IconBookmark size={16} aria-hidden />}
        onClick={() => {
          forget();
          setSaid(null);
          setOpen(true);
        }}
      >
        {t('saveSearch')}
      </Button>
      {isOwn ? (
        <Button
          variant="subtle"
          size="compact-sm"
          className="hw-noprint"
          loading={isBusy && !isOpen}
          onClick={() => {
            void update();
          }}
        >
          {t('update')}
        </Button>
      ) : null}
      <PageLink to="/saved" size="sm" className="hw-noprint">
        {t('title')}
      </PageLink>
      <Text size="sm" role="status" className="hw-quiet">
        {said === null ? '' : t(said === 'SAVED' ? 'saidSaved' : 'saidChanged')}
      </Text>
      {problem !== null && !isOpen ? (
        <Text size="sm" role="alert">
          <SavedProblemWords problem={problem} />
        </Text>
      ) : null}
      <Dialog
        isOpen={isOpen}
        title={t('saveSearch')}
        onClose={() => {
          setOpen(false);
        }}
      >
        <SaveForm
          name={(parameters.get('q') ?? '').slice(0, 100)}
          isShared={false}
          isBusy={isBusy}
          problem={problem}
          onSave={(wanted) => {
            void save(wanted);
          }}
          onClose={() => {
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}
