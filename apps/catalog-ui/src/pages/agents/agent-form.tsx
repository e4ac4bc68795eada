import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsElsewhere } from '../../access/refusal.js';
import { agentId, NOBODY, type AgentInput } from '../../lib/agents.js';
import { partsOf } from '../../lib/node-id.js';
import { AgentFields } from '../../ui/agent-fields.js';
import { ProblemPanel } from '../../ui/problem.js';
import { changedOfAgent, draftOfAgent, NO_AGENT, type AgentDraft, type Entered } from './agent-draft.js';
import { MembersField } from './members-field.js';
import { useAgentEdit, type AgentEdit } from './use-agent-edit.js';

const SHOWN = ['agent', 'name', 'description', 'email', 'subject', 'reason'];

/** Why nothing was changed, without what stands at a field of the form. */
export function AgentProblem({ edit, onRetry }: { readonly edit: AgentEdit; readonly onRetry: () => void }) {
  const { t } = useTranslation('agent');
  const { refusal, error, theirs } = edit;
  if (error !== null) return <ProblemPanel error={error} onRetry={onRetry} />;
  if (refusal === null || theirs !== null) return null;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('refusedTitle')}>
      <Stack gap={4}>
        <Text className="hw-name">{refusal.message}</Text>
        {faultsElsewhere(refusal.faults, SHOWN).map((fault) => (
          <Text key={fault} className="hw-name">
            {fault}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

interface ConflictProps {
  readonly theirs: Entered;
  readonly onKeep: () => void;
  readonly onTop: () => void;
}

/** What somebody else entered meanwhile, and the choice. */
function Conflict({ theirs, onKeep, onTop }: ConflictProps) {
  const { t } = useTranslation('agent');
  const { name, email, subject, description, memberIds } = theirs;
  const told = [name, email, subject, description, ...memberIds.map((id) => partsOf(id).name)];
  return (
    <Alert role="alert" variant="default" icon={<IconUsers color="var(--hw-warn)" />} title={t('conflictTitle')}>
      <Stack gap="sm">
        <Text className="hw-name">{told.filter((one) => one !== null).join(', ')}</Text>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={onKeep}>
            {t('keepTheirs')}
          </Button>
          <Button size="xs" onClick={onTop}>
            {t('onTop')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

interface AgentFormProps {
  /** The id to enter it under; null: it is typed, too. */
  readonly id: string | null;
  /** As it was entered; null: nobody has yet. */
  readonly entered: Entered | null;
  readonly onDone: (id: string, isReadable: boolean) => void;
  readonly onClose: () => void;
}

/** Who a person, a team or a service is; of a team, who is in it. */
export function AgentForm({ id, entered, onDone, onClose }: AgentFormProps) {
  const { t } = useTranslation('agent');
  const edit = useAgentEdit(onDone);
  const { faults, theirs, isBusy } = edit;
  const [known, setKnown] = useState(entered);
  const [who, setWho] = useState<AgentInput>(NOBODY);
  const [draft, setDraft] = useState<AgentDraft>(known === null ? NO_AGENT : draftOfAgent(known));
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<'id' | 'name' | 'unchanged' | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (edit.refusal !== null || problem !== null)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [edit.refusal, problem]);
  const agent = id ?? agentId(who);
  const isTeam = partsOf(agent).namespace === 'team';
  const change = (part: Partial<AgentDraft>): void => {
    setProblem(null);
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = (on: Entered | null = known): void => {
    const whole = isTeam ? draft : { ...draft, members: [] };
    const changed = on === null ? {} : changedOfAgent(draftOfAgent(on), whole);
    const wrong =
      id === null && who.name.trim() === ''
        ? 'id'
        : draft.name.trim() === ''
          ? 'name'
          : on !== null && Object.keys(changed).length === 0
            ? 'unchanged'
            : null;
    setProblem(wrong);
    if (wrong !== null) return;
    edit.send(
      on === null ? { do: 'create', agent, draft: whole } : { do: 'change', agent, changed, version: on.editVersion },
      reason,
    );
  };
  const text = (member: 'email' | 'subject') => ({
    label: t(member),
    description: t(`${member}Hint`),
    value: draft[member],
    error: faults[member],
    onChange: ({ currentTarget: { value } }: React.ChangeEvent<HTMLInputElement>) => {
      change({ [member]: value });
    },
  });
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        <AgentProblem edit={edit} onRetry={save} />
        {theirs === null ? null : (
          <Conflict
            theirs={theirs}
            onKeep={() => {
              setKnown(theirs);
              setDraft(draftOfAgent(theirs));
              edit.forget();
            }}
            onTop={() => {
              setKnown(theirs);
              save(theirs);
            }}
          />
        )}
        {id === null ? (
          <AgentFields
            value={who}
            label={t('idName')}
            error={problem === 'id' ? t('nameless') : faults['agent']}
            onChange={(next) => {
              setProblem(null);
              setWho(next);
            }}
          />
        ) : null}
        <TextInput
          label={t('displayName')}
          required
          data-autofocus={id !== null}
          value={draft.name}
          error={problem === 'name' ? t('displayNameMissing') : faults['name']}
          onChange={({ currentTarget: { value } }) => {
            change({ name: value });
          }}
        />
        <TextInput {...text('email')} type="email" />
        {isTeam ? null : <TextInput {...text('subject')} autoCapitalize="none" />}
        {isTeam ? (
          <MembersField
            value={draft.members}
            without={agent}
            error={faults['members']}
            onChange={(members) => {
              change({ members });
            }}
          />
        ) : null}
        <Textarea
          label={t('description')}
          description={t('descriptionHint')}
          autosize
          minRows={2}
          maxRows={10}
          value={draft.description}
          error={faults['description']}
          onChange={({ currentTarget: { value } }) => {
            change({ description: value });
          }}
        />
        <TextInput
          label={t('reason')}
          value={reason}
          maxLength={200}
          error={faults['reason']}
          onChange={({ currentTarget: { value } }) => {
            setReason(value);
          }}
        />
        {problem === 'unchanged' ? (
          <Text role="alert" size="sm" c="var(--hw-bad)">
            {t('unchanged')}
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isBusy}>
            {t(known === null ? 'enter' : 'save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
