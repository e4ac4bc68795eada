export interface PumpOptions {
  /** Does a bounded piece of work and says how much it did; 0 = nothing to do for now. */
  readonly step: () => Promise<number>;
  /** Called after an error; the pump waits a moment and goes on. */
  readonly onError: (error: unknown) => void;
  /** Longest rest without a wake-up, in case one was lost. */
  readonly pollMs: number;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/** Repeats a step while it finds work, rests until woken or polled, and backs off after errors. Steps never overlap. */
export class Pump {
  readonly #options: PumpOptions;
  #running: Promise<void> | undefined;
  #stopped = false;
  #woken = false;
  #rouse: (() => void) | undefined;

  constructor(options: PumpOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#rouse?.();
  }

  /** Resolves once the step under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rouse?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!this.#stopped) {
      this.#woken = false;
      try {
        const done = await this.#options.step();
        retryMs = FIRST_RETRY_MS;
        if (done === 0) await this.#rest(this.#options.pollMs);
      } catch (error) {
        this.#options.onError(error);
        await this.#rest(retryMs, true);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
  }

  /** After an error a wake-up does not shorten the rest: events keep coming while a store is away. */
  #rest(ms: number, deaf = false): Promise<void> {
    if (this.#stopped || (this.#woken && !deaf)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#rouse = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#rouse = () => {
        if (!deaf || this.#stopped) done();
      };
    });
  }
}
