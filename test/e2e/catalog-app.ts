import { CreateToken } from '@headwater/application/access/create-token';
import { LOCAL_PRINCIPAL } from '@headwater/application/access/principals';
import { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import { FeedGraph } from '@headwater/application/projection/feed-graph';
import { ProjectLog } from '@headwater/application/projection/project-log';
import type { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import { CatalogApiModule } from '@headwater/catalog-api/catalog-api.module';
import type { CatalogApiSettings } from '@headwater/catalog-api/catalog-api.options';
import type { Scope } from '@headwater/domain/access/scopes';
import type { LineageGraph } from '@headwater/domain/ports';
import { formatPosition } from '@headwater/domain/position';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { readConfig } from '@headwater/platform/config';
import { HttpAdapter } from '@headwater/platform/http/http-adapter';
import { createLogger } from '@headwater/platform/logging/logger';
import { NestLogger } from '@headwater/platform/logging/nest-logger';
import { PlatformModule } from '@headwater/platform/platform.module';
import { SystemClock } from '@headwater/platform/system-clock';
import {
  CATALOG_READER,
  CATALOG_SEARCH,
  CHANGE_FEED,
  EDIT_JOBS,
  EDIT_REQUESTS,
  EVENT_LOG,
  LINEAGE_GRAPH,
  LINEAGE_ROOTS,
  REPORTS,
  SAVED_SEARCHES,
  DECISIONS,
  SUBJECT_KEYS,
  VIEWS,
} from '@headwater/platform/tokens';
import { MemoryLineageGraph } from '@headwater/store-contract/memory-lineage-graph';
import { PostgresChangeFeed } from '@headwater/store-postgres/catalog/postgres-change-feed';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { PostgresLineageRoots } from '@headwater/store-postgres/catalog/lineage-roots';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import { PostgresReportStore } from '@headwater/store-postgres/reports/postgres-report-store';
import { PostgresSavedSearchStore } from '@headwater/store-postgres/saved/postgres-saved-search-store';
import { PostgresDecisionReader } from '@headwater/store-postgres/decisions/decision-reader';
import { PostgresSubjectKeyStore } from '@headwater/store-postgres/decisions/postgres-subject-key-store';
import { PostgresViewStore } from '@headwater/store-postgres/saved/postgres-view-store';
import { PostgresEditJobStore } from '@headwater/store-postgres/edit-jobs/postgres-edit-job-store';
import { PostgresEditRequestStore } from '@headwater/store-postgres/edit-jobs/postgres-edit-request-store';
import { PostgresEventLog } from '@headwater/store-postgres/log/postgres-event-log';
import { createGeneration, generationSchema, switchGeneration } from '@headwater/store-postgres/migrate/generations';
import { createPool } from '@headwater/store-postgres/pool';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import { PostgresCatalogSearch } from '@headwater/store-postgres/search/postgres-catalog-search';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { memoryAccess, memoryRefusedEvents } from '../support/access.js';
import { createTestDatabase } from '../support/postgres.js';
import { TEST_SETTINGS } from '../support/projection.js';

@Module({})
class StoresModule {}

@Module({})
class RootModule {}

export interface GraphqlAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface CatalogAppOptions {
  readonly settings?: Partial<CatalogApiSettings>;
  /** The graph that the API reads, given the one that the projection fills. */
  readonly graph?: (filled: LineageGraph) => LineageGraph;
  /** The graph that the projection fills; one in memory unless told. */
  readonly filled?: (pool: pg.Pool, schema: string) => LineageGraph;
  /** Whether callers must say who they are. */
  readonly auth?: 'on' | 'off';
}

interface MutationOptions {
  readonly result?: string;
  readonly headers?: Record<string, string>;
  /** Of the input, where it is not named for the mutation. */
  readonly type?: string;
}

/** The catalog API over PostgreSQL and a graph in memory, with a projection beside it that moves when it is told to. */
export class CatalogApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly log: PostgresEventLog,
    readonly feed: PostgresChangeFeed,
    /** Serves the API and nothing else, so that its statements can be counted. */
    readonly apiPool: pg.Pool,
    readonly logged: () => readonly Record<string, unknown>[],
    readonly access: AccessServices,
    readonly refusedEvents: RefusedEventLog,
    private readonly project: ProjectLog,
    private readonly fill: FeedGraph,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(options: CatalogAppOptions = {}): Promise<CatalogApp> {
    const database = await createTestDatabase();
    const { pool, url } = database;
    await createGeneration(pool, 1);
    await switchGeneration(pool, 1);
    const schema = (): string => generationSchema(1);
    const log = await PostgresEventLog.open({ url, pool });
    // As in another process: its own feed, woken by notifications.
    const workerFeed = new PostgresChangeFeed({ pool, url, schema });
    const filled = options.filled?.(pool, schema()) ?? new MemoryLineageGraph();
    const project = new ProjectLog(log, new PostgresProjection(pool, schema()), TEST_SETTINGS);
    const apiPool = createPool({ url, applicationName: 'catalog-api' });
    const feed = new PostgresChangeFeed({ pool: apiPool, url, schema });
    const tables = new ProjectionDatabase(apiPool, schema);
    const roots = new PostgresLineageRoots(tables);
    const stores = [
      { provide: EVENT_LOG, useValue: log },
      { provide: LINEAGE_GRAPH, useValue: options.graph?.(filled) ?? filled },
      { provide: LINEAGE_ROOTS, useValue: roots },
      { provide: CATALOG_READER, useValue: postgresCatalogReader(tables) },
      { provide: CATALOG_SEARCH, useValue: new PostgresCatalogSearch(tables) },
      { provide: CHANGE_FEED, useValue: feed },
      { provide: EDIT_JOBS, useValue: new PostgresEditJobStore(apiPool) },
      { provide: EDIT_REQUESTS, useValue: new PostgresEditRequestStore(apiPool) },
      { provide: REPORTS, useValue: new PostgresReportStore(apiPool, log) },
      { provide: SAVED_SEARCHES, useValue: new PostgresSavedSearchStore(apiPool) },
      { provide: DECISIONS, useValue: new PostgresDecisionReader(tables) },
      { provide: SUBJECT_KEYS, useValue: new PostgresSubjectKeyStore(apiPool) },
      { provide: VIEWS, useValue: new PostgresViewStore(apiPool) },
    ];
    const config = readConfig({
      ...{ PORT: '0', HEADWATER_LOG_LEVEL: 'debug', HEADWATER_AUTH: options.auth ?? 'off' },
      HEADWATER_REQUESTS_PER_MINUTE: '0',
    });
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const logger = createLogger({ level: 'debug', destination });
    const budget = new BytesInFlight(config.ingest.maxBytesInFlight);
    const access = memoryAccess(config, logger);
    const refusedEvents = memoryRefusedEvents();
    Logger.overrideLogger(new NestLogger(logger));
    const root = {
      module: RootModule,
      imports: [
        PlatformModule.forRoot({ config, logger, clock: new SystemClock(), budget, access, refusedEvents }),
        { module: StoresModule, global: true, providers: stores, exports: stores },
        CatalogApiModule.register(options.settings),
      ],
    };
    const { gate, refusals } = access;
    const adapter = new HttpAdapter({ config, budget, logger, gate, refusals, refusedEvents });
    const app = await NestFactory.create<NestFastifyApplication>(root, adapter);
    await app.listen(0, '127.0.0.1');
    const cleanUp = async (): Promise<void> => {
      await app.close();
      await refusedEvents.close();
      await access.close();
      await Promise.all([feed.close(), workerFeed.close(), log.close()]);
      await apiPool.end();
      await database.drop();
    };
    const address = (await app.getUrl()).replace(/\/$/, '');
    const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const fill = new FeedGraph(workerFeed, filled);
    return new CatalogApp(app, address, log, feed, apiPool, logged, access, refusedEvents, project, fill, cleanUp);
  }

  /** Appends events and returns the position of the last one, as an ingest answer gives it. */
  async append(events: readonly object[]): Promise<string> {
    const receivedAt = new SystemClock().now();
    const appended = await this.log.append(
      events.map((event) => ({
        kind: 'run' in event ? ('RUN' as const) : 'job' in event ? ('JOB' as const) : ('DATASET' as const),
        bytes: new TextEncoder().encode(JSON.stringify(event)),
        receivedAt,
      })),
    );
    return formatPosition(this.log.logId, Math.max(...appended.map(({ position }) => position)));
  }

  /** Moves the catalog, and unless told otherwise the graph, to the end of the log. */
  async catchUp(which: 'BOTH' | 'CATALOG' = 'BOTH'): Promise<void> {
    while ((await this.project.execute(500)) > 0);
    if (which === 'BOTH') while ((await this.fill.execute(500)) > 0);
  }

  /** Moves the projection while an answer waits for it, as the worker does. */
  async whileProjecting<T>(asked: Promise<T>): Promise<T> {
    const pending = new Set([1]);
    const answer = asked.finally(() => pending.clear());
    while (pending.size > 0) {
      await this.catchUp();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return answer;
  }

  async take(events: readonly object[]): Promise<string> {
    const position = await this.append(events);
    await this.catchUp();
    return position;
  }

  /** What a mutation with one input answers, the projection moving meanwhile; of its result, what is asked for. */
  async mutate<T = { readonly __typename: string }>(
    mutation: string,
    input: object,
    { result = '__typename', headers = {}, type }: MutationOptions = {},
  ): Promise<T> {
    const inputType = type ?? `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${inputType}!) { done: ${mutation}(input: $input) { ${result} } }`;
    return (await this.whileProjecting(this.data<{ done: T }>(query, { input }, headers))).done;
  }

  /** Appends EDIT events as they are, and projects them. */
  async takeEdits(edits: readonly Uint8Array[]): Promise<void> {
    const receivedAt = Date.now() * 1000;
    await this.log.append(edits.map((bytes) => ({ kind: 'EDIT', bytes, receivedAt })));
    await this.catchUp();
  }

  async ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Partial<GraphqlAnswer>;
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** The data of an answer that must be without errors. */
  async data<T>(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<T> {
    const { data, errors } = await this.ask(query, variables, headers);
    if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 1));
    return data as T;
  }

  /** A token that reads these namespaces (null: all), as the header that shows it. */
  async readerOf(
    reads: readonly string[] | null,
    scopes: readonly Scope[] = ['catalog:read'],
  ): Promise<{ readonly authorization: string }> {
    const { text } = await new CreateToken(this.access.parts).execute(
      { principal: LOCAL_PRINCIPAL, address: null },
      { name: 'reader', owner: 'tests', scopes, writes: null, reads, expiresAt: null },
    );
    return { authorization: `Bearer ${text}` };
  }

  close(): Promise<void> {
    return this.cleanUp();
  }
}
