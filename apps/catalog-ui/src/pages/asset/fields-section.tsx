import { ActionIcon, Group, Stack, Table, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref, href } from '../../lib/node-id.js';
import { useConnection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Markdown } from '../../ui/markdown.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Section } from '../../ui/page.js';
import { WideTable } from '../../ui/wide-table.js';
import classes from './asset.module.css';
import { LongText } from './asset-parts.js';
import type { FieldPage, FieldRow } from './fragments.js';
import { StatedTag } from './facts.js';
import { fieldTree, linesOf, type FieldLine } from './field-tree.js';
import { connectionNamed } from './connection-named.js';
import { FIELDS } from './dataset-lists.js';
import { isBy } from './run-then.js';
import { useAsOf } from './use-as-of.js';

const pageOf = connectionNamed('fields');
const INDENT_PX = 20;

function NameCell({
  line: { key, name, field, depth, hasChildren },
  isFolded,
  isTree,
  onToggle,
}: {
  readonly line: FieldLine<FieldRow>;
  readonly isFolded: boolean;
  readonly isTree: boolean;
  readonly onToggle: (key: string) => void;
}) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  return (
    <div className={classes['tree']} style={{ paddingInlineStart: depth * INDENT_PX }}>
      {hasChildren ? (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-expanded={!isFolded}
          aria-label={isFolded ? t('unfold', { name }) : t('fold', { name })}
          onClick={() => {
            onToggle(key);
          }}
        >
          {isFolded ? <IconChevronRight size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        </ActionIcon>
      ) : isTree ? (
        <span style={{ width: 22, flexShrink: 0 }} />
      ) : null}
      <Stack gap={0} miw={0}>
        {field === null ? (
          <span className="hw-quiet hw-name" title={t('fieldUnknown')}>
            {name}
          </span>
        ) : (
          <PageLink to={assetHref(field.id, { asOf })} className="hw-name" size="sm" fw={550}>
            <LongText text={name} />
          </PageLink>
        )}
        {field?.deletedAt && isBy(field.deletedAt, asOf) ? (
          <Text size="xs" className="hw-quiet">
            {t('fieldGone')}
          </Text>
        ) : null}
      </Stack>
    </div>
  );
}

/** The fields of a dataset as the schema nests them, each leading to its page. */
export function FieldsSection({ id, first }: { readonly id: string; readonly first: FieldPage }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const variables = useMemo(() => ({ id, asOf }), [id, asOf]);
  const connection = useConnection({ query: FIELDS, variables, pageOf, first });
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const tree = fieldTree((connection.edges ?? []).map(({ node }) => node));
  const lines = linesOf(tree, folded);
  const isTree = tree.some(({ children }) => children.length > 0);
  const toggle = (key: string): void => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
  };
  return (
    <Section
      title={t('fields')}
      actions={
        <PageLink to={href('/asset', { id, tab: 'schema', asOf })} className="hw-noprint">
          {t('schemaHistory')}
        </PageLink>
      }
    >
      {lines.length === 0 ? (
        <Text className="hw-quiet">{t('fieldsNone')}</Text>
      ) : (
        <WideTable label={t('fields')} heads={[t('field'), t('type'), t('description'), t('tags')]}>
          {lines.map((line) => (
            <Table.Tr key={line.key} style={{ verticalAlign: 'top' }}>
              <Table.Td className={classes['cell']}>
                <NameCell line={line} isFolded={folded.has(line.key)} isTree={isTree} onToggle={toggle} />
              </Table.Td>
              <Table.Td className="hw-mono hw-name" miw="13ch">
                {line.field?.type ? <LongText text={line.field.type} className="hw-mono hw-name" /> : null}
              </Table.Td>
              <Table.Td miw="14rem">
                {line.field?.description ? <Markdown text={line.field.description} /> : null}
              </Table.Td>
              <Table.Td miw="9rem">
                <Group gap={4}>
                  {[...(line.field?.tags ?? []), ...(line.field?.carriedTags ?? [])].map((stated) => (
                    <StatedTag key={`${stated.tag.name} ${stated.position}`} tag={stated} />
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
      <ConnectionEnd connection={connection} />
    </Section>
  );
}
