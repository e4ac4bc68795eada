import type { CombinedError } from '@urql/core';

/** Why a change of access was not made, as the API says it. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What is wrong with the input of a question, where that is why it has no answer. */
export function refusalIn(error: CombinedError): Refusal | null {
  const [first] = error.graphQLErrors;
  const { code, faults } = (first?.extensions ?? {}) as { code?: unknown; faults?: unknown };
  if (first === undefined || code !== 'BAD_USER_INPUT' || !Array.isArray(faults)) return null;
  return { reason: 'INVALID_INPUT', message: first.message, faults: faults as Refusal['faults'] };
}

export const KNOWN_REASONS = ['INVALID_INPUT', 'OVERLAP', 'MISSING_SCOPE', 'NO_SUCH_TOKEN', 'NO_SUCH_BINDING'] as const;
export type KnownReason = (typeof KNOWN_REASONS)[number];

/** The reason where the pages have words of their own for it; null for those that came later. */
export function knownReason({ reason }: Refusal): KnownReason | null {
  return KNOWN_REASONS.find((known) => known === reason) ?? null;
}

/** What is wrong by the member of the input: `/writes/2` is a fault of `writes`; several of one member are joined. */
export function faultsByMember(faults: Refusal['faults']): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const { pointer, detail } of faults) {
    const member = pointer.split('/')[1] ?? '';
    const before = found.get(member);
    found.set(member, before === undefined || before === detail ? detail : `${before}; ${detail}`);
  }
  return Object.fromEntries(found);
}

/** Faults of members that a form shows no field for. */
export function faultsElsewhere(faults: Refusal['faults'], shown: readonly string[]): readonly string[] {
  return Object.entries(faultsByMember(faults))
    .filter(([member]) => !shown.includes(member))
    .map(([member, detail]) => (member === '' ? detail : `${member}: ${detail}`));
}

/** Namespace globs as they are typed, one a line or between commas; null where there are none. */
export function globsOf(text: string): string[] | null {
  const globs = text
    .split(/[\n,]/)
    .map((glob) => glob.trim())
    .filter((glob) => glob !== '');
  return globs.length === 0 ? null : globs;
}
