import { ActionIcon, Code, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CodeBlockProps {
  readonly text: string;
  readonly label: string;
  /** What is copied where the text was laid out for reading. */
  readonly copyText?: string;
}

/** Text to copy, as it stands. */
export function CodeBlock({ text, label, copyText = text }: CodeBlockProps) {
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
      <CopyButton value={copyText}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('copied') : t('copy')}>
            <ActionIcon
              onClick={copy}
              variant="default"
              aria-label={`${t('copy')}: ${label}`}
              style={{ position: 'absolute', top: 8, right: 8 }}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
