import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../graphql/tada.js';
import { href } from '../../lib/node-id.js';
import { useConnection } from '../../lib/use-connection.js';
import { ConnectionRecords } from '../../ui/connection-records.js';
import { PageLink } from '../../ui/link.js';
import { Page } from '../../ui/page.js';
import type { Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { EDIT_JOBS, type Job } from './edits-query.js';
import { JobState, JobWords } from './job-words.js';

const NONE = {};
const pageOf = ({ editJobs }: ResultOf<typeof EDIT_JOBS>) => editJobs;

/** Edits of many assets that were started, the latest first. */
export function JobList() {
  const { t } = useTranslation('edits');
  const connection = useConnection({ query: EDIT_JOBS, variables: NONE, pageOf });
  const columns: readonly Column<Job>[] = [
    {
      key: 'what',
      title: t('job'),
      render: (job) => (
        <Stack gap={0}>
          <PageLink to={href('/edits', { job: job.id })}>
            <JobWords job={job} />
          </PageLink>
          {job.reason === null ? null : (
            <Text size="sm" className="hw-quiet hw-name">
              {job.reason}
            </Text>
          )}
        </Stack>
      ),
    },
    { key: 'state', title: t('state'), render: (job) => <JobState job={job} /> },
    { key: 'by', title: t('by'), render: ({ by }) => <span className="hw-name">{by}</span> },
    { key: 'at', title: t('startedAt'), render: ({ startedAt }) => <Time at={startedAt} /> },
  ];
  return (
    <Page
      title={t('title')}
      actions={
        <Group gap="md">
          <PageLink to={href('/edits', { import: '1' })}>{t('importTitle')}</PageLink>
          <PageLink to="/search">{t('toSearch')}</PageLink>
        </Group>
      }
    >
      <Text maw={760}>{t('lead')}</Text>
      <ConnectionRecords
        connection={connection}
        label={t('title')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={t('none')}
        shown={(count) => t('shown', { count })}
      />
    </Page>
  );
}
