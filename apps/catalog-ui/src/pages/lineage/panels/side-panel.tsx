import { CloseButton, Group, Stack, Title } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** As narrow as the grid needs to be for the panel to stand below the graph. */
const BELOW = '(max-width: 62em)';

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What stands beside the graph about one thing in it. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { t } = useTranslation('lineage');
  const still = useReducedMotion();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone it stands below the graph: whoever touched something in it should see what that brought.
    const isBelow = window.matchMedia(BELOW).matches;
    if (isBelow && navigator.userActivation.hasBeenActive) {
      panel.current?.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' });
    }
    // Only when it opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <Stack
      component="section"
      ref={panel}
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
