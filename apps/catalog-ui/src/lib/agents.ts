import { partsOf } from './node-id.js';

export const AGENT_KINDS = ['user', 'team', 'service'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Somebody as they are typed; nobody while the name is empty. */
export interface AgentInput {
  readonly kind: AgentKind;
  readonly name: string;
}

export const NOBODY: AgentInput = { kind: 'user', name: '' };

/** `jo@x.org (user)` of an agent's id. */
export function nameOfAgent(id: string): string {
  const { name, namespace } = partsOf(id);
  return `${name} (${namespace})`;
}

/** The id of an agent, such as `agent:team:claims`. */
export function agentId({ kind, name }: AgentInput): string {
  return `agent:${kind}:${encodeURIComponent(name.trim())}`;
}
