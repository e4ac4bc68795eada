import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../lib/use-connection.js';
import { Section } from '../../ui/page.js';
import { ConnectionEnd } from '../../ui/connection-end.js';
import { Time } from '../../ui/time.js';
import { WideTable } from '../../ui/wide-table.js';
import { Nothing } from './asset-parts.js';
import { connectionNamed } from './connection-named.js';
import { isBy } from './run-then.js';
import { SCHEMAS, versionKey, type SchemaVersion } from './schema-query.js';
import { SchemaComparison } from './schema-comparison.js';
import { Later, useListThen } from './then.js';
import { useAsOf } from './use-as-of.js';

const pageOf = connectionNamed('schemaVersions');

function VersionsTable({ versions }: { readonly versions: readonly SchemaVersion[] }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  return (
    <WideTable
      label={t('schemas')}
      heads={(['schemaFrom', 'schemaTo', 'fields', 'producer'] as const).map((head) => t(head))}
    >
      {versions.map((version) => (
        <Table.Tr key={versionKey(version)} style={{ verticalAlign: 'top' }}>
          <Table.Td>
            <Time at={version.validFrom} absolute />
          </Table.Td>
          <Table.Td>
            {version.validTo === null || (asOf !== null && !isBy(version.validTo, asOf)) ? (
              <Badge variant="light" tt="none">
                {t(asOf === null ? 'schemaHolds' : 'schemaHeld')}
              </Badge>
            ) : (
              <Time at={version.validTo} absolute />
            )}
          </Table.Td>
          <Table.Td>{t('schemaFields', { count: version.fields.length })}</Table.Td>
          <Table.Td className="hw-name">
            <Group gap="xs">
              <Text size="sm">{version.producer}</Text>
              {version.authoritative ? null : (
                <Badge variant="default" tt="none">
                  {t('readersOnly')}
                </Badge>
              )}
            </Group>
          </Table.Td>
        </Table.Tr>
      ))}
    </WideTable>
  );
}

/** The schemas that a dataset had, and how two of them differ. */
export function SchemaTab({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const variables = useMemo(() => ({ id }), [id]);
  const connection = useConnection({ query: SCHEMAS, variables, pageOf });
  const { list, later } = useListThen(connection, ({ node }, asOf) => isBy(node.validFrom, asOf));
  const versions = list.edges?.map(({ node }) => node);
  return (
    <Stack gap="lg">
      <Section title={t('schemas')}>
        {versions?.length === 0 ? <Nothing>{t('schemasNone')}</Nothing> : null}
        {versions === undefined || versions.length === 0 ? null : <VersionsTable versions={versions} />}
        <Later of="laterSchemas" count={later} />
        <ConnectionEnd connection={list} />
      </Section>
      {versions === undefined || versions.length < 2 ? null : <SchemaComparison versions={versions} />}
    </Stack>
  );
}
