import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Restricted } from '../../access/restricted.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { SAVED_SEARCHES } from './saved-query.js';
import { SavedRow } from './saved-row.js';

function Searches() {
  const { t } = useTranslation('saved');
  const [{ data, error }, ask] = useQuery({
    query: SAVED_SEARCHES,
    variables: { skip: 0 },
    requestPolicy: 'cache-and-network',
  });
  const askAgain = (): void => {
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <Answer data={data} error={error} onRetry={askAgain} lines={6}>
      {({ viewer: { savedSearches } }) =>
        savedSearches.length === 0 ? (
          <Empty>
            <Text>{t('none')}</Text>
            <PageLink to="/search">{t('toSearch')}</PageLink>
          </Empty>
        ) : (
          <Stack component="ul" gap="md" p={0} m={0} aria-label={t('title')}>
            {savedSearches.map((search) => (
              <SavedRow key={search.id} search={search} onChanged={askAgain} />
            ))}
          </Stack>
        )
      }
    </Answer>
  );
}

/** Searches that one keeps, those that others share, and what is new of those that one follows. */
export default function SavedPage() {
  const { t } = useTranslation('saved');
  return (
    <Page title={t('title')}>
      <Text maw={760}>{t('lead')}</Text>
      <Restricted to={['CATALOG_READ']}>
        <Searches />
      </Restricted>
    </Page>
  );
}
