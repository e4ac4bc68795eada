import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref, partsOf } from '../../../lib/node-id.js';
import { PageLink } from '../../../ui/link.js';
import type { GraphNode } from '../graph/model.js';

/** The datasets that a logical dataset stands for in the picture, and what lies among them; nothing of another node. */
export function LogicalMembers({ node, asOf }: { readonly node: GraphNode; readonly asOf: string | null }) {
  const { t } = useTranslation('lineage');
  const { members = [], collapsed = 0 } = node;
  if (members.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t('logicalMembers')}
      </Text>
      <Stack component="ul" gap={2} pl="md" m={0}>
        {members.map((id) => {
          const { namespace, name } = partsOf(id);
          return (
            <li key={id}>
              <PageLink to={assetHref(id, { asOf })} className="hw-name">
                {name}
              </PageLink>
              <Text size="xs" className="hw-quiet hw-name">
                {namespace}
              </Text>
            </li>
          );
        })}
      </Stack>
      {collapsed === 0 ? null : <Text size="sm">{t('logicalWithin', { number: String(collapsed) })}</Text>}
    </Stack>
  );
}
