import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';
import { chosenOf, periodOf } from '../../lib/list-parameter.js';

export const AUDIT = graphql(`
  query Audit($filter: AccessEventFilter, $first: Int, $after: String) {
    accessEvents(first: $first, filter: $filter, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          at
          actor
          address
          type
          method
          name
          owner
          scopes
          writes
          reads
          expiresAt
          token
          replaces
          replacedUntil
          role
          subject
          namespaces
          reason
          count
          firstAt
          lastAt
          report
          file
          digest
        }
      }
    }
  }
`);

export const auditPageOf = ({ accessEvents }: ResultOf<typeof AUDIT>) => accessEvents;

export type AuditLine = ResultOf<typeof AUDIT>['accessEvents']['edges'][number]['node'];
type Filter = NonNullable<VariablesOf<typeof AUDIT>['filter']>;

export const AUDIT_TYPES = [
  'SIGNED_IN',
  'SIGNED_OUT',
  'REFUSED',
  'TOKEN_CREATED',
  'TOKEN_ROTATED',
  'TOKEN_REVOKED',
  'ROLE_GRANTED',
  'ROLE_WITHDRAWN',
  'REPORT_REQUESTED',
  'REPORT_MADE',
  'REPORT_DOWNLOADED',
  'REPORT_DELETED',
] as const satisfies readonly AuditLine['type'][];

/** The lines that an address asks for. Values that the API would refuse count as absent. */
export function auditFilterOf(parameters: URLSearchParams): Filter {
  const types = chosenOf(parameters, 'type', AUDIT_TYPES);
  const actor = parameters.get('actor');
  const address = parameters.get('address');
  const period = periodOf(parameters);
  return {
    ...(types.length > 0 && { types }),
    ...(actor !== null && { actor }),
    ...(address !== null && { address }),
    ...(period !== null && { period }),
  };
}

const FACTS = [
  'reason',
  'count',
  'method',
  'name',
  'owner',
  'role',
  'subject',
  'namespaces',
  'scopes',
  'writes',
  'reads',
  'token',
  'replaces',
  'replacedUntil',
  'expiresAt',
  'firstAt',
  'lastAt',
  'report',
  'file',
  'digest',
] as const satisfies readonly (keyof AuditLine)[];

export type FactName = (typeof FACTS)[number];

/** What a line has to tell, in the order to read it; of one refusal, when it was first and last is no news. */
export function factsOf(line: AuditLine): readonly FactName[] {
  const isOnce = line.count === null || line.count === 1;
  return FACTS.filter((name) => {
    if (isOnce && (name === 'count' || name === 'firstAt' || name === 'lastAt')) return false;
    return line[name] !== null;
  });
}
