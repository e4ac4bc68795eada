import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';

/** Why somebody who is known may not do something: NO_ROLE is a person to whom nobody has given anything yet. */
export type LackReason = Extract<RefusalReason, 'MISSING_SCOPE' | 'NO_ROLE'>;

/** Why the caller lacks whatever it lacks. */
export function lackOf({ kind, grants }: Principal): LackReason {
  return kind === 'USER' && grants.length === 0 ? 'NO_ROLE' : 'MISSING_SCOPE';
}

/** Whether an error says that its caller lacks something. */
export function isLack(reason: string | undefined): reason is LackReason {
  return reason === 'MISSING_SCOPE' || reason === 'NO_ROLE';
}

/**
 * FORBIDDEN for a caller that lacks what `message` says; a person without any role is told instead what to do, and the
 * subject that an administrator has to name.
 */
export function lacking(
  principal: Principal,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): HeadwaterError {
  const reason = lackOf(principal);
  if (reason === 'MISSING_SCOPE') return new HeadwaterError('FORBIDDEN', message, { reason, facts });
  const toDo = `You have no role here yet. Ask an administrator of this catalog to grant one to ${principal.id}`;
  return new HeadwaterError('FORBIDDEN', toDo, { reason, facts: { ...facts, subject: principal.id } });
}
