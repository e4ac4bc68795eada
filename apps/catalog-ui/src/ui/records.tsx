import { Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Wide } from './wide.js';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly render: (item: T) => ReactNode;
  /** What can be done with the item: its title is read out only. */
  readonly isAction?: boolean;
}

interface RecordsProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** How narrow the table gets before it moves sideways. */
  readonly minWidth?: number;
}

/** Items of one kind: a table where there is room, and a card each on a phone, without what renders as null. */
export function Records<T>(props: RecordsProps<T>) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return isNarrow ? <Cards {...props} /> : <Rows {...props} />;
}

function Rows<T>({ label, columns, items, keyOf, minWidth = 640 }: RecordsProps<T>) {
  return (
    <Wide label={label} minWidth={minWidth}>
      <Table aria-label={label} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, title, isAction }) => (
              <Table.Th key={key} className="hw-quiet" style={{ whiteSpace: 'nowrap' }}>
                {isAction === true ? <VisuallyHidden>{title}</VisuallyHidden> : title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={keyOf(item)}>
              {columns.map(({ key, render }) => (
                <Table.Td key={key} style={{ verticalAlign: 'top' }}>
                  {render(item)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Cards<T>({ label, columns, items, keyOf }: RecordsProps<T>) {
  return (
    <Stack component="ul" gap="sm" p={0} m={0} aria-label={label}>
      {items.map((item) => (
        <Stack key={keyOf(item)} component="li" className="hw-card" p="sm" gap={6} style={{ listStyle: 'none' }}>
          {columns.map(({ key, title, render, isAction }) => {
            const shown = render(item);
            if (shown === null) return null;
            return isAction === true ? (
              <div key={key}>{shown}</div>
            ) : (
              <Group key={key} gap="sm" wrap="nowrap" align="flex-start">
                <Text
                  size="sm"
                  className="hw-quiet"
                  w={104}
                  style={{ flexShrink: 0, hyphens: 'auto', overflowWrap: 'anywhere' }}
                >
                  {title}
                </Text>
                <div style={{ minWidth: 0, fontSize: 'var(--mantine-font-size-sm)' }}>{shown}</div>
              </Group>
            );
          })}
        </Stack>
      ))}
    </Stack>
  );
}
