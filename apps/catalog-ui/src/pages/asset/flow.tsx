import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconArrowRight, IconEyeOff, IconMask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { assetHref, lineageHref } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import classes from './asset.module.css';
import { Columns, Part } from './asset-parts.js';
import type { Around } from './fragments.js';
import { neighborsOf, titleOf, type Neighbor } from './neighbors.js';
import { useAsOf } from './use-as-of.js';

type Edge = Around['edges'][number];
type Reach = Around['upstream'];

const WEAKER = {
  DECLARED: { borderStyle: 'dashed', color: 'var(--hw-quiet)', borderColor: 'var(--hw-quiet)' },
  INFERRED: { borderStyle: 'dashed', color: 'var(--hw-warn)', borderColor: 'var(--hw-warn)' },
} as const;

/** What an edge rests on; the weakest kinds stand out. */
export function Evidence({ evidence }: { readonly evidence: Edge['evidence'] }) {
  const { t } = useTranslation('asset');
  return (
    <Tooltip label={t(`evidenceHint.${evidence}`)}>
      <Badge
        variant={evidence === 'OBSERVED' ? 'default' : 'outline'}
        size="sm"
        tt="none"
        tabIndex={0}
        style={{ flexShrink: 0, ...(evidence !== 'OBSERVED' && WEAKER[evidence]) }}
      >
        {t(`evidence.${evidence}`)}
      </Badge>
    </Tooltip>
  );
}

function Transformations({ edge }: { readonly edge: Edge }) {
  const { t } = useTranslation('asset');
  return edge.transformations.map(({ type, subtype, description, masking }) => (
    <Group key={`${type} ${subtype ?? ''} ${description ?? ''}`} gap={6}>
      {masking ? (
        <Tooltip label={t('maskingHint')}>
          <Badge
            size="sm"
            variant="light"
            color="grape"
            tt="none"
            tabIndex={0}
            leftSection={<IconMask size={12} aria-hidden />}
          >
            {t('masking')}
          </Badge>
        </Tooltip>
      ) : null}
      <Text size="sm" className="hw-name">
        {subtype ?? type}
        {type === 'DIRECT' || type === 'INDIRECT' ? (
          <span className="hw-quiet"> · {t(`transformation.${type}`)}</span>
        ) : null}
        {description === null || description === '' ? null : <span className="hw-quiet"> · {description}</span>}
      </Text>
    </Group>
  ));
}

function Via({ jobs }: { readonly jobs: readonly string[] }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  return jobs.map((id) => (
    <Text key={id} size="sm" className="hw-quiet hw-name">
      {t('via')}{' '}
      <PageLink to={assetHref(id, { asOf })} inherit>
        {titleOf(id).name}
      </PageLink>
    </Text>
  ));
}

/** Stands where something is that the viewer may not know of. */
export function HiddenNode() {
  const { t } = useTranslation('asset');
  return (
    <Group gap={8} className="hw-quiet">
      <IconEyeOff size={18} aria-hidden />
      {t('hiddenNode')}
    </Group>
  );
}

/** Something one hop away, and what is known of the way. */
function NeighborRow({ neighbor: { node, edges } }: { readonly neighbor: Neighbor<Edge> }) {
  const asOf = useAsOf();
  const { name, within } = titleOf(node.id);
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        {node.hidden ? (
          <HiddenNode />
        ) : (
          <AssetLink
            id={node.id}
            kind={node.kind}
            name={node.kind === 'FIELD' ? name : (node.displayName ?? name)}
            namespace={within}
            asOf={asOf}
          />
        )}
        {[...new Set(edges.map(({ evidence }) => evidence))].map((evidence) => (
          <Evidence key={evidence} evidence={evidence} />
        ))}
      </Group>
      <Stack gap={2} pl={26}>
        {edges.map((edge) => (
          <Transformations key={edge.id} edge={edge} />
        ))}
        <Via jobs={[...new Set(edges.flatMap(({ via }) => via))]} />
      </Stack>
    </Stack>
  );
}

/** How many there are in all, through however many steps. */
function ReachText({ reach }: { readonly reach: Reach }) {
  const { t, i18n } = useTranslation('asset');
  const total = reach.count.toLocaleString(i18n.language);
  if (reach.count === 0) return null;
  return (
    <Text size="sm" className="hw-quiet">
      {reach.isExact ? t('reach', { count: reach.count, total }) : t('reachAtLeast', { total })}
    </Text>
  );
}

/** One step of lineage either way; the whole of it is a link away. */
export function Flow({ id, around }: { readonly id: string; readonly around: Around | null | undefined }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const sides = around ? neighborsOf(around) : { upstream: [], downstream: [] };
  return (
    <Section
      title={t('lineage')}
      actions={
        <PageLink to={lineageHref(id, { asOf })} className="hw-noprint">
          {t('openLineage')} <IconArrowRight size={14} aria-hidden style={{ verticalAlign: '-2px' }} />
        </PageLink>
      }
    >
      {around ? (
        <Columns>
          {(['upstream', 'downstream'] as const).map((side) => (
            <Part key={side} title={t(side === 'upstream' ? 'comesFrom' : 'goesTo')}>
              {sides[side].length === 0 ? (
                <Text className="hw-quiet">{t(side === 'upstream' ? 'comesFromNone' : 'goesToNone')}</Text>
              ) : (
                <ul className={classes['list']}>
                  {sides[side].map((neighbor) => (
                    <li key={neighbor.node.id}>
                      <NeighborRow neighbor={neighbor} />
                    </li>
                  ))}
                </ul>
              )}
              <ReachText reach={around[side]} />
            </Part>
          ))}
        </Columns>
      ) : (
        <Text className="hw-quiet">{t('lineageAway')}</Text>
      )}
      {around?.truncatedBecause === 'NODES' || around?.truncatedBecause === 'TIME' ? (
        <Text className="hw-quiet">{t('lineageCut')}</Text>
      ) : null}
    </Section>
  );
}
