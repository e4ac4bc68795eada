import { describe, expect, it } from 'vitest';
import { oncePerRun, seriesOf, shownValue, type Measured } from './metric-series.js';

const metric = (over: Partial<Measured>): Measured => ({
  at: '2026-03-01T00:00:00.000Z',
  column: null,
  facet: 'dataQualityMetrics',
  label: null,
  name: 'rowCount',
  producer: 'p',
  side: 'WRITE',
  value: 1,
  ...over,
});

describe('seriesOf', () => {
  it('orders the points of a series by time, whatever the order they came in', () => {
    const late = metric({ at: '2026-03-02T00:00:00.000Z', value: 2 });
    const early = metric({});
    expect(seriesOf([late, early])).toMatchObject([{ points: [early, late], latest: late }]);
  });

  it('keeps what different producers say, and see from different sides, apart', () => {
    expect(
      seriesOf([metric({}), metric({ producer: 'q' }), metric({ side: 'READ' }), metric({ label: 'l' })]),
    ).toHaveLength(4);
  });

  it('puts the whole dataset before its columns', () => {
    const names = seriesOf([metric({ column: 'a', name: 'x' }), metric({ name: 'z' }), metric({ name: 'y' })]).map(
      ({ latest: { column, name } }) => `${column ?? ''}.${name}`,
    );
    expect(names).toEqual(['.y', '.z', 'a.x']);
  });
});

describe('shownValue', () => {
  it('shows bytes in the unit that fits', () => {
    expect(shownValue(0, 'bytes', 'en')).toBe('0 bytes');
    expect(shownValue(119_080, 'bytes', 'en')).toBe('119.1 kB');
    expect(shownValue(3.2e18, 'bytes', 'en')).toBe('3,200 PB');
  });

  it('shows other values with their unit, in the language', () => {
    expect(shownValue(1234.5, null, 'de')).toBe('1.234,5');
    expect(shownValue(0.000123, 'ratio', 'en')).toBe('0.000123 ratio');
  });
});

describe('oncePerRun', () => {
  const outcome = (at: string, id: string | null, value: number) => ({ at, value, run: id === null ? null : { id } });

  it('keeps what a run told last, however many of its events tell it', () => {
    const told = [outcome('1', 'a', 0), outcome('2', 'b', 1), outcome('3', 'a', 1), outcome('3', 'a', 0)];
    expect(oncePerRun(told)).toEqual([told[1], told[3]]);
  });

  it('keeps the last of each moment where no run told it', () => {
    const told = [outcome('1', null, 0), outcome('1', null, 1), outcome('2', null, 1)];
    expect(oncePerRun(told)).toEqual([told[1], told[2]]);
  });
});
