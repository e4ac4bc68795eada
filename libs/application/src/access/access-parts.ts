import type { AccessDetail, AccessEvent } from '@headwater/domain/access/access-event';
import type { AccessChange, AccessStore, ChangeAnswer, OnceRequest } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import type { Scope } from '@headwater/domain/access/scopes';
import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import type { Clock, IdSource } from '@headwater/domain/ports';
import type { AccessDirectory } from './access-directory.js';

/** What the use cases of access need. */
export interface AccessParts {
  readonly store: AccessStore;
  readonly directory: AccessDirectory;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Who asks for a change, and from where; the command line has no address. */
export interface Asker {
  readonly principal: Principal;
  readonly address: string | null;
  /** The key under which the request is made once, and what it asks for; see `ChangeOnce`. */
  readonly once?: Pick<OnceRequest, 'key' | 'request'>;
}

/**
 * Records a change with its line of audit, and its answer where the asker may ask again; makes this process see it at
 * once.
 */
export async function recordChange(
  parts: AccessParts,
  asker: Asker,
  detail: AccessDetail,
  changes: readonly AccessChange[],
  answer?: ChangeAnswer,
): Promise<void> {
  const at = parts.clock.now();
  const event: AccessEvent = {
    id: parts.ids.uuid(),
    at,
    actor: asker.principal.id,
    address: asker.address,
    detail,
  };
  const { principal, once } = asker;
  // First, so that the same request at the same time waits for this one.
  const kept: readonly AccessChange[] =
    once === undefined || answer === undefined
      ? []
      : [{ kind: 'ANSWER_ONCE', given: { actor: principal.id, ...once, answer, at } }];
  await parts.store.record(event, [...kept, ...changes]);
  parts.directory.invalidate();
}

/** Nobody gives what they do not have for the whole catalog themselves. Throws FORBIDDEN. */
export function requireHeld({ principal }: Asker, scopes: readonly Scope[]): void {
  const lacking = principal.lacks(scopes);
  if (lacking.length === 0) return;
  throw new HeadwaterError('FORBIDDEN', `You cannot give what you do not have yourself: ${lacking.join(', ')}`, {
    reason: 'MISSING_SCOPE',
  });
}

export function refuseFaults(message: string, faults: readonly InputFault[]): void {
  if (faults.length > 0) throw new HeadwaterError('INVALID_INPUT', message, { faults });
}

/** Text without control characters and lone surrogates, which no store takes and nobody can read. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

const MOST_TEXT = 200;
const TEXT_DETAIL = `must have 1 to ${String(MOST_TEXT)} characters and no control characters`;

/** A text of 1 to 200 characters without control characters, as a fault where it is not. */
export function textFault(pointer: string, text: string): readonly InputFault[] {
  const isFine = text.trim().length > 0 && text.length <= MOST_TEXT && isPlainText(text);
  return isFine ? [] : [{ pointer, ...coded('TEXT_LENGTH', TEXT_DETAIL, { most: MOST_TEXT }) }];
}
