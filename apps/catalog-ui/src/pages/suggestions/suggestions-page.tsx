import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Restricted } from '../../access/restricted.js';
import { addMessages } from '../../i18n/i18n.js';
import { suggestions as messages } from '../../i18n/messages/suggestions.js';
import { useSearchParameters } from '../../lib/search-parameters.js';
import { Page, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { SUGGESTION_COUNTS } from './suggestions-query.js';
import { Synonyms } from './synonyms.js';
import { TagSuggestions } from './tag-suggestions.js';

addMessages('suggestions', messages);

const TAG = 'tag';
const DISMISSED = 'dismissed';

/** Suggested tags, narrowed down to some by their counts. */
function Tags() {
  const { t, i18n } = useTranslation('suggestions');
  const [parameters, setParameters] = useSearchParameters();
  const isDismissed = parameters.get(DISMISSED) === '1';
  const asked = JSON.stringify(parameters.getAll(TAG));
  const tags = useMemo(() => JSON.parse(asked) as string[], [asked]);
  const filter = useMemo(() => ({ isDismissed }), [isDismissed]);
  const [{ data, error }, ask] = useQuery({
    query: SUGGESTION_COUNTS,
    variables: { filter },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = (): void => {
    ask({ requestPolicy: 'network-only' });
  };
  const change = (edit: (after: URLSearchParams) => void): void => {
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        edit(after);
        return after;
      },
      { replace: true },
    );
  };
  const counted = data?.tagSuggestionCounts ?? [];
  // One of the address of which there are none is shown, too: it narrows the list.
  const rest = tags.filter((name) => !counted.some(({ tag }) => tag.name === name));
  const offered = [
    ...counted.map(({ tag, count }) => ({ name: tag.name, count })),
    ...rest.map((name) => ({ name, count: 0 })),
  ];
  return (
    <Section title={t('tags')}>
      <Answer data={data} error={error} onRetry={askAgain} lines={2}>
        {() =>
          offered.length === 0 ? null : (
            <Checkbox.Group
              label={t('of')}
              className="hw-noprint"
              value={tags}
              onChange={(next) => {
                change((after) => {
                  after.delete(TAG);
                  for (const name of next) after.append(TAG, name);
                });
              }}
            >
              <Group gap="md" mt={6}>
                {offered.map(({ name, count }) => (
                  <Checkbox
                    key={name}
                    value={name}
                    label={`${name} (${count.toLocaleString(i18n.language)})`}
                    className="hw-name"
                  />
                ))}
              </Group>
            </Checkbox.Group>
          )
        }
      </Answer>
      <Checkbox
        label={t('isDismissed')}
        className="hw-noprint"
        checked={isDismissed}
        onChange={({ currentTarget: { checked } }) => {
          change((after) => {
            after.delete(TAG);
            if (checked) after.set(DISMISSED, '1');
            else after.delete(DISMISSED);
          });
        }}
      />
      <TagSuggestions
        key={`${asked} ${String(isDismissed)}`}
        tags={tags}
        isDismissed={isDismissed}
        onSettled={askAgain}
      />
    </Section>
  );
}

/** What rules suggest about fields: tags, and names that may mean the same; to be confirmed or dismissed. */
export default function SuggestionsPage() {
  const { t } = useTranslation('suggestions');
  return (
    <Page title={t('title')}>
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Stack gap="lg">
          <Tags />
          <Synonyms />
        </Stack>
      </Restricted>
    </Page>
  );
}
