import type { AccessEvent, RefusalReason } from '@headwater/domain/access/access-event';
import type { AccessStore } from '@headwater/domain/access/access-store';
import type { Clock, IdSource } from '@headwater/domain/ports';
import { TallyLog, type Tally } from '../refusals/tally-log.js';

const FLUSH_MS = 60_000;
/** Addresses, tokens and reasons told apart in one minute; beyond, refusals of a reason count together. */
const MAX_KEYS = 500;

export interface Refusal {
  readonly reason: RefusalReason;
  readonly token: string | null;
  readonly address: string | null;
  /** The principal, where it is known. */
  readonly actor: string | null;
}

export interface RefusalLogParts {
  readonly store: Pick<AccessStore, 'record'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly onError: (error: unknown) => void;
}

/** Refusals for the audit: counted per address, token, actor and reason, and recorded once a minute. */
export class RefusalLog {
  readonly #tallies: TallyLog<Refusal>;

  constructor(private readonly parts: RefusalLogParts) {
    const { clock, onError } = parts;
    this.#tallies = new TallyLog({
      ...{ clock, onError, flushMs: FLUSH_MS, maxKeys: MAX_KEYS, portion: 1 },
      keyOf: ({ reason, address, token, actor }) => JSON.stringify([reason, address, token, actor]),
      beyond: ({ reason }) => ({ reason, address: null, token: null, actor: null }),
      write: async (tallies) => {
        for (const tally of tallies) await this.#record(tally);
      },
    });
  }

  add(refusal: Refusal): void {
    this.#tallies.add(refusal);
  }

  /** Records what was counted so far. */
  flush(): Promise<void> {
    return this.#tallies.flush();
  }

  close(): Promise<void> {
    return this.#tallies.close();
  }

  #record({ reason, token, address, actor, count, firstAt, lastAt }: Refusal & Tally): Promise<void> {
    const event: AccessEvent = {
      id: this.parts.ids.uuid(),
      at: this.parts.clock.now(),
      actor,
      address,
      detail: { type: 'REFUSED', reason, token, count, firstAt, lastAt },
    };
    return this.parts.store.record(event, []);
  }
}
