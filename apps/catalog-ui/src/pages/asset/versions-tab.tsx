import { Group, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assetHref } from '../../lib/node-id.js';
import { useConnection } from '../../lib/use-connection.js';
import { PageLink } from '../../ui/link.js';
import { Section } from '../../ui/page.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { lengthOfTime, zonedTime } from '../../ui/time.js';
import { WideTable } from '../../ui/wide-table.js';
import { Nothing } from './asset-parts.js';
import { connectionNamed } from './connection-named.js';
import { VERSIONS, type VersionRow } from './dataset-lists.js';
import { GeneratedAt, PartialBadge } from './related.js';
import { isBy, runThen } from './run-then.js';
import { Later, RunStateThen, useListThen } from './then.js';
import { useAsOf } from './use-as-of.js';

const pageOf = connectionNamed('versions');

function Row({ version: { id, value, partial, createdAt, generatedAt, run } }: { readonly version: VersionRow }) {
  const { t, i18n } = useTranslation('asset');
  const asOf = useAsOf();
  const language = i18n.language;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Group gap="xs">
          <PageLink to={assetHref(id, { asOf })} className="hw-name" fw={550} inherit>
            {value ?? zonedTime(generatedAt ?? createdAt, language)}
          </PageLink>
          {partial ? <PartialBadge /> : null}
        </Group>
      </Table.Td>
      <Table.Td>
        <GeneratedAt at={generatedAt} />
      </Table.Td>
      <Table.Td>
        {run === null ? (
          <Text inherit className="hw-quiet">
            {t('madeByNone')}
          </Text>
        ) : (
          <PageLink to={assetHref(run.id, { asOf })} className="hw-name" inherit>
            {run.job.displayName}
          </PageLink>
        )}
      </Table.Td>
      <Table.Td>{run === null ? null : <RunStateThen run={run} />}</Table.Td>
      <Table.Td>{lengthOfTime(run === null ? null : runThen(run, asOf)?.run.durationMs, language)}</Table.Td>
    </Table.Tr>
  );
}

/** The states that a dataset had, with the run that made each. */
export function VersionsTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id }), [id]);
  const connection = useConnection({ query: VERSIONS, variables, pageOf });
  const { list, later } = useListThen(connection, ({ node }, asOf) => isBy(node.createdAt, asOf));
  const { edges } = list;
  return (
    <Section title={t('versions')}>
      {edges?.length === 0 ? <Nothing>{t('versionsNone')}</Nothing> : null}
      {edges === undefined || edges.length === 0 ? null : (
        <WideTable
          label={t('versions')}
          heads={(['version', 'generatedAt', 'madeBy', 'state', 'duration'] as const).map((head) => t(head))}
        >
          {edges.map(({ node }) => (
            <Row key={node.id} version={node} />
          ))}
        </WideTable>
      )}
      <Later of="laterVersions" count={later} />
      <ConnectionEnd connection={list} />
    </Section>
  );
}
