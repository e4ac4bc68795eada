import { AcceptEvents } from '@headwater/application/ingest/accept-events';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { Config } from '@headwater/platform/config';
import { CLOCK, CONFIG, EVENT_LOG } from '@headwater/platform/tokens';
import { Module } from '@nestjs/common';
import { IngestController } from './ingest.controller.js';

/** `POST /api/v1/lineage` and `/api/v1/lineage/batch`. Needs EVENT_LOG, CLOCK and CONFIG from a global module. */
@Module({
  controllers: [IngestController],
  providers: [
    {
      provide: AcceptEvents,
      inject: [EVENT_LOG, CLOCK, CONFIG],
      useFactory: (log: EventLog, clock: Clock, config: Config) =>
        new AcceptEvents(log, clock, { maxEventBytes: config.ingest.maxEventBytes }),
    },
  ],
  exports: [AcceptEvents],
})
export class IngestApiModule {}
