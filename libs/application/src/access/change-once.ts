import { createHash } from 'node:crypto';
import type { AccessStore, ChangeAnswer } from '@headwater/domain/access/access-store';
import { HeadwaterError } from '@headwater/domain/errors';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import { refuseFaults, textFault, type Asker } from './access-parts.js';

/** For so long a request may be repeated. */
export const ANSWERS_KEPT: Micros = 7 * 24 * MICROS_PER_HOUR;

export interface AskedOnce {
  /** What the caller calls this request; null: it is made as often as it is sent. */
  readonly key: string | null;
  /** Which change, and with what: another one under the same key is refused. */
  readonly change: string;
  readonly input: unknown;
}

/** Makes a change once however often it is asked for, by a key of the caller's; answers are kept with the change. */
export class ChangeOnce {
  constructor(private readonly parts: { readonly store: Pick<AccessStore, 'answerOf'> }) {}

  /**
   * What the change gave, or `again` of what it gave before. Throws CONFLICT (KEY_USED) where the caller used the key for
   * something else.
   */
  async execute<T>(
    asker: Asker,
    { key, change, input }: AskedOnce,
    make: (asker: Asker) => Promise<T>,
    again: (answer: ChangeAnswer) => T,
  ): Promise<T> {
    if (key === null) return make(asker);
    refuseFaults('The request cannot be made under this key', textFault('/idempotencyKey', key));
    const request = createHash('sha256')
      .update(JSON.stringify([change, input]))
      .digest('hex');
    const before = await this.#answer(asker, key, request);
    if (before !== undefined) return again(before);
    try {
      return await make({ ...asker, once: { key, request } });
    } catch (error) {
      if (!(error instanceof HeadwaterError && error.reason === 'KEY_USED')) throw error;
      // The same request was under way.
      const meanwhile = await this.#answer(asker, key, request);
      if (meanwhile === undefined) throw error;
      return again(meanwhile);
    }
  }

  async #answer({ principal }: Asker, key: string, request: string): Promise<ChangeAnswer | undefined> {
    const given = await this.parts.store.answerOf(principal.id, key);
    if (given === null) return undefined;
    if (given.request === request) return given.answer;
    throw new HeadwaterError('CONFLICT', 'You used this idempotency key for another request.', { reason: 'KEY_USED' });
  }
}

/** A token's text is shown once, so that the same request again can only name the token. Throws CONFLICT (REPEATED). */
export function tokenAgain(answer: ChangeAnswer): never {
  if (answer.type !== 'TOKEN') throw otherAnswer();
  const message = `This request made the token ${answer.id} before. Its text was shown then and never will be again: rotate the token if it was lost.`;
  throw new HeadwaterError('CONFLICT', message, { reason: 'REPEATED', facts: { made: answer.id } });
}

export function bindingAgain(answer: ChangeAnswer) {
  if (answer.type !== 'BINDING') throw otherAnswer();
  return answer.binding;
}

export function revokedAgain(answer: ChangeAnswer): Micros {
  if (answer.type !== 'REVOKED') throw otherAnswer();
  return answer.revokedAt;
}

function otherAnswer(): HeadwaterError {
  return new HeadwaterError('INTERNAL', 'the answer that was kept is of another change');
}
