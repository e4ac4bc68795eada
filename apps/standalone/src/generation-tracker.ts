import { currentGeneration } from '@headwater/store-postgres/migrate/generations';
import type { Pool } from '@headwater/store-postgres/pool';

const POLL_MS = 1_000;

/** Knows which generation is current and tells when a rebuild, in this or another process, has switched it. */
export class GenerationTracker {
  readonly #pool: Pool;
  readonly #onSwitch: (generation: number) => Promise<void>;
  #current: number;
  #timer: NodeJS.Timeout | undefined;
  #switching: Promise<void> = Promise.resolve();

  constructor(pool: Pool, current: number, onSwitch: (generation: number) => Promise<void>) {
    this.#pool = pool;
    this.#current = current;
    this.#onSwitch = onSwitch;
  }

  get current(): number {
    return this.#current;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#switching = this.#look().catch(() => undefined);
    }, POLL_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#switching;
  }

  async #look(): Promise<void> {
    const generation = await currentGeneration(this.#pool);
    if (generation === undefined || generation.number === this.#current) return;
    this.#current = generation.number;
    await this.#onSwitch(generation.number);
  }
}
