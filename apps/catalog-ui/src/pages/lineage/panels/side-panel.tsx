import { CloseButton, Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What stands beside the graph about one thing in it. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation('lineage');
  return (
    <Stack
      component="section"
      aria-label={title}
      className="hw-card"
      p="md"
      gap="md"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} className="hw-name">
          {title}
        </Title>
        <CloseButton aria-label={t('close')} onClick={onClose} />
      </Group>
      {children}
    </Stack>
  );
}
