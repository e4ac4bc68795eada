import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, MOST_MOUNTED, nextSlice, nodesInSight, seenBox, type Viewport } from './in-sight.js';

const screen: Viewport = { x: 0, y: 0, zoom: 1, width: 1_000, height: 800 };
const grid = (columns: number, rows: number) =>
  new Map(
    Array.from({ length: columns * rows }, (_, at) => [
      `n${String(at)}`,
      { x: (at % columns) * 300, y: Math.floor(at / columns) * 84 },
    ]),
  );

describe('what is in sight', () => {
  it('is the part of the plane that the viewport shows', () => {
    expect(seenBox({ ...screen, x: -100, y: 50, zoom: 2 })).toEqual({ left: 50, top: -25, right: 550, bottom: 375 });
  });

  it('is never more than may be mounted, wherever one looks', () => {
    const at = grid(40, 30);
    fc.assert(
      fc.property(
        fc.integer({ min: -9_000, max: 500 }),
        fc.integer({ min: -2_000, max: 500 }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (x, y, zoom) => {
          const inSight = nodesInSight(at, { ...screen, x, y, zoom }, ['n0', 'gone']);
          expect(inSight.length).toBeLessThanOrEqual(MOST_MOUNTED);
          expect(inSight).toContain('n0');
          expect(inSight).not.toContain('gone');
        },
      ),
    );
  });

  it('is everything of a small graph, however far away', () => {
    expect(nodesInSight(grid(4, 5), { ...screen, zoom: 0.1 }, [])).toHaveLength(20);
  });

  it('is landmarks only where cards would be too many or too small', () => {
    expect(nodesInSight(grid(40, 30), { ...screen, zoom: 0.08 }, ['n7'])).toEqual(['n7']);
  });
});

describe('mounting', () => {
  it('comes in slices and goes at once', () => {
    const first = nextSlice(new Set(['old', 'a']), ['a', 'b', 'c', 'd'], 2);
    expect([...first.mounted]).toEqual(['a', 'b', 'c']);
    expect(first.isDone).toBe(false);
    expect(nextSlice(first.mounted, ['a', 'b', 'c', 'd'], 2).isDone).toBe(true);
  });
});

describe('bounds', () => {
  it('enclose all cards, and of nothing are one card large', () => {
    expect(boundsOf([{ x: -10, y: 5 }])).toEqual({ left: -10, top: 5, right: 222, bottom: 65 });
    expect(boundsOf([])).toEqual({ left: 0, top: 0, right: 232, bottom: 60 });
  });
});
