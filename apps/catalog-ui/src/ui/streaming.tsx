import { Badge, Text } from '@mantine/core';
import { IconInfinity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says of a run that it is one of a streaming job. */
export function StreamingBadge() {
  const { t } = useTranslation();
  return (
    <Badge
      variant="outline"
      miw="max-content"
      leftSection={<IconInfinity size={12} aria-hidden />}
      styles={{
        root: { color: 'var(--hw-quiet)', borderColor: 'var(--hw-line)', textTransform: 'none', fontWeight: 550 },
      }}
    >
      {t('streaming')}
    </Badge>
  );
}

/** Why a streaming run has no end. */
export function StreamingReason() {
  const { t } = useTranslation();
  return (
    <Text size="sm" className="hw-quiet">
      {t('streamingHint')}
    </Text>
  );
}
