import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isMainThread } from 'node:worker_threads';

const run = promisify(execFile);
const START = fileURLToPath(new URL('./neo4j/start.sh', import.meta.url));

export interface Neo4jServer {
  readonly uri: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface AbsentServer {
  /** Why there is none, for people. */
  readonly absent: string;
}

/**
 * The Neo4j of this test run: TEST_NEO4J_URI's (with TEST_NEO4J_USER and TEST_NEO4J_PASSWORD), else one that is started
 * for the run and ends with it. Prints why there is none; throws instead where REQUIRE_STORES names neo4j.
 */
export async function neo4jForTests(): Promise<Neo4jServer | AbsentServer> {
  const server = await findServer();
  if ('absent' in server) {
    if ((process.env['REQUIRE_STORES'] ?? '').split(',').includes('neo4j')) {
      throw new Error(`REQUIRE_STORES names neo4j, but ${server.absent}`);
    }
    console.warn(`Tests on Neo4j are skipped: ${server.absent}`);
  }
  return server;
}

/** A suffix for the labels of one test, unlike those of other tests and runs on the same server. */
export function newGeneration(): string {
  generations += 1;
  return `G${String(seed)}${String(generations).padStart(4, '0')}`;
}

const seed = randomInt(1, 2 ** 40);
let generations = 0;

async function findServer(): Promise<Neo4jServer | AbsentServer> {
  const given = process.env['TEST_NEO4J_URI'];
  if (given !== undefined && given !== '') {
    return { uri: given, user: process.env['TEST_NEO4J_USER'], password: process.env['TEST_NEO4J_PASSWORD'] };
  }
  if (process.env['HEADWATER_TEST_NEO4J'] === 'off') return { absent: 'HEADWATER_TEST_NEO4J is off' };
  if (process.platform !== 'linux') return { absent: 'test/support/neo4j/start.sh needs Linux; set TEST_NEO4J_URI' };
  for (const [program, argument] of [
    ['java', '-version'],
    ['mvn', '-version'],
    ['flock', '--version'],
  ] as const) {
    const exists = await run(program, [argument]).then(
      () => true,
      () => false,
    );
    if (!exists) return { absent: `${program} is not installed; install it or set TEST_NEO4J_URI` };
  }
  // Worker processes of one run have the same parent, worker threads the same process.
  const owner = String(isMainThread ? process.ppid : process.pid);
  try {
    const { stdout } = await run(START, [`run-${owner}`], { env: { ...process.env, HEADWATER_NEO4J_OWNER: owner } });
    const uri = /^NEO4J_URI=(.+)$/m.exec(stdout)?.[1];
    return uri === undefined ? { absent: 'start.sh named no address' } : { uri, user: undefined, password: undefined };
  } catch (error) {
    const told = (error as { stderr?: unknown }).stderr;
    return {
      absent: `the server did not start: ${typeof told === 'string' ? told.trim().slice(-500) : String(error)}`,
    };
  }
}
