import { HeadwaterError } from '@headwater/domain/errors';
import { GraphQLError, Kind } from 'graphql';
import { NEUTRAL_DETAIL } from '../http/error-tables.js';
import { toHeadwaterError } from '../http/problem.js';
import { logFailure } from '../logging/log-failure.js';
import type { Logger } from '../logging/logger.js';
import { GRAPHQL_CODE } from './error-codes.js';

/**
 * One failure as a client sees it, with `extensions { code, reason, traceId }` and what the error adds for machines.
 * UNAVAILABLE and INTERNAL never carry the original message: it goes to the log under the same traceId.
 */
export function presentError(error: unknown, traceId: string, logger: Logger): GraphQLError {
  const outer = error instanceof GraphQLError ? error : undefined;
  const inner = originOf(error);
  const fault = faultOfRequest(inner);
  if (fault === undefined) return presentFailure(outer, toHeadwaterError(inner), traceId, logger);
  const { code, reason, message } = fault;
  logger.debug({ traceId, code, reason }, 'GraphQL request refused');
  return build(outer, message, { code, reason, traceId });
}

/** Errors of a validation come in one bundle; each is presented on its own. */
export function unbundle(error: unknown): readonly unknown[] {
  const inner = originOf(error);
  const bundled = inner instanceof Error && 'errors' in inner ? inner.errors : undefined;
  // A bare error in a bundle (a method that is not allowed) says less than what it comes in.
  const isWorded = Array.isArray(bundled) && bundled.length > 0 && bundled.every(isOfRequest);
  return isWorded ? (bundled as unknown[]) : [error];
}

function isOfRequest(error: unknown): boolean {
  return faultOfRequest(error) !== undefined || originOf(error) instanceof HeadwaterError;
}

/** What was thrown first, below the wrappers of graphql. */
export function originOf(error: unknown): unknown {
  // A GraphQLError within another (a scalar that refused a variable) lacks what the outer one knows.
  if (!(error instanceof GraphQLError) || error.originalError === undefined) return error;
  return error.originalError instanceof GraphQLError ? error : error.originalError;
}

function presentFailure(
  outer: GraphQLError | undefined,
  error: HeadwaterError,
  traceId: string,
  logger: Logger,
): GraphQLError {
  const { category, reason, retryAfterS, faults, facts } = error;
  logFailure(logger, error, { traceId }, 'GraphQL field failed');
  const isHidden = category === 'UNAVAILABLE' || category === 'INTERNAL';
  // The outer message is the same text, or says besides which variable or literal it is about.
  const message = isHidden ? (error.publicMessage ?? NEUTRAL_DETAIL[category]) : (outer?.message ?? error.message);
  return build(outer, message, {
    ...facts,
    code: GRAPHQL_CODE[category],
    reason: reason ?? category,
    traceId,
    ...(faults.length > 0 && !isHidden ? { faults } : {}),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
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

const SHAPE =
  'Send a JSON object with the GraphQL document as "query" and, where it has variables, their values as an object "variables".';

/** A fault of the document or its variables, found by graphql or Mercurius; undefined for everything else. */
function faultOfRequest(error: unknown): RequestFault | undefined {
  if (error instanceof GraphQLError) return faultOfDocument(error);
  if (!(error instanceof Error)) return undefined;
  const known = 'code' in error && typeof error.code === 'string' ? MERCURIUS_FAULTS[error.code] : undefined;
  if (known === undefined) return undefined;
  if (known.reason === 'QUERY_MISSING') return { ...known, message: 'Send the GraphQL document as "query".' };
  // What is wrong with a document comes in a bundle that was taken apart; what is left is about the request itself.
  if (known.reason === 'VALIDATION' && 'errors' in error) return { ...known, message: SHAPE };
  return { ...known, message: error.message.replaceAll('`', '') };
}

/** Syntax, validation and variables, told apart by what graphql attaches and not by its wording. */
function faultOfDocument(error: GraphQLError): RequestFault {
  const { message } = error;
  const { code, reason } = error.extensions;
  if (typeof code === 'string') return { code, reason: typeof reason === 'string' ? reason : code, message };
  if (error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION)
    return { code: 'BAD_USER_INPUT', reason: 'VARIABLES', message };
  if (error.nodes === undefined && error.source !== undefined) {
    return { code: 'GRAPHQL_PARSE_FAILED', reason: 'SYNTAX', message };
  }
  return { code: 'GRAPHQL_VALIDATION_FAILED', reason: 'VALIDATION', message };
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
