import { Group, Stack, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AssetLink } from '../../../ui/asset-link.js';
import type { GraphNode } from '../graph/model.js';
import { namingOf } from '../graph/naming.js';

/** From one node to another, by name. */
export function Between({ from, to }: { readonly from: GraphNode | undefined; readonly to: GraphNode | undefined }) {
  const { t } = useTranslation('lineage');
  return (
    <Stack gap={6}>
      {[from, to].map((node, at) => {
        if (node === undefined) return null;
        const { title, namespace } = namingOf(node);
        return (
          <Group key={`${String(at)} ${node.id}`} gap={6} wrap="nowrap" align="flex-start">
            {at === 1 ? (
              <IconArrowRight size={18} role="img" aria-label={t('leadsTo')} style={{ flexShrink: 0 }} />
            ) : null}
            {node.hidden ? (
              <Text>{t('hidden')}</Text>
            ) : (
              <AssetLink id={node.id} kind={node.kind} name={title} namespace={namespace} />
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
