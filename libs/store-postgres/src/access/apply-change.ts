import type { AccessChange } from '@headwater/domain/access/access-store';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import * as statements from './access-statements.js';

/** One change within the caller's transaction. Throws CONFLICT where it finds nothing to change. */
export async function applyChange(client: pg.PoolClient, change: AccessChange, now: Micros): Promise<void> {
  const { text, values, absent } = statementOf(change, now);
  const { rowCount } = await client.query(text, values);
  if (absent !== undefined && rowCount === 0) {
    throw new HeadwaterError('CONFLICT', absent.message, { reason: absent.reason });
  }
}

interface Change {
  readonly text: string;
  readonly values: unknown[];
  /** What it means that no row was there. */
  readonly absent?: { readonly reason: string; readonly message: string };
}

const NO_TOKEN = { reason: 'NO_SUCH_TOKEN', message: 'There is no such token, or it was revoked before.' };
const NO_BINDING = { reason: 'NO_SUCH_BINDING', message: 'There is no such role binding (any more).' };
const KEY_USED = { reason: 'KEY_USED', message: 'The idempotency key was used before.' };
const NO_LINK = { reason: 'LINK_USED', message: 'The link was used before, or is too old.' };

function statementOf(change: AccessChange, now: Micros): Change {
  switch (change.kind) {
    case 'ANSWER_ONCE': {
      const { actor, key, request, answer, at } = change.given;
      return {
        text: statements.ANSWER_ONCE,
        values: [actor, key, request, JSON.stringify(answer), at],
        absent: KEY_USED,
      };
    }
    case 'ADD_TOKEN': {
      const { id, hash, name, owner, scopes, writes, reads, createdAt, createdBy, expiresAt } = change.token;
      const globs = [jsonOrNull(writes), jsonOrNull(reads)];
      return {
        text: statements.ADD_TOKEN,
        values: [id, Buffer.from(hash), name, owner, scopes, ...globs, createdAt, createdBy, expiresAt],
      };
    }
    case 'EXPIRE_TOKEN':
      return { text: statements.EXPIRE_TOKEN, values: [change.id, change.expiresAt], absent: NO_TOKEN };
    case 'REVOKE_TOKEN':
      return { text: statements.REVOKE_TOKEN, values: [change.id, change.revokedAt], absent: NO_TOKEN };
    case 'ADD_BINDING': {
      const { id, subject, role, namespaces, domain, createdAt, createdBy } = change.binding;
      return {
        text: statements.ADD_BINDING,
        values: [id, subject, role, jsonOrNull(namespaces), domain, createdAt, createdBy],
      };
    }
    case 'REMOVE_BINDING':
      return { text: statements.REMOVE_BINDING, values: [change.id], absent: NO_BINDING };
    case 'ADD_SESSION': {
      const { hash, user, createdAt, seenAt, expiresAt } = change.session;
      return { text: statements.ADD_SESSION, values: [hash, JSON.stringify(user), createdAt, seenAt, expiresAt] };
    }
    case 'REMOVE_SESSIONS':
      return { text: statements.REMOVE_SESSIONS, values: [change.hashes] };
    case 'ROTATE_SECRET':
      return { text: statements.ROTATE_SECRET, values: [change.name, now, change.previousUntil] };
    case 'USE_LINK':
      return { text: statements.USE_LINK, values: [change.hash, now], absent: NO_LINK };
  }
}

function jsonOrNull(value: readonly string[] | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
