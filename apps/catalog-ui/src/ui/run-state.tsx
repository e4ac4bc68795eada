import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconClock, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const LOOKS = {
  RUNNING: { Icon: IconPlayerPlay, color: 'var(--hw-dataset)' },
  COMPLETED: { Icon: IconCheck, color: 'var(--hw-good)' },
  FAILED: { Icon: IconX, color: 'var(--hw-bad)' },
  ABORTED: { Icon: IconBan, color: 'var(--hw-warn)' },
  UNFINISHED: { Icon: IconAlertTriangle, color: 'var(--hw-warn)' },
  OTHER: { Icon: IconClock, color: 'var(--hw-quiet)' },
} as const;

export type ShownState = keyof typeof LOOKS;

export const stateColor = (state: ShownState): string => LOOKS[state].color;

/** A run's state by sign, word and color. */
export function RunStateBadge({ state }: { readonly state: ShownState }) {
  const { t } = useTranslation();
  const { Icon, color } = LOOKS[state];
  return (
    <Badge
      variant="outline"
      leftSection={<Icon size={12} aria-hidden />}
      styles={{ root: { color, borderColor: color, textTransform: 'none', fontWeight: 550 } }}
    >
      {t(`runState.${state}`)}
    </Badge>
  );
}

interface RunStateIconProps {
  readonly state: ShownState;
  readonly size?: number;
  /** False where the word stands beside it. */
  readonly isNamed?: boolean;
}

/** A run's state by sign and color, where there is no room for the word; its name is for those who do not see it. */
export function RunStateIcon({ state, size = 16, isNamed = true }: RunStateIconProps) {
  const { t } = useTranslation();
  return <RunStateSign state={state} size={size} label={isNamed ? t(`runState.${state}`) : null} />;
}

interface RunStateSignProps {
  readonly state: ShownState;
  readonly size?: number;
  readonly label: string | null;
}

/** The same where its name is at hand: for pictures of hundreds. */
export function RunStateSign({ state, size = 16, label }: RunStateSignProps) {
  const { Icon, color } = LOOKS[state];
  return (
    <Icon
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      size={size}
      color={color}
      stroke={2}
      style={{ flexShrink: 0 }}
    />
  );
}
