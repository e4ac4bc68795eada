import { describe, expect, test } from 'vitest';
import { formatMicros } from '../time.js';
import { parseEventTime } from './event-time.js';

function utc(text: string): string | undefined {
  const time = parseEventTime(text);
  return time === undefined || time === 'OUT_OF_RANGE' ? time : formatMicros(time.at);
}

describe('parseEventTime', () => {
  test('4. none to nine fractional digits are read, and cut at the microsecond', () => {
    expect(utc('2026-11-23T10:15:30Z')).toBe('2026-11-23T10:15:30.000Z');
    expect(utc('2026-11-23T10:15:30.1Z')).toBe('2026-11-23T10:15:30.100Z');
    expect(utc('2026-11-23T10:15:30.123456Z')).toBe('2026-11-23T10:15:30.123456Z');
    expect(utc('2026-11-23T10:15:30.123456789Z')).toBe('2026-11-23T10:15:30.123456Z');
    expect(utc('1969-12-31T23:59:59.999999999Z')).toBe('1969-12-31T23:59:59.999999Z');
  });

  test('4. offsets count, lower-case letters are the same, and no zone is UTC', () => {
    expect(utc('2026-11-23T10:15:30+05:45')).toBe('2026-11-23T04:30:30.000Z');
    expect(utc('2026-11-23T00:15:30-08:00')).toBe('2026-11-23T08:15:30.000Z');
    expect(utc('2026-11-23t10:15:30z')).toBe('2026-11-23T10:15:30.000Z');
    expect(parseEventTime('2026-11-23T10:15:30.5')).toMatchObject({ hasZone: false, isRfc3339: true });
    expect(parseEventTime('2026-11-23T10:15:30-00:00')).toMatchObject({ hasZone: true });
  });

  test('4. spellings outside of RFC 3339 that producers use are read and marked', () => {
    for (const text of [
      '2026-11-23 10:15:30Z',
      '2026-11-23T10:15Z',
      '2026-11-23T10:15:00+0100',
      '2026-11-23T10:15:00+01',
      '2026-11-23T10:15:00,5Z',
      '2026-11-23T10:15:00+01:00[Europe/Paris]',
    ]) {
      expect(parseEventTime(text), text).toMatchObject({ isRfc3339: false });
    }
  });

  test('4. a leap second is the first second after it', () => {
    expect(utc('2016-12-31T23:59:60Z')).toBe('2017-01-01T00:00:00.000Z');
    expect(utc('2016-12-31T15:59:60.25-08:00')).toBe('2017-01-01T00:00:00.250Z');
  });

  test('4. what is no time, or no day of the calendar, is none', () => {
    const wrong = [
      '',
      'now',
      '2026-11-23',
      '2026-13-01T00:00:00Z',
      '2026-02-29T00:00:00Z',
      '2026-11-31T00:00:00Z',
      '2026-11-23T24:00:00Z',
      '2026-11-23T10:60:00Z',
      '2026-11-23T10:15:61Z',
      '2026-11-23T10:15:30+24:00',
      '2026-11-23T10:15:30.Z',
      ' 2026-11-23T10:15:30Z',
      '1700000000',
    ];
    for (const text of wrong) expect(parseEventTime(text), text).toBeUndefined();
    expect(utc('2024-02-29T00:00:00Z')).toBe('2024-02-29T00:00:00.000Z');
  });

  test('4. a time that microseconds cannot represent exactly is told apart', () => {
    for (const text of [
      '0001-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '2300-01-01T00:00:00Z',
      '0099-01-01T00:00:00Z',
    ]) {
      expect(parseEventTime(text), text).toBe('OUT_OF_RANGE');
    }
    expect(utc('2099-01-01T00:00:00Z')).toBe('2099-01-01T00:00:00.000Z');
    expect(utc('1700-01-01T00:00:00Z')).toBe('1700-01-01T00:00:00.000Z');
  });
});
