import { HeadwaterError } from '@headwater/domain/errors';

/**
 * When an answer has to be given, whatever is still under way then. Work that comes too late is not broken off: it may
 * still be stored, and the resend is then a duplicate.
 */
export class Deadline {
  readonly #withinMs: number;
  readonly #late: Promise<never>;
  readonly #timer: NodeJS.Timeout;
  readonly #underWay = new Set<Promise<unknown>>();
  #isOver = false;

  constructor(withinMs: number) {
    this.#withinMs = withinMs;
    let fail: (error: HeadwaterError) => void;
    this.#late = new Promise<never>((_, reject) => (fail = reject));
    this.#timer = setTimeout(() => {
      this.#isOver = true;
      fail(this.error());
    }, withinMs);
    // Where nothing is under way, nobody has to be told.
    this.#late.catch(() => undefined);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  error(): HeadwaterError {
    return new HeadwaterError('UNAVAILABLE', `Storing took longer than ${String(this.#withinMs)} ms`, {
      reason: 'TOO_SLOW',
    });
  }

  /** The outcome of the work, or UNAVAILABLE (TOO_SLOW) where the deadline comes first. */
  async meet<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    const done = (): boolean => this.#underWay.delete(work);
    // A failure behind the deadline has nobody to tell either.
    work.then(done, done);
    return Promise.race([work, this.#late]);
  }

  /** Stops the clock; resolves when all that was to meet the deadline has ended, however late. Never rejects. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#underWay);
  }
}
