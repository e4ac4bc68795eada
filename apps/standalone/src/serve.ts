import { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import { CatalogApiModule } from '@headwater/catalog-api/catalog-api.module';
import type { LineageGraph } from '@headwater/domain/ports';
import { IngestApiModule } from '@headwater/ingest-api/ingest-api.module';
import type { Config } from '@headwater/platform/config';
import { AccessServices } from '@headwater/platform/access/access-services';
import { HttpAdapter } from '@headwater/platform/http/http-adapter';
import type { Logger } from '@headwater/platform/logging/logger';
import { NestLogger } from '@headwater/platform/logging/nest-logger';
import { PlatformModule } from '@headwater/platform/platform.module';
import { SystemClock } from '@headwater/platform/system-clock';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { PostgresAccessStore } from '@headwater/store-postgres/access/postgres-access-store';
import { PostgresRefusedEventStore } from '@headwater/store-postgres/refusals/postgres-refused-event-store';
import type { Pool } from '@headwater/store-postgres/pool';
import { Logger as NestLogging, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { CurrentGraph } from './current-graph.js';
import { Metrics } from './operations/metrics.js';
import { OperationsModule } from './operations/operations.module.js';
import { ProjectionService } from './projection-service.js';
import { StoresModule } from './stores.module.js';
import { openStores } from './stores.js';

export interface Served {
  /** Without a trailing slash. */
  readonly url: string;
  readonly engine: LineageGraph['engine'];
  readonly place: string;
  readonly graph: LineageGraph;
  readonly pool: Pool;
  readonly access: AccessServices;
  /** Every route that is served, as `GET /metrics`; HEAD and OPTIONS, which follow from others, are left out. */
  readonly routes: readonly string[];
  /** Stops accepting, finishes what was acknowledged, closes the stores. */
  close(): Promise<void>;
}

/** Which parts of the product a process runs. */
export interface Parts {
  readonly api: boolean;
  readonly worker: boolean;
}

@Module({})
class StandaloneModule {}

/** All parts in one process (or some of them, where they run apart), over the configured stores. */
export async function serve(
  config: Config,
  logger: Logger,
  onProgress: (message: string) => void,
  parts: Parts = { api: true, worker: true },
): Promise<Served> {
  const stores = await openStores(config, logger, onProgress);
  const clock = new SystemClock();
  const accessStore = new PostgresAccessStore({ url: stores.url, pool: stores.pool, log: stores.log, clock });
  const access = new AccessServices({ config, store: accessStore, clock, ids: new SystemIdSource(), logger });
  const refusedEvents = new RefusedEventLog({
    store: new PostgresRefusedEventStore(stores.pool, clock),
    clock,
    onError: (error) => {
      logger.warn({ err: error }, 'refused events could not be kept; they will be tried again');
    },
  });
  const closeStores = async (): Promise<void> => {
    await refusedEvents.close();
    await access.close();
    await accessStore.close();
    await stores.close();
  };
  let projection: ProjectionService | undefined;
  try {
    projection = await ProjectionService.start(stores, logger, {
      projects: parts.worker,
      retentionHours: config.worker.graphChangeRetentionHours,
      onProgress,
    });
    const running = projection;
    const graph = new CurrentGraph(
      () => running.graph(),
      stores.log,
      () => running.applied(),
    );
    const budget = new BytesInFlight(config.ingest.maxBytesInFlight);
    const imports = [
      PlatformModule.forRoot({ config, logger, clock, budget, access, refusedEvents }),
      StoresModule.around({ stores, graph, feed: running.feed, schema: () => running.schema() }),
      OperationsModule,
      ...(parts.api
        ? [IngestApiModule, CatalogApiModule.register({ staleRunHours: config.catalog.staleRunHours })]
        : []),
    ];
    NestLogging.overrideLogger(new NestLogger(logger));
    const { gate, refusals } = access;
    const adapter = new HttpAdapter({ config, budget, logger, gate, refusals, refusedEvents });
    const routes = routesOf(adapter.getInstance<FastifyInstance>());
    const app = await NestFactory.create<NestFastifyApplication>({ module: StandaloneModule, imports }, adapter, {
      bufferLogs: false,
    });
    app.get(Metrics).observe(adapter.getInstance<FastifyInstance>());
    await app.listen(config.http.port, config.http.host);
    const url = (await app.getUrl()).replace(/\/$/, '');
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await app.close();
      await running.stop();
      await closeStores();
    };
    return {
      url,
      engine: graph.engine,
      place: stores.place,
      graph,
      pool: stores.pool,
      access,
      routes,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await projection?.stop();
    await closeStores();
    throw error;
  }
}

/** Fills while routes are added. */
function routesOf(server: FastifyInstance): readonly string[] {
  const routes: string[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push(`${one} ${url}`);
  });
  return routes;
}
