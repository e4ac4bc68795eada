import { HeadwaterError } from '@headwater/domain/errors';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { CATEGORY_ON_HTTP, STATUS_OF_REASON } from '../http/error-tables.js';
import type { Logger } from '../logging/logger.js';
import { originOf, presentError, unbundle } from './present-error.js';

/** What a GraphQL server hands over when an execution or a request failed. */
export interface FailedExecution {
  readonly data?: ExecutionResult['data'];
  readonly errors?: readonly unknown[];
}

export interface FormattedExecution {
  readonly statusCode: number;
  readonly response: {
    readonly data: NonNullable<ExecutionResult['data']> | null;
    readonly errors: GraphQLFormattedError[];
  };
}

/**
 * Every error of an answer through {@link presentError}. A refused request (nothing was executed) keeps its 4xx or 503
 * status; an executed one is 200 whatever its fields met, as GraphQL over HTTP has it.
 */
export function formatErrors(execution: FailedExecution, traceId: string, logger: Logger): FormattedExecution {
  const errors = (execution.errors ?? []).flatMap(unbundle).map((error) => presentError(error, traceId, logger));
  return {
    statusCode: execution.data === undefined ? statusOf(originOf(execution.errors?.[0])) : 200,
    response: { data: execution.data ?? null, errors: errors.map((error) => error.toJSON()) },
  };
}

function statusOf(error: unknown): number {
  if (error instanceof HeadwaterError) {
    // The cost of a document is no size of a body.
    if (error.category === 'LIMIT_EXCEEDED' && error.reason === 'QUERY_COST') return 400;
    return STATUS_OF_REASON[error.reason ?? ''] ?? CATEGORY_ON_HTTP[error.category].status;
  }
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 200;
}
