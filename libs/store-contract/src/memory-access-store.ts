import { randomBytes } from 'node:crypto';
import { accessEventBytes, type AccessEvent } from '@headwater/domain/access/access-event';
import type {
  AccessChange,
  AccessEventFilter,
  AccessEventRow,
  AccessState,
  AccessStore,
  BindingRow,
  GivenAnswer,
  KeptToken,
  SessionRow,
  TokenRow,
} from '@headwater/domain/access/access-store';
import type { InstallationSecret, SecretName } from '@headwater/domain/access/installation-secret';
import { HeadwaterError } from '@headwater/domain/errors';
import { checkFirst, decodeCursor, encodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Clock, EventLog } from '@headwater/domain/ports';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';

/** Tokens that ended longer ago are not among the state. */
const REMEMBERED: Micros = 24 * MICROS_PER_HOUR;

/** The contract of access in maps, for tests that need no server. Nothing outlives the process. */
export class MemoryAccessStore implements AccessStore {
  readonly #tokens = new Map<string, KeptToken>();
  readonly #bindings = new Map<string, BindingRow>();
  readonly #sessions = new Map<string, SessionRow>();
  readonly #answers = new Map<string, GivenAnswer>();
  readonly #links = new Map<string, Micros>();
  readonly #events: AccessEventRow[] = [];
  readonly #secrets = new Map<SecretName, InstallationSecret & { readonly previousUntil: Micros }>();
  readonly #listeners = new Set<() => void>();

  /** Without a log the lines of audit are kept here only. */
  constructor(
    private readonly clock: Clock,
    private readonly log?: Pick<EventLog, 'append'>,
  ) {}

  async record(event: AccessEvent, changes: readonly AccessChange[]): Promise<void> {
    await Promise.resolve();
    // Nothing happens unless all of it can.
    for (const change of changes) this.#check(change);
    for (const change of changes) this.#apply(change);
    const row = { kind: 'ACCESS', bytes: accessEventBytes(event), receivedAt: event.at } as const;
    const [appended] = (await this.log?.append([row])) ?? [];
    this.#events.push({ ...event, position: appended?.position ?? this.#events.length + 1 });
    if (changes.length > 0) for (const listener of this.#listeners) queueMicrotask(listener);
  }

  state(): Promise<AccessState> {
    const since = this.clock.now() - REMEMBERED;
    const tokens = [...this.#tokens.values()].filter(
      ({ revokedAt, expiresAt }) => (revokedAt ?? Infinity) > since && (expiresAt ?? Infinity) > since,
    );
    return Promise.resolve({ tokens, bindings: [...this.#bindings.values()] });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  session(hash: string): Promise<SessionRow | null> {
    return Promise.resolve(this.#sessions.get(hash) ?? null);
  }

  sessionsOf(user: string): Promise<readonly string[]> {
    return Promise.resolve([...this.#sessions.values()].filter((row) => row.user.id === user).map(({ hash }) => hash));
  }

  touchSessions(seen: ReadonlyMap<string, Micros>): Promise<void> {
    for (const [hash, at] of seen) {
      const row = this.#sessions.get(hash);
      if (row !== undefined) this.#sessions.set(hash, { ...row, seenAt: Math.max(row.seenAt, at) });
    }
    return Promise.resolve();
  }

  touchTokens(used: ReadonlyMap<string, Micros>): Promise<void> {
    for (const [id, at] of used) {
      const row = this.#tokens.get(id);
      if (row !== undefined) this.#tokens.set(id, { ...row, lastUsedAt: Math.max(row.lastUsedAt ?? 0, at) });
    }
    return Promise.resolve();
  }

  addLink(hash: string, expiresAt: Micros): Promise<void> {
    this.#links.set(hash, expiresAt);
    return Promise.resolve();
  }

  answerOf(actor: string, key: string): Promise<GivenAnswer | null> {
    return Promise.resolve(this.#answers.get(placeOf({ actor, key })) ?? null);
  }

  sweep(now: Micros, idleSince: Micros, answeredBefore: Micros): Promise<void> {
    for (const [hash, { expiresAt, seenAt }] of this.#sessions) {
      if (expiresAt <= now || seenAt <= idleSince) this.#sessions.delete(hash);
    }
    for (const [hash, expiresAt] of this.#links) if (expiresAt <= now) this.#links.delete(hash);
    for (const [name, held] of this.#secrets) {
      if (held.previousUntil <= now) this.#secrets.set(name, { ...held, previous: null });
    }
    for (const [key, { at }] of this.#answers) if (at < answeredBefore) this.#answers.delete(key);
    return Promise.resolve();
  }

  async tokens(page: PageRequest): Promise<Page<TokenRow>> {
    await Promise.resolve();
    const rows = [...this.#tokens.values()].map(({ hash: _hash, ...row }) => row);
    return latestFirst('tokens', rows, page);
  }

  async bindings(page: PageRequest): Promise<Page<BindingRow>> {
    await Promise.resolve();
    return latestFirst('bindings', [...this.#bindings.values()], page);
  }

  async events(filter: AccessEventFilter, page: PageRequest): Promise<Page<AccessEventRow>> {
    await Promise.resolve();
    const before = page.after === null ? Infinity : Number(decodeCursor('access-events', page.after, ['number'])[0]);
    const rows = this.#events
      .filter(
        ({ position, at, actor, address, detail }) =>
          position < before &&
          (filter.types?.includes(detail.type) ?? true) &&
          (filter.actor === undefined || filter.actor === actor) &&
          (filter.address === undefined || filter.address === address) &&
          at >= (filter.from ?? -Infinity) &&
          at < (filter.to ?? Infinity) &&
          position <= (filter.upTo ?? Infinity),
      )
      .reverse();
    const cursorOf = (row: AccessEventRow): string => encodeCursor('access-events', [row.position]);
    return firstOf(rows, page, cursorOf);
  }

  secret(name: SecretName): Promise<InstallationSecret> {
    const held = this.#secrets.get(name) ?? { value: randomBytes(32), previous: null, previousUntil: 0 };
    this.#secrets.set(name, held);
    const { value, previous, previousUntil } = held;
    return Promise.resolve({ value, previous: previousUntil > this.clock.now() ? previous : null });
  }

  #check(change: AccessChange): void {
    if (change.kind === 'EXPIRE_TOKEN' || change.kind === 'REVOKE_TOKEN') {
      const token = this.#tokens.get(change.id);
      if (token === undefined || token.revokedAt !== null) throw conflict('NO_SUCH_TOKEN');
    }
    if (change.kind === 'ANSWER_ONCE' && this.#answers.has(placeOf(change.given))) throw conflict('KEY_USED');
    if (change.kind === 'REMOVE_BINDING' && !this.#bindings.has(change.id)) throw conflict('NO_SUCH_BINDING');
    if (change.kind === 'USE_LINK' && (this.#links.get(change.hash) ?? 0) <= this.clock.now())
      throw conflict('LINK_USED');
  }

  #apply(change: AccessChange): void {
    switch (change.kind) {
      case 'ANSWER_ONCE':
        this.#answers.set(placeOf(change.given), change.given);
        return;
      case 'ADD_TOKEN':
        this.#tokens.set(change.token.id, change.token);
        return;
      case 'EXPIRE_TOKEN':
        this.#change(change.id, ({ expiresAt }) => ({ expiresAt: Math.min(expiresAt ?? Infinity, change.expiresAt) }));
        return;
      case 'REVOKE_TOKEN':
        this.#change(change.id, () => ({ revokedAt: change.revokedAt }));
        return;
      case 'ADD_BINDING':
        this.#bindings.set(change.binding.id, change.binding);
        return;
      case 'REMOVE_BINDING':
        this.#bindings.delete(change.id);
        return;
      case 'ADD_SESSION':
        this.#sessions.set(change.session.hash, change.session);
        return;
      case 'REMOVE_SESSIONS':
        for (const hash of change.hashes) this.#sessions.delete(hash);
        return;
      case 'ROTATE_SECRET': {
        const previous = this.#secrets.get(change.name)?.value ?? null;
        const { previousUntil } = change;
        this.#secrets.set(change.name, { value: randomBytes(32), previous, previousUntil });
        return;
      }
      case 'USE_LINK':
        this.#links.delete(change.hash);
    }
  }

  #change(id: string, change: (token: KeptToken) => Partial<KeptToken>): void {
    const token = this.#tokens.get(id);
    if (token !== undefined) this.#tokens.set(id, { ...token, ...change(token) });
  }
}

function placeOf({ actor, key }: { readonly actor: string; readonly key: string }): string {
  return JSON.stringify([actor, key]);
}

function conflict(reason: string): HeadwaterError {
  return new HeadwaterError('CONFLICT', 'There is nothing (any more) to change', { reason });
}

function latestFirst<R extends { readonly id: string; readonly createdAt: Micros }>(
  list: string,
  rows: readonly R[],
  page: PageRequest,
): Page<R> {
  const [at, id] = page.after === null ? [Infinity, ''] : decodeCursor(list, page.after, ['number', 'string']);
  const place = { at: Number(at), id: String(id) };
  const left = rows
    .filter((row) => row.createdAt < place.at || (row.createdAt === place.at && row.id < place.id))
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  return firstOf(left, page, (row) => encodeCursor(list, [row.createdAt, row.id]));
}

function firstOf<R>(rows: readonly R[], page: PageRequest, cursorOf: (row: R) => string): Page<R> {
  checkFirst(page.first);
  const items = rows.slice(0, page.first).map((row) => ({ cursor: cursorOf(row), item: row }));
  return { items, hasNextPage: rows.length > page.first };
}
