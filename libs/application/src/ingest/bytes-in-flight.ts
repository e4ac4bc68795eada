import { HeadwaterError } from '@headwater/domain/errors';

/** What one request holds, whatever its size: bounds how many small ones may wait. */
const OVERHEAD_BYTES = 8 * 1024;
const RETRY_AFTER_S = 1;

/** The part of the budget that one request holds. */
export interface Lease {
  /** Takes more. Throws UNAVAILABLE when the budget is used up; what was taken stays until {@link release}. */
  add(bytes: number): void;
  /** Gives everything back; repeating it changes nothing. */
  release(): void;
}

/** Bounds the bytes that all requests together hold between receipt and durable storage. */
export class BytesInFlight {
  #used = 0;

  constructor(private readonly limit: number) {}

  get used(): number {
    return this.#used;
  }

  /** Throws UNAVAILABLE when not even an empty request fits. */
  open(): Lease {
    let held = 0;
    const add = (bytes: number): void => {
      // One request alone may always proceed, else a body of the size of the budget never could.
      if (this.#used + bytes > this.limit && this.#used > held) {
        throw new HeadwaterError('UNAVAILABLE', `More than ${String(this.limit)} bytes are in flight.`, {
          retryAfterS: RETRY_AFTER_S,
          reason: 'OVERLOADED',
        });
      }
      held += bytes;
      this.#used += bytes;
    };
    const release = (): void => {
      this.#used -= held;
      held = 0;
    };
    add(OVERHEAD_BYTES);
    return { add, release };
  }
}
