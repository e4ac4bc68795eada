import { randomBytes, randomUUID } from 'node:crypto';
import type { IdSource } from '@headwater/domain/ports';

/** The operating system's strong random numbers. */
export class SystemIdSource implements IdSource {
  uuid(): string {
    return randomUUID();
  }

  bytes(count: number): Uint8Array {
    return randomBytes(count);
  }
}
