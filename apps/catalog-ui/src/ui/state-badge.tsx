import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

const LOOKS = {
  good: { Icon: IconCheck, color: 'var(--hw-good)' },
  warn: { Icon: IconAlertTriangle, color: 'var(--hw-warn)' },
  bad: { Icon: IconAlertTriangle, color: 'var(--hw-bad)' },
  over: { Icon: IconBan, color: 'var(--hw-quiet)' },
} as const;

export type StateLook = keyof typeof LOOKS;

/** How something stands, by sign, word and color. */
export function StateBadge({ look, children }: { readonly look: StateLook; readonly children: ReactNode }) {
  const { Icon, color } = LOOKS[look];
  return (
    <Badge
      variant="outline"
      miw="max-content"
      leftSection={<Icon size={12} aria-hidden />}
      styles={{ root: { color, borderColor: color, textTransform: 'none', fontWeight: 550 } }}
    >
      {children}
    </Badge>
  );
}
