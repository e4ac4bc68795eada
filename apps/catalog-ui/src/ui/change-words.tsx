import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Time } from './time.js';

interface Change {
  readonly kind: 'EDIT' | 'SCHEMA';
  readonly at: string;
  readonly by: string | null;
  readonly fieldsAdded: readonly string[];
  readonly fieldsRemoved: readonly string[];
}

const SHOWN = 3;

/** Who changed what of an asset, and when, in a line. */
export function ChangeWords({ change }: { readonly change: Change }) {
  const { t } = useTranslation();
  const { kind, at, by, fieldsAdded, fieldsRemoved } = change;
  const named = (sign: string, names: readonly string[]): readonly string[] => [
    ...names.slice(0, SHOWN).map((name) => `${sign}${name}`),
    ...(names.length > SHOWN ? [`${sign}${String(names.length - SHOWN)}…`] : []),
  ];
  const fields = [...named('+', fieldsAdded), ...named('−', fieldsRemoved)].join(' ');
  const what = kind === 'EDIT' ? (by === null ? t('editedBySomebody') : t('editedBy', { name: by })) : t('newSchema');
  return (
    <Text size="sm" className="hw-quiet hw-name">
      {what}
      {kind === 'SCHEMA' && fields !== '' ? ` (${fields})` : ''} · <Time at={at} />
    </Text>
  );
}
