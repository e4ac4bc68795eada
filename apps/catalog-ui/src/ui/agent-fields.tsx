import { NativeSelect, TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { addMessages } from '../i18n/i18n.js';
import { agent as messages } from '../i18n/messages/agent.js';
import { AGENT_KINDS, type AgentInput, type AgentKind } from '../lib/agents.js';

addMessages('agent', messages);

interface AgentFieldsProps {
  readonly value: AgentInput;
  /** Of the name; absent: Name. */
  readonly label?: string;
  readonly error?: string | undefined;
  readonly nameField?: Ref<HTMLInputElement> | undefined;
  readonly onChange: (agent: AgentInput) => void;
}

/** Who: of which kind, and by which name. */
export function AgentFields({ value, label, error, nameField, onChange }: AgentFieldsProps) {
  const { t } = useTranslation('agent');
  return (
    <>
      <NativeSelect
        label={t('kind')}
        value={value.kind}
        data={AGENT_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
        onChange={({ currentTarget: { value: kind } }) => {
          onChange({ ...value, kind: kind as AgentKind });
        }}
      />
      <TextInput
        ref={nameField}
        label={label ?? t('name')}
        placeholder={t(`hints.${value.kind}`)}
        value={value.name}
        error={error}
        onChange={({ currentTarget: { value: name } }) => {
          onChange({ ...value, name });
        }}
      />
    </>
  );
}
