import pg from 'pg';

// Type OIDs of pg_type.dat.
const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** What the server's own limit needs to reach us. */
const HUNG_AFTER_MS = 2_000;

/** A pool of connections as composition roots hand it on. */
export type Pool = pg.Pool;

export interface PoolOptions {
  readonly url: string;
  /** Connections at most; 10 unless told. */
  readonly max?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /**
   * The server cancels a longer statement (UNAVAILABLE, STORE_TIMEOUT), and a server that hangs itself is given up a
   * little later (STORE_UNREACHABLE); no limit unless told.
   */
  readonly statementTimeoutMs?: number;
  /** Told about connections that broke while idle; the pool replaces them by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * A pool whose `bigint` columns come back as numbers (all of ours stay below 2^53; a greater one throws) and whose
 * `timestamptz` columns as Micros. The caller ends it.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const { statementTimeoutMs } = options;
  const pool = new pg.Pool({
    ...connectionOptions(options.url, options.applicationName),
    max: options.max ?? 10,
    ...(statementTimeoutMs === undefined
      ? {}
      : { statement_timeout: statementTimeoutMs, query_timeout: statementTimeoutMs + HUNG_AFTER_MS }),
  });
  // Without a listener a connection that the server closes would end the process: an idle one, and one that is taken
  // out for a transaction and just then between two statements. The next statement tells of that.
  pool.on('error', (error) => options.onIdleError?.(error));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** What every connection of ours is opened with, pooled or not. */
export function connectionOptions(url: string, applicationName = 'headwater'): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: catalogTypes,
  };
}

/** Type parsers of our connections: bigint to number, timestamptz to Micros, all others as `pg` has them. */
export const catalogTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return parseInt8;
    if (oid === TIMESTAMPTZ) return parseTimestamptz;
    return builtInParser(oid, format ?? 'text');
  }) as typeof pg.types.getTypeParser,
};

// The declared parameter is an enum of the types known when it was written; the function takes any OID.
const builtInParser = pg.types.getTypeParser as unknown as (
  oid: number,
  format: 'text' | 'binary',
) => (value: never) => unknown;

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`);
  return value;
}

const TIMESTAMP =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/** ISO DateStyle text of any zone to Micros; `infinity` keeps its meaning. */
export function parseTimestamptz(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  if (text === '-infinity') return Number.NEGATIVE_INFINITY;
  const match = TIMESTAMP.exec(text);
  if (match === null) throw new RangeError(`unreadable timestamptz ${text}; DateStyle must be ISO`);
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    zoneHours,
    zoneMinutes = 0,
    zoneSeconds = 0,
    era,
  ] = match;
  const fullYear = era === undefined ? Number(year) : 1 - Number(year);
  const date = new Date(0);
  date.setUTCFullYear(fullYear, Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const zone = Number(zoneHours) * 3600 + Number(zoneMinutes) * 60 + Number(zoneSeconds);
  return (date.getTime() / 1000 - (sign === '-' ? -zone : zone)) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}
