import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { useMayIn, type Place } from '../../access/namespaces.js';
import { RefusalText } from '../../access/refusal-words.js';
import { useViewer } from '../../graphql/viewer.js';
import { newKey } from '../../lib/new-key.js';
import { Dialog } from '../../ui/dialog.js';
import { CONFIRM_OWNERSHIP, DECLINE_OWNERSHIP } from './answer-query.js';
import type { Owner } from './fragments.js';
import { useOwnerRoles } from '../../ui/owner-roles.js';

interface AnswerOwnerProps {
  /** The asset, and where it is. */
  readonly on: string;
  readonly place: Place;
  readonly owner: Pick<Owner, 'agent' | 'role' | 'confirmedAt'>;
  readonly onDone: () => void;
}

type Answer = 'CONFIRMED' | 'DECLINED';

/** Lets an owner, or who may edit the asset in its place, say whether it answers for it; nothing for everybody else. */
export function AnswerOwner({ on, place, owner, onDone }: AnswerOwnerProps) {
  const { t } = useTranslation('asset');
  const { nameOf } = useOwnerRoles();
  const client = useClient();
  const isSelf = useViewer()?.agents.includes(owner.agent.id) ?? false;
  const mayEdit = useMayIn('CATALOG_EDIT', place);
  const [isOpen, setOpen] = useState(false);
  const [busy, setBusy] = useState<Answer | null>(null);
  const [said, setSaid] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<ReactNode>(null);
  const [why, setWhy] = useState('');
  const key = useRef(newKey());
  const id = useId();
  if (!isSelf && !mayEdit) return null;
  const words = { name: owner.agent.displayName, role: nameOf(owner.role) };

  const send = async (answer: Answer): Promise<void> => {
    setBusy(answer);
    setProblem(null);
    const input = { on, agent: owner.agent.id, role: owner.role, idempotencyKey: key.current };
    const { data } =
      answer === 'CONFIRMED'
        ? await client.mutation(CONFIRM_OWNERSHIP, { input }).toPromise()
        : await client.mutation(DECLINE_OWNERSHIP, { input: { ...input, why: why.trim() } }).toPromise();
    setBusy(null);
    const done = data?.done;
    if (done !== undefined) key.current = newKey();
    if (done?.__typename === 'EditedAsset') {
      setOpen(false);
      setSaid(answer);
      onDone();
    } else setProblem(done === undefined ? t('answer.failed') : <RefusalText refusal={done} />);
  };

  return (
    <>
      {said === null ? (
        <Group gap="xs" className="hw-noprint">
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('answer.confirmOf', words)}
            loading={busy === 'CONFIRMED'}
            onClick={() => void send('CONFIRMED')}
          >
            {t('answer.confirm')}
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('answer.declineOf', words)}
            onClick={() => {
              setProblem(null);
              setOpen(true);
            }}
          >
            {t('answer.decline')}
          </Button>
        </Group>
      ) : null}
      <Text component="span" role="status" size="xs" className="hw-quiet">
        {said === null ? '' : t(`answer.said.${said}`)}
      </Text>
      {problem === null || isOpen ? null : (
        <Text role="alert" size="xs" c="red.9">
          {problem}
        </Text>
      )}
      <Dialog
        isOpen={isOpen}
        title={t('answer.declineOf', words)}
        onClose={() => {
          setOpen(false);
        }}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (why.trim() === '') setProblem(t('answer.whyMissing'));
            else void send('DECLINED');
          }}
        >
          <Stack gap="md">
            <Text>{t('answer.lead')}</Text>
            <TextInput
              id={id}
              label={t('answer.why')}
              value={why}
              error={problem}
              maxLength={200}
              data-autofocus
              onChange={({ currentTarget: { value } }) => {
                setWhy(value);
              }}
            />
            <Group justify="flex-end">
              <Button
                variant="default"
                onClick={() => {
                  setOpen(false);
                }}
              >
                {t('edit.cancel')}
              </Button>
              <Button type="submit" loading={busy === 'DECLINED'}>
                {t('answer.decline')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
