import type { Clock } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';

/** The time of the machine, in whole milliseconds as microseconds. */
export class SystemClock implements Clock {
  now(): Micros {
    return Date.now() * 1000;
  }
}
