import { isTokenId } from '@headwater/domain/access/access-token';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Micros } from '@headwater/domain/time';
import { recordChange, type AccessParts, type Asker } from './access-parts.js';

/** Ends a token, everywhere within seconds. */
export class RevokeToken {
  constructor(private readonly parts: AccessParts) {}

  /** Since when it is not good. Throws CONFLICT (NO_SUCH_TOKEN) where there is none, or it was revoked before. */
  async execute(asker: Asker, id: string): Promise<Micros> {
    if (!isTokenId(id)) {
      throw new HeadwaterError('CONFLICT', 'There is no such token, or it was revoked before.', {
        reason: 'NO_SUCH_TOKEN',
      });
    }
    const revokedAt = this.parts.clock.now();
    const change = { kind: 'REVOKE_TOKEN', id, revokedAt } as const;
    const answer = { type: 'REVOKED', revokedAt } as const;
    await recordChange(this.parts, asker, { type: 'TOKEN_REVOKED', token: id }, [change], answer);
    return revokedAt;
  }
}
