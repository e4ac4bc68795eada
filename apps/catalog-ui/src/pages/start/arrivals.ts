import { graphql, type ResultOf } from '../../graphql/tada.js';

/** Where the log stands and what there is, to wait from there on. */
export const BEFORE = graphql(`
  query BeforeFirstEvent {
    status {
      position
    }
    search(first: 1) {
      totalCount
    }
  }
`);

export const ARRIVAL = graphql(`
  subscription Arrival($after: String) {
    assetChanged(after: $after) {
      position
      recordedAt
      assets {
        __typename
        id
        displayName
        namespace
      }
    }
  }
`);

export type Arrival = ResultOf<typeof ARRIVAL>['assetChanged'];

/** What has arrived since the page was opened. */
export interface Arrivals {
  /** How many events changed something. */
  readonly count: number;
  /** The latest first. */
  readonly latest: readonly Arrival[];
}

export const NOTHING_YET: Arrivals = { count: 0, latest: [] };

const KEPT = 5;

/** A position's number within its log. */
export function numberOf(position: string): number {
  return Number(position.slice(position.lastIndexOf('.') + 1));
}

/** One more arrival. A reconnected subscription begins where it began: what is known already changes nothing. */
export function withArrival(known: Arrivals, arrival: Arrival): Arrivals {
  const last = known.latest[0];
  if (last !== undefined && numberOf(arrival.position) <= numberOf(last.position)) return known;
  if (arrival.assets.length === 0) return known;
  return { count: known.count + 1, latest: [arrival, ...known.latest].slice(0, KEPT) };
}
