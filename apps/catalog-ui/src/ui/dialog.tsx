import { Drawer, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

interface DecisionProps extends DialogProps {
  /** Something stands in it that is shown this once: Escape does not close it, its buttons do. */
  readonly holds?: boolean;
}

const CARD = { background: 'var(--hw-card)' } as const;
const LOOK = {
  styles: { content: CARD, header: CARD, title: { fontSize: '1.15rem', fontWeight: 620 } },
  // The library makes it a `header`, which beside that of the page would be a second banner.
  attributes: { header: { role: 'none' } },
};

/** Something to decide or fill in before one goes on: keeps the focus until it is closed, and gives it back. */
export function Dialog({ isOpen, title, onClose, holds = false, children }: DecisionProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={!holds}
      closeButtonProps={{ 'aria-label': t('close') }}
      {...LOOK}
    >
      {children}
    </Modal>
  );
}

/** One item of a list beside the list. */
export function SidePanel({ isOpen, title, onClose, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      title={title}
      position="right"
      size="xl"
      closeButtonProps={{ 'aria-label': t('close') }}
      {...LOOK}
    >
      {children}
    </Drawer>
  );
}
