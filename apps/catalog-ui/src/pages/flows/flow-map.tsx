import { Anchor, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Wide } from '../../ui/wide.js';
import { layFlows, NODE_WIDTH } from './flow-layout.js';
import { useFlowName } from './flow-words.js';
import classes from './flows.module.css';
import type { FlowNode, Flows } from './flows-query.js';

interface FlowMapProps {
  readonly flows: Flows;
  readonly asOf: string | null;
  readonly onOpen: (id: string) => void;
}

interface NodeNameProps {
  readonly node: FlowNode;
  readonly asOf: string | null;
  readonly onOpen: (id: string) => void;
}

/** A dataset leads to its page; what has several is opened. */
function NodeName({ node, asOf, onOpen }: NodeNameProps) {
  const { t } = useTranslation('flows');
  const name = useFlowName()(node);
  const { id, kind } = node;
  if (kind === 'DATASET')
    return (
      <PageLink to={assetHref(id, { asOf })} className={classes['name']} title={name}>
        {name}
      </PageLink>
    );
  if (kind === 'HIDDEN' || kind === 'OTHERS') return <span className={classes['name']}>{name}</span>;
  return (
    <Anchor
      component="button"
      type="button"
      className={classes['name']}
      title={t('open', { name })}
      onClick={() => {
        onOpen(id);
      }}
    >
      {name}
    </Anchor>
  );
}

/** The map as a picture; the tables below it say the same. */
export function FlowMap({ flows, asOf, onOpen }: FlowMapProps) {
  const { t, i18n } = useTranslation('flows');
  const { nodes, links, width, height } = useMemo(() => layFlows(flows.nodes, flows.links), [flows]);
  const within = new Map(flows.links.flatMap(({ from, to, masked }) => (from === to ? [[from, masked] as const] : [])));
  const written = (count: number): string => count.toLocaleString(i18n.language);
  return (
    <Wide label={t('map')} minWidth={width}>
      <div className={classes['map']} style={{ width, height }}>
        <svg className={classes['lines']} width={width} height={height} aria-hidden>
          {links.map(({ link, path, width: stroke, isEnded }) => (
            <path
              key={`${link.from} ${link.to}`}
              d={path}
              strokeWidth={stroke}
              className={`${classes['line'] ?? ''} ${isEnded ? (classes['ended'] ?? '') : ''}`}
            />
          ))}
        </svg>
        {nodes.map(({ node, x, y, height: tall }) => {
          const masked = within.get(node.id) ?? 0;
          const kind = node.outside > 0 ? 'outside' : node.fields === 0 ? 'empty' : 'node';
          return (
            <div
              key={node.id}
              className={`${classes['node'] ?? ''} ${classes[kind] ?? ''}`}
              style={{ left: x, top: y, width: NODE_WIDTH, height: tall }}
            >
              <NodeName node={node} asOf={asOf} onOpen={onOpen} />
              <Text size="xs" className="hw-quiet">
                {t('fieldsOf', { count: node.fields, total: written(node.fields) })}
                {node.outside > 0 ? `, ${t('outsideOf', { total: written(node.outside) })}` : null}
              </Text>
              {masked === 0 ? null : (
                <Text size="xs" className="hw-quiet">
                  {t('maskedOf', { count: masked, total: written(masked) })}
                </Text>
              )}
            </div>
          );
        })}
      </div>
    </Wide>
  );
}
