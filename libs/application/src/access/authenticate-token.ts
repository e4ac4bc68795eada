import { isSameHash, parseToken, secretHash } from '@headwater/domain/access/access-token';
import type { RefusalReason } from '@headwater/domain/access/access-event';
import type { KeptToken } from '@headwater/domain/access/access-store';
import type { Principal } from '@headwater/domain/access/principal';
import type { Clock } from '@headwater/domain/ports';
import type { AccessDirectory } from './access-directory.js';
import type { LastUses } from './last-uses.js';
import { principalOfToken } from './principals.js';

/** Who a credential belongs to, or why it is refused: for the audit, never for the caller. */
export type Judgement =
  { readonly principal: Principal } | { readonly refused: RefusalReason; readonly token: string | null };

// Compared with where there is no token of that id, so that the time tells nothing.
const NOBODY = secretHash('');

/** Texts that were found right, remembered for as long as what they were found right by. */
const MAX_REMEMBERED = 1_000;

/** Judges `hw_<id>_<secret>` without a statement. Throws UNAVAILABLE while tokens cannot be read. */
export class AuthenticateToken {
  readonly #principals = new WeakMap<KeptToken, Principal>();
  readonly #right = new Map<string, KeptToken>();

  constructor(
    private readonly directory: AccessDirectory,
    private readonly uses: LastUses,
    private readonly clock: Clock,
  ) {}

  async execute(text: string): Promise<Judgement> {
    const token = await this.#remembered(text);
    if (token === undefined) return this.#judge(text);
    return this.#standing(token);
  }

  /** The token of a text that was found right, unless the directory was read anew since. */
  async #remembered(text: string): Promise<KeptToken | undefined> {
    const known = this.#right.get(text);
    if (known === undefined) return undefined;
    return (await this.directory.token(known.id)) === known ? known : undefined;
  }

  async #judge(text: string): Promise<Judgement> {
    const given = parseToken(text);
    const token = given === undefined ? undefined : await this.directory.token(given.id);
    const isSame = isSameHash(secretHash(given?.secret ?? ''), token?.hash ?? NOBODY);
    if (given === undefined || token === undefined || !isSame) {
      return { refused: 'UNKNOWN_TOKEN', token: token === undefined ? null : token.id };
    }
    if (this.#right.size >= MAX_REMEMBERED) this.#right.clear();
    this.#right.set(text, token);
    return this.#standing(token);
  }

  async #standing(token: KeptToken): Promise<Judgement> {
    if (token.revokedAt !== null) return { refused: 'REVOKED_TOKEN', token: token.id };
    const now = this.clock.now();
    if (token.expiresAt !== null && token.expiresAt <= now) return { refused: 'EXPIRED_TOKEN', token: token.id };
    this.uses.token(token.id, now);
    return { principal: await this.#principalOf(token) };
  }

  async #principalOf(token: KeptToken): Promise<Principal> {
    const bindings = await this.directory.bindings([`token:${token.id}`]);
    if (bindings.length > 0) return principalOfToken(token, bindings);
    // Rows live as long as the state they were read with.
    let principal = this.#principals.get(token);
    if (principal === undefined) {
      principal = principalOfToken(token, []);
      this.#principals.set(token, principal);
    }
    return principal;
  }
}
