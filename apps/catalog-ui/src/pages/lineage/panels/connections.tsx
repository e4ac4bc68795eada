import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShownEdge, ShownGraph } from '../graph/grouping.js';
import { endOf, SIDES, type GraphNode, type Side } from '../graph/model.js';
import { wordsOf } from '../graph/words.js';
import { LineSample } from '../legend.js';

interface ConnectionsProps {
  readonly node: GraphNode;
  readonly shown: ShownGraph;
  readonly onSelectEdge: (id: string) => void;
}

const LISTED = 12;

/** The lines at a node, each a way to what proves it. */
export function Connections({ node, shown, onSelectEdge }: ConnectionsProps) {
  const { t } = useTranslation('lineage');
  const names = new Map(shown.nodes.map((one) => [one.id, wordsOf(t, one).title]));
  const linesAt = (side: Side): readonly ShownEdge[] =>
    shown.edges.filter((edge) => endOf(edge, opposite(side)) === node.id);
  return (
    <>
      {SIDES.map((side) => {
        const lines = linesAt(side);
        if (lines.length === 0) return null;
        return (
          <Stack key={side} gap={4}>
            <Text component="h3" size="sm" fw={600}>
              {t(`connections.${side}`, { count: lines.length })}
            </Text>
            {lines.slice(0, LISTED).map((edge) => (
              <UnstyledButton
                key={edge.id}
                onClick={() => {
                  onSelectEdge(edge.id);
                }}
              >
                <Group gap="xs" wrap="nowrap">
                  <LineSample look={edge.look} />
                  <Text size="sm" className="hw-name" td="underline">
                    {names.get(endOf(edge, side)) ?? ''}
                  </Text>
                </Group>
              </UnstyledButton>
            ))}
            {lines.length > LISTED ? (
              <Text size="sm" className="hw-quiet">
                {t('andMore', { count: lines.length - LISTED })}
              </Text>
            ) : null}
          </Stack>
        );
      })}
    </>
  );
}

function opposite(side: Side): Side {
  return side === 'UPSTREAM' ? 'DOWNSTREAM' : 'UPSTREAM';
}
