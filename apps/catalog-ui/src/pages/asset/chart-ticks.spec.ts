import { describe, expect, test } from 'vitest';
import { chartTicks } from './chart-ticks.js';

const at = (month: number, day: number, hour = 0, year = 2026): number =>
  new Date(year, month - 1, day, hour).getTime();
const labels = (times: readonly number[]): readonly string[] => {
  const { ticks, labelOf } = chartTicks(times, 'en-US');
  return ticks.map((tick) => labelOf(tick).replaceAll(/\s/g, ' '));
};

describe('labels under a chart over time', () => {
  test('are one for each day, at its first measurement', () => {
    const times = [at(3, 4, 6), at(3, 4, 18), at(3, 5, 6), at(3, 5, 18)];
    expect(chartTicks(times, 'en-US').ticks).toEqual([at(3, 4, 6), at(3, 5, 6)]);
    expect(labels(times)).toEqual(['Mar 4', 'Mar 5']);
  });

  test('are times where all is of one day, and have the year where there are several', () => {
    expect(labels([at(3, 4, 6), at(3, 4, 18)])).toEqual(['6:00 AM', '6:00 PM']);
    expect(labels([at(3, 4, 6, 2025), at(3, 4, 6)])).toEqual(['Mar 4, 2025', 'Mar 4, 2026']);
  });

  test('are no more than fit, and never two the same', () => {
    const shown = labels(Array.from({ length: 90 }, (_, hours) => at(3, 1, hours * 6)));
    expect(shown.length).toBeLessThanOrEqual(6);
    expect(shown.length).toBeGreaterThan(3);
    expect(new Set(shown).size).toBe(shown.length);
    expect(labels([])).toEqual([]);
  });
});
