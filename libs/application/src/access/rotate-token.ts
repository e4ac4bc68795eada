import type { AccessChange, BindingRow } from '@headwater/domain/access/access-store';
import { SCOPES_OF_ROLE } from '@headwater/domain/access/scopes';
import { HeadwaterError } from '@headwater/domain/errors';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import { recordChange, requireHeld, type AccessParts, type Asker } from './access-parts.js';
import { describe, newToken, withoutHash, type CreatedToken } from './create-token.js';

const LONGEST_OVERLAP: Micros = 30 * 24 * MICROS_PER_HOUR;

/** Makes a token that stands in for another, with the roles bound to it; both are good until the overlap is over. */
export class RotateToken {
  constructor(private readonly parts: AccessParts) {}

  /**
   * `overlap`: for how long the old one stays good. Throws NOT_FOUND, INVALID_INPUT, FORBIDDEN for a token that can do
   * what the asker cannot, and CONFLICT for one that was revoked meanwhile.
   */
  async execute(asker: Asker, id: string, overlap: Micros): Promise<CreatedToken> {
    if (!(overlap >= 0 && overlap <= LONGEST_OVERLAP)) {
      throw new HeadwaterError('INVALID_INPUT', 'The overlap must be between nothing and 30 days', {
        reason: 'OVERLAP',
      });
    }
    const now = this.parts.clock.now();
    const old = await this.parts.directory.token(id);
    if (old === undefined || old.revokedAt !== null || (old.expiresAt ?? Infinity) <= now) {
      throw new HeadwaterError('NOT_FOUND', 'There is no such token that is still good', { reason: 'NO_SUCH_TOKEN' });
    }
    const bound = await this.parts.directory.bindings([`token:${id}`]);
    requireHeld(asker, [...old.scopes, ...bound.flatMap(({ role }) => SCOPES_OF_ROLE[role])]);
    const { id: _id, hash: _hash, revokedAt: _revokedAt, lastUsedAt: _lastUsedAt, ...row } = old;
    // It lives as long from now on as the old one was made for.
    const expiresAt = old.expiresAt === null ? null : now + (old.expiresAt - old.createdAt);
    const { kept, text } = newToken(this.parts.ids, {
      ...row,
      createdAt: now,
      createdBy: asker.principal.id,
      expiresAt,
    });
    const until = Math.min(now + overlap, old.expiresAt ?? Infinity);
    const bindings = bound.map((binding): BindingRow => ({
      ...binding,
      id: this.parts.ids.uuid(),
      subject: `token:${kept.id}`,
      createdAt: now,
      createdBy: asker.principal.id,
    }));
    const replaces = { token: id, until, bindings: bindings.map((binding) => binding.id) };
    const changes: readonly AccessChange[] = [
      { kind: 'EXPIRE_TOKEN', id, expiresAt: until },
      { kind: 'ADD_TOKEN', token: kept },
      ...bindings.map((binding) => ({ kind: 'ADD_BINDING', binding }) as const),
    ];
    const detail = { type: 'TOKEN_ROTATED', ...describe(kept), replaces } as const;
    await recordChange(this.parts, asker, detail, changes, { type: 'TOKEN', id: kept.id });
    return { token: withoutHash(kept), text };
  }
}
