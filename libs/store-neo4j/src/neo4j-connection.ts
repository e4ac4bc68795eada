import { setTimeout as sleep } from 'node:timers/promises';
import { HeadwaterError } from '@headwater/domain/errors';
import neo4j, { type Driver, type ManagedTransaction, type RecordShape, type Session } from 'neo4j-driver';
import { translateNeo4jError } from './neo4j-error.js';

export interface Neo4jOptions {
  /** `neo4j://`, `bolt://` or one of their encrypted forms. */
  readonly uri: string;
  /** Absent where the server asks for no login. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** `neo4j` unless told. */
  readonly database?: string | undefined;
  /** After this long a call to a server that is away fails; 3 s unless told. */
  readonly patienceMs?: number | undefined;
}

/** Bounds of one transaction on the server. */
const READ_TIMEOUT_MS = 15_000;
const WRITE_TIMEOUT_MS = 120_000;
const DEFAULT_PATIENCE_MS = 3000;
const RETRY_AFTER_MS = 200;

// As a graph grows the server plans anew what it has planned, which takes seconds of the answer that comes first. Ours
// name their indexes, so that the plan made at the start is as good later.
const KEEP_PLAN = 'CYPHER replan=skip ';

export type Parameters = Readonly<Record<string, unknown>>;
export type Run = <R extends RecordShape>(cypher: string, parameters: Parameters) => Promise<readonly R[]>;

/**
 * The one place that touches the driver: database named, access mode and timeouts set, each transaction marked with
 * what it is for, errors translated. Integers come back as numbers.
 */
export class Neo4jConnection {
  readonly #driver: Driver;
  readonly #database: string;
  readonly #patienceMs: number;

  constructor({ uri, user, password, database = 'neo4j', patienceMs = DEFAULT_PATIENCE_MS }: Neo4jOptions) {
    this.#database = database;
    this.#patienceMs = patienceMs;
    const auth = user === undefined || user === '' ? undefined : neo4j.auth.basic(user, password ?? '');
    this.#driver = neo4j.driver(uri, auth, {
      userAgent: 'headwater',
      disableLosslessIntegers: true,
      telemetryDisabled: true,
      connectionTimeout: patienceMs,
      connectionAcquisitionTimeout: patienceMs,
      // The driver waits 1 s, 2 s, 4 s between attempts and looks at this only before it waits.
      maxTransactionRetryTime: patienceMs / 2,
      maxConnectionPoolSize: 50,
      // A connection that was idle while the server went away is tried before it is used.
      connectionLivenessCheckTimeout: 10_000,
    });
  }

  /** One statement, read only, in one round trip: a transaction of ours would take three. */
  read<R extends RecordShape>(operation: string, cypher: string, parameters: Parameters): Promise<readonly R[]> {
    const config = { timeout: READ_TIMEOUT_MS, metadata: { application: 'headwater', operation } };
    const attempt = (): Promise<readonly R[]> =>
      this.#inSession(neo4j.session.READ, async (session) => {
        const result = await session.run<R>(KEEP_PLAN + cypher, parameters, config);
        return result.records.map((record) => record.toObject());
      });
    return within(READ_TIMEOUT_MS + this.#patienceMs, again(attempt));
  }

  /** One transaction. `work` may be run again after a deadlock or a lost connection, so it must be repeatable. */
  write(operation: string, work: (run: Run) => Promise<void>): Promise<void> {
    return this.#inSession(neo4j.session.WRITE, (session) =>
      within(
        WRITE_TIMEOUT_MS + this.#patienceMs,
        session.executeWrite((transaction) => work(runner(transaction)), {
          timeout: WRITE_TIMEOUT_MS,
          metadata: { application: 'headwater', operation },
        }),
      ),
    );
  }

  /** A statement that may not stand in a transaction of ours: schema commands and `CALL … IN TRANSACTIONS`. */
  autoCommit<R extends RecordShape>(
    operation: string,
    cypher: string,
    parameters: Parameters = {},
  ): Promise<readonly R[]> {
    return this.#inSession(neo4j.session.WRITE, async (session) => {
      const result = await session.run<R>(cypher, parameters, {
        metadata: { application: 'headwater', operation },
      });
      return result.records.map((record) => record.toObject());
    });
  }

  /** The plan of a statement, which is not run. */
  explain(cypher: string, parameters: Parameters): Promise<Plan> {
    return this.#inSession(neo4j.session.READ, async (session) => {
      const { summary } = await session.run(`EXPLAIN ${cypher}`, parameters);
      return summary.plan as unknown as Plan;
    });
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }

  async #inSession<T>(defaultAccessMode: typeof neo4j.session.READ, use: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#driver.session({ database: this.#database, defaultAccessMode });
    try {
      return await use(session);
    } catch (error) {
      throw translateNeo4jError(error);
    } finally {
      // What a broken session has to say at its end was said by the call that broke it.
      // It is not waited for: closing a session on a connection that went silent takes as long as the silence.
      void session.close().catch(() => undefined);
    }
  }
}

/** An operator of a plan with those that feed it. */
export interface Plan {
  readonly operatorType: string;
  readonly children: readonly Plan[];
}

function runner(transaction: ManagedTransaction): Run {
  return async <R extends RecordShape>(cypher: string, parameters: Parameters) => {
    const result = await transaction.run<R>(cypher, parameters);
    return result.records.map((record) => record.toObject());
  };
}

/** Once more where the server may have come back meanwhile, or where only this connection was broken. */
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof HeadwaterError && neo4j.isRetryableError(error.cause))) throw error;
    await sleep(RETRY_AFTER_MS);
    return attempt();
  }
}

/** The server bounds its own transactions; this bounds the wait for a server that has gone silent on a live connection. */
async function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new HeadwaterError('UNAVAILABLE', 'Neo4j does not answer', { reason: 'STORE_TIMEOUT', retryAfterS: 2 }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
