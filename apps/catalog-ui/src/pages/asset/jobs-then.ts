import { graphql, type ResultOf } from '../../graphql/tada.js';
import { AROUND } from './fragments.js';

/** The jobs around a dataset at a moment, each with its latest runs: of the past there is no other way to ask for them. */
export const JOBS_THEN = graphql(
  `
    fragment JobsThen on LineageGraph @_unmask {
      ...Around
      jobs: nodes {
        id
        node {
          ... on Job {
            runs(first: 20) {
              edges {
                node {
                  id
                  state
                  startedAt
                  endedAt
                  lastEventAt
                }
              }
            }
          }
        }
      }
    }
  `,
  [AROUND],
);

export type JobsThen = ResultOf<typeof JOBS_THEN>;
