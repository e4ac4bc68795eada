import { randomBytes } from 'node:crypto';
import type { SubjectKeyStore, WantedSubjectKey } from '@headwater/domain/decisions/subject-key-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

export interface SubjectKeyStoreCase {
  readonly name: string;
  readonly create: () => Promise<{ readonly store: SubjectKeyStore; readonly close: () => Promise<void> }>;
}

const wanted = (): WantedSubjectKey => ({ blindIndex: randomBytes(32), wrapped: randomBytes(60) });

/** What every store of subject keys does. */
export function subjectKeyStoreContract({ name, create }: SubjectKeyStoreCase): void {
  describe(`keys of subjects on ${name}`, () => {
    let opened: Awaited<ReturnType<SubjectKeyStoreCase['create']>>;
    let store: SubjectKeyStore;

    beforeAll(async () => {
      opened = await create();
      store = opened.store;
    });
    afterAll(() => opened.close());

    test('each subject gets a key, in the order given, and keeps it', async () => {
      const [a, b, c] = [wanted(), wanted(), wanted()];
      const first = await store.ensure([b, a]);
      expect(first.map((key) => key.wrapped)).toEqual([b.wrapped, a.wrapped]);
      const again = await store.ensure([{ ...a, wrapped: randomBytes(60) }, c, { ...b, wrapped: randomBytes(60) }]);
      expect([again[0], again[2]]).toEqual([first[1], first[0]]);
      expect(new Set(again.map(({ id }) => id)).size).toBe(3);
      for (const { id } of again) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(await store.ensure([])).toEqual([]);
    });

    test('of two that ask at once both get the same', async () => {
      const subjects = Array.from({ length: 20 }, wanted);
      const asked = [subjects, [...subjects].reverse()].map((list) =>
        store.ensure(list.map(({ blindIndex }) => ({ blindIndex, wrapped: randomBytes(60) }))),
      );
      const [forwards, backwards] = await Promise.all(asked);
      expect([...(backwards ?? [])].reverse()).toEqual(forwards);
    });

    test('keys are found by subject and by id', async () => {
      const one = wanted();
      const [key] = await store.ensure([one]);
      expect(await store.find(one.blindIndex)).toBe(key?.id);
      expect(await store.find(randomBytes(32))).toBeNull();
      const unknown = '00000000-0000-4000-8000-000000000000';
      expect([...(await store.read([key?.id ?? '', unknown])).entries()]).toEqual([[key?.id, key]]);
      expect((await store.read([])).size).toBe(0);
    });
  });
}
