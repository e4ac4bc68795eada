import { NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AssetLink } from '../../ui/asset-link.js';
import { Facts } from '../../ui/facts.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page, Section } from '../../ui/page.js';
import { PartOfList } from '../../ui/part-of-list.js';
import { Answer } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import { Time } from '../../ui/time.js';
import { EDIT_JOB, LISTED, type Job, type JobEdit } from './edits-query.js';
import { JobState, JobWords } from './job-words.js';

const ASK_AGAIN_MS = 1_000;
const STATES = ['WAITING', 'MADE', 'REFUSED'] as const;
type State = (typeof STATES)[number];
const ALL = 'ALL';

function countOf({ total, made, refused }: Job, state: State | null): number {
  if (state === null) return total;
  return { WAITING: total - made - refused, MADE: made, REFUSED: refused }[state];
}

function JobEdits({ edits }: { readonly edits: readonly JobEdit[] }) {
  const { t } = useTranslation('edits');
  const columns: readonly Column<JobEdit>[] = [
    {
      key: 'asset',
      title: t('asset'),
      render: ({ asset }) =>
        asset === null ? (
          <span className="hw-quiet">{t('gone')}</span>
        ) : (
          <AssetLink
            id={asset.id}
            kind={asset.__typename.toUpperCase()}
            name={asset.displayName}
            namespace={asset.namespace}
          />
        ),
    },
    {
      key: 'state',
      title: t('state'),
      render: ({ state, reason }) => (
        <Stack gap={0}>
          <span>{t(`states.${state}`)}</span>
          {reason === null ? null : (
            <Text size="sm" className="hw-quiet">
              {reason === 'EDIT_CONFLICT'
                ? t('conflict')
                : reason === 'EDIT_NOT_ALLOWED'
                  ? t('notAllowed')
                  : t('impossible', { code: reason })}
            </Text>
          )}
        </Stack>
      ),
    },
  ];
  return (
    <Records
      label={t('edits')}
      columns={columns}
      items={edits}
      keyOf={(edit) => edit.asset?.id ?? String(edits.indexOf(edit))}
      minWidth={480}
    />
  );
}

/** One job: what it does, how far it is, and what became of each asset. */
export function JobView({ id }: { readonly id: string }) {
  const { t } = useTranslation('edits');
  const [state, setState] = useState<State | null>(null);
  const [skip, setSkip] = useState(0);
  const [{ data, error }, ask] = useQuery({
    query: EDIT_JOB,
    variables: { id, state, skip },
    requestPolicy: 'cache-and-network',
  });
  const isGoing = data?.editJob?.endedAt === null;
  useEffect(() => {
    if (!isGoing) return undefined;
    const timer = setInterval(() => {
      ask({ requestPolicy: 'network-only' });
    }, ASK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [ask, isGoing]);
  return (
    <Page title={t('job')} actions={<PageLink to="/edits">{t('toJobs')}</PageLink>}>
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          ask({ requestPolicy: 'network-only' });
        }}
      >
        {({ editJob: job }) =>
          job === null ? (
            <Empty>
              <Text>{t('noJob')}</Text>
            </Empty>
          ) : (
            <Stack gap="lg">
              <Section title={t('what')}>
                <Text fw={600}>
                  <JobWords job={job} />
                </Text>
                <Progress.Root size="lg" aria-hidden>
                  <Progress.Section value={job.total === 0 ? 100 : (100 * job.made) / job.total} />
                  <Progress.Section value={job.total === 0 ? 0 : (100 * job.refused) / job.total} color="orange" />
                </Progress.Root>
                <div role="status">
                  <JobState job={job} />
                </div>
                <Facts
                  facts={[
                    [t('by'), job.by],
                    ...(job.reason === null ? [] : [[t('reason'), job.reason] as const]),
                    [t('startedAt'), <Time key="started" at={job.startedAt} />],
                    ...(job.endedAt === null ? [] : [[t('endedAt'), <Time key="ended" at={job.endedAt} />] as const]),
                  ]}
                />
              </Section>
              <Section
                title={t('assets')}
                actions={
                  <NativeSelect
                    size="xs"
                    aria-label={t('state')}
                    value={state ?? ALL}
                    data={[
                      { value: ALL, label: t('all') },
                      ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
                    ]}
                    onChange={({ currentTarget: { value } }) => {
                      setState(STATES.find((known) => known === value) ?? null);
                      setSkip(0);
                    }}
                  />
                }
              >
                {job.edits.length === 0 ? (
                  <Text className="hw-quiet">{t('noAssets')}</Text>
                ) : (
                  <JobEdits edits={job.edits} />
                )}
                <PartOfList skip={skip} most={LISTED} total={countOf(job, state)} onSkip={setSkip} />
              </Section>
            </Stack>
          )
        }
      </Answer>
    </Page>
  );
}
