import type { FactRow } from '../catalog.js';
import type { OwnerAnswer } from '../facts.js';
import type { NodeId } from '../identifiers.js';

const DEFAULT_ROLE = 'OWNER';

/** The id that an agent is told by: the same for all ids of one agent. */
export type SameAgent = (agent: NodeId) => NodeId;

/** Every id is an agent of its own. */
export const itself: SameAgent = (agent) => agent;

/** The detail of a DECLINED fact. Neither the role nor why has a line break. */
export function declinedDetail(role: string, why: string): string {
  return `${role}\n${why}`;
}

/** The role and why, of the detail of a CONFIRMED or a DECLINED fact. */
export function readAnswerDetail(detail: string | null): { readonly role: string; readonly why: string } {
  const [role = '', ...why] = (detail ?? '').split('\n');
  return { role, why: why.join(' ') };
}

/** Whether it is an answer of an owner. */
export function isAnswer(kind: string): kind is OwnerAnswer {
  return kind === 'CONFIRMED' || kind === 'DECLINED';
}

/**
 * What was last said of an agent's answering for an asset in a role, in the order of the log; undefined where nothing was.
 * That somebody enters the owner again is an answer to a decline: it counts no more.
 */
export function answerOf(
  facts: readonly FactRow[],
  { agent, role }: { readonly agent: NodeId; readonly role: string },
  same: SameAgent = itself,
): FactRow | undefined {
  let latest: FactRow | undefined;
  for (const fact of facts) {
    if (same(fact.value as NodeId) !== agent || !isOf(fact, role)) continue;
    if (latest === undefined || fact.position > latest.position) latest = fact;
  }
  return latest?.kind === 'OWNER' ? undefined : latest;
}

function isOf({ kind, source, detail }: FactRow, role: string): boolean {
  if (kind === 'OWNER') return source === 'EDIT' && (detail ?? DEFAULT_ROLE) === role;
  return isAnswer(kind) && readAnswerDetail(detail).role === role;
}
