import type { Micros } from '@headwater/domain/time';
import { recordChange, type AccessParts, type Asker } from './access-parts.js';

/** Ends a token, everywhere within seconds. */
export class RevokeToken {
  constructor(private readonly parts: AccessParts) {}

  /** Since when it is not good. Throws CONFLICT (NO_SUCH_TOKEN) where there is none, or it was revoked before. */
  async execute(asker: Asker, id: string): Promise<Micros> {
    const revokedAt = this.parts.clock.now();
    await recordChange(this.parts, asker, { type: 'TOKEN_REVOKED', token: id }, [
      { kind: 'REVOKE_TOKEN', id, revokedAt },
    ]);
    return revokedAt;
  }
}
