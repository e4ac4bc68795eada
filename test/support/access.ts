import { RefusedEventLog } from '@headwater/application/refusals/refused-event-log';
import { AccessServices } from '@headwater/platform/access/access-services';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { Config } from '@headwater/platform/config';
import type { Logger } from '@headwater/platform/logging/logger';
import { SystemClock } from '@headwater/platform/system-clock';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { MemoryAccessStore } from '@headwater/store-contract/memory-access-store';
import { MemoryRefusedEventStore } from '@headwater/store-contract/memory-refused-event-store';

/** Access for one app under test, kept in memory; with HEADWATER_AUTH=off everybody comes in. */
export function memoryAccess(config: Config, logger: Logger): AccessServices {
  const clock = new SystemClock();
  const store = new MemoryAccessStore(clock);
  return new AccessServices({ config, store, clock, ids: new SystemIdSource(), logger });
}

/** Refused events of one app under test, kept in memory. */
export function memoryRefusedEvents(): RefusedEventLog {
  const clock = new SystemClock();
  const onError = (error: unknown): never => {
    throw error;
  };
  return new RefusedEventLog({ store: new MemoryRefusedEventStore(clock), clock, onError });
}

/** For binding roles where no domain is asked for. */
export const NO_DOMAINS: Pick<CatalogReader, 'definitions'> = { definitions: () => Promise.resolve(new Map()) };
