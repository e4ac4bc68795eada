import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { useEffect, useState } from 'react';
import type { Client, CombinedError, OperationResult } from '@urql/core';
import type { ResultOf } from '../../../graphql/tada.js';
import { href } from '../../../lib/node-id.js';
import { PageLink } from '../../../ui/link.js';
import { Answer } from '../../../ui/problem.js';
import { RunStateBadge } from '../../../ui/run-state.js';
import { Time, zonedTime } from '../../../ui/time.js';
import { restAfter } from '../answers.js';
import type { View } from '../address.js';
import type { GraphEdge, Side } from '../graph/model.js';
import { PROOF, type Proof } from '../queries.js';

type ProofPage = OperationResult<ResultOf<typeof PROOF>>;
type Assertion = Proof['edges'][number]['node'];
interface ProofState {
  readonly proof: Proof | null | undefined;
  readonly error: CombinedError | undefined;
}

interface Place {
  readonly root: string;
  readonly direction: Side | 'BOTH';
  readonly depth: number;
}

/** Hops between two jobs of which one triggers the other: mostly they share a dataset. */
const CONTROL_DEPTHS = [2, 6, 20];

/**
 * The API gives an edge only as part of a lineage: it is asked for one hop from either end that can be a root. One that
 * carries no data is there where both ends are.
 */
function placesOf({ kind, from, to }: GraphEdge): readonly Place[] {
  if (kind === 'CONTROL') return CONTROL_DEPTHS.map((depth) => ({ root: from, direction: 'BOTH', depth }));
  return [
    { root: to, direction: 'UPSTREAM', depth: 1 },
    { root: from, direction: 'DOWNSTREAM', depth: 1 },
  ];
}

async function loadProof(client: Client, edge: GraphEdge, { granularity, asOf, isLogical }: View): Promise<ProofState> {
  const control = edge.kind === 'CONTROL';
  let error: CombinedError | undefined;
  for (const place of placesOf(edge)) {
    let after: string | null = null;
    do {
      const page: ProofPage = await client.query(PROOF, {
        ...place,
        control,
        granularity,
        asOf,
        after,
        logical: isLogical,
      });
      error ??= page.error;
      const found = page.data?.lineage?.edges.find(({ id }) => id === edge.id);
      if (found !== undefined) return { proof: found.assertions, error: undefined };
      after = restAfter(page.data?.lineage ?? undefined);
    } while (after !== null);
  }
  return { proof: error === undefined ? null : undefined, error };
}

/** Which events prove an edge: who says so, how, while when, and where to read it in the log. */
export function ProofOfEdge({ edge, view }: { readonly edge: GraphEdge; readonly view: View }) {
  const { t } = useTranslation('lineage');
  const client = useClient();
  const [state, setState] = useState<ProofState>({ proof: undefined, error: undefined });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isGone = false;
    void loadProof(client, edge, view).then((loaded) => {
      if (!isGone) setState(loaded);
    });
    return () => {
      isGone = true;
    };
    // Another selection is another component; of the view only the moment and the granularity count, which change it too.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, edge.id, turn]);
  return (
    <Stack gap="sm">
      <Text component="h3" size="sm" fw={600}>
        {t('proofTitle')}
      </Text>
      {state.proof === null ? (
        <Text size="sm">{t('proofHidden')}</Text>
      ) : (
        <Answer
          data={state.proof}
          error={state.error}
          lines={3}
          onRetry={() => {
            setState({ proof: undefined, error: undefined });
            setTurn(turn + 1);
          }}
        >
          {({ edges, pageInfo }) => (
            <>
              {edges.length === 0 ? <Text size="sm">{t('proofHidden')}</Text> : null}
              {edges.map(({ node }, at) => (
                <AssertionCard key={`${node.producer ?? ''} ${node.evidence} ${String(at)}`} assertion={node} />
              ))}
              {pageInfo.hasNextPage ? (
                <Text size="sm" className="hw-quiet">
                  {t('proofMore')}
                </Text>
              ) : null}
            </>
          )}
        </Answer>
      )}
    </Stack>
  );
}

function AssertionCard({ assertion }: { readonly assertion: Assertion }) {
  const { t, i18n } = useTranslation('lineage');
  const { evidence, producer, confidence, lastSeenAt, missedRuns, intervals, lastRun, events } = assertion;
  return (
    <Stack gap={4} className="hw-card" p="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {t(`look.${evidence}`)}
        </Text>
        <Text size="xs" className="hw-quiet">
          {t('confidence', { value: confidence.toLocaleString(i18n.language, { style: 'percent' }) })}
        </Text>
      </Group>
      <Text size="sm" className="hw-name">
        {producer ?? t('byRule')}
      </Text>
      <Text size="sm">
        {t('lastSeen')} <Time at={lastSeenAt} />
      </Text>
      {missedRuns === 0 ? null : <Text size="sm">{t('missedRuns', { count: missedRuns })}</Text>}
      <Stack component="ul" gap={2} pl="md" m={0}>
        {intervals.map(({ from, to }) => (
          <Text component="li" size="sm" key={from}>
            {zonedTime(from, i18n.language)} – {to === null ? t('stillHolds') : zonedTime(to, i18n.language)}
          </Text>
        ))}
      </Stack>
      {lastRun === null ? null : (
        <Group gap={6}>
          <PageLink to={href('/asset', { id: lastRun.id })} size="sm">
            {t('lastRun', { job: lastRun.job.displayName })}
          </PageLink>
          <RunStateBadge state={lastRun.state} />
        </Group>
      )}
      {events.edges.length === 0 ? null : (
        <Stack component="ul" gap={2} pl="md" m={0}>
          {events.edges.map(({ node }) => (
            <li key={node.position}>
              <PageLink to={href('/operations/events', { event: node.position })} size="sm">
                {t('event', { position: node.position })}
              </PageLink>{' '}
              <Text component="span" size="sm" className="hw-quiet">
                <Time at={node.effectiveAt ?? node.recordedAt} absolute />
              </Text>
            </li>
          ))}
        </Stack>
      )}
      {events.pageInfo.hasNextPage ? (
        <Text size="xs" className="hw-quiet">
          {t('eventsMore')}
        </Text>
      ) : null}
    </Stack>
  );
}
