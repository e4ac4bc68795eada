import type { Micros } from '../time.js';

export interface EventTime {
  readonly at: Micros;
  readonly hasZone: boolean;
  /** Whether RFC 3339 itself would take the text (a missing zone apart). */
  readonly isRfc3339: boolean;
}

// RFC 3339 with what producers really send besides: a blank instead of T, no zone, no seconds (Java's
// ZonedDateTime.toString), offsets without colon, a zone name in brackets (RFC 9557).
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d)(?::(\d\d)(?:([.,])(\d+))?)?(?:([Zz])|([+-])(\d\d)(:?)(\d\d)?)?(\[[^\]]*\])?$/;

/** Beyond ±2^53 microseconds (the years 1684 and 2255) a time cannot be represented exactly. */
export const MAX_MICROS = Number.MAX_SAFE_INTEGER;

/**
 * Reads an eventTime; digits beyond the microsecond are cut. Undefined when the text is no time at all,
 * `'OUT_OF_RANGE'` when it is one that cannot be represented. A leap second counts as the first second after it.
 */
export function parseEventTime(text: string): EventTime | 'OUT_OF_RANGE' | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    separator,
    hour,
    minute,
    second,
    point,
    fraction,
    zulu,
    sign,
    zoneHour,
    colon,
    zoneMinute,
  ] = match;
  const parts = [Number(month), Number(day), Number(hour), Number(minute), Number(second ?? 0)] as const;
  if (!isOnCalendar(Number(year), ...parts)) return undefined;
  const offset = sign === undefined ? 0 : Number(zoneHour) * 60 + Number(zoneMinute ?? 0);
  if (Number(zoneHour ?? 0) > 23 || Number(zoneMinute ?? 0) > 59) return undefined;

  const date = new Date(0);
  // setUTCFullYear, because Date.UTC reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(Number(year), parts[0] - 1, parts[1]);
  date.setUTCHours(parts[2], parts[3] - (sign === '-' ? -offset : offset), parts[4]);
  const at = date.getTime() * 1000 + Number((fraction ?? '').slice(0, 6).padEnd(6, '0'));
  if (!Number.isSafeInteger(at)) return 'OUT_OF_RANGE';

  const hasZone = zulu !== undefined || sign !== undefined;
  const isRfc3339 =
    separator !== ' ' &&
    second !== undefined &&
    point !== ',' &&
    match[15] === undefined &&
    (sign === undefined || (colon === ':' && zoneMinute !== undefined));
  return { at, hasZone, isRfc3339 };
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isOnCalendar(year: number, month: number, day: number, hour: number, minute: number, second: number): boolean {
  const days = DAYS[month - 1];
  if (days === undefined || day < 1 || day > days || hour > 23 || minute > 59 || second > 60) return false;
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month !== 2 || day < 29 || isLeapYear;
}
