import type { ErrorCategory } from '@headwater/domain/errors';

/** How one category of failure looks in a GraphQL answer and in the log. */
export interface GraphqlErrorRule {
  readonly code: string;
  /** `message` and `faults` were written for the caller; otherwise only `publicMessage` goes out. */
  readonly showsMessage: boolean;
  readonly publicMessage: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
}

const shown = (code: string, level: GraphqlErrorRule['level']): GraphqlErrorRule => ({
  code,
  showsMessage: true,
  publicMessage: '',
  level,
});

/** Every category's GraphQL form; a new category does not compile until it stands here. */
export const graphqlErrorRules: Readonly<Record<ErrorCategory, GraphqlErrorRule>> = {
  INVALID_INPUT: shown('BAD_USER_INPUT', 'debug'),
  UNAUTHENTICATED: shown('UNAUTHENTICATED', 'info'),
  FORBIDDEN: shown('FORBIDDEN', 'warn'),
  NOT_FOUND: shown('NOT_FOUND', 'debug'),
  CONFLICT: shown('CONFLICT', 'info'),
  LIMIT_EXCEEDED: shown('BAD_USER_INPUT', 'info'),
  RATE_LIMITED: shown('RATE_LIMITED', 'info'),
  UNAVAILABLE: {
    code: 'SERVICE_UNAVAILABLE',
    showsMessage: false,
    publicMessage: 'A store that this answer needs is not available now; try again shortly.',
    level: 'error',
  },
  INTERNAL: {
    code: 'INTERNAL_SERVER_ERROR',
    showsMessage: false,
    publicMessage: 'Something went wrong on our side. The log has the details under the traceId.',
    level: 'error',
  },
};
