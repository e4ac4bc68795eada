import type { EditRequestStore, KeptRequest } from '@headwater/domain/governance/edit-requests';
import type { Micros } from '@headwater/domain/time';
import type pg from 'pg';
import { translatePostgresError } from '../postgres-error.js';

const FIND = 'SELECT id, digest, edits, told FROM edit_request WHERE id = $1';

const KEEP = `
  INSERT INTO edit_request (id, digest, edits, told, made_at) VALUES ($1, $2, $3::json, $4::json, $5)
  ON CONFLICT (id) DO NOTHING`;

const SWEEP = 'DELETE FROM edit_request WHERE made_at < $1';

type Row = Omit<KeptRequest, 'edits'> & { readonly edits: readonly string[] };

/** Requests of edits in the table `edit_request`. */
export class PostgresEditRequestStore implements EditRequestStore {
  constructor(private readonly pool: pg.Pool) {}

  async find(id: string): Promise<KeptRequest | null> {
    const [row] = await this.#rows<Row>(FIND, [id]);
    if (row === undefined) return null;
    return { ...row, edits: row.edits.map((text) => new TextEncoder().encode(text)) };
  }

  async keep({ id, digest, edits, told }: KeptRequest, at: Micros): Promise<KeptRequest> {
    // Edits are JSON in UTF-8, as this product writes them.
    const texts = edits.map((bytes) => new TextDecoder().decode(bytes));
    await this.#rows(KEEP, [id, digest, JSON.stringify(texts), told === null ? null : JSON.stringify(told), at]);
    return (await this.find(id)) ?? { id, digest, edits, told };
  }

  async sweep(before: Micros): Promise<void> {
    await this.#rows(SWEEP, [before]);
  }

  async #rows<R extends object>(text: string, values: readonly unknown[]): Promise<R[]> {
    try {
      return (await this.pool.query<R>(text, [...values])).rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }
}
