import type { AccessEvent, RefusalReason } from '@headwater/domain/access/access-event';
import type { AccessStore } from '@headwater/domain/access/access-store';
import type { Clock, IdSource } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';

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

interface Tally extends Refusal {
  count: number;
  firstAt: Micros;
  lastAt: Micros;
}

export interface RefusalLogParts {
  readonly store: Pick<AccessStore, 'record'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly onError: (error: unknown) => void;
}

/** Refusals for the audit: counted per address, token, actor and reason, and recorded once a minute. */
export class RefusalLog {
  #tallies = new Map<string, Tally>();
  readonly #timer: NodeJS.Timeout;
  #flushing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: RefusalLogParts) {
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  add(refusal: Refusal): void {
    const now = this.parts.clock.now();
    this.#count({ ...refusal, count: 1, firstAt: now, lastAt: now });
  }

  /** Records what was counted so far. */
  flush(): Promise<void> {
    const tallies = this.#tallies;
    this.#tallies = new Map();
    this.#flushing = this.#flushing.then(() => this.#record([...tallies.values()]));
    return this.#flushing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #record(tallies: readonly Tally[]): Promise<void> {
    for (const [index, tally] of tallies.entries()) {
      const { reason, token, address, actor, count, firstAt, lastAt } = tally;
      const event: AccessEvent = {
        id: this.parts.ids.uuid(),
        at: this.parts.clock.now(),
        actor,
        address,
        detail: { type: 'REFUSED', reason, token, count, firstAt, lastAt },
      };
      try {
        await this.parts.store.record(event, []);
      } catch (error) {
        this.parts.onError(error);
        // The store is away: what could not be recorded counts on.
        for (const kept of tallies.slice(index)) this.#count(kept);
        return;
      }
    }
  }

  /** Adds to the tally of the same address, token, actor and reason. */
  #count(more: Tally): void {
    const key = keyOf(more);
    const isFull = !this.#tallies.has(key) && this.#tallies.size >= MAX_KEYS;
    const tally = isFull ? { ...more, address: null, token: null, actor: null } : more;
    const held = this.#tallies.get(keyOf(tally));
    if (held === undefined) this.#tallies.set(keyOf(tally), { ...tally });
    else {
      held.count += tally.count;
      held.firstAt = Math.min(held.firstAt, tally.firstAt);
      held.lastAt = Math.max(held.lastAt, tally.lastAt);
    }
  }
}

function keyOf({ reason, address, token, actor }: Refusal): string {
  return JSON.stringify([reason, address, token, actor]);
}
