import type { CombinedError } from '@urql/core';

export type ProblemKind = 'OFFLINE' | 'SIGNED_OUT' | 'FORBIDDEN' | 'TOO_MANY' | 'UNAVAILABLE' | 'INVALID' | 'OTHER';

/** What went wrong with a request, in the terms of who asked. */
export interface Problem {
  readonly kind: ProblemKind;
  /** As the server words it; empty where it could not be reached, or words it for programs only. */
  readonly message: string;
  /** For whoever looks into the server's log; null where the server never answered. */
  readonly traceId: string | null;
}

const KINDS: Readonly<Record<string, ProblemKind>> = {
  UNAUTHENTICATED: 'SIGNED_OUT',
  FORBIDDEN: 'FORBIDDEN',
  RATE_LIMITED: 'TOO_MANY',
  UNAVAILABLE: 'UNAVAILABLE',
  BAD_USER_INPUT: 'INVALID',
  INVALID_INPUT: 'INVALID',
};
/** The server closes a WebSocket with this where the session that opened it is over. */
export const SIGNED_OUT = 4401;

const BY_STATUS: Readonly<Record<number, ProblemKind>> = {
  401: 'SIGNED_OUT',
  403: 'FORBIDDEN',
  429: 'TOO_MANY',
  503: 'UNAVAILABLE',
};

/** Reads an answer's errors: the first GraphQL error, else what became of the request itself. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (first !== undefined) {
    const { code, traceId } = first.extensions as { code?: unknown; traceId?: unknown };
    const kind = KINDS[String(code)] ?? 'OTHER';
    return {
      kind,
      message: kind === 'SIGNED_OUT' ? '' : first.message,
      traceId: typeof traceId === 'string' ? traceId : null,
    };
  }
  const status = (error.response as Response | undefined)?.status;
  if (status === undefined) {
    const kind = (error.networkError as { code?: unknown } | undefined)?.code === SIGNED_OUT ? 'SIGNED_OUT' : 'OFFLINE';
    return { kind, message: '', traceId: null };
  }
  return { kind: BY_STATUS[status] ?? 'OTHER', message: error.networkError?.message ?? '', traceId: null };
}
