import { PersonalKeys } from '@headwater/application/decisions/personal-keys';
import { SealPersonalParts } from '@headwater/application/decisions/seal-personal-parts';
import type { SubjectKeyStore } from '@headwater/domain/decisions/subject-key-store';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { MemorySubjectKeyStore } from '@headwater/store-contract/memory-subject-key-store';

/** Keys of subjects under a secret that is always the same. */
export function testPersonalKeys(store: SubjectKeyStore = new MemorySubjectKeyStore()): PersonalKeys {
  const secrets = { of: () => Promise.resolve({ value: new Uint8Array(32).fill(7), previous: null }) };
  return new PersonalKeys({ store, secrets, ids: new SystemIdSource() });
}

/** Seals under keys that are kept in memory. */
export function testSeal(): SealPersonalParts {
  return new SealPersonalParts(testPersonalKeys());
}
