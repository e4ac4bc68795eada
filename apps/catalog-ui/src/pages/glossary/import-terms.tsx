import { Alert, Button, FileInput, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayEverywhere } from '../../access/namespaces.js';
import { FaultLines, RefusalWords } from '../../access/refusal-words.js';
import { Dialog } from '../../ui/dialog.js';
import { ProblemPanel } from '../../ui/problem.js';
import { Records, type Column } from '../../ui/records.js';
import type { ImportedTerms } from './import-query.js';
import { useImport, type ImportMode, type TermImport } from './use-import.js';

const MODES = ['ALL_OR_NONE', 'GOOD_ROWS'] as const;
type Rejected = ImportedTerms['rejected'][number];

/** What is created, changed and left as it is, in a sentence. */
export function useImportWords(): (done: ImportedTerms) => string {
  const { t, i18n } = useTranslation('glossary');
  return ({ created, changed, unchanged }) =>
    t('importCounts', {
      created: created.length.toLocaleString(i18n.language),
      changed: changed.length.toLocaleString(i18n.language),
      unchanged: unchanged.toLocaleString(i18n.language),
    });
}

function BadRows({ rows }: { readonly rows: readonly Rejected[] }) {
  const { t, i18n } = useTranslation('glossary');
  if (rows.length === 0) return null;
  const columns: readonly Column<Rejected>[] = [
    { key: 'line', title: t('importLine'), render: ({ line }) => line.toLocaleString(i18n.language) },
    { key: 'row', title: t('importKey'), render: ({ key }) => <span className="hw-name">{key}</span> },
    {
      key: 'why',
      title: t('importWhy'),
      render: ({ faults }) => <FaultLines faults={faults} />,
    },
  ];
  const label = t('importRejected', { count: rows.length, total: rows.length.toLocaleString(i18n.language) });
  return (
    <Stack gap="xs">
      <Text fw={600}>{label}</Text>
      <Records label={label} columns={columns} items={rows} keyOf={({ line }) => String(line)} minWidth={420} />
    </Stack>
  );
}

function Problem({ control: { refusal, error } }: { readonly control: TermImport }) {
  const { t } = useTranslation('glossary');
  if (error !== null) return <ProblemPanel error={error} />;
  if (refusal === null) return null;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('importRefused')}>
      <Stack gap={4}>
        {refusal.faults.length > 0 ? <FaultLines faults={refusal.faults} /> : <RefusalWords refusal={refusal} />}
      </Stack>
    </Alert>
  );
}

function ImportForm({ onDone }: { readonly onDone: (done: ImportedTerms) => void }) {
  const { t } = useTranslation('glossary');
  const [picked, setPicked] = useState<File | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [mode, setMode] = useState<ImportMode>('ALL_OR_NONE');
  const [reason, setReason] = useState('');
  const field = useRef<HTMLButtonElement>(null);
  const control = useImport(onDone);
  const words = useImportWords();
  const { plan, isBusy } = control;
  const isNothing = plan !== null && plan.created.length + plan.changed.length === 0;
  return (
    <form
      aria-label={t('import')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(picked === null);
        if (picked === null) field.current?.focus();
        else
          void picked.text().then((csv) => {
            control.preview(csv, mode);
          });
      }}
    >
      <Stack gap="md">
        <FileInput
          ref={field}
          label={t('importFile')}
          description={t('importFileHint')}
          placeholder={t('importChoose')}
          accept=".csv,text/csv"
          leftSection={<IconUpload size={16} aria-hidden />}
          value={picked}
          error={isMissing ? t('importNoFile') : undefined}
          onChange={(file) => {
            setPicked(file);
            setMissing(false);
            control.forget();
          }}
        />
        <Radio.Group
          label={t('importMode')}
          value={mode}
          onChange={(value) => {
            setMode(MODES.find((one) => one === value) ?? 'ALL_OR_NONE');
            control.forget();
          }}
        >
          <Stack gap="xs" mt={4}>
            {MODES.map((one) => (
              <Radio key={one} value={one} label={t(`importModes.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('importReason')}
          value={reason}
          onChange={({ currentTarget: { value } }) => {
            setReason(value);
          }}
        />
        <Problem control={control} />
        {plan === null ? null : (
          <Stack gap="sm">
            <Text role="status">{words(plan)}</Text>
            <BadRows rows={plan.rejected} />
          </Stack>
        )}
        <Group justify="flex-end" gap="xs">
          <Button type="submit" variant={plan === null ? 'filled' : 'default'} loading={isBusy && plan === null}>
            {t('importPreview')}
          </Button>
          {plan === null || isNothing ? null : (
            <Button
              loading={isBusy}
              onClick={() => {
                control.start(reason);
              }}
            >
              {t('importStart')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** Lets those who may edit the whole catalog take in terms from a file; nothing for everybody else. */
export function ImportTerms({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('glossary');
  const mayRead = useMayEverywhere('CATALOG_READ');
  const mayEdit = useMayEverywhere('CATALOG_EDIT') && mayRead;
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<ImportedTerms | null>(null);
  const words = useImportWords();
  if (!mayEdit) return null;
  return (
    <Group gap="xs" className="hw-noprint">
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconUpload size={16} aria-hidden />}
        onClick={() => {
          setMade(null);
          setOpen(true);
        }}
      >
        {t('import')}
      </Button>
      <Text size="sm" role="status">
        {made === null ? '' : `${words(made)} ${made.isReadable ? '' : t('importKept')}`}
      </Text>
      <Dialog
        isOpen={isOpen}
        title={t('import')}
        onClose={() => {
          setOpen(false);
        }}
      >
        <ImportForm
          onDone={(done) => {
            setMade(done);
            setOpen(false);
            onDone();
          }}
        />
      </Dialog>
    </Group>
  );
}
