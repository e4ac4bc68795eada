import { graphql } from '../../graphql/tada.js';
import { GAP_PAGE, VERSION_PAGE } from './fragments.js';
import { RUN_PAGE } from './run-fragments.js';

export const USED = graphql(
  `
    query MoreUsed($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          used(first: 100, after: $after) {
            ...VersionPage
          }
        }
      }
    }
  `,
  [VERSION_PAGE],
);

export const GENERATED = graphql(
  `
    query MoreGenerated($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          generated(first: 100, after: $after) {
            ...VersionPage
          }
        }
      }
    }
  `,
  [VERSION_PAGE],
);

export const GAPS = graphql(
  `
    query MoreGaps($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          gaps(first: 100, after: $after) {
            ...GapPage
          }
        }
      }
    }
  `,
  [GAP_PAGE],
);

export const RUN_CHILDREN = graphql(
  `
    query MoreChildren($id: ID!, $after: String) {
      node(id: $id) {
        ... on Run {
          children(first: 20, after: $after) {
            ...RunPage
          }
        }
      }
    }
  `,
  [RUN_PAGE],
);

export const USED_BY = graphql(
  `
    query MoreReaders($id: ID!, $after: String) {
      node(id: $id) {
        ... on DatasetVersion {
          usedBy(first: 20, after: $after) {
            ...RunPage
          }
        }
      }
    }
  `,
  [RUN_PAGE],
);
