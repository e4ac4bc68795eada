import { describe, expect, it } from 'vitest';
import { failureOf, messageOf } from './failure.js';

describe('failureOf', () => {
  it('reads what the facet says', () => {
    expect(failureOf({ message: 'no space', stackTrace: 'at x' })).toEqual({ message: 'no space', stackTrace: 'at x' });
  });

  it('takes what is of another shape for absent', () => {
    for (const body of [null, 'text', [], { message: 7, stackTrace: ' ' }])
      expect(failureOf(body)).toEqual({ message: null, stackTrace: null });
  });
});

describe('messageOf', () => {
  it('is the first that says something', () => {
    expect(messageOf([{ body: { message: ' ' } }, { body: { message: 'no space' } }, { body: { message: 'x' } }])).toBe(
      'no space',
    );
    expect(messageOf([])).toBeNull();
  });
});
