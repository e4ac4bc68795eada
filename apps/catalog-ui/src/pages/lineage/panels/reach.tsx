import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql/tada.js';
import { ProblemPanel } from '../../../ui/problem.js';
import { SIDES, type GraphNode } from '../graph/model.js';
import { endKey } from '../graph/visible.js';
import { withExpanded, type ViewControl } from '../use-view.js';

/** Depth 0 walks no further than counting needs. */
const REACH = graphql(`
  query Reach($root: ID!, $granularity: LineageGranularity, $asOf: DateTime) {
    lineage(root: $root, granularity: $granularity, depth: 0, asOf: $asOf) {
      root {
        id
      }
      upstream {
        count
        isExact
      }
      downstream {
        count
        isExact
      }
    }
  }
`);

/** How many causes and effects a node has in all, and a way to show them. */
export function Reach({ view, change, node }: ViewControl & { readonly node: GraphNode }) {
  const { t, i18n } = useTranslation('lineage');
  const [{ data, error }, ask] = useQuery({
    query: REACH,
    variables: { root: node.id, granularity: view.granularity, asOf: view.asOf },
  });
  const counts = data?.lineage;
  if (data === undefined && error !== undefined) {
    return (
      <ProblemPanel
        error={error}
        onRetry={() => {
          ask({ requestPolicy: 'network-only' });
        }}
      />
    );
  }
  return (
    <Stack gap={6} align="flex-start">
      {SIDES.map((side) => {
        const reach = side === 'UPSTREAM' ? counts?.upstream : counts?.downstream;
        return (
          <Group key={side} gap="xs">
            {reach === undefined ? (
              <Skeleton height={16} width={140} />
            ) : (
              <Text size="sm">
                {t(reach.isExact ? `reach.${side}` : `reachAtLeast.${side}`, {
                  count: reach.count,
                  total: reach.count.toLocaleString(i18n.language),
                })}
              </Text>
            )}
            {reach === undefined || reach.count === 0 ? null : (
              <Button
                size="compact-xs"
                variant="light"
                aria-label={t(`showAll.${side}`)}
                onClick={() => {
                  change((before) => withExpanded(before, { id: node.id, side, isWhole: true }, endKey(node.id, side)));
                }}
              >
                {t('showAllShort')}
              </Button>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
