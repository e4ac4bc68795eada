import { describe, expect, it } from 'vitest';
import { linePath, middleOf } from './line.js';

const start = { x: 232, y: 30 };

describe('a line', () => {
  it('swings from side to side where nothing is between', () => {
    expect(linePath(start, { x: 324, y: 114 })).toBe('M232 30 C292 30 264 114 324 114');
  });

  it('is level past the cards of a layer between', () => {
    const way = [{ x: 324, y: 80 }];
    expect(linePath(start, { x: 648, y: 30 }, way)).toBe('M232 30 C292 30 264 80 324 80 L556 80 C616 80 588 30 648 30');
  });

  it('turns around to lead backwards, passes from right to left, and arrives from the left', () => {
    const way = [
      { x: 324, y: 90 },
      { x: 0, y: 90 },
    ];
    expect(linePath({ x: 556, y: 30 }, { x: 0, y: 30 }, way)).toBe(
      'M556 30 C616 30 616 90 556 90 L324 90 C264 90 292 90 232 90 L0 90 C-60 90 -60 30 0 30',
    );
  });

  it('carries its words in the middle of what it passes, or between its ends', () => {
    expect(middleOf(start, { x: 324, y: 114 })).toEqual({ x: 278, y: 72 });
    expect(middleOf(start, { x: 972, y: 30 }, [{ x: 324, y: 80 }])).toEqual({ x: 440, y: 80 });
  });
});
