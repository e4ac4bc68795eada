import { Alert, Badge, Group, Text } from '@mantine/core';
import { IconArrowRight, IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { assetHref, href } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import classes from './asset.module.css';
import { Columns, Part } from './asset-parts.js';
import type { NodeOf } from './asset-query.js';
import { titleOf } from './neighbors.js';
import { COMPLETED_SINCE, RUN_IMPACT, type Impact } from './run-after.js';
import { isBy } from './run-then.js';
import { useAsOf } from './use-as-of.js';

type RunNode = NodeOf<'Run'>;

const LISTED = 4;

/** Of a run that did not end well: whether its job has completed since. */
export function LaterRun({ run }: { readonly run: RunNode }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const since = run.endedAt ?? run.lastEventAt;
  // Nothing came after it before the moment of its end.
  const isLast = asOf !== null && isBy(asOf, since);
  const [{ data }] = useQuery({
    query: COMPLETED_SINCE,
    variables: { job: run.job.id, since, until: asOf },
    pause: isLast,
    requestPolicy: 'cache-and-network',
  });
  if (!data && !isLast) return null;
  const began = Date.parse(run.startedAt ?? run.lastEventAt);
  const later = data?.runs.edges
    .map(({ node }) => node)
    .find(({ id, startedAt, lastEventAt }) => id !== run.id && Date.parse(startedAt ?? lastEventAt) >= began);
  if (later === undefined) {
    return (
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle />}>
        {t('notCompletedSince')}
      </Alert>
    );
  }
  return (
    <Alert color="green" variant="light" icon={<IconCircleCheck />}>
      {t('completedSince')}{' '}
      <PageLink to={assetHref(later.id, { asOf })} inherit>
        <Time at={later.endedAt ?? later.lastEventAt} absolute />
      </PageLink>
    </Alert>
  );
}

function OwnerGroup({ group: { owner, hidden, count, nodes } }: { readonly group: Impact['groups'][number] }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  return (
    <Part
      title={
        <Group component="span" gap="xs">
          {owner?.displayName ?? t(hidden ? 'impactHidden' : 'impactUnowned')}
          <Badge variant="default" tt="none">
            {count}
          </Badge>
        </Group>
      }
    >
      {hidden ? null : (
        <ul className={classes['list']}>
          {nodes.slice(0, LISTED).map(({ node: { id, kind, displayName } }) => {
            const { name, within } = titleOf(id);
            return (
              <li key={id}>
                <AssetLink id={id} kind={kind} name={displayName ?? name} namespace={within} asOf={asOf} />
              </li>
            );
          })}
        </ul>
      )}
      {hidden || nodes.length <= LISTED ? null : (
        <Text size="sm" className="hw-quiet">
          {t('impactMore', { count: nodes.length - LISTED })}
        </Text>
      )}
    </Part>
  );
}

/** Everything that depends on what the job of a run writes, by who answers for it: whom to tell of a failure. */
export function DownstreamOfRun({ run }: { readonly run: RunNode }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const [{ data, error }, reload] = useQuery({
    query: RUN_IMPACT,
    variables: { id: run.id, asOf },
    requestPolicy: 'cache-and-network',
  });
  return (
    <Section
      title={t('runImpact')}
      actions={
        <PageLink
          to={href('/lineage', { root: run.job.id, direction: 'DOWNSTREAM', depth: '100', asOf, panel: 'impact' })}
          className="hw-noprint"
        >
          {t('openLineage')} <IconArrowRight size={14} aria-hidden style={{ verticalAlign: '-2px' }} />
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
        {({ impact }) =>
          impact === null || impact.total.count === 0 ? (
            <Text className="hw-quiet">{t('goesToNone')}</Text>
          ) : (
            <>
              <Text className="hw-quiet">
                {t(impact.total.isExact ? 'runImpactTotal' : 'runImpactAtLeast', {
                  count: impact.total.count,
                  total: impact.total.count.toLocaleString(i18n.language),
                })}
              </Text>
              <Columns>
                {impact.groups.map((group) => (
                  <OwnerGroup key={group.owner?.id ?? (group.hidden ? 'hidden' : 'nobody')} group={group} />
                ))}
              </Columns>
            </>
          )
        }
      </Answer>
    </Section>
  );
}
