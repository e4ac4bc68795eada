import { describe, expect, it } from 'vitest';
import { tickText } from './tick-text.js';

const HOUR = 3_600_000;
const noon = new Date(2026, 2, 1, 12).getTime();

describe('tickText', () => {
  it('counts from each start', () => {
    expect([0, HOUR, 1.5 * HOUR].map((value) => tickText(value, HOUR, 'ELAPSED', 'en'))).toEqual([
      '0',
      '1 hr',
      '1 hr 30 min',
    ]);
  });

  it('shows the time of day, and the date where a day begins', () => {
    expect(tickText(noon, HOUR, 'CLOCK', 'de')).toBe('12:00');
    expect(tickText(noon + 12 * HOUR, HOUR, 'CLOCK', 'en')).toBe('Mar 2');
  });

  it('shows dates alone on long axes, and seconds on short ones', () => {
    expect(tickText(noon, 24 * HOUR, 'CLOCK', 'en')).toBe('Mar 1');
    expect(tickText(noon, 10_000, 'CLOCK', 'de')).toBe('12:00:00');
  });
});
