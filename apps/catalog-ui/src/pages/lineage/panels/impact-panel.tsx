import { Alert, Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../../graphql/tada.js';
import { assetHref } from '../../../lib/node-id.js';
import { AssetLink } from '../../../ui/asset-link.js';
import { PageLink } from '../../../ui/link.js';
import { Answer } from '../../../ui/problem.js';
import { namingOf } from '../graph/naming.js';
import { NODE_PARTS } from '../queries.js';
import type { ViewControl } from '../use-view.js';
import { SidePanel } from './side-panel.js';

const IMPACT = graphql(
  `
    query LineageImpact($root: ID!, $side: LineageSide!, $asOf: DateTime) {
      impact(root: $root, side: $side, asOf: $asOf, maxNodes: 2000) {
        count
        total {
          count
          isExact
        }
        truncated
        groups {
          owner {
            id
            name: displayName
          }
          hidden
          count
          nearest
          nodes {
            node {
              ...LineageNodeParts
            }
          }
        }
        byDomain {
          domain {
            id
            name
          }
          hidden
          count
          nearest
          nodes {
            node {
              ...LineageNodeParts
            }
          }
        }
      }
    }
  `,
  [NODE_PARTS],
);
type Impact = NonNullable<ResultOf<typeof IMPACT>['impact']>;
type Grouping = 'owner' | 'domain';
type Side = 'DOWNSTREAM' | 'UPSTREAM';
type Grouped = Omit<Impact['groups'][number], 'owner'> & { readonly of: Impact['groups'][number]['owner'] };
const LISTED = 8;

/** Whom a change or a fault of the root concerns: everything downstream or upstream, by who answers for it or by domain. */
export function ImpactPanel({ view, change }: ViewControl) {
  const { t, i18n } = useTranslation('lineage');
  const [grouping, setGrouping] = useState<Grouping>('owner');
  const [side, setSide] = useState<Side>('DOWNSTREAM');
  const variables = { root: view.root, side, asOf: view.asOf };
  const [{ data, error }, reload] = useQuery({ query: IMPACT, variables });
  const isUp = side === 'UPSTREAM';
  return (
    <SidePanel
      title={t(grouping === 'domain' ? 'impactByDomain' : 'impact')}
      onClose={() => {
        change(() => ({ panel: null }));
      }}
    >
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('impactSide')}
        value={side}
        onChange={(value) => {
          setSide(value === 'UPSTREAM' ? 'UPSTREAM' : 'DOWNSTREAM');
        }}
        data={[
          { value: 'DOWNSTREAM', label: t('impactDown') },
          { value: 'UPSTREAM', label: t('impactUp') },
        ]}
      />
      <Text size="sm" className="hw-quiet">
        {t(isUp ? 'impactUpHint' : 'impactHint')}
      </Text>
      <Answer
        data={data}
        error={error}
        onRetry={() => {
          reload({ requestPolicy: 'network-only' });
        }}
      >
        {({ impact }) =>
          impact === null || impact.count === 0 ? (
            <Text>{t(isUp ? 'impactUpNone' : 'impactNone')}</Text>
          ) : (
            <>
              <Text fw={600}>
                {t(totalKey(impact.total.isExact, isUp), {
                  count: impact.total.count,
                  total: impact.total.count.toLocaleString(i18n.language),
                })}
              </Text>
              {impact.truncated ? <Alert color="yellow">{t('impactPart', { count: impact.count })}</Alert> : null}
              <Groups impact={impact} asOf={view.asOf} grouping={grouping} onGrouping={setGrouping} />
            </>
          )
        }
      </Answer>
    </SidePanel>
  );
}

function totalKey(isExact: boolean, isUp: boolean) {
  if (isUp) return isExact ? 'impactUpTotal' : 'impactUpAtLeast';
  return isExact ? 'impactTotal' : 'impactAtLeast';
}

interface GroupsProps {
  readonly impact: Impact;
  readonly asOf: string | null;
  readonly grouping: Grouping;
  readonly onGrouping: (grouping: Grouping) => void;
}

/** By owner, and where anything is in a domain by that too, as the viewer likes. */
function Groups({ impact, asOf, grouping, onGrouping }: GroupsProps) {
  const { t } = useTranslation('lineage');
  const hasDomains = impact.byDomain.some(({ domain }) => domain !== null);
  const groups: readonly Grouped[] =
    hasDomains && grouping === 'domain'
      ? impact.byDomain.map(({ domain, ...group }) => ({ ...group, of: domain }))
      : impact.groups.map(({ owner, ...group }) => ({ ...group, of: owner }));
  return (
    <>
      {hasDomains ? (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('impactBy')}
          value={grouping}
          onChange={(value) => {
            onGrouping(value === 'domain' ? 'domain' : 'owner');
          }}
          data={[
            { value: 'owner', label: t('byOwner') },
            { value: 'domain', label: t('byDomain') },
          ]}
        />
      ) : null}
      {groups.map((group) => (
        <ReachedGroup
          key={group.of?.id ?? (group.hidden ? 'hidden' : 'none')}
          group={group}
          none={t(grouping === 'domain' && hasDomains ? 'noDomain' : 'unowned')}
          asOf={asOf}
        />
      ))}
    </>
  );
}

interface ReachedGroupProps {
  readonly group: Grouped;
  /** What stands where the group is of nothing. */
  readonly none: string;
  readonly asOf: string | null;
}

function ReachedGroup({ group, none, asOf }: ReachedGroupProps) {
  const { t } = useTranslation('lineage');
  const { of, hidden, count, nearest, nodes } = group;
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text component="h3" size="sm" fw={600} className="hw-name">
          {of === null ? (
            hidden ? (
              t('hiddenGroup')
            ) : (
              none
            )
          ) : (
            <PageLink to={assetHref(of.id, { asOf })} inherit>
              {of.name}
            </PageLink>
          )}
        </Text>
        <Badge variant="default">{count}</Badge>
      </Group>
      <Text size="xs" className="hw-quiet">
        {t('nearest', { count: nearest })}
      </Text>
      {hidden
        ? null
        : nodes.slice(0, LISTED).map(({ node }) => {
            const { title, place } = namingOf(node);
            return <AssetLink key={node.id} id={node.id} kind={node.kind} name={title} namespace={place} asOf={asOf} />;
          })}
      {nodes.length > LISTED && !hidden ? (
        <Text size="sm" className="hw-quiet">
          {t('andMore', { count: nodes.length - LISTED })}
        </Text>
      ) : null}
    </Stack>
  );
}
