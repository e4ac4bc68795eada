import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toInstant, toLocal } from '../lib/local-time.js';

interface PeriodFilterProps {
  readonly from: string | null;
  readonly to: string | null;
  readonly onChange: (bounds: { readonly from: string | null } | { readonly to: string | null }) => void;
}

/** A stretch of time in the viewer's zone; either end may be open. */
export function PeriodFilter({ from, to, onChange }: PeriodFilterProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        type="datetime-local"
        size="sm"
        label={t('from')}
        value={from === null ? '' : toLocal(from)}
        onChange={({ currentTarget: { value } }) => {
          onChange({ from: toInstant(value) });
        }}
      />
      <TextInput
        type="datetime-local"
        size="sm"
        label={t('to')}
        value={to === null ? '' : toLocal(to)}
        error={from !== null && to !== null && Date.parse(to) <= Date.parse(from) ? t('periodWrong') : undefined}
        onChange={({ currentTarget: { value } }) => {
          onChange({ to: toInstant(value) });
        }}
      />
    </>
  );
}
