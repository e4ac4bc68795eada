import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toInstant, toLocal } from '../lib/local-time.js';

/** The moment that everything on the page is shown as of; null is now. */
export function AsOf({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" className="hw-noprint">
      <TextInput
        type="datetime-local"
        size="xs"
        aria-label={t('asOf')}
        title={t('asOfHint')}
        value={value === null ? '' : toLocal(value)}
        max={toLocal(new Date().toISOString())}
        onChange={({ currentTarget }) => {
          onChange(toInstant(currentTarget.value));
        }}
      />
      <Button
        size="xs"
        variant={value === null ? 'light' : 'default'}
        aria-pressed={value === null}
        onClick={() => {
          onChange(null);
        }}
      >
        {t('asOfNow')}
      </Button>
    </Group>
  );
}
