import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';
import type { ShownState } from '../../ui/run-state.js';

export const RUN_LIST = graphql(`
  query RunList($filter: RunFilter, $after: String) {
    runs(first: 25, filter: $filter, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          state
          isLate
          usualDurationMs
          startedAt
          lastEventAt
          durationMs
          job {
            id
            displayName
            namespace
            jobType
          }
          failure: facets(names: ["errorMessage"]) {
            body
          }
        }
      }
    }
  }
`);

export type ListedRun = ResultOf<typeof RUN_LIST>['runs']['edges'][number]['node'];
type Filter = NonNullable<VariablesOf<typeof RUN_LIST>['filter']>;

export const RUN_STATES = [
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'ABORTED',
  'UNFINISHED',
  'OTHER',
] as const satisfies readonly ShownState[];

/** The parameters of the address that narrow the list. */
export const RUN_PARAMETERS = ['state', 'late', 'job', 'namespace', 'from', 'to'] as const;

/** The runs that an address asks for. Values that the API would refuse count as absent. */
export function runFilterOf(parameters: URLSearchParams): Filter {
  const states = chosenOf(parameters, 'state', RUN_STATES);
  const job = parameters.get('job');
  const namespace = parameters.get('namespace');
  const { from, to } = boundsOf(parameters);
  const isPeriod = from === null || to === null || Date.parse(from) < Date.parse(to);
  return {
    ...(states.length > 0 && { states }),
    ...(parameters.get('late') === 'true' && { isLate: true }),
    ...(job !== null && { job }),
    ...(namespace !== null && { namespaces: [namespace] }),
    ...(isPeriod && from !== null && { since: from }),
    ...(isPeriod && to !== null && { until: to }),
  };
}
