import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { SUGGESTION_COUNTS } from '../suggestions/suggestions-query.js';

/** How many fields each tag is suggested for, leading to where they are confirmed. */
export function Suggested() {
  const { t, i18n } = useTranslation('governance');
  const [{ data, error }, ask] = useQuery({
    query: SUGGESTION_COUNTS,
    variables: { filter: null },
    requestPolicy: 'cache-and-network',
  });
  const counts = data?.tagSuggestionCounts ?? [];
  const written = (count: number): string => count.toLocaleString(i18n.language);
  const total = written(counts.reduce((sum, { count }) => sum + count, 0));
  return (
    <Section
      title={t('suggested')}
      actions={counts.length === 0 ? null : <PageLink to="/suggestions">{t('suggestedAll', { total })}</PageLink>}
    >
      <Answer
        data={data}
        error={error}
        lines={2}
        onRetry={() => {
          ask({ requestPolicy: 'network-only' });
        }}
      >
        {() => (
          <>
            <Text className="hw-quiet">{t(counts.length === 0 ? 'suggestedNone' : 'suggestedLead')}</Text>
            <Group gap="md">
              {counts.map(({ tag, count }) => (
                <PageLink key={tag.name} to={href('/suggestions', { tag: tag.name })} className="hw-name">
                  {t('suggestedTag', { tag: tag.name, count, total: written(count) })}
                </PageLink>
              ))}
            </Group>
          </>
        )}
      </Answer>
    </Section>
  );
}
