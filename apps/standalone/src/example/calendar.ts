import type { Micros } from '@headwater/domain/time';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '@headwater/domain/time';

const DAY: Micros = 24 * MICROS_PER_HOUR;
/** How many days the example covers. */
export const EXAMPLE_DAYS = 14;
/** The first day on which payouts use the rate table and claims have their new schema. */
export const CHANGE_DAY = 7;

/** When the example's days begin. `now` counts in whole UTC days, so that loading twice on one day sends the same bytes. */
export class ExampleCalendar {
  readonly end: Micros;

  constructor(now: Micros) {
    this.end = Math.floor(now / DAY) * DAY;
  }

  /** Midnight (UTC) that begins day `day` (0 to 13), plus hours and minutes. */
  at(day: number, hours = 0, minutes = 0): Micros {
    return this.end - (EXAMPLE_DAYS - day) * DAY + hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE;
  }
}
