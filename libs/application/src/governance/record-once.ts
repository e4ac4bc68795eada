import { createHash } from 'node:crypto';
import type { Principal } from '@headwater/domain/access/principal';
import type { EditRequestStore, KeptRequest } from '@headwater/domain/governance/edit-requests';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock, IdSource } from '@headwater/domain/ports';

export interface OncePorts {
  readonly requests: Pick<EditRequestStore, 'find' | 'keep'>;
  readonly clock: Clock;
}

/** What a caller asks for, and under which key of theirs; null: it is made as often as it is sent. */
export interface AskedEdit {
  readonly key: string | null;
  /** Everything that tells this request from another: which mutation, and its whole input. */
  readonly asked: readonly unknown[];
}

/** The edits that a request comes to, and what it is answered with beside them. */
export type PreparedEdits<T> = Pick<KeptRequest, 'edits'> & { readonly told: T };

/**
 * The edits that a request comes to: `prepare`d once under a key, and the same bytes whenever it comes again. So a request
 * is in the log once, whatever was edited since and wherever its process ended. What depends on the caller's rights is
 * checked before, each time; what depends on how things are (versions, what is so already) is checked in `prepare`: a
 * refusal there keeps nothing, and the key stays free. `told` must be what JSON can hold. Throws CONFLICT (KEY_USED) where
 * the caller used the key for something else.
 */
export async function preparedOnce<T>(
  { requests, clock }: OncePorts,
  principal: Principal,
  { key, asked }: AskedEdit,
  prepare: () => Promise<PreparedEdits<T>>,
): Promise<PreparedEdits<T>> {
  if (key === null) return prepare();
  const id = keyedId(principal, key);
  const digest = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  const before = await requests.find(id);
  const kept = before ?? (await requests.keep({ id, digest, ...(await prepare()) }, clock.now()));
  if (kept.digest === digest) return { edits: kept.edits, told: kept.told as T };
  throw new HeadwaterError(
    'CONFLICT',
    'You used this idempotency key for another request. Send this one under a key of its own.',
    { reason: 'KEY_USED' },
  );
}

/** The id of an edit: the same for the same caller's key. */
export function editId(principal: Principal, key: string | null, ids: IdSource): string {
  return key === null ? ids.uuid() : keyedId(principal, key);
}

function keyedId({ id }: Principal, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([id, key]))
    .digest('hex')
    .slice(0, 32);
}
