import { HeadwaterError, type ErrorCategory } from '@headwater/domain/errors';
import { GraphQLError, Kind } from 'graphql';
import { graphqlErrorRules } from './error-codes.js';

/** Where failures are written with everything that the caller does not see. */
export interface ErrorLog {
  log(level: 'debug' | 'info' | 'warn' | 'error', fields: Readonly<Record<string, unknown>>, message: string): void;
}

/**
 * One failure as a client sees it, with `extensions { code, reason, traceId }` and what the error adds for machines.
 * UNAVAILABLE and INTERNAL never carry the original message: it goes to the log under the same traceId.
 */
export function presentError(error: unknown, traceId: string, log: ErrorLog): GraphQLError {
  const outer = error instanceof GraphQLError ? error : undefined;
  const inner = originOf(error);
  if (inner instanceof HeadwaterError) return presentHeadwaterError(outer, inner, traceId, log);
  const request = requestFault(outer, inner);
  if (request === undefined) {
    const hidden = new HeadwaterError('INTERNAL', 'unexpected error', { cause: inner });
    return presentHeadwaterError(outer, hidden, traceId, log);
  }
  log.log('debug', { traceId, code: request.code, reason: request.reason }, 'GraphQL request refused');
  return build(outer, request.message, { code: request.code, reason: request.reason, traceId });
}

/** Errors of a validation come in one bundle; each is presented on its own. */
export function unbundle(error: unknown): readonly unknown[] {
  const inner = originOf(error) as { errors?: unknown } | undefined;
  return Array.isArray(inner?.errors) && inner.errors.length > 0 ? inner.errors : [error];
}

function originOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? originOf(error.originalError) : error;
}

function presentHeadwaterError(
  outer: GraphQLError | undefined,
  error: HeadwaterError,
  traceId: string,
  log: ErrorLog,
): GraphQLError {
  const rule = graphqlErrorRules[error.category];
  log.log(
    rule.level,
    { traceId, category: error.category, reason: error.reason, ...(rule.level === 'debug' ? {} : { err: error }) },
    'GraphQL field failed',
  );
  const message = rule.showsMessage ? (outer?.message ?? error.message) : (error.publicMessage ?? rule.publicMessage);
  return build(outer, message, {
    code: rule.code,
    reason: error.reason ?? error.category,
    traceId,
    ...(error.faults.length > 0 && rule.showsMessage ? { faults: error.faults } : {}),
    ...(error.retryAfterS === undefined ? {} : { retryAfterS: error.retryAfterS }),
    ...error.facts,
  });
}

interface RequestFault {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
}

const MERCURIUS_FAULTS: Readonly<Record<string, { readonly code: string; readonly reason: string }>> = {
  MER_ERR_GQL_QUERY_DEPTH: { code: 'BAD_USER_INPUT', reason: 'QUERY_DEPTH' },
  MER_ERR_METHOD_NOT_ALLOWED: { code: 'BAD_USER_INPUT', reason: 'METHOD_NOT_ALLOWED' },
  MER_ERR_GQL_VALIDATION: { code: 'GRAPHQL_VALIDATION_FAILED', reason: 'VALIDATION' },
  MER_ERR_GQL_PERSISTED_QUERY_NOT_FOUND: { code: 'BAD_USER_INPUT', reason: 'QUERY_MISSING' },
  MER_ERR_GQL_SUBSCRIPTION_INVALID_OPERATION: { code: 'BAD_USER_INPUT', reason: 'NOT_A_SUBSCRIPTION' },
};

// Nest's guards and pipes answer with HTTP statuses.
const STATUS_CATEGORIES: Readonly<Record<number, ErrorCategory>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  429: 'RATE_LIMITED',
};

/** A fault of the request itself, found by graphql, Mercurius, Fastify or Nest; undefined for a failure of ours. */
function requestFault(outer: GraphQLError | undefined, inner: unknown): RequestFault | undefined {
  const { code, statusCode, message } = faultFields(inner);
  const known = code === undefined ? undefined : MERCURIUS_FAULTS[code];
  if (known !== undefined) {
    const text = known.reason === 'QUERY_MISSING' ? 'Send the GraphQL document as `query`' : message;
    return { ...known, message: text.replaceAll('`', '') };
  }
  if (inner instanceof GraphQLError) return graphqlFault(inner);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const category = STATUS_CATEGORIES[statusCode] ?? 'INVALID_INPUT';
    return { code: graphqlErrorRules[category].code, reason: code ?? category, message: outer?.message ?? message };
  }
  return undefined;
}

function faultFields(error: unknown): { code?: string | undefined; statusCode?: number | undefined; message: string } {
  if (!(error instanceof Error)) return { message: '' };
  const { code, statusCode, status } = error as { code?: unknown; statusCode?: unknown; status?: unknown };
  const http = statusCode ?? status;
  return {
    code: typeof code === 'string' ? code : undefined,
    statusCode: typeof http === 'number' ? http : undefined,
    message: error.message,
  };
}

/** Syntax, validation and variables, told apart by what graphql attaches and not by its wording. */
function graphqlFault(error: GraphQLError): RequestFault {
  const declared = error.extensions['code'];
  if (typeof declared === 'string') {
    const reason = error.extensions['reason'];
    return { code: declared, reason: typeof reason === 'string' ? reason : declared, message: error.message };
  }
  if (error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) {
    return { code: 'BAD_USER_INPUT', reason: 'VARIABLES', message: error.message };
  }
  if (error.nodes === undefined && error.source !== undefined) {
    return { code: 'GRAPHQL_PARSE_FAILED', reason: 'SYNTAX', message: error.message };
  }
  return { code: 'GRAPHQL_VALIDATION_FAILED', reason: 'VALIDATION', message: error.message };
}

function build(outer: GraphQLError | undefined, message: string, extensions: Record<string, unknown>): GraphQLError {
  return new GraphQLError(message, {
    nodes: outer?.nodes ?? null,
    source: outer?.source ?? null,
    positions: outer?.positions ?? null,
    path: outer?.path ?? null,
    extensions,
  });
}
