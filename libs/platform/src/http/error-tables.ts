import type { ErrorCategory } from '@headwater/domain/errors';

/** Everything HTTP and the log say about a category (architecture: errors). */
export interface CategoryOnHttp {
  readonly status: number;
  readonly title: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Whether the message of the error was written for callers. */
  readonly showsMessage: boolean;
}

export const CATEGORY_ON_HTTP = {
  INVALID_INPUT: { status: 400, title: 'Invalid input', logLevel: 'debug', showsMessage: true },
  UNAUTHENTICATED: { status: 401, title: 'Not authenticated', logLevel: 'info', showsMessage: true },
  FORBIDDEN: { status: 403, title: 'Forbidden', logLevel: 'warn', showsMessage: true },
  NOT_FOUND: { status: 404, title: 'Not found', logLevel: 'debug', showsMessage: true },
  CONFLICT: { status: 409, title: 'Conflict', logLevel: 'info', showsMessage: true },
  LIMIT_EXCEEDED: { status: 413, title: 'Too large', logLevel: 'info', showsMessage: true },
  RATE_LIMITED: { status: 429, title: 'Too many requests', logLevel: 'info', showsMessage: true },
  UNAVAILABLE: { status: 503, title: 'Unavailable', logLevel: 'error', showsMessage: false },
  INTERNAL: { status: 500, title: 'Internal error', logLevel: 'error', showsMessage: false },
} as const satisfies Record<ErrorCategory, CategoryOnHttp>;

/** What is said in place of a message that is not for callers. */
export const NEUTRAL_DETAIL = {
  UNAVAILABLE: 'A part of the service is not available at the moment. Try again.',
  INTERNAL: 'Something went wrong inside. The log has the cause under this traceId.',
} as const;

/** Reasons that have an HTTP status of their own below their category. */
export const STATUS_OF_REASON: Readonly<Record<string, number>> = { UNSUPPORTED_MEDIA_TYPE: 415 };

/** The category of a status that the framework itself answers with. */
export function categoryOfStatus(status: number): ErrorCategory {
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 404 || status === 405) return 'NOT_FOUND';
  if (status === 409) return 'CONFLICT';
  if (status === 413) return 'LIMIT_EXCEEDED';
  if (status === 429) return 'RATE_LIMITED';
  if (status === 503) return 'UNAVAILABLE';
  return status >= 400 && status < 500 ? 'INVALID_INPUT' : 'INTERNAL';
}
