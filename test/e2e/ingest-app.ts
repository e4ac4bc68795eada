import { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import type { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import type { EventLog } from '@headwater/domain/ports';
import { IngestApiModule } from '@headwater/ingest-api/ingest-api.module';
import { readConfig, type Config } from '@headwater/platform/config';
import { HttpAdapter } from '@headwater/platform/http/http-adapter';
import { createLogger } from '@headwater/platform/logging/logger';
import { NestLogger } from '@headwater/platform/logging/nest-logger';
import { PlatformModule } from '@headwater/platform/platform.module';
import { SystemClock } from '@headwater/platform/system-clock';
import { EVENT_LOG, SUBJECT_KEYS } from '@headwater/platform/tokens';
import { MemorySubjectKeyStore } from '@headwater/store-contract/memory-subject-key-store';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { memoryAccess, memoryRefusedEvents } from '../support/access.js';

export interface IngestApp {
  readonly app: NestFastifyApplication;
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  readonly budget: BytesInFlight;
  readonly config: Config;
  readonly refusedEvents: RefusedEventLog;
  /** What was logged, parsed. */
  readonly logged: () => readonly Record<string, unknown>[];
}

@Module({})
class LogModule {
  static around(log: EventLog): DynamicModule {
    return {
      module: LogModule,
      global: true,
      providers: [
        { provide: EVENT_LOG, useValue: log },
        { provide: SUBJECT_KEYS, useValue: new MemorySubjectKeyStore() },
      ],
      exports: [EVENT_LOG, SUBJECT_KEYS],
    };
  }
}

@Module({})
class RootModule {}

/** The ingest API over a given log, listening on a free port of the loopback interface. */
export async function startIngest(log: EventLog, settings: Readonly<Record<string, string>> = {}): Promise<IngestApp> {
  const config = readConfig({ PORT: '0', HEADWATER_LOG_LEVEL: 'debug', HEADWATER_AUTH: 'off', ...settings });
  const lines: string[] = [];
  const logger = createLogger({
    level: config.logging.level,
    destination: { write: (line: string) => void lines.push(line) },
  });
  const access = memoryAccess(config, logger);
  const refusedEvents = memoryRefusedEvents();
  const budget = new BytesInFlight(config.ingest.maxBytesInFlight);
  const imports = [
    PlatformModule.forRoot({ config, logger, clock: new SystemClock(), budget, access, refusedEvents }),
    LogModule.around(log),
    IngestApiModule,
  ];
  Logger.overrideLogger(new NestLogger(logger));
  const root = { module: RootModule, imports };
  const { gate, refusals } = access;
  const adapter = new HttpAdapter({ config, budget, logger, gate, refusals, refusedEvents });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter);
  await app.listen(config.http.port, config.http.host);
  return {
    app,
    url: (await app.getUrl()).replace(/\/$/, ''),
    budget,
    config,
    refusedEvents,
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
