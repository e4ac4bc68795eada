import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../lib/use-connection.js';
import { ConnectionEnd } from './connection-end.js';
import { Empty } from './page.js';
import { Records, type Column } from './records.js';

interface ConnectionRecordsProps<T> {
  readonly connection: Connection<{ readonly node: T }>;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  /** What stands there where nothing is. */
  readonly empty: ReactNode;
  /** How many are shown, in words, beside the way to the latest; for lists that grow while one reads. */
  readonly shown?: (count: number) => string;
  /** As of {@link Records}. */
  readonly minWidth?: number;
}

/** A list that is read on page by page, as records. */
export function ConnectionRecords<T>({
  connection,
  label,
  columns,
  keyOf,
  empty,
  shown,
  minWidth,
}: ConnectionRecordsProps<T>) {
  const { t } = useTranslation();
  const { edges, isLoading, reload } = connection;
  const items = edges?.map(({ node }) => node);
  return (
    <>
      {items === undefined || shown === undefined ? null : (
        <Group justify="space-between">
          <Text role="status" size="sm" className="hw-quiet">
            {shown(items.length)}
          </Text>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={isLoading}
            onClick={reload}
          >
            {t('latest')}
          </Button>
        </Group>
      )}
      {items === undefined ? null : items.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <Records
          label={label}
          columns={columns}
          items={items}
          keyOf={keyOf}
          {...(minWidth === undefined ? {} : { minWidth })}
        />
      )}
      <ConnectionEnd connection={connection} lines={8} />
    </>
  );
}
