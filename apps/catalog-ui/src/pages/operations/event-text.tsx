import { Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../ui/code-block.js';

// An event may have 32 MiB; a page with all of it in one element does not move any more.
const SHOWN = 100_000;

function save(raw: string, position: string): void {
  const address = URL.createObjectURL(new Blob([raw], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `event-${position}.json`;
  link.click();
  URL.revokeObjectURL(address);
}

interface EventTextProps {
  readonly position: string;
  readonly raw: string;
  readonly body: unknown;
}

/** An event's text: formatted to read, or as it was received, to the last digit. */
export function EventText({ position, raw, body }: EventTextProps) {
  const { t, i18n } = useTranslation('operations');
  const [view, setView] = useState('formatted');
  const text = view === 'formatted' && body !== null ? JSON.stringify(body, null, 2) : raw;
  const isCut = text.length > SHOWN;
  return (
    <Stack component="section" gap="xs">
      <Group justify="space-between">
        <Title order={3}>{t('event')}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t('rawView')}
          value={view}
          onChange={setView}
          data={[
            { value: 'formatted', label: t('formatted') },
            { value: 'raw', label: t('raw') },
          ]}
        />
      </Group>
      {isCut ? (
        <Group justify="space-between">
          <Text size="sm">
            {t('rawCut', {
              shown: SHOWN.toLocaleString(i18n.language),
              total: text.length.toLocaleString(i18n.language),
            })}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => {
              save(raw, position);
            }}
          >
            {t('save')}
          </Button>
        </Group>
      ) : null}
      <CodeBlock text={isCut ? text.slice(0, SHOWN) : text} label={t('event')} />
    </Stack>
  );
}
