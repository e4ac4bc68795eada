import { Button, FileInput, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FaultLines } from '../../access/refusal-words.js';
import { newKey } from '../../lib/new-key.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Records, type Column } from '../../ui/records.js';
import { IMPORT, type ImportPlan } from './import-query.js';
import { PlannedSection } from './planned.js';
import { useStart } from './use-start.js';

type Rejected = ImportPlan['rejected'][number];

/** Rows of a file that are left out, and why. */
function RejectedRows({ rejected }: { readonly rejected: readonly Rejected[] }) {
  const { t, i18n } = useTranslation('edits');
  if (rejected.length === 0) return null;
  const columns: readonly Column<Rejected>[] = [
    { key: 'line', title: t('line'), render: ({ line }) => line.toLocaleString(i18n.language) },
    { key: 'row', title: t('row'), render: ({ key }) => <span className="hw-name">{key}</span> },
    { key: 'why', title: t('why'), render: ({ faults }) => <FaultLines faults={faults} /> },
  ];
  const title = t('rejected', { count: rejected.length, total: rejected.length.toLocaleString(i18n.language) });
  return (
    <Stack gap="xs">
      <Text fw={600}>{title}</Text>
      <Records label={title} columns={columns} items={rejected} keyOf={({ line }) => String(line)} minWidth={480} />
    </Stack>
  );
}

interface Chosen {
  readonly file: string;
  readonly format: 'CSV' | 'JSON_LINES';
}

/** What a file says of assets, looked at and then carried out as one job. */
export function ImportFile() {
  const { t } = useTranslation('edits');
  const client = useClient();
  const [picked, setPicked] = useState<File | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [reason, setReason] = useState('');
  const [skip, setSkip] = useState(0);
  const start = useStart<ImportPlan>();
  const chosen = useRef<Chosen>({ file: '', format: 'CSV' });
  const key = useRef(newKey());
  const field = useRef<HTMLButtonElement>(null);
  const ask = (more: object, from: number) => {
    // Whoever starts it has seen which rows are left out.
    const input = { ...chosen.current, mode: 'GOOD_ROWS' as const, ...more };
    return client.mutation(IMPORT, { input, skip: from }).toPromise();
  };
  const preview = (from: number): void => {
    setSkip(from);
    start.preview(async () => {
      const { data, error } = await ask({ isPreview: true }, from);
      return { data: data ? { plan: data.done } : null, error };
    });
  };
  const begin = async (file: File): Promise<void> => {
    chosen.current = {
      file: await file.text(),
      format: /\.(jsonl|ndjson|json)$/i.test(file.name) ? 'JSON_LINES' : 'CSV',
    };
    key.current = newKey();
    preview(0);
  };
  return (
    <Page title={t('importTitle')} actions={<PageLink to="/edits">{t('toJobs')}</PageLink>}>
      <Text maw={760}>{t('importLead')}</Text>
      <Section title={t('file')}>
        <form
          aria-label={t('file')}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(picked === null);
            if (picked === null) field.current?.focus();
            else void begin(picked);
          }}
        >
          <Stack gap="md">
            <FileInput
              ref={field}
              label={t('file')}
              description={t('fileHint')}
              placeholder={t('choose')}
              accept=".csv,.jsonl,.ndjson,.json,text/csv"
              leftSection={<IconUpload size={16} aria-hidden />}
              maw={640}
              value={picked}
              error={isMissing ? t('noFile') : undefined}
              onChange={(file) => {
                setPicked(file);
                setMissing(false);
                start.forget();
              }}
            />
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
              <Button type="submit" loading={start.isBusy}>
                {t('preview')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
      <PlannedSection
        start={start}
        skip={skip}
        onSkip={preview}
        more={start.plan === null ? null : <RejectedRows rejected={start.plan.rejected} />}
        onStart={({ version }) => {
          const more = {
            ...{ expectedVersion: version, idempotencyKey: key.current },
            reason: reason.trim() === '' ? null : reason.trim(),
          };
          start.start(async () => {
            const { data, error } = await ask(more, 0);
            if (!data) return { data: null, error };
            const { done } = data;
            if (done.__typename !== 'ImportedAssets') return { data: { done } };
            const { job } = done;
            if (job !== null) return { data: { done: { __typename: 'StartedEdits', job } } };
            const now = { reason: 'EDITED_MEANWHILE', message: '', faults: [], current: done };
            return { data: { done: { __typename: 'AssetImportRefusal', ...now } } };
          });
        }}
      />
    </Page>
  );
}
