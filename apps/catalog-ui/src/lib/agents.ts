export const AGENT_KINDS = ['user', 'team', 'service'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Somebody as they are typed; nobody while the name is empty. */
export interface AgentInput {
  readonly kind: AgentKind;
  readonly name: string;
}

export const NOBODY: AgentInput = { kind: 'user', name: '' };

/** The id of an agent, such as `agent:team:claims`. */
export function agentId({ kind, name }: AgentInput): string {
  return `agent:${kind}:${encodeURIComponent(name.trim())}`;
}
