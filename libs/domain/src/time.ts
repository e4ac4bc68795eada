/** Microseconds since 1970-01-01T00:00:00Z: a safe integer until the year 2255 on both sides, and PostgreSQL's own precision. */
export type Micros = number;

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
export const MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;

/** ISO 8601 in UTC with as many fractional digits as are needed, at least three. */
export function formatMicros(at: Micros): string {
  const millis = Math.floor(at / 1000);
  const rest = at - millis * 1000;
  const text = new Date(millis).toISOString();
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}
