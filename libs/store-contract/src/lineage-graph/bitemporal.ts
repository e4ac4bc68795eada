import type { Bitemporal, ValidTime } from '@headwater/domain/graph';
import type { Micros } from '@headwater/domain/time';

/** Valid time as a closed-open interval; a moment t is [t, t + 1), since times are whole microseconds. */
export interface Period {
  readonly from: Micros;
  readonly to: Micros;
}

export function periodOf(valid: ValidTime): Period {
  return 'at' in valid ? { from: valid.at, to: valid.at + 1 } : valid;
}

/** Whether the row is part of what was known at `knownAt`. */
export function isKnown(row: Pick<Bitemporal, 'recordedFrom' | 'recordedTo'>, knownAt: Micros): boolean {
  return row.recordedFrom <= knownAt && (row.recordedTo === null || knownAt < row.recordedTo);
}

/** Whether the row is known at `knownAt` and holds at some moment of the period. */
export function holds(row: Bitemporal, period: Period, knownAt: Micros): boolean {
  if (period.from >= period.to) return false;
  const startsInTime = row.validFrom < period.to;
  const endsInTime = row.validTo === null || period.from < row.validTo;
  return isKnown(row, knownAt) && startsInTime && endsInTime;
}

/** Whether the rows together cover every moment of the period. */
export function cover(rows: readonly Bitemporal[], period: Period): boolean {
  let reached = period.from;
  for (const row of [...rows].sort((a, b) => a.validFrom - b.validFrom)) {
    if (row.validFrom > reached) break;
    reached = Math.max(reached, row.validTo ?? Infinity);
  }
  return reached >= period.to;
}

/** The part of the period in which the row holds. */
export function clip(row: Bitemporal, period: Period): Period {
  return { from: Math.max(row.validFrom, period.from), to: Math.min(row.validTo ?? Infinity, period.to) };
}
