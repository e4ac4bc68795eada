import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { findingCodes } from '../../i18n/messages/finding-codes.js';

type KnownCode = keyof (typeof findingCodes)['en'];

const isKnown = (code: string): code is KnownCode => code in findingCodes.en;

/** A finding in words: the server's where they say more than the code does, else what the code means. */
export function FindingWords({ code, message }: { readonly code: string; readonly message: string }) {
  const { t } = useTranslation('findingCodes');
  const isSame = isKnown(code) && message.replaceAll('`', '') === findingCodes.en[code];
  return <span className="hw-name">{isSame ? t(code) : message}</span>;
}

/** What a code of findings means; nothing for codes that came later. */
export function CodeMeaning({ code }: { readonly code: string }) {
  const { t } = useTranslation('findingCodes');
  if (!isKnown(code)) return null;
  return (
    <Text size="sm" className="hw-quiet">
      {t(code)}
    </Text>
  );
}
