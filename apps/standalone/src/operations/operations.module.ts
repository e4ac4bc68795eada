import { ReadSystemStatus } from '@headwater/application/status/read-system-status';
import type { CatalogStatusReader } from '@headwater/domain/catalog-reader';
import type { Clock, EventLog, LineageGraph } from '@headwater/domain/ports';
import { CATALOG_READER, CLOCK, EVENT_LOG, LINEAGE_GRAPH } from '@headwater/platform/tokens';
import { Module } from '@nestjs/common';
import { Metrics } from './metrics.js';
import { OperationsController } from './operations.controller.js';
import { ReadReadiness } from './readiness.js';

/** `/health/live`, `/health/ready`, `/metrics`, `/openapi.json`. */
@Module({
  controllers: [OperationsController],
  providers: [
    {
      provide: ReadReadiness,
      inject: [EVENT_LOG, CATALOG_READER, LINEAGE_GRAPH, CLOCK],
      useFactory: (log: EventLog, catalog: CatalogStatusReader, graph: LineageGraph, clock: Clock) =>
        new ReadReadiness(new ReadSystemStatus(log, catalog, graph, clock), () => graph.engine),
    },
    { provide: Metrics, inject: [ReadReadiness], useFactory: (readiness: ReadReadiness) => new Metrics(readiness) },
  ],
  exports: [Metrics],
})
export class OperationsModule {}
