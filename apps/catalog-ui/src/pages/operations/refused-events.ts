import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';
import { chosenOf, periodOf } from '../../lib/list-parameter.js';

export const REFUSED_EVENTS = graphql(`
  query RefusedEvents($filter: RefusedEventFilter, $first: Int, $after: String) {
    refusedEvents(first: $first, filter: $filter, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          firstAt
          lastAt
          count
          actor
          actorName
          address
          path
          status
          code
          message
          pointer
          producer
          eventType
          jobNamespace
          jobName
          runId
          datasetNamespace
          datasetName
        }
      }
    }
  }
`);

export type RefusedEvent = ResultOf<typeof REFUSED_EVENTS>['refusedEvents']['edges'][number]['node'];
type Filter = NonNullable<VariablesOf<typeof REFUSED_EVENTS>['filter']>;

/** What an event can be refused with for what it says. */
export const REFUSED_STATUSES = ['400', '403', '413', '415', '422'] as const;
export type RefusedStatus = (typeof REFUSED_STATUSES)[number];

export const refusedPageOf = ({ refusedEvents }: ResultOf<typeof REFUSED_EVENTS>) => refusedEvents;

/** The refused events that an address asks for. Values that the API would refuse count as absent. */
export function refusedFilterOf(parameters: URLSearchParams): Filter {
  const statuses = chosenOf(parameters, 'status', REFUSED_STATUSES).map(Number);
  const actor = parameters.get('actor');
  const address = parameters.get('address');
  const period = periodOf(parameters);
  return {
    ...(statuses.length > 0 && { statuses }),
    ...(actor !== null && { actor }),
    ...(address !== null && { address }),
    ...(period !== null && { period }),
  };
}

/** The status as one of which is said what to do; null for one that came later. */
export function knownStatus(status: number): RefusedStatus | null {
  return REFUSED_STATUSES.find((known) => Number(known) === status) ?? null;
}

/** What the event was about, as far as it could be read: the job, or the dataset of an event without one. */
export function subjectOf({ jobNamespace, jobName, datasetNamespace, datasetName }: RefusedEvent): {
  readonly name: string;
  readonly namespace: string | null;
} | null {
  const [namespace, name] =
    jobName !== null || jobNamespace !== null ? [jobNamespace, jobName] : [datasetNamespace, datasetName];
  if (name !== null && name !== '') return { name, namespace };
  return namespace === null || namespace === '' ? null : { name: namespace, namespace: null };
}
