import { ActionIcon, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface CodeBlockProps {
  readonly text: string;
  readonly label: string;
  /** What is copied where the text was laid out for reading. */
  readonly copyText?: string;
  /** What the text lacks before it can be used, in words; said where it is copied too. */
  readonly lack?: string;
}

/** Text to copy, as it stands. */
export function CodeBlock({ text, label, copyText = text, lack }: CodeBlockProps) {
  const { t } = useTranslation();
  const about = [label, lack].filter(Boolean).join('. ');
  return (
    <>
      {lack === undefined ? null : (
        <Group gap={6} wrap="nowrap" c="var(--hw-warn)">
          <IconAlertTriangle size={16} aria-hidden style={{ flexShrink: 0 }} />
          <Text size="sm">{lack}</Text>
        </Group>
      )}
      <div style={{ position: 'relative' }}>
        <Code
          block
          tabIndex={0}
          aria-label={label}
          pr={48}
          style={{
            maxHeight: 480,
            overflow: 'auto',
            background: 'var(--hw-ground)',
            border: '1px solid var(--hw-line)',
          }}
        >
          {text}
        </Code>
        <CopyButton value={copyText}>
          {({ copied, copy }) => (
            <Tooltip label={[t(copied ? 'copied' : 'copy'), lack].filter(Boolean).join('. ')}>
              <ActionIcon
                onClick={copy}
                variant="default"
                aria-label={`${t('copy')}: ${about}`}
                style={{ position: 'absolute', top: 8, right: 8 }}
                {...(lack !== undefined && { c: 'var(--hw-warn)' })}
              >
                {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </div>
    </>
  );
}
