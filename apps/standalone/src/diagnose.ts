import { statfs } from 'node:fs/promises';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Config } from '@headwater/platform/config';
import { currentGeneration, templateFingerprint } from '@headwater/store-postgres/migrate/generations';
import { graphOf, type Stores } from './stores.js';

/** One look at one part; `advice` is null where it is well. */
export interface Diagnosis {
  readonly subject: string;
  readonly finding: string;
  readonly advice: string | null;
}

const MIB = 1024 * 1024;
/** Below this PostgreSQL soon cannot write its log. */
const LOW_DISK_MIB = 512;
/** More than a moment's work behind. */
const LONG_LAG_EVENTS = 10_000;

const ADVICE: Readonly<Record<string, string>> = {
  STORE_READ_ONLY:
    'The database takes no writes: it is a standby, or default_transaction_read_only is on. Point DATABASE_URL at the primary.',
  STORE_DISK_FULL: 'The disk of the database is full. Free space; producers resend what was refused.',
};

/** Looks at every dependency in turn; none is changed. */
export async function diagnose(stores: Stores, config: Config): Promise<readonly Diagnosis[]> {
  const looks = [
    logOf(stores),
    ...(config.database.url === null ? [diskOf(config)] : []),
    ...(await projectionOf(stores)),
  ];
  return Promise.all(looks);
}

async function logOf({ log }: Stores): Promise<Diagnosis> {
  const problem = await log.problem();
  if (problem !== null) {
    const advice =
      ADVICE[problem] ?? 'Events are answered with 503 until the database takes writes again. Look at its own log.';
    return { subject: 'event log', finding: `events cannot be stored (${problem})`, advice };
  }
  const { position } = await log.head();
  return { subject: 'event log', finding: `${String(position)} events, takes writes`, advice: null };
}

async function diskOf(config: Config): Promise<Diagnosis> {
  const { dataDir } = config.storage;
  const { bavail, bsize } = await statfs(dataDir);
  const free = Math.floor((bavail * bsize) / MIB);
  const advice = free < LOW_DISK_MIB ? `Free space below ${dataDir}, or move it with HEADWATER_DATA_DIR.` : null;
  return { subject: 'disk', finding: `${String(free)} MiB free in ${dataDir}`, advice };
}

async function projectionOf(stores: Stores): Promise<readonly Promise<Diagnosis>[]> {
  const generation = await currentGeneration(stores.pool);
  if (generation === undefined) {
    return [
      Promise.resolve({ subject: 'projection', finding: 'none yet', advice: 'Run npm start: it makes the first one.' }),
    ];
  }
  return [templateOf(stores, generation.templateVersion), graphLag(stores, generation.number)];
}

async function templateOf(stores: Stores, madeFrom: string): Promise<Diagnosis> {
  const isCurrent = (await templateFingerprint(stores.pool)) === madeFrom;
  return {
    subject: 'projection',
    finding: isCurrent ? 'made by this version' : 'made by another version',
    advice: isCurrent ? null : 'Run npm run headwater -- rebuild.',
  };
}

async function graphLag(stores: Stores, generation: number): Promise<Diagnosis> {
  const graph = graphOf(stores, generation);
  const subject = `graph (${graph.engine})`;
  try {
    const [{ position }, head] = await Promise.all([graph.checkpoint(), stores.log.head()]);
    const lag = Math.max(0, head.position - position);
    const advice =
      lag > LONG_LAG_EVENTS ? 'Is a worker running? npm start runs one; see its log lines "projection failed".' : null;
    return { subject, finding: `${String(lag)} events behind the log`, advice };
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    return {
      subject,
      finding: 'away',
      advice: 'Events are accepted meanwhile. Start Neo4j, or check NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.',
    };
  }
}
