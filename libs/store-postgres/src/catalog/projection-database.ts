import { HeadwaterError } from '@headwater/domain/errors';
import type pg from 'pg';
import { translatePostgresError } from '../postgres-error.js';

/** One read statement; `@.` stands for the schema of the generation that answers. */
export interface Statement {
  /** Unique among all statements: its prepared form is kept under this name. Null: planned anew with each call's values. */
  readonly name: string | null;
  readonly sql: string;
}

/** A PostgreSQL schema that holds one generation of the projection. */
export const GENERATION_SCHEMA = /^projection_g([0-9]+)$/;

/**
 * Runs statements against the tables of the generation that is current at each call, since a rebuild switches it at run
 * time. Driver errors come out translated.
 */
export class ProjectionDatabase {
  readonly #pool: pg.Pool;
  readonly #schema: () => string;
  readonly #texts = new Map<string, string>();

  constructor(pool: pg.Pool, schema: () => string) {
    this.#pool = pool;
    this.#schema = schema;
  }

  /** The number of the current generation. */
  generation(): number {
    return Number(this.#match()[1]);
  }

  /** Rows of one prepared statement. */
  async rows<T extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<T[]> {
    const { input: schema } = this.#match();
    // A prepared name belongs to one text, and the text differs by generation.
    const name = statement.name === null ? undefined : `${statement.name}_${schema.slice('projection_'.length)}`;
    const text = this.#textOf(statement, schema, name);
    try {
      const result = await this.#pool.query<T>({ ...(name === undefined ? {} : { name }), text, values: [...values] });
      return result.rows;
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  #textOf(statement: Statement, schema: string, name: string | undefined): string {
    const known = name === undefined ? undefined : this.#texts.get(name);
    if (known !== undefined) return known;
    const text = statement.sql.replaceAll('@.', `${schema}.`);
    if (name !== undefined) this.#texts.set(name, text);
    return text;
  }

  #match(): RegExpExecArray {
    const match = GENERATION_SCHEMA.exec(this.#schema());
    if (match === null) throw new HeadwaterError('INTERNAL', 'the projection schema must be projection_g<number>');
    return match;
  }
}
