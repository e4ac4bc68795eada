import type { Micros } from '../time.js';

/** Record time of "everything known": use it as `knownAt` where the caller gave none. */
export const LATEST: Micros = Number.MAX_SAFE_INTEGER;

/** A point on both time axes. */
export interface ReadTime {
  /** Valid time. */
  readonly at: Micros;
  /** Record time; {@link LATEST} for all that is known. */
  readonly knownAt: Micros;
}
