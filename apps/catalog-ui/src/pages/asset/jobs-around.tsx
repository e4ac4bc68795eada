import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection, type Connection } from '../../lib/use-connection.js';
import { assetHref } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { Columns, ConnectionList, Part } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { connectionNamed } from './connection-named.js';
import { CONSUMERS, PRODUCERS } from './dataset-lists.js';
import { HiddenNode } from './flow.js';
import type { JobPage } from './fragments.js';
import type { JobsThen } from './jobs-then.js';
import { neighborsOf, titleOf, type SurroundingNode } from './neighbors.js';
import { JobRow } from './related.js';
import { runThen } from './run-then.js';
import { RunStateThen } from './then.js';
import { useAsOf } from './use-as-of.js';

const producersOf = connectionNamed('producers');
const consumersOf = connectionNamed('consumers');

type NodeThen = Extract<NonNullable<JobsThen['jobs'][number]['node']>, { runs: unknown }>;
type JobRun = NodeThen['runs']['edges'][number]['node'];
type JobSide = 'producers' | 'consumers';

function JobList({ side, jobs }: { readonly side: JobSide; readonly jobs: Connection<JobPage['edges'][number]> }) {
  const { t } = useTranslation('asset');
  return (
    <Part title={t(side)}>
      <ConnectionList connection={jobs} empty={t(`${side}None`)} keyOf={({ node }) => node.id}>
        {({ node }) => <JobRow job={node} />}
      </ConnectionList>
    </Part>
  );
}

interface JobsNowProps {
  readonly id: string;
  readonly producers: JobPage;
  readonly consumers: JobPage;
}

function JobsNow({ id, producers, consumers }: JobsNowProps) {
  const variables = useMemo(() => ({ id }), [id]);
  return (
    <>
      <JobList
        side="producers"
        jobs={useConnection({ query: PRODUCERS, variables, pageOf: producersOf, first: producers })}
      />
      <JobList
        side="consumers"
        jobs={useConnection({ query: CONSUMERS, variables, pageOf: consumersOf, first: consumers })}
      />
    </>
  );
}

interface JobsAroundProps {
  readonly dataset: NodeOf<'Dataset'>;
  /** The jobs of the moment asked about, where that is past. */
  readonly then: AssetAnswer['jobsThen'];
}

interface JobThenProps {
  readonly job: SurroundingNode;
  readonly runs: readonly JobRun[];
}

/** A job as of a moment, with how its latest run of then stood; of long ago the list of its runs tells. */
function JobThen({ job, runs }: JobThenProps) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  if (job.hidden) return <HiddenNode />;
  const { name, within } = titleOf(job.id);
  const latest = runs.find((run) => runThen(run, asOf) !== null);
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
      <AssetLink id={job.id} kind="JOB" name={job.displayName ?? name} namespace={within} asOf={asOf} />
      <Stack gap={2} align="flex-end" style={{ flexShrink: 0 }}>
        {latest === undefined ? (
          <PageLink to={assetHref(job.id, { tab: 'runs', asOf })} size="sm">
            {t('runsThen')}
          </PageLink>
        ) : (
          <>
            <PageLink to={assetHref(latest.id, { asOf })} title={t('latestRun')}>
              <RunStateThen run={latest} />
            </PageLink>
            <Text size="sm" className="hw-quiet">
              <Time at={runThen(latest, asOf)?.run.lastEventAt} absolute />
            </Text>
          </>
        )}
      </Stack>
    </Group>
  );
}

function Jobs({ dataset, then }: JobsAroundProps) {
  const { t } = useTranslation('asset');
  const { id, producers, consumers } = dataset;
  if (producers !== undefined && consumers !== undefined) return <JobsNow {...{ id, producers, consumers }} />;
  if (!then) return <Text className="hw-quiet">{t('lineageAway')}</Text>;
  const { upstream, downstream } = neighborsOf(then);
  const nodes = new Map(then.jobs.map(({ id, node }) => [id, node]));
  const runsOf = (id: string): readonly JobRun[] => {
    const node = nodes.get(id);
    return node && 'runs' in node ? node.runs.edges.map((edge) => edge.node) : [];
  };
  return (
    [
      ['producers', upstream],
      ['consumers', downstream],
    ] as const
  ).map(([side, neighbors]) => (
    <Part key={side} title={t(side)}>
      {neighbors.length === 0 ? <Text className="hw-quiet">{t(`${side}None`)}</Text> : null}
      <Stack gap="sm">
        {neighbors.map(({ node }) => (
          <JobThen key={node.id} job={node} runs={runsOf(node.id)} />
        ))}
      </Stack>
    </Part>
  ));
}

/** Who writes and reads a dataset; of a moment that is past, as lineage knew it. */
export function JobsAround(props: JobsAroundProps) {
  const { t } = useTranslation('asset');
  return (
    <Section title={t('jobsAround')}>
      <Columns>
        <Jobs {...props} />
      </Columns>
    </Section>
  );
}
