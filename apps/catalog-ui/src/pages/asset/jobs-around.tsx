import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection, type Connection } from '../../lib/use-connection.js';
import { Section } from '../../ui/page.js';
import { Columns, ConnectionList, Part } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { connectionNamed } from './connection-named.js';
import { CONSUMERS, PRODUCERS } from './dataset-lists.js';
import { NeighborRow } from './flow.js';
import type { JobPage } from './fragments.js';
import { neighborsOf } from './neighbors.js';
import { JobRow } from './related.js';

const producersOf = connectionNamed('producers');
const consumersOf = connectionNamed('consumers');

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

function Jobs({ dataset, then }: JobsAroundProps) {
  const { t } = useTranslation('asset');
  const { id, producers, consumers } = dataset;
  if (producers !== undefined && consumers !== undefined) return <JobsNow {...{ id, producers, consumers }} />;
  if (!then) return <Text className="hw-quiet">{t('lineageAway')}</Text>;
  const { upstream, downstream } = neighborsOf(then);
  return (
    [
      ['producers', upstream],
      ['consumers', downstream],
    ] as const
  ).map(([side, neighbors]) => (
    <Part key={side} title={t(side)}>
      {neighbors.length === 0 ? <Text className="hw-quiet">{t(`${side}None`)}</Text> : null}
      <Stack gap="sm">
        {neighbors.map((neighbor) => (
          <NeighborRow key={neighbor.node.id} neighbor={neighbor} />
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
