/** An entered agent as its page tells it. */
export interface Entered {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly email: string | null;
  readonly subject: string | null;
  readonly memberIds: readonly string[];
  readonly editVersion: string;
}

/** The same as it is typed. */
export interface AgentDraft {
  readonly name: string;
  readonly description: string;
  readonly email: string;
  readonly subject: string;
  readonly members: readonly string[];
}

export const NO_AGENT: AgentDraft = { name: '', description: '', email: '', subject: '', members: [] };

export function draftOfAgent({ name, description, email, subject, memberIds }: Entered): AgentDraft {
  return {
    ...{ name, description: description ?? '', email: email ?? '', subject: subject ?? '' },
    members: [...memberIds],
  };
}

/** The members of an input; what is empty is taken away. */
export function inputOfAgent({ name, description, email, subject, members }: AgentDraft) {
  const given = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    ...{ name: name.trim(), email: given(email), subject: given(subject), members: [...members] },
    description: description.trim() === '' ? null : description,
  };
}

/** What of an input is other than before. */
export function changedOfAgent(before: AgentDraft, after: AgentDraft): Partial<ReturnType<typeof inputOfAgent>> {
  const [was, is] = [inputOfAgent(before), inputOfAgent(after)];
  const sorted = (value: unknown): string =>
    JSON.stringify(Array.isArray(value) ? [...(value as readonly string[])].sort() : value);
  return Object.fromEntries(
    Object.entries(is).filter(([member, value]) => sorted(value) !== sorted(was[member as keyof typeof was])),
  );
}
