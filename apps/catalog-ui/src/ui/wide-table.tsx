import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface WideTableProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly minWidth?: number;
  readonly children: ReactNode;
}

/** A table that scrolls sideways where there is no room for it; the keyboard reaches it for that. */
export function WideTable({ label, heads, minWidth = 640, children }: WideTableProps) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      type="native"
      className="hw-wide"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
