import type { CombinedError } from '@urql/core';
import { ProblemPanel } from '../ui/problem.js';
import type { Refusal } from './refusal.js';
import { Refused } from './refused.js';

interface AccessProblemProps {
  readonly error: CombinedError | undefined;
  /** What the change came to; anything but a refusal is no problem. */
  readonly outcome: { readonly __typename: string } | (Refusal & { readonly __typename: 'AccessRefusal' }) | undefined;
}

/** Why a change of access was not made; nothing where it was, or is yet to be. */
export function AccessProblem({ error, outcome }: AccessProblemProps) {
  if (error !== undefined) return <ProblemPanel error={error} />;
  return outcome !== undefined && isRefusal(outcome) ? <Refused refusal={outcome} /> : null;
}

function isRefusal(outcome: { readonly __typename: string }): outcome is Refusal & { readonly __typename: string } {
  return outcome.__typename === 'AccessRefusal';
}
