import { Chip, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../graphql/tada.js';
import { messageOf } from '../../lib/failure.js';
import { isStreaming } from '../../lib/is-streaming.js';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';
import { assetHref } from '../../lib/node-id.js';
import { useUrlState } from '../../lib/url-state.js';
import { useConnection } from '../../lib/use-connection.js';
import { AssetFilter } from '../../ui/asset-filter.js';
import { AssetLink } from '../../ui/asset-link.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { FilterPanel } from '../../ui/filter-panel.js';
import { LateBadge, LateReason } from '../../ui/late.js';
import { PageLink } from '../../ui/link.js';
import { PeriodFilter } from '../../ui/period-filter.js';
import type { Column } from '../../ui/records.js';
import { RunError } from '../../ui/run-error.js';
import { RunStateBadge } from '../../ui/run-state.js';
import { StreamingBadge, StreamingReason } from '../../ui/streaming.js';
import { lengthOfTime, Time } from '../../ui/time.js';
import { NamespaceFilter } from './namespace-filter.js';
import { RUN_LIST, RUN_PARAMETERS, RUN_STATES, runFilterOf, type ListedRun } from './runs.js';

const JOBS = ['JOB'] as const;

function Filters() {
  const { t } = useTranslation('operations');
  const { t: general } = useTranslation();
  const [parameters, set] = useUrlState();
  const { from, to } = boundsOf(parameters);
  return (
    <FilterPanel
      names={RUN_PARAMETERS}
      chips={
        <>
          <Chip.Group
            multiple
            value={chosenOf(parameters, 'state', RUN_STATES)}
            onChange={(states) => {
              set({ state: states.join(',') });
            }}
          >
            {RUN_STATES.map((state) => (
              <Chip key={state} value={state} size="sm" variant="outline">
                {general(`runState.${state}`)}
              </Chip>
            ))}
          </Chip.Group>
          <Chip
            size="sm"
            variant="outline"
            checked={parameters.get('late') === 'true'}
            onChange={(isLate) => {
              set({ late: isLate ? 'true' : null });
            }}
          >
            {t('lateOnly')}
          </Chip>
        </>
      }
    >
      <AssetFilter
        label={t('job')}
        hint={t('jobHint')}
        kinds={JOBS}
        value={parameters.get('job')}
        onChange={(job) => {
          set({ job });
        }}
      />
      <NamespaceFilter
        label={t('namespace')}
        hint={t('namespaceHint')}
        value={parameters.get('namespace')}
        onChange={(namespace) => {
          set({ namespace });
        }}
      />
      <PeriodFilter from={from} to={to} onChange={set} />
    </FilterPanel>
  );
}

function useColumns(): readonly Column<ListedRun>[] {
  const { t, i18n } = useTranslation('operations');
  return [
    {
      key: 'when',
      title: t('latestEvent'),
      render: ({ id, lastEventAt, job }) => (
        <PageLink to={assetHref(id)} inherit style={{ whiteSpace: 'nowrap' }}>
          <Time at={lastEventAt} />
          <VisuallyHidden>: {t('openRun', { job: job.displayName })}</VisuallyHidden>
        </PageLink>
      ),
    },
    {
      key: 'state',
      title: t('state'),
      render: ({ state, isLate, job }) => (
        <Group gap={6}>
          <RunStateBadge state={state} />
          {isLate ? <LateBadge /> : null}
          {isStreaming(job.jobType) ? <StreamingBadge /> : null}
        </Group>
      ),
    },
    {
      key: 'job',
      title: t('job'),
      render: ({ job }) => <AssetLink id={job.id} kind="JOB" name={job.displayName} namespace={job.namespace} />,
    },
    {
      key: 'duration',
      title: t('duration'),
      render: ({ durationMs }) => (
        <span style={{ whiteSpace: 'nowrap' }}>{lengthOfTime(durationMs, i18n.language) ?? '–'}</span>
      ),
    },
    {
      key: 'said',
      title: t('said'),
      render: (run) => {
        const isStream = run.state === 'RUNNING' && isStreaming(run.job.jobType);
        if (!run.isLate && !isStream && messageOf(run.failure) === null) return null;
        return (
          <Stack gap={2} maw={420}>
            {run.isLate ? <LateReason run={run} /> : null}
            {isStream ? <StreamingReason /> : null}
            <RunError failure={run.failure} />
          </Stack>
        );
      },
    },
  ];
}

const pageOf = ({ runs }: ResultOf<typeof RUN_LIST>) => runs;

/** The runs of the whole catalog, the one with the latest event first. */
export function RunList() {
  const { t, i18n } = useTranslation('operations');
  const [parameters] = useUrlState();
  const filter = runFilterOf(parameters);
  const connection = useConnection({ query: RUN_LIST, variables: { filter }, pageOf });
  const columns = useColumns();
  return (
    <Stack gap="md">
      <Text className="hw-quiet">{t('runsLead')}</Text>
      <Filters />
      <ConnectionRecords
        connection={connection}
        label={t('page.runs')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <>
            <Text fw={600}>{t('runsNone')}</Text>
            <Text>{t(parameters.get('late') === 'true' ? 'runsNoneLate' : 'runsNoneHint')}</Text>
          </>
        }
        shown={(count) => t('runsShown', { count, total: count.toLocaleString(i18n.language) })}
      />
    </Stack>
  );
}
