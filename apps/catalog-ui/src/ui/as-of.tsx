import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** An ISO instant as a `datetime-local` field wants it: the viewer's wall clock. */
function toLocal(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function toInstant(local: string): string | null {
  const date = new Date(local);
  return local === '' || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

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
