import { Alert, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../ui/code-block.js';

/** A token's text, the only time that it is shown. */
export function Secret({ text, name }: { readonly text: string; readonly name: string }) {
  const { t } = useTranslation('access');
  return (
    <Alert role="status" variant="default" icon={<IconKey color="var(--hw-good)" />} title={t('secretTitle', { name })}>
      <Stack gap="xs">
        <Text>{t('secretOnce')}</Text>
        <CodeBlock text={text} label={t('secretLabel')} />
      </Stack>
    </Alert>
  );
}
