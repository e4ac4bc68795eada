import type { AccessDetail, AccessEvent } from '@headwater/domain/access/access-event';
import type {
  AccessChange,
  AccessStore,
  BindingRow,
  KeptToken,
  SessionRow,
} from '@headwater/domain/access/access-store';
import { secretHash } from '@headwater/domain/access/access-token';
import type { EventLog } from '@headwater/domain/ports';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';
import { expect } from 'vitest';

export interface AccessStoreHarness {
  readonly store: AccessStore;
  /** A second store over the same tables, as another process would open it. */
  readonly other: AccessStore;
  /** The log that the lines of audit are appended to. */
  readonly log: EventLog;
  /** What both stores' clock says; tests set it. */
  readonly clock: { at: Micros };
  close(): Promise<void>;
}

export type AccessCase = (harness: AccessStoreHarness) => Promise<void>;

/** Where the clocks of the contract begin. */
export const NOW: Micros = Date.UTC(2026, 10, 23, 9) * 1000;
export const SECOND: Micros = MICROS_PER_SECOND;
export const ADMIN = 'user:https://id.example#ada';

export function uuid(n: number): string {
  return `0190bbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

let made = 0;

/** A line of audit with an id of its own. */
export function line(detail: AccessDetail, parts: Partial<AccessEvent> = {}): AccessEvent {
  return { id: uuid((made += 1)), at: NOW, actor: ADMIN, address: '192.0.2.1', detail, ...parts };
}

export function signedIn(parts: Partial<AccessEvent> = {}): AccessEvent {
  return line({ type: 'SIGNED_IN', method: 'OIDC', name: 'Ada' }, parts);
}

export function revoked(token: string): AccessEvent {
  return line({ type: 'TOKEN_REVOKED', token });
}

export function token(n: number, parts: Partial<KeptToken> = {}): KeptToken {
  return {
    id: `token${String(n).padStart(7, '0')}`,
    hash: secretHash(`secret ${String(n)}`),
    name: `token ${String(n)}`,
    owner: 'team "a" \\ é',
    scopes: ['lineage:write', 'catalog:read'],
    writes: ['s3://a/*', '!s3://a/tmp*'],
    reads: null,
    createdAt: NOW + n,
    createdBy: ADMIN,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...parts,
  };
}

export function binding(n: number, parts: Partial<BindingRow> = {}): BindingRow {
  const row = { id: uuid(900_000 + n), subject: 'group:data', role: 'viewer' as const, namespaces: null, domain: null };
  return { ...row, createdAt: NOW + n, createdBy: ADMIN, ...parts };
}

export function session(hash: string, parts: Partial<SessionRow> = {}): SessionRow {
  const user = {
    id: ADMIN,
    name: 'Ada',
    email: 'ada@id.example',
    groups: ['data'],
    roles: ['admin'],
    token: null,
  } as const;
  return { hash, user, createdAt: NOW, seenAt: NOW, expiresAt: NOW + 3_600 * SECOND, ...parts };
}

export function withoutHash({ hash: _hash, ...row }: KeptToken): Omit<KeptToken, 'hash'> {
  return row;
}

/** Adds it with a line of audit. */
export function addToken(store: AccessStore, added: KeptToken): Promise<void> {
  const { id, name, owner, scopes, writes, reads, expiresAt } = added;
  const detail = { type: 'TOKEN_CREATED', token: id, name, owner, scopes, writes, reads, expiresAt } as const;
  return store.record(line(detail), [{ kind: 'ADD_TOKEN', token: added }]);
}

export function addBinding(store: AccessStore, added: BindingRow): Promise<void> {
  const { id, subject, role, namespaces } = added;
  const detail = { type: 'ROLE_GRANTED', binding: id, subject, role, namespaces } as const;
  return store.record(line(detail), [{ kind: 'ADD_BINDING', binding: added }]);
}

export async function idsOf(store: AccessStore): Promise<readonly string[]> {
  const { tokens } = await store.state();
  return tokens.map(({ id }) => id).sort();
}

/** It must be refused with CONFLICT and this reason, and leave neither a line nor a change. */
export async function expectConflict(
  { store, log }: AccessStoreHarness,
  reason: string,
  changes: readonly AccessChange[],
): Promise<void> {
  const before = [await log.head(), await store.state(), await store.events({}, { first: 100, after: null })];
  await expect(store.record(signedIn(), changes)).rejects.toMatchObject({ category: 'CONFLICT', reason });
  expect([await log.head(), await store.state(), await store.events({}, { first: 100, after: null })]).toEqual(before);
}
