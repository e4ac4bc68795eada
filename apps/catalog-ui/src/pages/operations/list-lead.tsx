import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';

interface ListLeadProps {
  readonly lead: string;
  readonly action: string;
  readonly onAction: () => void;
}

/** What a list is about, and the way to add to it. */
export function ListLead({ lead, action, onAction }: ListLeadProps) {
  return (
    <Group justify="space-between" align="flex-start">
      <Text className="hw-quiet" maw={680}>
        {lead}
      </Text>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onAction}>
        {action}
      </Button>
    </Group>
  );
}
