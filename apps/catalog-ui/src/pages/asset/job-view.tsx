import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref, href } from '../../lib/node-id.js';
import { useConnection } from '../../lib/use-connection.js';
import { AssetLink } from '../../ui/asset-link.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { lengthOfTime, Time } from '../../ui/time.js';
import { Columns, ConnectionList, Details, Part, PresentOnly, type DetailEntry } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { AboutAsset, AssetView } from './asset-view.js';
import { DescriptionHistory } from './description-history.js';
import { DescriptionSection } from './edit/description.js';
import type { Around } from './fragments.js';
import { Overview } from './overview.js';
import { RunTimeline } from './gantt.js';
import { connectionNamed } from './connection-named.js';
import { INPUTS, JOB_CHILDREN, OUTPUTS, RUNS, TRIGGERED_BY, TRIGGERS } from './job-lists.js';
import { neighborsOf, type Neighbor } from './neighbors.js';
import { DatasetRow, JobRow } from './related.js';
import { runThen } from './run-then.js';
import { RunsTab } from './runs-tab.js';
import { Later, RunStateThen, useListThen } from './then.js';
import { useAsOf } from './use-as-of.js';

type JobNode = NodeOf<'Job'>;

const inputsOf = connectionNamed('inputs');
const outputsOf = connectionNamed('outputs');
const triggersOf = connectionNamed('triggers');
const triggeredByOf = connectionNamed('triggeredBy');
const childrenOf = connectionNamed('children');
const runsOf = connectionNamed('runs');
const OVERVIEW_RUNS = 5;

const evidenceOf = (neighbors: readonly Neighbor<Around['edges'][number]>[], id: string) => [
  ...new Set(neighbors.find(({ node }) => node.id === id)?.edges.map(({ evidence }) => evidence)),
];

/** What a job reads and writes, with what that rests on, and what triggers it. */
function InAndOut({ job, around }: { readonly job: JobNode; readonly around: Around | null | undefined }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const variables = useMemo(() => ({ id: job.id, asOf }), [job.id, asOf]);
  const inputs = useConnection({ query: INPUTS, variables, pageOf: inputsOf, first: job.inputs });
  const outputs = useConnection({ query: OUTPUTS, variables, pageOf: outputsOf, first: job.outputs });
  const { upstream, downstream } = around ? neighborsOf(around) : { upstream: [], downstream: [] };
  const triggeredBy = useConnection({ query: TRIGGERED_BY, variables, pageOf: triggeredByOf, first: job.triggeredBy });
  const triggers = useConnection({ query: TRIGGERS, variables, pageOf: triggersOf, first: job.triggers });
  const control = [
    ['triggeredBy', triggeredBy],
    ['triggers', triggers],
  ] as const;
  return (
    <Section title={t('lineage')}>
      <Columns>
        <Part title={t('inputs')}>
          <ConnectionList connection={inputs} empty={t('inputsNone')} keyOf={({ node }) => node.id}>
            {({ node }) => <DatasetRow dataset={node} evidence={evidenceOf(upstream, node.id)} />}
          </ConnectionList>
        </Part>
        <Part title={t('outputs')}>
          <ConnectionList connection={outputs} empty={t('outputsNone')} keyOf={({ node }) => node.id}>
            {({ node }) => <DatasetRow dataset={node} evidence={evidenceOf(downstream, node.id)} />}
          </ConnectionList>
        </Part>
        {control.map(([title, connection]) =>
          (connection.edges ?? []).length === 0 ? null : (
            <Part key={title} title={t(title)}>
              <ConnectionList connection={connection} empty="" keyOf={({ node }) => node.id}>
                {({ node }) => <JobRow job={node} />}
              </ConnectionList>
            </Part>
          ),
        )}
      </Columns>
    </Section>
  );
}

type Runs = ReturnType<typeof useListThen<JobNode['runs']['edges'][number]>>;

/** How the run that began last stands, or stood. */
function LatestRun({ runs: { list, later } }: { readonly runs: Runs }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const latest = list.edges?.[0]?.node;
  const run = latest === undefined ? undefined : runThen(latest, asOf)?.run;
  if (list.edges === undefined) return <ConnectionEnd connection={list} />;
  if (run === undefined) return <Text className="hw-quiet">{t(later > 0 ? 'noRunsYet' : 'noRuns')}</Text>;
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <RunStateThen run={latest ?? run} />
        <PageLink to={assetHref(run.id, { asOf })}>
          <Time at={run.startedAt ?? run.lastEventAt} />
        </PageLink>
      </Group>
      <Details
        entries={[
          [t('startedAt'), <Time key="started" at={run.startedAt} absolute />],
          [t('endedAt'), run.endedAt === null ? null : <Time key="ended" at={run.endedAt} absolute />],
          [t('duration'), lengthOfTime(run.durationMs, i18n.language)],
        ]}
      />
    </Stack>
  );
}

function JobOverview({ job, around }: { readonly job: JobNode; readonly around: Around | null | undefined }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const variables = useMemo(() => ({ id: job.id }), [job.id]);
  const children = useConnection({ query: JOB_CHILDREN, variables, pageOf: childrenOf, first: job.jobs });
  const all = useConnection({ query: RUNS, variables, pageOf: runsOf, first: job.runs });
  const runs = useListThen(all, ({ node }, moment) => runThen(node, moment) !== null);
  const { parent } = job;
  const details: readonly DetailEntry[] = [
    [t('jobType'), job.jobType, true],
    [
      t('parentJob'),
      parent === null ? null : (
        <AssetLink key="parent" id={parent.id} kind="JOB" name={parent.displayName} asOf={asOf} />
      ),
      true,
    ],
  ];
  return (
    <Overview
      aside={
        <>
          <Section title={t('latestRun')}>
            <LatestRun runs={runs} />
          </Section>
          <AboutAsset asset={job} details={details} around={around} />
        </>
      }
    >
      <div>
        <DescriptionSection id={job.id} text={job.documentation} />
        <DescriptionHistory id={job.id} />
      </div>
      <InAndOut job={job} around={around} />
      {job.runs.edges.length === 0 ? null : (
        <Section
          title={t('recentRuns')}
          actions={
            <PageLink to={assetHref(job.id, { tab: 'runs', asOf })} className="hw-noprint">
              {t('allRuns')}
            </PageLink>
          }
        >
          {runs.list.edges === undefined ? null : (
            <RunTimeline
              runs={runs.list.edges.slice(0, OVERVIEW_RUNS).map(({ node }) => node)}
              of="JOB"
              initialMode="ELAPSED"
            />
          )}
          <Later of="laterRuns" count={runs.later} />
        </Section>
      )}
      {job.jobs.edges.length === 0 ? null : (
        <Section title={t('childJobs')}>
          <PresentOnly />
          <ConnectionList connection={children} empty="" keyOf={({ node }) => node.id}>
            {({ node }) => <JobRow job={node} />}
          </ConnectionList>
        </Section>
      )}
    </Overview>
  );
}

/** The page of a job. */
export function JobView({ node, answer }: { readonly node: JobNode; readonly answer: AssetAnswer }) {
  const { t } = useTranslation('asset');
  return (
    <AssetView
      asset={node}
      kind="JOB"
      type={node.jobType}
      tabs={[
        ['overview', () => <JobOverview job={node} around={answer.lineage} />],
        [
          'runs',
          () => (
            <RunsTab
              id={node.id}
              query={RUNS}
              pageOf={runsOf}
              first={node.runs}
              of="JOB"
              initialMode="ELAPSED"
              actions={
                <PageLink to={href('/operations/runs', { job: node.id })} className="hw-noprint">
                  {t('runsByState')}
                </PageLink>
              }
            />
          ),
        ],
      ]}
    />
  );
}
