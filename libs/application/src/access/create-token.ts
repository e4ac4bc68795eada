import { formatToken, secretHash } from '@headwater/domain/access/access-token';
import type { KeptToken, TokenRow } from '@headwater/domain/access/access-store';
import { checkGlobs, type NamespaceGlobs } from '@headwater/domain/access/namespace-rule';
import { WHOLE_SCOPES, type Scope } from '@headwater/domain/access/scopes';
import { coded, type InputFault } from '@headwater/domain/errors';
import type { IdSource } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import { recordChange, refuseFaults, requireHeld, textFault, type AccessParts, type Asker } from './access-parts.js';

export interface NewToken {
  readonly name: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly scopes: readonly Scope[];
  /** Namespaces that it may write; null: all. */
  readonly writes: readonly string[] | null;
  /** Namespaces that it sees; null: all. */
  readonly reads: readonly string[] | null;
  /** Null: it does not expire. */
  readonly expiresAt: Micros | null;
}

export interface CreatedToken {
  readonly token: TokenRow;
  /** `hw_<id>_<secret>`: shown now and never again. */
  readonly text: string;
}

/** Makes an API token. Nobody gives what they do not have. */
export class CreateToken {
  constructor(private readonly parts: AccessParts) {}

  /** Throws INVALID_INPUT with faults, and FORBIDDEN for scopes that the asker lacks. */
  async execute(asker: Asker, wanted: NewToken): Promise<CreatedToken> {
    const now = this.parts.clock.now();
    refuseFaults('The token cannot be made like this', [
      ...textFault('/name', wanted.name),
      ...textFault('/owner', wanted.owner),
      ...(wanted.scopes.length === 0
        ? [{ pointer: '/scopes', ...coded('EMPTY', 'must name at least one scope') }]
        : []),
      ...(wanted.expiresAt !== null && wanted.expiresAt <= now
        ? [{ pointer: '/expiresAt', ...coded('TIME_PAST', 'must be in the future') }]
        : []),
      ...wholeFaults(wanted),
    ]);
    requireHeld(asker, wanted.scopes);
    const { kept, text } = newToken(this.parts.ids, {
      name: wanted.name.trim(),
      owner: wanted.owner.trim(),
      scopes: [...new Set(wanted.scopes)].sort(),
      writes: globsOf(wanted.writes, '/writes'),
      reads: globsOf(wanted.reads, '/reads'),
      createdAt: now,
      createdBy: asker.principal.id,
      expiresAt: wanted.expiresAt,
    });
    const detail = { type: 'TOKEN_CREATED', ...describe(kept) } as const;
    await recordChange(this.parts, asker, detail, [{ kind: 'ADD_TOKEN', token: kept }], { type: 'TOKEN', id: kept.id });
    return { token: withoutHash(kept), text };
  }
}

function wholeFaults({ scopes, reads }: NewToken): readonly InputFault[] {
  const whole = reads === null ? [] : scopes.filter((scope) => WHOLE_SCOPES.has(scope));
  if (whole.length === 0) return [];
  const detail = `must be left out, since ${whole.join(' and ')} is for the whole catalog only`;
  return [{ pointer: '/reads', ...coded('WHOLE_CATALOG_SCOPE', detail, { scopes: whole.join(', ') }) }];
}

function globsOf(globs: readonly string[] | null, pointer: string): NamespaceGlobs | null {
  return globs === null ? null : checkGlobs(globs, pointer);
}

/** A token with a new id and secret. */
export function newToken(
  ids: IdSource,
  row: Omit<TokenRow, 'id' | 'revokedAt' | 'lastUsedAt'>,
): { readonly kept: KeptToken; readonly text: string } {
  const id = ids.uuid().replaceAll('-', '').slice(0, 12);
  const secret = Buffer.from(ids.bytes(32)).toString('base64url');
  const kept = { ...row, id, hash: secretHash(secret), revokedAt: null, lastUsedAt: null };
  return { kept, text: formatToken({ id, secret }) };
}

/** What the audit says of a token. */
export function describe({ id, name, owner, scopes, writes, reads, expiresAt }: TokenRow) {
  return { token: id, name, owner, scopes, writes, reads, expiresAt };
}

export function withoutHash({ hash: _hash, ...row }: KeptToken): TokenRow {
  return row;
}
