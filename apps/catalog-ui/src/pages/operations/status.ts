import { graphql, type ResultOf } from '../../graphql/tada.js';

export const STATUS = graphql(`
  query Status {
    status {
      position
      problem
      generation
      graphEngine
      findings {
        code
        count
      }
      catalog {
        available
        lagEvents
        lagSeconds
      }
      graph {
        available
        lagEvents
        lagSeconds
      }
    }
  }
`);

export type SystemStatus = ResultOf<typeof STATUS>['status'];
export type ProjectionStatus = SystemStatus['catalog'];
