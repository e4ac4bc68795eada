import { Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { addMessages } from '../../i18n/i18n.js';
import { search as searchMessages } from '../../i18n/messages/search.js';
import { newKey } from '../../lib/new-key.js';
import { useUrlState } from '../../lib/url-state.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { useFilterWords } from '../search/chosen-filters.js';
import { chosenIn, searchOf } from '../search/search-query.js';
import { ChangeForm } from './change-form.js';
import { PREVIEW, START, type Change, type Plan, type Selection } from './edits-query.js';
import { PlannedSection } from './planned.js';
import { useStart } from './use-start.js';

addMessages('search', searchMessages);

/** The same change of all that a search finds, whose words and filters stand in the address. */
export function EditResults() {
  const { t } = useTranslation('edits');
  const client = useClient();
  const filterWords = useFilterWords();
  const [parameters] = useUrlState();
  const { query, filter = null } = searchOf(parameters);
  const selection: Selection = { query, filter };
  const [wanted, setWanted] = useState<{ readonly change: Change; readonly reason: string } | null>(null);
  const [skip, setSkip] = useState(0);
  const start = useStart<Plan>();
  const key = useRef(newKey());
  const preview = (change: Change, from: number): void => {
    setSkip(from);
    start.preview(() =>
      client.query(PREVIEW, { selection, change, skip: from }, { requestPolicy: 'network-only' }).toPromise(),
    );
  };
  const q = parameters.get('q') ?? '';
  const words = [...(q === '' ? [] : [t('words', { query: q })]), ...chosenIn(parameters).map(filterWords)];
  const back = new URLSearchParams(parameters);
  back.delete('search');
  return (
    <Page title={t('editTitle')} actions={<PageLink to={`/search?${back.toString()}`}>{t('backToSearch')}</PageLink>}>
      <Text maw={760}>{t('editLead')}</Text>
      <Text className="hw-name">{t('selection', { words: words.join(', ') || t('everything') })}</Text>
      <Stack gap="lg">
        <Section title={t('what')}>
          <ChangeForm
            isAsking={start.isBusy}
            onEdited={start.forget}
            onPreview={(change, reason) => {
              setWanted({ change, reason });
              key.current = newKey();
              preview(change, 0);
            }}
          />
        </Section>
        <PlannedSection
          start={start}
          skip={skip}
          onSkip={(from) => {
            if (wanted !== null) preview(wanted.change, from);
          }}
          onStart={({ version }) => {
            if (wanted === null) return;
            const { change, reason } = wanted;
            const input = {
              ...{ selection, change, expectedVersion: version, idempotencyKey: key.current },
              reason: reason === '' ? null : reason,
            };
            start.start(() => client.mutation(START, { input, skip: 0 }).toPromise());
          }}
        />
      </Stack>
    </Page>
  );
}
