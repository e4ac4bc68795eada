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
  readonly firstAt: Micros;
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
    const key = JSON.stringify([refusal.reason, refusal.address, refusal.token, refusal.actor]);
    const isNew = !this.#tallies.has(key);
    const isFull = isNew && this.#tallies.size >= MAX_KEYS;
    const kept = isFull ? { reason: refusal.reason, address: null, token: null, actor: null } : refusal;
    const keptKey = isFull ? `others ${refusal.reason}` : key;
    const tally = this.#tallies.get(keptKey);
    if (tally === undefined) this.#tallies.set(keptKey, { ...kept, count: 1, firstAt: now, lastAt: now });
    else {
      tally.count += 1;
      tally.lastAt = now;
    }
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
        this.#keep(tallies.slice(index));
        return;
      }
    }
  }

  /** The store is away: what could not be recorded counts on. */
  #keep(tallies: readonly Tally[]): void {
    for (const tally of tallies) {
      const key = JSON.stringify([tally.reason, tally.address, tally.token, tally.actor]);
      const held = this.#tallies.get(key);
      if (held === undefined) this.#tallies.set(key, tally);
      else this.#tallies.set(key, { ...tally, count: tally.count + held.count, lastAt: held.lastAt });
    }
  }
}
