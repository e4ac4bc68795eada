import type { KeptSubjectKey, SubjectKeyStore, WantedSubjectKey } from '@headwater/domain/decisions/subject-key-store';
import { HeadwaterError } from '@headwater/domain/errors';
import type pg from 'pg';
import { byteaArray } from '../log/binary-array.js';
import { translatePostgresError } from '../postgres-error.js';

// In one order, so that two that make some of the same keys never wait for each other.
const MAKE = `INSERT INTO subject_key (id, blind_index, wrapped_key, created_at)
  SELECT gen_random_uuid(), w.blind_index, w.wrapped_key, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
  FROM unnest($1::bytea[], $2::bytea[]) AS w(blind_index, wrapped_key)
  WHERE NOT EXISTS (SELECT FROM subject_key k WHERE k.blind_index = w.blind_index)
  ORDER BY w.blind_index ON CONFLICT (blind_index) DO NOTHING`;

const HELD = `SELECT k.id, k.wrapped_key AS wrapped, w.n
  FROM unnest($1::bytea[]) WITH ORDINALITY AS w(blind_index, n) JOIN subject_key k ON k.blind_index = w.blind_index`;

const FIND = 'SELECT id FROM subject_key WHERE blind_index = $1';

const READ = 'SELECT id, wrapped_key AS wrapped FROM subject_key WHERE id = ANY ($1::uuid[])';

/** Keys of subjects in the table of `prisma/decisions.prisma`. */
export class PostgresSubjectKeyStore implements SubjectKeyStore {
  constructor(private readonly pool: pg.Pool) {}

  async ensure(wanted: readonly WantedSubjectKey[]): Promise<readonly KeptSubjectKey[]> {
    const indexes = byteaArray(wanted.map(({ blindIndex }) => blindIndex));
    let held = await this.#held(indexes, wanted.length);
    if (held.some((key) => key === undefined)) {
      await this.#rows(MAKE, [indexes, byteaArray(wanted.map(({ wrapped }) => wrapped))]);
      held = await this.#held(indexes, wanted.length);
    }
    return held.map((key) => {
      // Destroyed between the two statements: the next try makes another.
      if (key === undefined) throw new HeadwaterError('UNAVAILABLE', 'A key of a subject was destroyed meanwhile');
      return key;
    });
  }

  async find(blindIndex: Uint8Array): Promise<string | null> {
    const [row] = await this.#rows<{ id: string }>(FIND, [blindIndex]);
    return row?.id ?? null;
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, KeptSubjectKey>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#rows<KeptSubjectKey>(READ, [[...ids]]);
    return new Map(rows.map((key) => [key.id, key]));
  }

  async #held(indexes: Buffer, count: number): Promise<readonly (KeptSubjectKey | undefined)[]> {
    const rows = await this.#rows<KeptSubjectKey & { readonly n: string }>(HELD, [indexes]);
    const byPlace = new Map(rows.map(({ n, ...key }) => [Number(n), key]));
    return Array.from({ length: count }, (_, index) => byPlace.get(index + 1));
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}
