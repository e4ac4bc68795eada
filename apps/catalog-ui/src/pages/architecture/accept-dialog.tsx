import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { newKey } from '../../lib/new-key.js';
import { partsOf } from '../../lib/node-id.js';
import { Dialog } from '../../ui/dialog.js';
import { ACCEPT_FINDING, WITHDRAW_ACCEPTANCE, type Finding } from './architecture-query.js';

interface AcceptDialogProps {
  readonly finding: Finding;
  readonly onClose: () => void;
  /** Says what was done, in words. */
  readonly onDone: (said: string) => void;
}

/** Asks why a finding may stand, or why it may no more, and says what speaks against it. */
export function AcceptDialog({ finding, onClose, onDone }: AcceptDialogProps) {
  const { t } = useTranslation('architecture');
  const client = useClient();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef(newKey());
  const { kind, domain, jobId: job, datasetId: dataset, acceptance } = finding;
  const isWithdrawal = acceptance !== null;
  const names = { job: partsOf(job).name, dataset: partsOf(dataset).name };

  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const why = reason.trim();
    const named = { kind, domain: domain?.id ?? '', job, dataset, idempotencyKey: key.current };
    const { data, error } = isWithdrawal
      ? await client.mutation(WITHDRAW_ACCEPTANCE, { input: { ...named, reason: why || null } }).toPromise()
      : await client.mutation(ACCEPT_FINDING, { input: { ...named, reason: why } }).toPromise();
    setBusy(false);
    const done = data?.done;
    if (done?.__typename === 'EditedFinding') {
      onDone(t(done.isReadable ? (isWithdrawal ? 'saidOpen' : 'saidAccepted') : 'saidKept', names));
      return;
    }
    if (done !== undefined) key.current = newKey();
    setProblem(
      done === undefined
        ? (error?.message ?? '')
        : [done.message, ...done.faults.map(({ detail }) => detail)].join(' '),
    );
  };

  return (
    <Dialog isOpen title={t(isWithdrawal ? 'withdrawTitle' : 'acceptTitle')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWithdrawal && reason.trim() === '') setProblem(t('whyMissing'));
          else void send();
        }}
      >
        <Stack gap="md">
          <Text className="hw-name">{t(isWithdrawal ? 'withdrawLead' : 'acceptLead', names)}</Text>
          <TextInput
            label={t(isWithdrawal ? 'whyOptional' : 'why')}
            value={reason}
            maxLength={200}
            data-autofocus
            onChange={({ currentTarget: { value } }) => {
              setReason(value);
            }}
          />
          {problem === null ? null : (
            <Text role="alert" size="sm" c="var(--hw-bad)">
              {problem}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {t(isWithdrawal ? 'withdraw' : 'accept')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
