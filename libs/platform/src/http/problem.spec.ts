import { coded, HeadwaterError, type ErrorCategory } from '@headwater/domain/errors';
import { NotFoundException } from '@nestjs/common';
import { describe, expect, test } from 'vitest';
import { CATEGORY_ON_HTTP } from './error-tables.js';
import { toProblem } from './problem.js';

const problemOf = (thrown: unknown) => toProblem(thrown, '/path', 'trace');

describe('toProblem', () => {
  test.each(Object.keys(CATEGORY_ON_HTTP) as ErrorCategory[])(
    '%s has its status, and carries its message only where it may',
    (category) => {
      const { problem } = problemOf(new HeadwaterError(category, 'host db-7 said no'));
      expect(problem).toMatchObject({
        status: CATEGORY_ON_HTTP[category].status,
        code: category,
        instance: '/path',
        traceId: 'trace',
      });
      expect(problem.detail.includes('db-7')).toBe(category !== 'UNAVAILABLE' && category !== 'INTERNAL');
    },
  );

  test('faults make 422 of invalid input and are listed', () => {
    const faults = [{ pointer: '/a', ...coded('MISSING', 'is missing') }];
    expect(problemOf(new HeadwaterError('INVALID_INPUT', 'no', { faults })).problem).toMatchObject({
      status: 422,
      errors: faults,
    });
    expect(problemOf(new HeadwaterError('INVALID_INPUT', 'no')).problem).not.toHaveProperty('errors');
  });

  test('an unexpected error is INTERNAL and says nothing of itself, whatever status it claims', () => {
    const claimed = Object.assign(new Error('password=1'), { statusCode: 400, code: 'EWHATEVER' });
    for (const thrown of [new Error('password=1'), claimed, 'password=1', undefined, null]) {
      expect(problemOf(thrown).problem).toMatchObject({ status: 500, code: 'INTERNAL' });
      expect(JSON.stringify(problemOf(thrown))).not.toContain('password');
    }
  });

  test("the framework's own refusals keep their status", () => {
    expect(problemOf(new NotFoundException('Cannot GET /x')).problem).toMatchObject({
      status: 404,
      detail: 'Cannot GET /x',
    });
    const tooLong = Object.assign(new Error('Body is too large'), {
      code: 'FST_ERR_CTP_BODY_TOO_LARGE',
      statusCode: 413,
    });
    expect(problemOf(tooLong).problem).toMatchObject({ status: 413, code: 'LIMIT_EXCEEDED' });
  });

  test('what is worth a retry says when', () => {
    expect(problemOf(new HeadwaterError('UNAVAILABLE', '', { retryAfterS: 0.2 })).retryAfterS).toBe(1);
    expect(problemOf(new HeadwaterError('UNAVAILABLE', '')).retryAfterS).toBe(2);
    expect(problemOf(new HeadwaterError('CONFLICT', '')).retryAfterS).toBeUndefined();
  });
});
