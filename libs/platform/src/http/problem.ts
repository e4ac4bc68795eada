import { HttpException } from '@nestjs/common';
import { HeadwaterError, type ErrorCategory, type InputFault } from '@headwater/domain/errors';
import { CATEGORY_ON_HTTP, categoryOfStatus, NEUTRAL_DETAIL, STATUS_OF_REASON } from './error-tables.js';

/** RFC 9457 problem details, as every REST answer above 399 carries them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCategory;
  readonly traceId: string;
  readonly errors?: readonly InputFault[];
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** Seconds to wait before a retry where the error names none. */
const DEFAULT_RETRY_AFTER_S = 2;

export interface ProblemAnswer {
  readonly problem: Problem;
  /** For the Retry-After header; undefined where a retry is pointless. */
  readonly retryAfterS: number | undefined;
}

/** Maps anything thrown to what a caller may see. Never shows the message of an outage or of a fault of our own. */
export function toProblem(thrown: unknown, instance: string, traceId: string): ProblemAnswer {
  const error = toHeadwaterError(thrown);
  const { category } = error;
  const row = CATEGORY_ON_HTTP[category];
  const isFaulty = category === 'INVALID_INPUT' && error.faults.length > 0;
  const status = STATUS_OF_REASON[error.reason ?? ''] ?? (isFaulty ? 422 : row.status);
  const isHidden = category === 'UNAVAILABLE' || category === 'INTERNAL';
  const detail = isHidden ? (error.publicMessage ?? NEUTRAL_DETAIL[category]) : error.message;
  const name = (error.reason ?? category).toLowerCase().replaceAll('_', '-');
  return {
    problem: {
      type: `urn:headwater:problem:${name}`,
      title: row.title,
      status,
      detail,
      instance,
      code: category,
      traceId,
      ...(error.faults.length > 0 ? { errors: error.faults } : {}),
    },
    retryAfterS: status === 503 ? Math.max(1, Math.ceil(error.retryAfterS ?? DEFAULT_RETRY_AFTER_S)) : undefined,
  };
}

/** A thrown value as one of our errors: the framework's own by their status, the rest as INTERNAL. */
export function toHeadwaterError(thrown: unknown): HeadwaterError {
  if (thrown instanceof HeadwaterError) return thrown;
  const status = statusOf(thrown);
  if (status === undefined) return new HeadwaterError('INTERNAL', 'Unexpected error', { cause: thrown });
  const category = categoryOfStatus(status);
  const reason = status === 415 ? { reason: 'UNSUPPORTED_MEDIA_TYPE' } : {};
  return new HeadwaterError(category, thrown instanceof Error ? thrown.message : category, {
    cause: thrown,
    ...reason,
  });
}

/** The status that Nest (`getStatus`) or Fastify (`statusCode`) gave an error. */
function statusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if (thrown instanceof HttpException) return thrown.getStatus();
  // Only Fastify's own errors: any library may put a statusCode on what it throws.
  const code = 'code' in thrown ? String(thrown.code) : '';
  const isFastify = code.startsWith('FST_') && 'statusCode' in thrown;
  return isFastify ? Number(thrown.statusCode) : undefined;
}

/** A request's path. Query strings may hold what does not belong into logs and answers. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
