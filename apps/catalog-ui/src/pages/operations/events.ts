import { graphql, type ResultOf, type VariablesOf } from '../../graphql/tada.js';
import { boundsOf, chosenOf } from '../../lib/list-parameter.js';

export const EVENTS = graphql(`
  query Events($filter: EventFilter, $after: String) {
    events(first: 25, filter: $filter, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          position
          kind
          receivedAt
          summary {
            producer
            eventType
            subjectId
            edits {
              action
              part
              value
              detail
            }
          }
          findings {
            code
          }
        }
      }
    }
  }
`);

/** One event, by its position. */
export const EVENT = graphql(`
  query Event($position: String!) {
    events(first: 1, filter: { fromPosition: $position, toPosition: $position }) {
      edges {
        node {
          position
          kind
          body
          raw
          receivedAt
          recordedAt
          effectiveAt
          projected
          summary {
            producer
            eventType
            subjectId
            reason
            edits {
              action
              part
              value
              detail
            }
          }
          changes {
            nodeCount
            hiddenNodeCount
            edgeCount
            nodes(first: 50) {
              id
            }
            edges {
              kind
              from
              to
              change
              evidence
              validFrom
              validTo
            }
          }
          findings {
            code
            message
            pointer
            node {
              id
            }
          }
        }
      }
    }
  }
`);

export type ListedEvent = ResultOf<typeof EVENTS>['events']['edges'][number]['node'];
export type WholeEvent = ResultOf<typeof EVENT>['events']['edges'][number]['node'];
export type Changes = NonNullable<WholeEvent['changes']>;
type Filter = NonNullable<VariablesOf<typeof EVENTS>['filter']>;

export const EVENT_KINDS = ['RUN', 'JOB', 'DATASET', 'EDIT'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The events that an address asks for. Values that the API would refuse count as absent. */
export function eventFilterOf(parameters: URLSearchParams): Filter {
  const kinds = chosenOf(parameters, 'kind', EVENT_KINDS);
  const { from, to } = boundsOf(parameters);
  const node = parameters.get('node');
  return {
    ...(kinds.length > 0 && { kinds }),
    ...(node !== null && { node }),
    ...(from !== null && { recordedFrom: from }),
    ...(to !== null && { recordedTo: to }),
  };
}
