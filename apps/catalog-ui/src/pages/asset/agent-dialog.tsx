import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { RefusalText } from '../../access/refusal-words.js';
import { agentId, nameOfAgent, NOBODY, type AgentInput } from '../../lib/agents.js';
import { newKey } from '../../lib/new-key.js';
import { AgentFields } from '../../ui/agent-fields.js';
import { Dialog } from '../../ui/dialog.js';
import { MERGE_AGENTS, SPLIT_AGENT } from './agent-query.js';

/** To merge the agent with another, or to take one id out of it. */
export type AgentWish = { readonly kind: 'MERGE' } | { readonly kind: 'SPLIT'; readonly id: string };

interface AgentDialogProps {
  readonly agent: string;
  readonly wish: AgentWish;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks for whom and why, and says what speaks against it. */
export function AgentDialog({ agent, wish, onClose, onDone }: AgentDialogProps) {
  const { t } = useTranslation('asset');
  const client = useClient();
  const [other, setOther] = useState<AgentInput>(NOBODY);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReactNode>(null);
  const key = useRef(newKey());
  const isMerge = wish.kind === 'MERGE';
  const title = isMerge ? t('agentMerge') : t('agentSplitOf', { name: nameOfAgent(wish.id) });

  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const said = { reason: reason.trim(), idempotencyKey: key.current };
    const { data } = isMerge
      ? await client.mutation(MERGE_AGENTS, { input: { agent, with: agentId(other), ...said } }).toPromise()
      : await client.mutation(SPLIT_AGENT, { input: { agent: wish.id, ...said } }).toPromise();
    setBusy(false);
    const done = data?.done;
    if (done?.__typename === 'EditedAgent') {
      onDone();
      return;
    }
    if (done !== undefined) key.current = newKey();
    setProblem(done === undefined ? t('answer.failed') : <RefusalText refusal={done} />);
  };

  return (
    <Dialog isOpen title={title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isMerge && other.name.trim() === '') setProblem(t('agentNameless'));
          else if (reason.trim() === '') setProblem(t('agentWhyMissing'));
          else void send();
        }}
      >
        <Stack gap="md">
          <Text>{isMerge ? t('agentMergeLead') : t('agentSplitLead')}</Text>
          {isMerge ? <AgentFields value={other} onChange={setOther} /> : null}
          <TextInput
            label={t('agentWhy')}
            value={reason}
            maxLength={200}
            data-autofocus={!isMerge}
            onChange={({ currentTarget: { value } }) => {
              setReason(value);
            }}
          />
          {problem === null ? null : (
            <Text role="alert" size="sm" c="red.9">
              {problem}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('edit.cancel')}
            </Button>
            <Button type="submit" loading={isBusy}>
              {isMerge ? t('agentMergeDo') : t('agentSplit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
