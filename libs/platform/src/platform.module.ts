import type { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import type { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import type { Clock } from '@headwater/domain/ports';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { AccessServices } from './access/access-services.js';
import type { Config } from './config.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { Logger } from './logging/logger.js';
import { ACCESS, BYTES_IN_FLIGHT, CLOCK, CONFIG, LOGGER, REFUSED_EVENTS } from './tokens.js';

export interface PlatformParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The same budget as the HttpAdapter's. */
  readonly budget: BytesInFlight;
  /** The same whose gate the HttpAdapter has. */
  readonly access: AccessServices;
  /** The same that the HttpAdapter tells of refused events. */
  readonly refusedEvents: RefusedEventLog;
}

/** Gives every module of a process its settings, logger, clock and error answers. Imported once, by the root module. */
@Module({})
export class PlatformModule {
  static forRoot(parts: PlatformParts): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: CONFIG, useValue: parts.config },
        { provide: LOGGER, useValue: parts.logger },
        { provide: CLOCK, useValue: parts.clock },
        { provide: BYTES_IN_FLIGHT, useValue: parts.budget },
        { provide: ACCESS, useValue: parts.access },
        { provide: REFUSED_EVENTS, useValue: parts.refusedEvents },
        { provide: APP_FILTER, useFactory: () => new ProblemFilter(parts.logger) },
      ],
      exports: [CONFIG, LOGGER, CLOCK, BYTES_IN_FLIGHT, ACCESS, REFUSED_EVENTS],
    };
  }
}
