import type { RotatedSecretName } from '@headwater/domain/access/installation-secret';
import { HeadwaterError } from '@headwater/domain/errors';
import { MICROS_PER_HOUR, type Micros } from '@headwater/domain/time';
import { recordChange, type AccessParts, type Asker } from './access-parts.js';

const LONGEST_OVERLAP: Micros = 30 * 24 * MICROS_PER_HOUR;

/** Replaces a secret of the installation; for the overlap the old one still opens what it sealed. */
export class RotateSecret {
  constructor(private readonly parts: AccessParts) {}

  /** Until when the old one is good. The one before it is not any more. Throws INVALID_INPUT (OVERLAP). */
  async execute(asker: Asker, name: RotatedSecretName, overlap: Micros): Promise<Micros> {
    if (!(overlap >= 0 && overlap <= LONGEST_OVERLAP)) {
      throw new HeadwaterError('INVALID_INPUT', 'The overlap must be between nothing and 30 days', {
        reason: 'OVERLAP',
      });
    }
    const until = this.parts.clock.now() + overlap;
    await recordChange(this.parts, asker, { type: 'SECRET_ROTATED', secret: name, until }, [
      { kind: 'ROTATE_SECRET', name, previousUntil: until },
    ]);
    return until;
  }
}
