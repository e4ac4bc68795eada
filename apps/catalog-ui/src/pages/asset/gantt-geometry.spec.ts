import { describe, expect, it } from 'vitest';
import { ganttOf, ticksOf, type Timed, type TimedTree } from './gantt-geometry.js';

const T0 = Date.parse('2026-03-01T10:00:00Z');
const MINUTE = 60_000;
const at = (minute: number): string => new Date(T0 + minute * MINUTE).toISOString();
const run = (from: number | null, to: number | null, state = 'COMPLETED', last = to ?? from ?? 0): Timed => ({
  startedAt: from === null ? null : at(from),
  endedAt: to === null ? null : at(to),
  lastEventAt: at(last),
  state,
});
const leaf = (timed: Timed): TimedTree<Timed> => ({ run: timed, children: [] });
const bars = (trees: readonly TimedTree<Timed>[], mode: 'CLOCK' | 'ELAPSED', now = 100) =>
  ganttOf(trees, mode, T0 + now * MINUTE).rows.map(({ left, width }) => [left, width]);

describe('ganttOf', () => {
  it('has nothing to draw without runs', () => {
    expect(ganttOf([], 'CLOCK', T0)).toEqual({ rows: [], ticks: [], stepMs: 0 });
  });

  it('lays runs on one clock', () => {
    expect(bars([leaf(run(0, 5)), leaf(run(5, 10))], 'CLOCK')).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ]);
  });

  it('compares lengths where each begins at the left', () => {
    expect(bars([leaf(run(0, 10)), leaf(run(1_000, 1_005))], 'ELAPSED')).toEqual([
      [0, 1],
      [0, 0.5],
    ]);
  });

  it('places children by their parent’s start, also those that outlast it', () => {
    const tree = { run: run(10, 20), children: [leaf(run(10, 15)), leaf(run(15, 30))] };
    const [row] = ganttOf([tree], 'ELAPSED', T0).rows;
    expect(row).toMatchObject({ left: 0, width: 0.5 });
    expect(row?.children).toMatchObject([
      { left: 0, width: 0.25 },
      { left: 0.25, width: 0.75 },
    ]);
  });

  it('lets a running run reach to now, and a silent one to its latest event', () => {
    const { rows } = ganttOf(
      [leaf(run(0, null, 'RUNNING')), leaf(run(0, null, 'UNFINISHED', 5))],
      'CLOCK',
      T0 + 10 * MINUTE,
    );
    expect(rows).toMatchObject([
      { width: 1, isOpen: true },
      { width: 0.5, isOpen: true },
    ]);
  });

  it('gives no negative length to a run that ends before it starts, nor to one that only ended', () => {
    expect(bars([leaf(run(5, 3)), leaf(run(null, 15)), leaf(run(0, 20))], 'CLOCK')).toEqual([
      [0.25, 0],
      [0.75, 0],
      [0, 1],
    ]);
  });

  it('draws a single moment without dividing by nothing', () => {
    expect(bars([leaf(run(3, 3))], 'CLOCK')).toEqual([[0, 0]]);
  });
});

describe('ticksOf', () => {
  it('takes round steps, at most four of them', () => {
    for (const minutes of [0.001, 1, 7, 45, 60, 115, 1_440, 20_000, 4_000_000]) {
      const { ticks, stepMs } = ticksOf({ from: T0 + 1, to: T0 + 1 + minutes * MINUTE });
      expect(ticks.length).toBeLessThanOrEqual(4);
      expect(ticks.every(({ left, value }) => left >= 0 && left <= 1 && value % stepMs === 0)).toBe(true);
    }
    expect(ticksOf({ from: T0, to: T0 + 115 * MINUTE })).toMatchObject({ stepMs: 60 * MINUTE });
  });

  it('begins days at midnight in the zone of the viewer', () => {
    const { ticks } = ticksOf({ from: T0, to: T0 + 3 * 24 * 60 * MINUTE }, 2 * 60 * MINUTE);
    expect(ticks.map(({ value }) => new Date(value).toISOString())).toEqual([
      '2026-03-01T22:00:00.000Z',
      '2026-03-02T22:00:00.000Z',
      '2026-03-03T22:00:00.000Z',
    ]);
  });
});
