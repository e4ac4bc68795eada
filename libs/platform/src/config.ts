import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ACCESS_ENVIRONMENT, accessFaults, groupedAccess, type AccessConfig } from './access-settings.js';
import { readSecretFiles } from './secret-files.js';
import {
  TABLE,
  bytes,
  parsed,
  text,
  url,
  whole,
  type SettingDescription,
  type SettingGroup,
} from './setting-schemas.js';

/** Exit code of a process that was started with wrong settings (sysexits.h, EX_CONFIG). */
export const EXIT_CONFIG = 78;

const MIB = 1024 * 1024;

/** Every setting, read once and frozen, grouped by who consumes it. */
export interface Config extends AccessConfig {
  readonly http: {
    readonly port: number;
    readonly host: string;
    /** Further host names that requests may name in their Host header. */
    readonly allowedHosts: readonly string[];
    /** Addresses and networks (CIDR) of proxies whose X-Forwarded-For is believed. */
    readonly trustedProxies: readonly string[];
  };
  readonly database: {
    /** Null: the embedded PostgreSQL in the data directory. */
    readonly url: string | null;
  };
  readonly storage: { readonly dataDir: string };
  /** Null: the graph lives in PostgreSQL. */
  readonly neo4j: {
    readonly uri: string;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  } | null;
  readonly ingest: {
    readonly maxEventBytes: number;
    readonly maxBatchBytes: number;
    readonly maxBytesInFlight: number;
  };
  readonly catalog: {
    readonly staleRunHours: number;
    /** A statement of a question that takes longer is ended in the database. */
    readonly queryTimeoutSeconds: number;
    /** The most subscriptions that may run on one WebSocket. */
    readonly subscriptionsPerConnection: number;
    /** The most WebSockets that one caller may hold open at a process. */
    readonly connectionsPerCaller: number;
    /** For how many days views of assets are kept; with 0 none are. */
    readonly viewRetentionDays: number;
    /** For how many days a report can be downloaded. */
    readonly reportRetentionDays: number;
  };
  readonly worker: { readonly graphChangeRetentionHours: number };
  readonly logging: { readonly level: LogLevel };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Some settings are wrong. The message names all of them and what they must be, never what they are. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly { readonly setting: string; readonly problem: string }[]) {
    const lines = faults.map(({ setting, problem }) => `  ${setting} ${problem}`);
    super(`Wrong settings:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}

const NEO4J_PROTOCOLS = ['neo4j:', 'neo4j+s:', 'neo4j+ssc:', 'bolt:', 'bolt+s:', 'bolt+ssc:'];

const ENVIRONMENT = z.object({
  PORT: whole(4000, 0, 65_535).register(TABLE, {
    group: 'http',
    default: '4000',
    secret: false,
    description: 'Port that the API listens on; 0 takes any free one.',
  }),
  HOST: parsed('127.0.0.1', 'must be a host name or an IP address', (value) =>
    /^[\w.:-]+$/.test(value) ? value : undefined,
  ).register(TABLE, {
    group: 'http',
    default: '127.0.0.1',
    secret: false,
    description: 'Address or host name that the API listens on; 0.0.0.0 is every address of this machine.',
  }),
  HEADWATER_ALLOWED_HOSTS: parsed<readonly string[]>([], 'must be host names separated by commas', (value) => {
    const names = value.split(',').map((name) => name.trim().toLowerCase());
    return names.every((name) => /^[\w.:[\]-]+$/.test(name)) ? names : undefined;
  }).register(TABLE, {
    group: 'http',
    default: null,
    secret: false,
    description:
      'Further host names, comma-separated, that requests may name in their Host header. Loopback names, HOST and the name in HEADWATER_PUBLIC_URL always may; any other is refused, against DNS rebinding. Where HOST is not a loopback address and none is given, every name is answered.',
  }),
  DATABASE_URL: url(['postgres:', 'postgresql:']).register(TABLE, {
    group: 'database',
    default: null,
    secret: true,
    description:
      'PostgreSQL to use (postgresql://user:password@host:port/database). Without it an embedded one runs in the data directory.',
  }),
  HEADWATER_DATA_DIR: text(null).register(TABLE, {
    group: 'storage',
    default: '/var/lib/headwater as root, else $XDG_DATA_HOME/headwater or ~/.local/share/headwater',
    secret: false,
    description: 'Directory of the embedded PostgreSQL and of what else an instance keeps. One instance a directory.',
  }),
  NEO4J_URI: url(NEO4J_PROTOCOLS).register(TABLE, {
    group: 'neo4j',
    default: null,
    secret: false,
    description:
      'Neo4j to keep the lineage graph in (bolt://host:7687 or neo4j://…). Without it the graph lives in PostgreSQL.',
  }),
  NEO4J_USER: text('neo4j').register(TABLE, {
    group: 'neo4j',
    default: 'neo4j',
    secret: false,
    description: 'Account at Neo4j.',
  }),
  NEO4J_PASSWORD: text(null).register(TABLE, {
    group: 'neo4j',
    default: null,
    secret: true,
    description: 'Password at Neo4j; needed with NEO4J_URI.',
  }),
  NEO4J_DATABASE: text('neo4j', 'must be a Neo4j database name', /^[A-Za-z][A-Za-z0-9.-]{2,62}$/).register(TABLE, {
    group: 'neo4j',
    default: 'neo4j',
    secret: false,
    description: 'Database at Neo4j.',
  }),
  HEADWATER_MAX_EVENT_BYTES: bytes(32 * MIB, 1024).register(TABLE, {
    group: 'ingest',
    default: '32MiB',
    secret: false,
    description: 'Largest event, uncompressed; a larger one is refused with 413.',
  }),
  HEADWATER_MAX_BATCH_BYTES: bytes(64 * MIB, 1024).register(TABLE, {
    group: 'ingest',
    default: '64MiB',
    secret: false,
    description: 'Largest batch, uncompressed; a larger one is refused with 413.',
  }),
  HEADWATER_MAX_BYTES_IN_FLIGHT: bytes(128 * MIB, 64 * 1024).register(TABLE, {
    group: 'ingest',
    default: '128MiB',
    secret: false,
    description: 'Bytes of all requests that are being received or stored; beyond, requests get 503 with Retry-After.',
  }),
  HEADWATER_STALE_RUN_HOURS: whole(24, 1, 24 * 366).register(TABLE, {
    group: 'catalog',
    default: '24',
    secret: false,
    description: 'Hours of silence after which a run without an end is shown as UNFINISHED.',
  }),
  HEADWATER_QUERY_TIMEOUT_SECONDS: whole(15, 1, 3_600).register(TABLE, {
    group: 'catalog',
    default: '15',
    secret: false,
    description:
      'Seconds after which the database ends a statement that serves a question; the answer is then UNAVAILABLE.',
  }),
  HEADWATER_SUBSCRIPTIONS_PER_CONNECTION: whole(100, 1, 10_000).register(TABLE, {
    group: 'catalog',
    default: '100',
    secret: false,
    description: 'Subscriptions that may run on one WebSocket at once; one more is answered with an error.',
  }),
  HEADWATER_CONNECTIONS_PER_CALLER: whole(100, 1, 10_000).register(TABLE, {
    group: 'catalog',
    default: '100',
    secret: false,
    description:
      'WebSockets that one caller may hold open at a process at once; one more is closed with 1013 (try again later).',
  }),
  HEADWATER_VIEW_RETENTION_DAYS: whole(30, 0, 366).register(TABLE, {
    group: 'catalog',
    default: '30',
    secret: false,
    description:
      'Days for which it is kept who looked at which asset, told to nobody else, and how often anybody did, which counts for ranking. 0: neither is kept.',
  }),
  HEADWATER_REPORT_RETENTION_DAYS: whole(30, 1, 3_660).register(TABLE, {
    group: 'catalog',
    default: '30',
    secret: false,
    description:
      'Days for which a report can be downloaded once it is made. It is forgotten then; the audit keeps who asked for it, its digest and who took it.',
  }),
  HEADWATER_GRAPH_CHANGE_RETENTION_HOURS: whole(168, 1, 24 * 366).register(TABLE, {
    group: 'worker',
    default: '168',
    secret: false,
    description: 'Hours for which graph changes stay readable for subscriptions after every graph store has them.',
  }),
  HEADWATER_LOG_LEVEL: parsed<LogLevel>('info', `must be one of ${LOG_LEVELS.join(', ')}`, (value) =>
    LOG_LEVELS.find((level) => level === value.toLowerCase()),
  ).register(TABLE, {
    group: 'logging',
    default: 'info',
    secret: false,
    description: `Least severe level that is logged: ${LOG_LEVELS.join(', ')}.`,
  }),
  ...ACCESS_ENVIRONMENT,
});

/** The table of every setting, in the order of the documentation. */
export const SETTINGS: readonly SettingDescription[] = Object.entries(ENVIRONMENT.shape).map(([name, schema]) => {
  const description = TABLE.get(schema);
  if (description === undefined) throw new Error(`${name} has no description`);
  return { name, ...description };
});

/**
 * Reads every setting once; a secret may be given as a file (`<NAME>_FILE`). Throws {@link ConfigError} naming all that
 * are wrong; the caller exits with 78.
 */
export function readConfig(given: Readonly<Record<string, string | undefined>> = process.env): Config {
  const secrets = SETTINGS.filter((setting) => setting.secret).map(({ name }) => name);
  const { env, faults } = readSecretFiles(given, secrets);
  const result = ENVIRONMENT.safeParse(env);
  for (const issue of result.error?.issues ?? [])
    faults.push({ setting: String(issue.path[0]), problem: issue.message });
  if (isSet(env['NEO4J_URI']) && !isSet(env['NEO4J_PASSWORD'])) {
    faults.push({ setting: 'NEO4J_PASSWORD', problem: 'must be given, since NEO4J_URI is' });
  }
  if (result.data !== undefined) faults.push(...sizeFaults(result.data), ...accessFaults(result.data));
  if (result.data === undefined || faults.length > 0) throw new ConfigError(faults);
  return freeze(grouped(result.data, env));
}

type Environment = z.output<typeof ENVIRONMENT>;

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== '';

function sizeFaults(settings: Environment): ConfigError['faults'] {
  // Otherwise the largest allowed body could never be received.
  return settings.HEADWATER_MAX_BYTES_IN_FLIGHT >=
    Math.max(settings.HEADWATER_MAX_BATCH_BYTES, settings.HEADWATER_MAX_EVENT_BYTES)
    ? []
    : [
        {
          setting: 'HEADWATER_MAX_BYTES_IN_FLIGHT',
          problem: 'must be at least HEADWATER_MAX_BATCH_BYTES and HEADWATER_MAX_EVENT_BYTES',
        },
      ];
}

function grouped(settings: Environment, env: Readonly<Record<string, string | undefined>>): Config {
  return {
    http: {
      port: settings.PORT,
      host: settings.HOST,
      allowedHosts: settings.HEADWATER_ALLOWED_HOSTS,
      trustedProxies: settings.HEADWATER_TRUSTED_PROXIES,
    },
    database: { url: settings.DATABASE_URL },
    storage: { dataDir: path.resolve(settings.HEADWATER_DATA_DIR ?? defaultDataDir(env)) },
    neo4j:
      settings.NEO4J_URI === null
        ? null
        : {
            uri: settings.NEO4J_URI,
            user: settings.NEO4J_USER,
            password: settings.NEO4J_PASSWORD ?? '',
            database: settings.NEO4J_DATABASE,
          },
    ingest: {
      maxEventBytes: settings.HEADWATER_MAX_EVENT_BYTES,
      maxBatchBytes: settings.HEADWATER_MAX_BATCH_BYTES,
      maxBytesInFlight: settings.HEADWATER_MAX_BYTES_IN_FLIGHT,
    },
    catalog: {
      staleRunHours: settings.HEADWATER_STALE_RUN_HOURS,
      queryTimeoutSeconds: settings.HEADWATER_QUERY_TIMEOUT_SECONDS,
      subscriptionsPerConnection: settings.HEADWATER_SUBSCRIPTIONS_PER_CONNECTION,
      connectionsPerCaller: settings.HEADWATER_CONNECTIONS_PER_CALLER,
      viewRetentionDays: settings.HEADWATER_VIEW_RETENTION_DAYS,
      reportRetentionDays: settings.HEADWATER_REPORT_RETENTION_DAYS,
    },
    worker: { graphChangeRetentionHours: settings.HEADWATER_GRAPH_CHANGE_RETENTION_HOURS },
    logging: { level: settings.HEADWATER_LOG_LEVEL },
    ...groupedAccess(settings),
  } satisfies Record<SettingGroup, unknown>;
}

function defaultDataDir(env: Readonly<Record<string, string | undefined>>): string {
  if (process.getuid?.() === 0) return '/var/lib/headwater';
  const dataHome = env['XDG_DATA_HOME'];
  // XDG Base Directory Specification: a relative path is to be ignored.
  const base = dataHome !== undefined && path.isAbsolute(dataHome) ? dataHome : path.join(homedir(), '.local/share');
  return path.join(base, 'headwater');
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Map)) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}
