import { HeadwaterError } from '@headwater/domain/errors';
import type { Micros } from '@headwater/domain/time';

/** INVALID_INPUT unless the period ends after it begins. */
export function checkPeriod(from: Micros, to: Micros): void {
  if (from < to) return;
  throw new HeadwaterError('INVALID_INPUT', '`to` must be later than `from`', { reason: 'PERIOD' });
}

/** INVALID_INPUT unless an argument is a whole number in its range. */
export function checkSize(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new HeadwaterError('INVALID_INPUT', `\`${name}\` must be a whole number from ${least} to ${most}`, {
    reason: 'ARGUMENT_RANGE',
  });
}
