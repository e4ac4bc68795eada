import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FaultLines, RefusalWords } from './refusal-words.js';
import { knownReason, type Refusal } from './refusal.js';

/** Why nothing was changed and what to do; what is wrong with a field that `shown` names stands at that field instead. */
export function Refused({ refusal, shown = [] }: { readonly refusal: Refusal; readonly shown?: readonly string[] }) {
  const { t } = useTranslation('access');
  const reason = knownReason(refusal);
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('nothingChanged')}>
      <Stack gap={4}>
        <Text>{reason === null ? <RefusalWords refusal={refusal} /> : t(`refusal.${reason}`)}</Text>
        {reason === 'MISSING_SCOPE' ? (
          <Text className="hw-name" lang="en">
            {refusal.message}
          </Text>
        ) : null}
        <FaultLines faults={refusal.faults} shown={shown} />
      </Stack>
    </Alert>
  );
}
