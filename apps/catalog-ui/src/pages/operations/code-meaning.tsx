import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { findingCodes } from '../../i18n/messages/finding-codes.js';

type KnownCode = keyof (typeof findingCodes)['en'];

const isKnown = (code: string): code is KnownCode => code in findingCodes.en;

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
