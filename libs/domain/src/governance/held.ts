import type { Micros } from '../time.js';

/** Since when something of a definition is as it is, by whose edit. */
export interface Held {
  readonly since: Micros;
  readonly enteredBy: string;
  /** The edit that states it. */
  readonly position: number;
}
