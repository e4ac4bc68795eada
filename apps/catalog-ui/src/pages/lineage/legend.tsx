import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DASHES } from './canvas/draw-graph.js';
import { EDGE_LOOKS, type EdgeLook } from './graph/model.js';

/** A short line as the graph draws it. */
export function LineSample({ look }: { readonly look: EdgeLook }) {
  return (
    <svg width={34} height={10} aria-hidden style={{ flexShrink: 0 }}>
      <line
        x1={0}
        x2={25}
        y1={5}
        y2={5}
        strokeWidth={look === 'CONTROL' ? 1 : 1.75}
        strokeDasharray={DASHES[look].join(' ') || undefined}
        style={{ stroke: 'var(--hw-edge)' }}
      />
      {look === 'CONTROL' ? (
        <path d="M25 1 L33 5 L25 9" fill="none" style={{ stroke: 'var(--hw-edge)' }} />
      ) : (
        <path d="M25 1 L33 5 L25 9 z" style={{ fill: 'var(--hw-edge)' }} />
      )}
    </svg>
  );
}

/** What the lines mean, and while two moments are compared what the colors do. */
export function Legend({ isCompared }: { readonly isCompared: boolean }) {
  const { t } = useTranslation('lineage');
  return (
    <Group component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('legend')}>
      {EDGE_LOOKS.map((look) => (
        <Group key={look} component="li" gap={6} wrap="nowrap" title={t(`lookHint.${look}`)}>
          <LineSample look={look} />
          <Text size="xs" className="hw-quiet">
            {t(`look.${look}`)}
          </Text>
        </Group>
      ))}
      {isCompared
        ? (['added', 'lapsed'] as const).map((mark) => (
            <Group key={mark} component="li" gap={6} wrap="nowrap">
              <svg width={14} height={10} aria-hidden>
                <rect
                  x={1}
                  y={1}
                  width={12}
                  height={8}
                  rx={2}
                  fill="none"
                  strokeWidth={2}
                  strokeDasharray={mark === 'lapsed' ? '3 2' : undefined}
                  style={{ stroke: mark === 'added' ? 'var(--hw-good)' : 'var(--hw-bad)' }}
                />
              </svg>
              <Text size="xs" className="hw-quiet">
                {t(`mark.${mark}`)}
              </Text>
            </Group>
          ))
        : null}
    </Group>
  );
}
