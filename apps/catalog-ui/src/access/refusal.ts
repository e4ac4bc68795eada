import type { CombinedError } from '@urql/core';

/** What is wrong with one member of the input: in the server's words, and by a code for those of the page. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
  readonly code: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

/** Why a change of access was not made, as the API says it. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly Fault[];
  /** What the message speaks of. */
  readonly parameters?: Fault['parameters'] | null;
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

/** What is wrong by the member of the input: `/writes/2` is a fault of `writes`; what several say is there once. */
export function faultsOfMembers(faults: Refusal['faults']): Readonly<Record<string, readonly Fault[]>> {
  return Object.fromEntries(faultsBy(faults, ({ pointer }) => pointer.split('/')[1] ?? ''));
}

/** Faults by what they are about; what several of one thing say is there once. */
export function faultsBy(
  faults: Refusal['faults'],
  placeOf: (fault: Fault) => string,
): ReadonlyMap<string, readonly Fault[]> {
  const found = new Map<string, Fault[]>();
  for (const fault of faults) {
    const place = placeOf(fault);
    const before = found.get(place) ?? [];
    if (!before.some(({ detail }) => detail === fault.detail)) found.set(place, [...before, fault]);
  }
  return found;
}

/** Faults of members that a form shows no field for. */
export function faultsElsewhere(
  faults: Refusal['faults'],
  shown: readonly string[],
): readonly { readonly member: string; readonly fault: Fault }[] {
  return Object.entries(faultsOfMembers(faults))
    .filter(([member]) => !shown.includes(member))
    .flatMap(([member, of]) => of.map((fault) => ({ member, fault })));
}

/** `[{ name: 'most', value: '200' }]` as `{ most: '200' }`. */
export function parametersOf(parameters: Refusal['parameters']): Readonly<Record<string, string>> {
  return Object.fromEntries((parameters ?? []).map(({ name, value }) => [name, value]));
}

/** Namespace globs as they are typed, one a line or between commas; null where there are none. */
export function globsOf(text: string): string[] | null {
  const globs = text
    .split(/[\n,]/)
    .map((glob) => glob.trim())
    .filter((glob) => glob !== '');
  return globs.length === 0 ? null : globs;
}
