import { ActionIcon, Code, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Text to copy, as it stands. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation();
  return (
    <div style={{ position: 'relative' }}>
      <Code
        block
        tabIndex={0}
        aria-label={label}
        pr={48}
        style={{ maxHeight: 480, overflow: 'auto', background: 'var(--hw-ground)', border: '1px solid var(--hw-line)' }}
      >
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('copied') : t('copy')}>
            <ActionIcon
              onClick={copy}
              variant="default"
              aria-label={`${t('copy')}: ${label}`}
              style={{ position: 'absolute', top: 8, right: 8 }}
            >
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
