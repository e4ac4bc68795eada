import { Alert, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { AssetLink } from '../../ui/asset-link.js';
import { CodeBlock } from '../../ui/code-block.js';
import { LateBadge, LateReason } from '../../ui/late.js';
import { Section } from '../../ui/page.js';
import { lengthOfTime, Time, zonedTime } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { Columns, ConnectionList, DetailsSection, Part } from './asset-parts.js';
import type { NodeOf } from './asset-query.js';
import { AssetTabs } from './asset-tabs.js';
import { EventsTab } from './events-tab.js';
import { FacetsTab } from './facets-tab.js';
import { Owners } from './facts.js';
import { failureOf } from '../../lib/failure.js';
import { RunTimeline } from './gantt.js';
import { connectionNamed } from './connection-named.js';
import { GAPS, GENERATED, RUN_CHILDREN, USED } from './run-lists.js';
import { Overview } from './overview.js';
import { GapRow, VersionEdgeRow } from './related.js';
import { DownstreamOfRun, LaterRun } from './run-aftermath.js';
import { isBy, runThen } from './run-then.js';
import { RunsTab } from './runs-tab.js';
import { Later, RunStateThen, useListThen } from './then.js';
import { useAsOf } from './use-as-of.js';

type RunNode = NodeOf<'Run'>;

const usedOf = connectionNamed('used');
const childrenOf = connectionNamed('children');
const gapsOf = connectionNamed('gaps');
const generatedOf = connectionNamed('generated');
const TROUBLES: readonly string[] = ['FAILED', 'ABORTED', 'UNFINISHED'];

const wasTouched = ({ at }: { readonly at: string | null }, asOf: string | null): boolean =>
  at === null || isBy(at, asOf);

function UsedAndGenerated({ run }: { readonly run: RunNode }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id: run.id }), [run.id]);
  const { list: used, later: usedLater } = useListThen(
    useConnection({ query: USED, variables, pageOf: usedOf, first: run.used }),
    wasTouched,
  );
  const { list: generated, later: generatedLater } = useListThen(
    useConnection({ query: GENERATED, variables, pageOf: generatedOf, first: run.generated }),
    wasTouched,
  );
  const gaps = useConnection({ query: GAPS, variables, pageOf: gapsOf, first: run.gaps });
  // Where a gap has candidates, they are among the used versions and say so themselves.
  const listed = new Set(used.edges?.map(({ node }) => node.dataset.id));
  const unlisted = gaps.edges?.filter(({ node }) => !listed.has(node.dataset.id)) ?? [];
  return (
    <Section title={t('versions')}>
      <Columns>
        <Part title={t('used')}>
          <ConnectionList connection={used} empty={t('usedNone')} keyOf={({ node }) => node.id}>
            {(edge) => <VersionEdgeRow edge={edge} />}
          </ConnectionList>
          <Later of="laterVersions" count={usedLater} />
          {unlisted.length === 0 && !gaps.hasMore ? null : (
            <>
              <Text className="hw-quiet">{t('gaps')}</Text>
              <ConnectionList connection={{ ...gaps, edges: unlisted }} empty="" keyOf={({ node }) => node.dataset.id}>
                {({ node }) => <GapRow gap={node} />}
              </ConnectionList>
            </>
          )}
        </Part>
        <Part title={t('generated')}>
          <ConnectionList connection={generated} empty={t('generatedNone')} keyOf={({ node }) => node.id}>
            {(edge) => <VersionEdgeRow edge={edge} />}
          </ConnectionList>
          <Later of="laterVersions" count={generatedLater} />
        </Part>
      </Columns>
    </Section>
  );
}

/** What the producer says about a failure. */
function Failure({ run }: { readonly run: RunNode }) {
  const { t } = useTranslation('asset');
  return run.failure.map(({ body }, index) => {
    const { message, stackTrace } = failureOf(body);
    if (message === null && stackTrace === null) return null;
    return (
      <Alert
        key={`${String(index)} ${message ?? ''}`}
        color="red"
        variant="light"
        icon={<IconX />}
        title={t('failure')}
      >
        <Stack gap="xs">
          {message === null ? null : (
            <Text className="hw-name" style={{ whiteSpace: 'pre-wrap' }}>
              {message}
            </Text>
          )}
          {stackTrace === null ? null : <CodeBlock text={stackTrace} label={t('stackTrace')} />}
        </Stack>
      </Alert>
    );
  });
}

function RunOverview({ run }: { readonly run: RunNode }) {
  const { t, i18n } = useTranslation('asset');
  const { t: general } = useTranslation();
  const asOf = useAsOf();
  const then = runThen(run, asOf);
  const isKnownBy = (at: string | null): boolean => at === null || isBy(at, asOf);
  const nominal = [run.nominalStartAt, run.nominalEndAt].filter((at) => at !== null);
  return (
    <Overview
      aside={
        <>
          <DetailsSection
            entries={[
              [t('state'), <RunStateThen key="state" run={run} />],
              [t('job'), <AssetLink key="job" id={run.job.id} kind="JOB" name={run.job.displayName} asOf={asOf} />],
              [t('startedAt'), <Time key="started" at={run.startedAt} absolute />, !isKnownBy(run.startedAt)],
              [t('endedAt'), <Time key="ended" at={run.endedAt} absolute />, !isKnownBy(run.endedAt)],
              [t('duration'), lengthOfTime(run.durationMs, i18n.language), !isKnownBy(run.endedAt)],
              [t('usualDuration'), lengthOfTime(run.usualDurationMs, i18n.language), true],
              [general('late'), run.isLate ? <LateReason key="late" run={run} /> : null, true],
              [t('lastEventAt'), <Time key="last" at={run.lastEventAt} absolute />, !isBy(run.lastEventAt, asOf)],
              [t('nominal'), nominal.map((at) => zonedTime(at, i18n.language)).join(' – ')],
              [
                t('parentRun'),
                run.parent === null ? null : (
                  <AssetLink key="parent" id={run.parent.id} kind="RUN" name={run.parent.job.displayName} asOf={asOf} />
                ),
              ],
              [
                t('run'),
                <span key="run" className="hw-mono">
                  {run.runId}
                </span>,
              ],
              [t('originalRunId'), run.originalRunId === run.runId ? null : run.originalRunId],
            ]}
          />
          <Owners owners={run.job.owners.owners} title={t('jobOwners')} />
        </>
      }
    >
      {isBy(run.endedAt ?? run.lastEventAt, asOf) ? <Failure run={run} /> : null}
      {then !== null && TROUBLES.includes(then.run.state) ? <LaterRun run={run} /> : null}
      <UsedAndGenerated run={run} />
      <DownstreamOfRun run={run} />
      {run.children.pageInfo.hasNextPage ? (
        <RunsTab
          id={run.id}
          query={RUN_CHILDREN}
          pageOf={childrenOf}
          of="MIXED"
          initialMode="CLOCK"
          title={t('childRuns')}
        />
      ) : (
        <Section title={t('timeline')}>
          <RunTimeline runs={[run]} of="MIXED" initialMode="CLOCK" />
        </Section>
      )}
    </Overview>
  );
}

/** The page of a run. */
export function RunView({ node }: { readonly node: RunNode }) {
  const { i18n } = useTranslation();
  const asOf = useAsOf();
  const at = zonedTime(node.startedAt ?? node.lastEventAt, i18n.language);
  return (
    <AssetFrame
      id={node.id}
      kind="RUN"
      name={`${node.job.displayName} · ${at}`}
      within={<AssetLink id={node.job.id} kind="JOB" name={node.job.name} namespace={node.job.namespace} asOf={asOf} />}
      {...(node.startedAt !== null && { createdAt: node.startedAt })}
      marks={
        <>
          <RunStateThen run={node} />
          {node.isLate && asOf === null ? <LateBadge /> : null}
        </>
      }
      isPlaceholder={node.placeholder}
    >
      <AssetTabs
        tabs={[
          ['overview', () => <RunOverview run={node} />],
          ['facets', () => <FacetsTab id={node.id} />],
          ['events', () => <EventsTab id={node.id} />],
        ]}
      />
    </AssetFrame>
  );
}
