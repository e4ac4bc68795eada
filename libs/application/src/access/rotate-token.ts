import { HeadwaterError } from '@headwater/domain/errors';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import { recordChange, type AccessParts, type Asker } from './access-parts.js';
import { describe, newToken, withoutHash, type CreatedToken } from './create-token.js';

const LONGEST_OVERLAP: Micros = 30 * 24 * MICROS_PER_HOUR;

/** Makes a token that stands in for another; both are good until the overlap is over. */
export class RotateToken {
  constructor(private readonly parts: AccessParts) {}

  /** `overlap`: for how long the old one stays good. Throws NOT_FOUND, INVALID_INPUT, and CONFLICT for a revoked one. */
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
    await recordChange(
      this.parts,
      asker,
      { type: 'TOKEN_ROTATED', ...describe(kept), replaces: { token: id, until } },
      [
        { kind: 'EXPIRE_TOKEN', id, expiresAt: until },
        { kind: 'ADD_TOKEN', token: kept },
      ],
    );
    return { token: withoutHash(kept), text };
  }
}
