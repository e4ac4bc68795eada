import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Loading, ProblemPanel } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import { Advice, RefusalReason } from './refusal-words.js';
import { REFUSED_EVENTS, refusedPageOf, subjectOf, type RefusedEvent } from './refused-events.js';

const VARIABLES = { first: 5, filter: {} };

function Line({ line }: { readonly line: RefusedEvent }) {
  const { t, i18n } = useTranslation('events');
  const { actor, actorName, count, lastAt, status } = line;
  const subject = subjectOf(line);
  return (
    <Stack component="li" gap={4} style={{ listStyle: 'none' }}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text component="span" fw={550} className="hw-name">
          {[subject?.name, actorName ?? actor ?? t('senderUnknown')].filter(Boolean).join(' · ')}
        </Text>
        <Text component="span" size="sm" className="hw-quiet" style={{ whiteSpace: 'nowrap' }}>
          {count === 1 ? null : <>{t('times', { count, total: count.toLocaleString(i18n.language) })}, </>}
          <Time at={lastAt} />
        </Text>
      </Group>
      <RefusalReason line={line} />
      <Text component="span" size="sm" className="hw-quiet">
        <Advice status={status} />
      </Text>
    </Stack>
  );
}

/** Which events were refused lately, why, and what to do, for whoever may read the audit. */
export function RefusedPanel() {
  const { t } = useTranslation('events');
  const { t: operations } = useTranslation('operations');
  const { edges, error, isLoading, retry } = useConnection({
    query: REFUSED_EVENTS,
    variables: VARIABLES,
    pageOf: refusedPageOf,
  });
  return (
    <Section title={t('refused')} actions={<PageLink to="/operations/refused">{operations('all')}</PageLink>}>
      <Text size="sm" className="hw-quiet">
        {t('refusedHint')}
      </Text>
      {error === undefined ? null : <ProblemPanel error={error} onRetry={retry} />}
      {edges === undefined ? (
        isLoading ? (
          <Loading />
        ) : null
      ) : edges.length === 0 ? (
        <Empty>{t('refusedEmpty')}</Empty>
      ) : (
        <Stack component="ul" gap="md" p={0} m={0}>
          {edges.map(({ node }) => (
            <Line key={node.id} line={node} />
          ))}
        </Stack>
      )}
    </Section>
  );
}
