import { createHash } from 'node:crypto';
import type { AccessEvent } from '@headwater/domain/access/access-event';
import type { AccessChange, AccessStore, SessionRow, SessionUser } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import type { Clock, IdSource } from '@headwater/domain/ports';
import { MICROS_PER_SECOND, type Micros } from '@headwater/domain/time';
import type { AccessDirectory } from './access-directory.js';
import type { Judgement } from './authenticate-token.js';
import { ANSWERS_KEPT } from './change-once.js';
import type { LastUses } from './last-uses.js';
import { principalOfToken, principalOfUser, subjectsOfUser } from './principals.js';

export interface SessionTimes {
  /** A session that was not used for this long is over. */
  readonly idle: Micros;
  /** However much it is used. */
  readonly longest: Micros;
}

/** For so long a look at a session counts; a change by any process ends that at once. */
const REMEMBERED: Micros = 2 * MICROS_PER_SECOND;
const MAX_REMEMBERED = 5_000;

export interface SessionParts {
  readonly store: AccessStore;
  readonly directory: AccessDirectory;
  readonly uses: LastUses;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly times: SessionTimes;
}

export interface SignIn {
  readonly user: SessionUser;
  readonly method: 'LINK' | 'TOKEN' | 'OIDC';
  readonly address: string | null;
  /** The link that was followed, by the hash of its code: it is used up together with the sign-in. */
  readonly link?: string;
}

/** What a secret of a browser (a cookie, the code of a link) is stored as. */
export function browserSecretHash(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex');
}

/** Browsers that are signed in: opaque ids, kept on the server. */
export class Sessions {
  readonly #remembered = new Map<string, { readonly row: SessionRow | null; readonly at: Micros }>();

  constructor(private readonly parts: SessionParts) {
    parts.directory.onChange(() => {
      this.#remembered.clear();
    });
  }

  /** A new session; the answer is the cookie's value, which is nowhere else. Throws CONFLICT for a link that was used. */
  async start({ user, method, address, link }: SignIn): Promise<string> {
    const { store, clock, ids, times } = this.parts;
    const now = clock.now();
    const value = Buffer.from(ids.bytes(32)).toString('base64url');
    const session = {
      hash: browserSecretHash(value),
      user,
      createdAt: now,
      seenAt: now,
      expiresAt: now + times.longest,
    };
    const event: AccessEvent = {
      id: ids.uuid(),
      at: now,
      actor: user.id,
      address,
      detail: { type: 'SIGNED_IN', method, name: user.name },
    };
    const used: readonly AccessChange[] = link === undefined ? [] : [{ kind: 'USE_LINK', hash: link }];
    await store.record(event, [...used, { kind: 'ADD_SESSION', session }]);
    return value;
  }

  /** Who the cookie's value belongs to. */
  async judge(value: string): Promise<Judgement> {
    const { uses, clock, times } = this.parts;
    const hash = browserSecretHash(value);
    const row = await this.#row(hash);
    const now = clock.now();
    if (row === null || row.expiresAt <= now || row.seenAt + times.idle <= now) {
      return { refused: 'NO_SESSION', token: null };
    }
    const principal = await this.#principalOf(row.user, now);
    if (principal === undefined) return { refused: 'NO_SESSION', token: row.user.token };
    uses.session(hash, now);
    return { principal };
  }

  async end(value: string, actor: string, address: string | null): Promise<void> {
    const { store, clock, ids } = this.parts;
    const detail = { type: 'SIGNED_OUT', sessions: 1 } as const;
    const hash = browserSecretHash(value);
    this.#remembered.delete(hash);
    await store.record({ id: ids.uuid(), at: clock.now(), actor, address, detail }, [
      { kind: 'REMOVE_SESSIONS', hashes: [hash] },
    ]);
  }

  /** Ends every session of somebody, everywhere within seconds; how many there were. */
  async endAll(user: string, actor: string, address: string | null): Promise<number> {
    const { store, clock, ids } = this.parts;
    const hashes = await store.sessionsOf(user);
    if (hashes.length === 0) return 0;
    const detail = { type: 'SIGNED_OUT', sessions: hashes.length, ...(user === actor ? {} : { user }) } as const;
    for (const hash of hashes) this.#remembered.delete(hash);
    await store.record({ id: ids.uuid(), at: clock.now(), actor, address, detail }, [
      { kind: 'REMOVE_SESSIONS', hashes },
    ]);
    return hashes.length;
  }

  /** Forgets sessions and links that are over, and what was answered to requests that nobody repeats any more. */
  async sweep(): Promise<void> {
    const now = this.parts.clock.now();
    await this.parts.store.sweep(now, now - this.parts.times.idle, now - ANSWERS_KEPT);
  }

  /** Undefined where the token that the browser signed in with is no longer good. */
  async #principalOf(user: SessionUser, now: Micros): Promise<Principal | undefined> {
    const { directory } = this.parts;
    if (user.token === null) return principalOfUser(user, await directory.bindings(subjectsOfUser(user)));
    const token = await directory.token(user.token);
    if (token === undefined || token.revokedAt !== null || (token.expiresAt ?? Infinity) <= now) return undefined;
    return principalOfToken(token, await directory.bindings([`token:${token.id}`]));
  }

  async #row(hash: string): Promise<SessionRow | null> {
    const now = this.parts.clock.now();
    const held = this.#remembered.get(hash);
    if (held !== undefined && now - held.at < REMEMBERED) return held.row;
    const row = await this.parts.store.session(hash);
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(hash, { row, at: now });
    return row;
  }
}
