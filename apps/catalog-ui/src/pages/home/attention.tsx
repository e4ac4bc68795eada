import { Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import { messageOf } from '../../lib/failure.js';
import { isStreaming } from '../../lib/is-streaming.js';
import { assetHref, href } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { LateBadge, LateReason } from '../../ui/late.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { RunError } from '../../ui/run-error.js';
import { RunStateBadge } from '../../ui/run-state.js';
import { StreamingBadge } from '../../ui/streaming.js';
import { Time } from '../../ui/time.js';
import { pastTroubles, standingTroubles } from './troubles.js';

const ATTENTION = graphql(`
  query Attention {
    troubled: runs(first: 100, filter: { states: [FAILED, ABORTED, UNFINISHED] }) {
      edges {
        node {
          id
          state
          lastEventAt
          job {
            id
            displayName
            namespace
            jobType
            latestRun {
              id
            }
          }
          failure: facets(names: ["errorMessage"]) {
            body
          }
        }
      }
    }
    late: runs(first: 8, filter: { isLate: true }) {
      edges {
        node {
          id
          startedAt
          lastEventAt
          usualDurationMs
          job {
            id
            displayName
            namespace
            jobType
          }
        }
      }
    }
  }
`);

type Answered = ResultOf<typeof ATTENTION>;
type LateRun = Answered['late']['edges'][number]['node'];
type TroubledRun = Answered['troubled']['edges'][number]['node'];

const SHOWN = 8;
const PAST_SHOWN = 3;
const WEEK_MS = 7 * 86_400_000;

/** A run with its job, how it stands, and what it says of it. */
function RunLine({
  run,
  badge,
  isLatest = true,
  children,
}: {
  readonly run: Pick<LateRun, 'id' | 'job' | 'lastEventAt'>;
  readonly badge: ReactNode;
  /** Whether it is the latest run of its job. */
  readonly isLatest?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('home');
  const { id, job } = run;
  return (
    <Stack component="li" gap={4} style={{ listStyle: 'none' }}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <AssetLink id={job.id} kind="JOB" name={job.displayName} namespace={job.namespace} />
        <Stack gap={2} align="flex-end" style={{ flexShrink: 0 }}>
          <PageLink to={assetHref(id)}>
            <Group component="span" gap={6} justify="flex-end">
              {isStreaming(job.jobType) ? <StreamingBadge /> : null}
              {badge}
            </Group>
            <VisuallyHidden>: {t(isLatest ? 'openRun' : 'openPast', { job: job.displayName })}</VisuallyHidden>
          </PageLink>
          <Text size="sm" className="hw-quiet">
            <Time at={run.lastEventAt} />
          </Text>
        </Stack>
      </Group>
      <div style={{ paddingInlineStart: 26 }}>{children}</div>
    </Stack>
  );
}

/** What a run says of its end, which leads to the run: the page of its job may be about a later one. */
function SaidByRun({ run: { id, failure } }: { readonly run: TroubledRun }) {
  if (messageOf(failure) === null) return null;
  return (
    <PageLink to={assetHref(id)} display="block" c="var(--hw-bad)">
      <RunError failure={failure} />
    </PageLink>
  );
}

function Lines({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Stack component="ul" gap="sm" p={0} m={0} aria-label={label}>
      {children}
    </Stack>
  );
}

function Troubled({ runs }: { readonly runs: readonly TroubledRun[] }) {
  const { t } = useTranslation('home');
  if (runs.length === 0) return <Empty>{t('attentionNone')}</Empty>;
  return (
    <Lines label={t('attention')}>
      {runs.slice(0, SHOWN).map((run) => (
        <RunLine key={run.id} run={run} badge={<RunStateBadge state={run.state} />}>
          <SaidByRun run={run} />
        </RunLine>
      ))}
    </Lines>
  );
}

/** What went wrong and is well again: it is over, but may be why data of that night looks odd. */
function Past({ runs }: { readonly runs: readonly TroubledRun[] }) {
  const { t } = useTranslation('home');
  if (runs.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={3}>{t('past')}</Title>
      <Lines label={t('past')}>
        {runs.slice(0, PAST_SHOWN).map((run) => (
          <RunLine key={run.id} run={run} badge={<RunStateBadge state={run.state} />} isLatest={false}>
            <SaidByRun run={run} />
          </RunLine>
        ))}
      </Lines>
    </Stack>
  );
}

function Late({ runs }: { readonly runs: readonly LateRun[] }) {
  const { t } = useTranslation('home');
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Title order={3}>{t('late')}</Title>
        {runs.length === 0 ? null : (
          <PageLink to={href('/operations/runs', { late: 'true' })}>
            {t('all')}
            <VisuallyHidden>: {t('late')}</VisuallyHidden>
          </PageLink>
        )}
      </Group>
      {runs.length === 0 ? (
        <Text className="hw-quiet">{t('lateNone')}</Text>
      ) : (
        <Lines label={t('late')}>
          {runs.map((run) => (
            <RunLine key={run.id} run={run} badge={<LateBadge />}>
              <LateReason run={run} />
            </RunLine>
          ))}
        </Lines>
      )}
    </Stack>
  );
}

/** Jobs whose latest run did not end well, with what it says of it, and runs that take too long. */
export function Attention() {
  const { t } = useTranslation('home');
  const [{ data, error }, reload] = useQuery({ query: ATTENTION, requestPolicy: 'cache-and-network' });
  const [weekAgo] = useState(() => Date.now() - WEEK_MS);
  return (
    <Section
      title={t('attention')}
      actions={
        <PageLink to={href('/operations/runs', { state: 'FAILED,ABORTED,UNFINISHED' })}>
          {t('all')}
          <VisuallyHidden>: {t('attention')}</VisuallyHidden>
        </PageLink>
      }
    >
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
      >
        {({ troubled, late }) => (
          <>
            <Troubled runs={standingTroubles(troubled.edges.map(({ node }) => node))} />
            <Past
              runs={pastTroubles(
                troubled.edges.map(({ node }) => node),
                weekAgo,
              )}
            />
            <Late runs={late.edges.map(({ node }) => node)} />
          </>
        )}
      </Answer>
    </Section>
  );
}
