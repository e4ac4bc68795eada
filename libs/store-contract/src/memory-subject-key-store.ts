import { randomUUID } from 'node:crypto';
import type { KeptSubjectKey, SubjectKeyStore, WantedSubjectKey } from '@headwater/domain/decisions/subject-key-store';

/** The contract of subject keys in a map, for tests that need keys and no server. */
export class MemorySubjectKeyStore implements SubjectKeyStore {
  readonly #keys = new Map<string, KeptSubjectKey>();

  ensure(wanted: readonly WantedSubjectKey[]): Promise<readonly KeptSubjectKey[]> {
    return Promise.resolve(
      wanted.map(({ blindIndex, wrapped }) => {
        const index = Buffer.from(blindIndex).toString('hex');
        const key = this.#keys.get(index) ?? { id: randomUUID(), wrapped: Buffer.from(wrapped) };
        this.#keys.set(index, key);
        return key;
      }),
    );
  }

  find(blindIndex: Uint8Array): Promise<string | null> {
    return Promise.resolve(this.#keys.get(Buffer.from(blindIndex).toString('hex'))?.id ?? null);
  }

  read(ids: readonly string[]): Promise<ReadonlyMap<string, KeptSubjectKey>> {
    const keys = [...this.#keys.values()].filter(({ id }) => ids.includes(id));
    return Promise.resolve(new Map(keys.map((key) => [key.id, key])));
  }
}
