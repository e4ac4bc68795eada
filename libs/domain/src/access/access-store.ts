import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';
import type { AccessEvent, AccessEventType } from './access-event.js';
import type { NamespaceGlobs } from './namespace-rule.js';
import type { InstallationSecret, SecretName } from './installation-secret.js';
import type { Role, Scope } from './scopes.js';

/** An API token as it is kept: everything but its secret. */
export interface TokenRow {
  /** 12 characters, the middle part of the token's text. */
  readonly id: string;
  readonly name: string;
  /** Who answers for it, in words of the one who made it. */
  readonly owner: string;
  readonly scopes: readonly Scope[];
  /** Namespaces whose jobs and datasets it may write; null: all. */
  readonly writes: NamespaceGlobs | null;
  /** Namespaces that it sees; null: all. */
  readonly reads: NamespaceGlobs | null;
  readonly createdAt: Micros;
  readonly createdBy: string;
  /** Null: it does not expire. */
  readonly expiresAt: Micros | null;
  readonly revokedAt: Micros | null;
  /** Within a minute; null: never. */
  readonly lastUsedAt: Micros | null;
}

/** SHA-256 of the secret. */
export interface KeptToken extends TokenRow {
  readonly hash: Uint8Array;
}

/** A role for everybody whom the subject names: `user:<issuer>#<subject>`, `email:<address>`, `group:<name>` or `token:<id>`. */
export interface BindingRow {
  /** A UUID. */
  readonly id: string;
  readonly subject: string;
  readonly role: Role;
  /** Null: the whole catalog. */
  readonly namespaces: NamespaceGlobs | null;
  /** The domain in which the role edits, its parts with it; null: wherever its namespaces are. */
  readonly domain: NodeId | null;
  readonly createdAt: Micros;
  readonly createdBy: string;
}

/** Who signed in, as the session keeps it. Roles are looked up at each use, so that a withdrawal counts at once. */
export interface SessionUser {
  readonly id: string;
  readonly name: string;
  /** Of the provider, verified; null where it gave none. */
  readonly email: string | null;
  readonly groups: readonly string[];
  /** Roles that the sign-in itself gave: of the first-start link, or of mapped claims. */
  readonly roles: readonly Role[];
  /** The token that the browser signed in with: the session ends with it. */
  readonly token: string | null;
}

export interface SessionRow {
  /** SHA-256 of the cookie's value, hex. */
  readonly hash: string;
  readonly user: SessionUser;
  readonly createdAt: Micros;
  readonly seenAt: Micros;
  /** However much it is used. */
  readonly expiresAt: Micros;
}

/** Everything that requests are judged by, but for sessions. */
export interface AccessState {
  readonly tokens: readonly KeptToken[];
  readonly bindings: readonly BindingRow[];
}

/** What a change gave, without secrets: kept so that the same request again is answered and changes nothing. */
export type ChangeAnswer =
  | { readonly type: 'TOKEN'; readonly id: string }
  | { readonly type: 'REVOKED'; readonly revokedAt: Micros }
  | { readonly type: 'BINDING'; readonly binding: BindingRow };

/** A request that is made once, however often it is sent, by the key that its caller chose. */
export interface OnceRequest {
  readonly actor: string;
  readonly key: string;
  /** SHA-256 of what was asked for, hex. */
  readonly request: string;
}

export interface GivenAnswer extends OnceRequest {
  readonly answer: ChangeAnswer;
  readonly at: Micros;
}

/** What one change does to the tables. */
export type AccessChange =
  | { readonly kind: 'ANSWER_ONCE'; readonly given: GivenAnswer }
  | { readonly kind: 'ADD_TOKEN'; readonly token: KeptToken }
  | { readonly kind: 'EXPIRE_TOKEN'; readonly id: string; readonly expiresAt: Micros }
  | { readonly kind: 'REVOKE_TOKEN'; readonly id: string; readonly revokedAt: Micros }
  | { readonly kind: 'ADD_BINDING'; readonly binding: BindingRow }
  | { readonly kind: 'REMOVE_BINDING'; readonly id: string }
  | { readonly kind: 'ADD_SESSION'; readonly session: SessionRow }
  | { readonly kind: 'REMOVE_SESSIONS'; readonly hashes: readonly string[] }
  | { readonly kind: 'ROTATE_SECRET'; readonly name: SecretName; readonly previousUntil: Micros }
  | { readonly kind: 'USE_LINK'; readonly hash: string };

export interface AccessEventFilter {
  readonly types?: readonly AccessEventType[];
  readonly actor?: string;
  readonly address?: string;
  /** [from, to). */
  readonly from?: Micros;
  readonly to?: Micros;
  /** None behind this position. */
  readonly upTo?: number;
}

export interface AccessEventRow extends AccessEvent {
  readonly position: number;
}

/** Tokens, bindings, sessions, and the audit of their changes. Never rebuilt from the log: secrets are not in it. */
export interface AccessStore {
  /**
   * Appends the event to the log and changes the tables in one transaction; durable when it resolves, and every process
   * is told. Throws CONFLICT where a link or an actor's key was used, or a token or binding is not there (any more); then
   * nothing happened.
   */
  record(event: AccessEvent, changes: readonly AccessChange[]): Promise<void>;
  /** Tokens that are neither revoked nor expired for long, and all bindings. */
  state(): Promise<AccessState>;
  /** Calls back after each change of tokens, bindings or sessions by any process; the returned function ends that. */
  subscribe(listener: () => void): () => void;
  session(hash: string): Promise<SessionRow | null>;
  /** Hashes of the sessions of somebody, by {@link SessionUser}'s id. */
  sessionsOf(user: string): Promise<readonly string[]>;
  /** Puts off the idle expiry of sessions. */
  touchSessions(seen: ReadonlyMap<string, Micros>): Promise<void>;
  touchTokens(used: ReadonlyMap<string, Micros>): Promise<void>;
  /** A link that signs a browser in once, by the hash of its code. */
  addLink(hash: string, expiresAt: Micros): Promise<void>;
  /** What an actor's key was used for; null where it was not, or too long ago. */
  answerOf(actor: string, key: string): Promise<GivenAnswer | null>;
  /** Removes sessions, links and old secrets that are over, and answers given before. */
  sweep(now: Micros, idleSince: Micros, answeredBefore: Micros): Promise<void>;
  tokens(page: PageRequest): Promise<Page<TokenRow>>;
  bindings(page: PageRequest): Promise<Page<BindingRow>>;
  /** The latest first. */
  events(filter: AccessEventFilter, page: PageRequest): Promise<Page<AccessEventRow>>;
  /** A secret of this installation by its name, made at the first asking; every process gets the same. */
  secret(name: SecretName): Promise<InstallationSecret>;
}
