import { isSameHash, parseToken, secretHash } from '@headwater/domain/access/access-token';
import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { Principal } from '@headwater/domain/access/principal';
import type { Clock } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import type { AccessDirectory } from './access-directory.js';
import type { LastUses } from './last-uses.js';
import { principalOfToken } from './principals.js';

/** Who a credential belongs to, or why it is refused: for the audit, never for the caller. */
export type Judgement =
  { readonly principal: Principal } | { readonly refused: RefusalReason; readonly token: string | null };

// Compared with where there is no token of that id, so that the time tells nothing.
const NOBODY = secretHash('');

const PREFIX = 'token:';
const MAX_REMEMBERED = 1_000;

interface Right {
  readonly principal: Principal;
  readonly expiresAt: Micros | null;
}

/** Judges `hw_<id>_<secret>` without a statement. Throws UNAVAILABLE while tokens cannot be read. */
export class AuthenticateToken {
  /** Texts that were found right by one edition of the directory. */
  #right = new Map<string, Right>();
  #rightBy: object | undefined;

  constructor(
    private readonly directory: AccessDirectory,
    private readonly uses: LastUses,
    private readonly clock: Clock,
  ) {}

  /** Whose text it is, where it was found right before and nothing has changed since; undefined says nothing. */
  recall(text: string): Principal | undefined {
    const known = this.#right.get(text);
    if (known === undefined || this.directory.edition() !== this.#rightBy) return undefined;
    const now = this.clock.now();
    if (known.expiresAt !== null && known.expiresAt <= now) return undefined;
    this.uses.token(known.principal.id.slice(PREFIX.length), now);
    return known.principal;
  }

  async execute(text: string): Promise<Judgement> {
    const edition = this.directory.edition();
    const given = parseToken(text);
    const token = given === undefined ? undefined : await this.directory.token(given.id);
    const isSame = isSameHash(secretHash(given?.secret ?? ''), token?.hash ?? NOBODY);
    if (given === undefined || token === undefined || !isSame) {
      return { refused: 'UNKNOWN_TOKEN', token: token === undefined ? null : token.id };
    }
    if (token.revokedAt !== null) return { refused: 'REVOKED_TOKEN', token: token.id };
    const now = this.clock.now();
    if (token.expiresAt !== null && token.expiresAt <= now) return { refused: 'EXPIRED_TOKEN', token: token.id };
    this.uses.token(token.id, now);
    const principal = principalOfToken(token, await this.directory.bindings([`${PREFIX}${token.id}`]));
    this.#remember(text, { principal, expiresAt: token.expiresAt }, edition);
    return { principal };
  }

  /** Only what was looked up in one edition from beginning to end: a token of one and bindings of another may not fit. */
  #remember(text: string, right: Right, edition: object | undefined): void {
    if (edition === undefined || this.directory.edition() !== edition) return;
    if (edition !== this.#rightBy || this.#right.size >= MAX_REMEMBERED) this.#right = new Map();
    this.#rightBy = edition;
    this.#right.set(text, right);
  }
}
