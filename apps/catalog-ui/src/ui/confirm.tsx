import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface ConfirmProps {
  readonly lead: ReactNode;
  /** Why it failed the last time. */
  readonly problem: ReactNode;
  readonly action: string;
  readonly cancel: string;
  /** What is said while it is being done. */
  readonly doing: string;
  readonly isDoing: boolean;
  readonly onDo: () => void;
  readonly onClose: () => void;
}

/** Within a dialog: what is going to happen, and the way back first. */
export function Confirm({ lead, problem, action, cancel, doing, isDoing, onDo, onClose }: ConfirmProps) {
  return (
    <Stack gap="md">
      <div>{lead}</div>
      {problem}
      <div role="status">{isDoing ? <Text size="sm">{doing}</Text> : null}</div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {cancel}
        </Button>
        <Button color="red.9" loading={isDoing} onClick={onDo}>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}
