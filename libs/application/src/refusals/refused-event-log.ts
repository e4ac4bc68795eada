import type { Clock } from '@headwater/domain/ports';
import { NO_OUTLINE } from '@headwater/domain/openlineage/event-outline';
import { briefRefused, refusedKey, type Refused, type RefusedEventStore } from '@headwater/domain/refused-event';
import { TallyLog } from './tally-log.js';

/** Soon, so that whoever looks for an event that was just refused finds it. */
const FLUSH_MS = 2_000;
/** Senders and reasons told apart in one minute; beyond, refusals of a status count together. */
const MAX_KEYS = 100;
const SWEEP_MS = 60 * 60_000;
const BEYOND = 'Further events were refused in the same minute; senders and reasons are no longer told apart.';

export interface RefusedEventLogParts {
  readonly store: RefusedEventStore;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** Events that were refused for what they said, counted by sender and reason and kept for a while. */
export class RefusedEventLog {
  readonly store: RefusedEventStore;
  readonly #tallies: TallyLog<Refused>;
  readonly #sweeping: NodeJS.Timeout;

  constructor({ store, clock, onError }: RefusedEventLogParts) {
    this.store = store;
    this.#tallies = new TallyLog({
      ...{ clock, onError, flushMs: FLUSH_MS, maxKeys: MAX_KEYS, portion: 2 * MAX_KEYS },
      keyOf: refusedKey,
      beyond: ({ path, status, code }) => ({
        ...{ path, status, code, message: BEYOND },
        ...{ actor: null, actorName: null, address: null, pointer: null, outline: NO_OUTLINE },
      }),
      write: (lines) => store.record(lines),
    });
    this.#sweeping = setInterval(() => void store.sweep().catch(onError), SWEEP_MS).unref();
  }

  add(refused: Refused): void {
    this.#tallies.add(briefRefused(refused));
  }

  /** Writes what was counted so far. */
  flush(): Promise<void> {
    return this.#tallies.flush();
  }

  /** Writes what is still to be written; the store is closed after it. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    await this.#tallies.close();
  }
}
