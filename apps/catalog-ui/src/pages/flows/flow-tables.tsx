import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page.js';
import { Records, type Column } from '../../ui/records.js';
import { useFlowName } from './flow-words.js';
import type { FlowLink, FlowNode, Flows } from './flows-query.js';

/** Everything that the map shows, as tables. */
export function FlowTables({ flows: { nodes, links } }: { readonly flows: Flows }) {
  const { t, i18n } = useTranslation('flows');
  const nameOf = useFlowName();
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]));
  const written = (count: number): string => count.toLocaleString(i18n.language);
  const ofPlace = (key: 'fields' | 'sources' | 'outside' | 'ends'): Column<FlowNode> => ({
    key,
    title: t(key),
    render: (node) => written(node[key]),
  });
  const ofLink = (key: 'fields' | 'masked' | 'stopped'): Column<FlowLink> => ({
    key,
    title: t(key),
    render: (link) => written(link[key]),
  });
  return (
    <>
      <Section title={t('places')}>
        <Records<FlowNode>
          label={t('places')}
          columns={[
            {
              key: 'place',
              title: t('place'),
              render: (node) => <span className="hw-name">{nameOf(node)}</span>,
            },
            ...(['fields', 'sources', 'outside', 'ends'] as const).map(ofPlace),
          ]}
          items={nodes}
          keyOf={({ id }) => id}
        />
      </Section>
      <Section title={t('links')}>
        <Records<FlowLink>
          label={t('links')}
          columns={[
            ...(['from', 'to'] as const).map((end) => ({
              key: end,
              title: t(end),
              render: (link: FlowLink) => <span className="hw-name">{names.get(link[end]) ?? link[end]}</span>,
            })),
            ...(['fields', 'masked', 'stopped'] as const).map(ofLink),
          ]}
          items={links}
          keyOf={({ from, to }) => `${from} ${to}`}
        />
      </Section>
    </>
  );
}
