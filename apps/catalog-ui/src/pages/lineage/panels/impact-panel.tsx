import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
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
    query LineageImpact($root: ID!, $asOf: DateTime) {
      impact(root: $root, asOf: $asOf, maxNodes: 2000) {
        count
        total {
          count
          isExact
        }
        truncated
        groups {
          owner {
            id
            name
          }
          hidden
          count
          nearest
          nodes {
            distance
            roles
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
type OwnersPart = NonNullable<ResultOf<typeof IMPACT>['impact']>['groups'][number];
const LISTED = 8;

/** Whom a change of the root concerns: everything downstream, by who answers for it. */
export function ImpactPanel({ view, change }: ViewControl) {
  const { t, i18n } = useTranslation('lineage');
  const [{ data, error }, reload] = useQuery({ query: IMPACT, variables: { root: view.root, asOf: view.asOf } });
  return (
    <SidePanel
      title={t('impact')}
      onClose={() => {
        change(() => ({ panel: null }));
      }}
    >
      <Text size="sm" className="hw-quiet">
        {t('impactHint')}
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
            <Text>{t('impactNone')}</Text>
          ) : (
            <>
              <Text fw={600}>
                {t(impact.total.isExact ? 'impactTotal' : 'impactAtLeast', {
                  count: impact.total.count,
                  total: impact.total.count.toLocaleString(i18n.language),
                })}
              </Text>
              {impact.truncated ? <Alert color="yellow">{t('impactPart', { count: impact.count })}</Alert> : null}
              {impact.groups.map((group) => (
                <OwnerGroup
                  key={group.owner?.id ?? (group.hidden ? 'hidden' : 'nobody')}
                  group={group}
                  asOf={view.asOf}
                />
              ))}
            </>
          )
        }
      </Answer>
    </SidePanel>
  );
}

function OwnerGroup({ group, asOf }: { readonly group: OwnersPart; readonly asOf: string | null }) {
  const { t } = useTranslation('lineage');
  const { owner, hidden, count, nearest, nodes } = group;
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Text component="h3" size="sm" fw={600} className="hw-name">
          {owner === null ? (
            t(hidden ? 'hiddenGroup' : 'unowned')
          ) : (
            <PageLink to={assetHref(owner.id, { asOf })} inherit>
              {owner.name}
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
