import type { ExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import { presentError, unbundle, type ErrorLog } from './present-error.js';

/** What a GraphQL server hands over when an execution or a request failed. */
export interface FailedExecution {
  readonly data?: ExecutionResult['data'];
  readonly errors?: readonly unknown[];
}

/**
 * Mercurius's `errorFormatter`: every error through {@link presentError}. A refused request (nothing was executed)
 * keeps its 4xx status; an executed one is 200 whatever its fields met, as GraphQL over HTTP has it.
 */
export function formatErrors(log: ErrorLog, traceIdOf: (context: unknown) => string) {
  return (execution: FailedExecution, context: unknown): { statusCode: number; response: ExecutionResult } => {
    const traceId = traceIdOf(context);
    const errors = (execution.errors ?? []).flatMap(unbundle).map((error) => presentError(error, traceId, log));
    return {
      statusCode: execution.data === undefined ? requestStatus(execution.errors?.[0]) : 200,
      response: { data: execution.data ?? null, errors: errors.map(serializable) },
    };
  };
}

function requestStatus(error: unknown): number {
  const inner: unknown = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { statusCode, status } = inner as { statusCode?: unknown; status?: unknown };
  const wanted = statusCode ?? status;
  return typeof wanted === 'number' && wanted >= 400 && wanted < 500 ? wanted : 200;
}

/** Mercurius's response schema drops what is not an own plain property, so paths and extensions are spelled out. */
function serializable(error: GraphQLError): GraphQLError {
  return error.toJSON() as unknown as GraphQLError;
}
