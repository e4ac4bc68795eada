import { graphql, type ResultOf } from '../../graphql/tada.js';

export const RUN_ROW = graphql(`
  fragment RunRow on Run @_unmask {
    id
    runId
    state
    startedAt
    endedAt
    lastEventAt
    durationMs
    placeholder
    job {
      id
      displayName
    }
  }
`);

export const RUN_TREE = graphql(
  `
    fragment RunTree on Run @_unmask {
      ...RunRow
      children(first: 50) {
        pageInfo {
          hasNextPage
        }
        edges {
          node {
            ...RunRow
            children(first: 20) {
              pageInfo {
                hasNextPage
              }
              edges {
                node {
                  ...RunRow
                }
              }
            }
          }
        }
      }
    }
  `,
  [RUN_ROW],
);

export const RUN_PAGE = graphql(
  `
    fragment RunPage on RunConnection @_unmask {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...RunTree
        }
      }
    }
  `,
  [RUN_TREE],
);

export type RunPage = ResultOf<typeof RUN_PAGE>;
export type RunRow = ResultOf<typeof RUN_ROW>;
export type RunTree = ResultOf<typeof RUN_TREE>;
