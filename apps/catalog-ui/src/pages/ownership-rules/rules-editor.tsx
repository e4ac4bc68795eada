import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultLines, RefusalWords } from '../../access/refusal-words.js';
import { Section } from '../../ui/page.js';
import { ProblemPanel } from '../../ui/problem.js';
import { RulesPreviewView } from './rules-preview.js';
import type { RuleList } from './rules-query.js';
import { useRules } from './use-rules.js';

interface RulesEditorProps {
  readonly list: RuleList;
  readonly onSet: (isReadable: boolean) => void;
}

const LINES = { min: 8, max: 30 };

/** The rules as a file that can be changed, looked at and set. What is typed stays while others set theirs. */
export function RulesEditor({ list, onSet }: RulesEditorProps) {
  const { t } = useTranslation('ownershipRules');
  const [file, setFile] = useState(list.file);
  const [version, setVersion] = useState(list.editVersion);
  const [reason, setReason] = useState('');
  const [skip, setSkip] = useState(0);
  const control = useRules(({ position, isReadable }) => {
    setVersion(position);
    setReason('');
    onSet(isReadable);
  });
  const { preview, refusal, error, theirs, isBusy } = control;
  const field = useRef<HTMLTextAreaElement>(null);
  const look = (from: number): void => {
    setSkip(from);
    control.look(file, from);
  };
  const faults = refusal?.faults ?? [];
  return (
    <Section title={t('edit')}>
      <form
        aria-label={t('edit')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          look(0);
        }}
      >
        <Stack gap="md">
          <Textarea
            ref={field}
            label={t('file')}
            description={t('fileHint')}
            value={file}
            autosize
            minRows={LINES.min}
            maxRows={LINES.max}
            spellCheck={false}
            autoCapitalize="none"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            error={faults.length > 0}
            onChange={({ currentTarget: { value } }) => {
              setFile(value);
              control.forget();
            }}
          />
          {refusal === null ? null : (
            <Alert
              role="alert"
              color="red"
              variant="light"
              icon={<IconAlertTriangle />}
              title={t(faults.length > 0 ? 'faults' : 'refused')}
            >
              <Stack gap={4}>
                {faults.length > 0 ? <FaultLines faults={faults} /> : <RefusalWords refusal={refusal} />}
              </Stack>
            </Alert>
          )}
          {error === null ? null : (
            <ProblemPanel
              error={error}
              onRetry={() => {
                if (preview === null) look(0);
                else control.set(preview.file, reason, version);
              }}
            />
          )}
          {theirs === null ? null : (
            <Alert
              role="alert"
              variant="default"
              icon={<IconUsers color="var(--hw-warn)" />}
              title={t('conflictTitle')}
            >
              <Stack gap="sm">
                <Text>{t('conflict')}</Text>
                <pre aria-label={t('theirs')} className="hw-name" style={{ whiteSpace: 'pre-wrap', margin: 0 }}>
                  {theirs.file === '' ? t('none') : theirs.file}
                </pre>
                <Group gap="xs">
                  <Button
                    variant="default"
                    onClick={() => {
                      setFile(theirs.file);
                      setVersion(theirs.editVersion);
                      control.forget();
                    }}
                  >
                    {t('keepTheirs')}
                  </Button>
                  <Button
                    onClick={() => {
                      setVersion(theirs.editVersion);
                      look(0);
                    }}
                  >
                    {t('onTop')}
                  </Button>
                </Group>
              </Stack>
            </Alert>
          )}
          <Group>
            <Button
              type="submit"
              variant={preview === null ? 'filled' : 'default'}
              loading={isBusy && preview === null}
            >
              {t('preview')}
            </Button>
          </Group>
        </Stack>
      </form>
      {preview === null ? null : (
        <form
          aria-label={t('changes')}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            control.set(preview.file, reason, version);
          }}
        >
          <Stack gap="md">
            <RulesPreviewView preview={preview} skip={skip} onSkip={look} />
            <TextInput
              label={t('reason')}
              description={t('reasonHint')}
              maw={640}
              value={reason}
              onChange={({ currentTarget: { value } }) => {
                setReason(value);
              }}
            />
            <Group>
              <Button type="submit" loading={isBusy}>
                {t('set')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  );
}
