import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { readSchemaFiles } from './migration-files.js';

// Type OIDs of pg_type.dat.
const CATALOG_CHAR = 18;
const TEXT = 25;

/** Taken by every migration's own transaction, so that one left running by a killed process can be waited for. */
export const MIGRATION_TRANSACTION_LOCK = 4_853_001;

const LOCK = `SELECT pg_advisory_xact_lock(${MIGRATION_TRANSACTION_LOCK});
`;

const MARK_FINISHED = `
;DO $finish$ BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $finish$`;

interface RawResult {
  readonly rows: readonly unknown[];
  readonly fields: { dataTypeID: number }[];
}

/** What of the stock adapter is replaced; the two private members are how it runs a query. */
interface AdapterInternals {
  performIO(query: unknown): Promise<RawResult>;
  queryRaw(query: unknown): Promise<SqlResultSet>;
  executeScript(script: string): Promise<void>;
  underlyingDriver(): pg.Pool;
}

/**
 * Runs `use` with Prisma's schema engine, as WebAssembly, on the database at `url`; no native engine is used or
 * downloaded. The engine's code stays in memory, so load it only when there is something to do.
 */
export async function withSchemaEngine<T>(
  url: string,
  directory: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const Engine = await (engineClass ??= loadEngine());
  const datamodels = readSchemaFiles(directory).map(({ path: name, content }): [string, string] => [name, content]);
  const factory = new MigrationAdapterFactory(url);
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(factory);
    return await use(await Engine.new({ datamodels }, () => undefined, bound));
  } catch (cause) {
    throw panic === '' ? cause : new Error(`Prisma's schema engine stopped: ${panic}`, { cause });
  } finally {
    await factory.close();
  }
}

// Once a process: the engine's JavaScript half keeps the instance in a global of its own.
let engineClass: Promise<EngineClass> | undefined;
let panic = '';

async function loadEngine(): Promise<EngineClass> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const binary = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await webAssembly.instantiate(binary, { './schema_engine_bg.js': glue });
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => (panic = message) } });
  const linked = glue as unknown as {
    __wbg_set_wasm(exports: Record<string, unknown>): void;
    SchemaEngine: EngineClass;
  };
  linked.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as (() => void) | undefined)?.();
  return linked.SchemaEngine;
}

// The compiler's Node types do not declare WebAssembly, and the DOM library would declare far more.
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(binary: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
  };
};

interface EngineClass {
  new: (options: { datamodels: [string, string][] }, log: () => void, factory: unknown) => Promise<SchemaEngine>;
}

class MigrationAdapterFactory extends PrismaPg {
  readonly #pools: pg.Pool[] = [];

  constructor(private readonly url: string) {
    super({ connectionString: url });
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    this.#pools.push(internalsOf(adapter).underlyingDriver());
    return repaired(adapter, (script) => `${LOCK}${script}${MARK_FINISHED}`);
  }

  /** The engine leaves the connections to the database that it works on open. */
  async close(): Promise<void> {
    for (const pool of this.#pools.splice(0)) if (!pool.ended) await pool.end();
  }

  /** The stock shadow database keeps the connection string, so that it would be the real database. */
  override async connectToShadowDb(): ReturnType<PrismaPg['connectToShadowDb']> {
    const name = `headwater_shadow_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: this.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    const address = new URL(this.url);
    address.pathname = `/${name}`;
    const shadow = repaired(await new PrismaPg({ connectionString: address.href }).connect(), (script) => script);
    const endPool = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await endPool();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    };
    return shadow;
  }
}

function internalsOf(adapter: SqlDriverAdapter): AdapterInternals {
  return adapter as unknown as AdapterInternals;
}

/**
 * The stock adapter does not know the catalog's type "char", which introspection reads, and cuts scripts at every
 * semicolon, also inside function bodies. Here a script is one implicit transaction that also records its own end, so
 * that a migration is either done and marked done, or not done.
 */
function repaired<T extends SqlDriverAdapter>(adapter: T, complete: (script: string) => string): T {
  const internals = internalsOf(adapter);
  const charColumns = new WeakMap<readonly unknown[], readonly number[]>();
  const performIO = internals.performIO.bind(adapter);
  const queryRaw = internals.queryRaw.bind(adapter);
  internals.performIO = async (query) => {
    const result = await performIO(query);
    const columns = result.fields.flatMap((field, index) => (field.dataTypeID === CATALOG_CHAR ? [index] : []));
    for (const index of columns) (result.fields[index] as { dataTypeID: number }).dataTypeID = TEXT;
    charColumns.set(result.rows, columns);
    return result;
  };
  internals.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  internals.executeScript = async (script) => {
    await internals.underlyingDriver().query(complete(script));
  };
  return adapter;
}
