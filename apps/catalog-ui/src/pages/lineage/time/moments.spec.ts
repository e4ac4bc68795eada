import { describe, expect, it } from 'vitest';
import { momentsOf, neighborOf } from './moments.js';

const span = (from: number, to: number | null = null) => ({
  validFrom: new Date(from).toISOString(),
  validTo: to === null ? null : new Date(to).toISOString(),
});

describe('the moments of a lineage', () => {
  it('are each beginning and end until now, once and in order', () => {
    expect(momentsOf([span(30, 50), span(10), span(30), span(99)], 60)).toEqual([10, 30, 50]);
  });

  it('are spread evenly where there are many, with the first and the last', () => {
    const moments = momentsOf(
      Array.from({ length: 1_000 }, (_, at) => span(at)),
      5_000,
    );
    expect(moments).toHaveLength(60);
    expect([moments[0], moments.at(-1)]).toEqual([0, 999]);
  });

  it('have neighbors before and after', () => {
    expect(neighborOf([10, 30, 50], 30, -1)).toBe(10);
    expect(neighborOf([10, 30, 50], 30, 1)).toBe(50);
    expect(neighborOf([10], 10, 1)).toBeUndefined();
  });
});
