import type { Clock } from '@headwater/domain/ports';
import { MICROS_PER_MINUTE, type Micros } from '@headwater/domain/time';

/** How often something happened, and when first and last. */
export interface Tally {
  readonly count: number;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
}

export interface TallyLogParts<T> {
  readonly clock: Clock;
  /** Within so long of the first of them, tallies are written. */
  readonly flushMs: number;
  /** Keys told apart in one minute, whoever makes them up. */
  readonly maxKeys: number;
  /** So many tallies are written at once. */
  readonly portion: number;
  /** What counts together. */
  keyOf(item: T): string;
  /** What an item counts as where there are too many keys: of few keys itself. */
  beyond(item: T): T;
  write(tallies: readonly (T & Tally)[]): Promise<void>;
  onError(error: unknown): void;
}

const RETRY_MS = 60_000;

/**
 * Counts what may come in floods, and writes the counts now and then: adding costs no more than a look into a map, and a
 * store that is away fails and delays nobody; what could not be written counts on. A tally's other facts are the latest's.
 */
export class TallyLog<T extends object> {
  #tallies = new Map<string, T & Tally>();
  readonly #keys = new Set<string>();
  #minute = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: TallyLogParts<T>) {}

  add(item: T): void {
    const now = this.parts.clock.now();
    const minute = Math.floor(now / MICROS_PER_MINUTE);
    if (minute !== this.#minute) this.#keys.clear();
    this.#minute = minute;
    this.#count({ ...item, count: 1, firstAt: now, lastAt: now });
    this.#writeWithin(this.parts.flushMs);
  }

  /** Writes what was counted so far. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const tallies = this.#tallies;
    this.#tallies = new Map();
    this.#flushing = this.#flushing.then(() => this.#write([...tallies.values()]));
    return this.#flushing;
  }

  /** Writes what is still to be written. */
  async close(): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
  }

  async #write(tallies: readonly (T & Tally)[]): Promise<void> {
    const { portion } = this.parts;
    for (let start = 0; start < tallies.length; start += portion) {
      try {
        await this.parts.write(tallies.slice(start, start + portion));
      } catch (error) {
        this.parts.onError(error);
        for (const kept of tallies.slice(start)) this.#count(kept);
        this.#writeWithin(RETRY_MS);
        return;
      }
    }
  }

  #writeWithin(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms).unref();
  }

  #count(more: T & Tally): void {
    const { maxKeys } = this.parts;
    const key = this.parts.keyOf(more);
    const isKnown = this.#tallies.has(key) || this.#keys.has(key);
    const isFull = this.#keys.size >= maxKeys || this.#tallies.size >= maxKeys;
    const tally = isKnown || !isFull ? more : { ...more, ...this.parts.beyond(more) };
    const ownKey = tally === more ? key : this.parts.keyOf(tally);
    const held = this.#tallies.get(ownKey);
    this.#keys.add(ownKey);
    this.#tallies.set(ownKey, held === undefined ? tally : { ...held, ...tally, ...sum(held, tally) });
  }
}

function sum(a: Tally, b: Tally): Tally {
  return {
    count: a.count + b.count,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
  };
}
