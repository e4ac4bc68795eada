import { graphql, type ResultOf } from '../../graphql/tada.js';
import { AGENT_DONE } from '../agents/agents-query.js';

export const AGENT_PROFILE = graphql(`
  query AgentProfile($id: ID!, $asOf: DateTime) {
    agent(id: $id, asOf: $asOf) {
      agent {
        id
      }
      displayName
      entered {
        id
        name
        description
        email
        subject
        memberIds
        editVersion
        enteredBy
        since
      }
      names {
        id
        identities {
          basis
          value
          because
          enteredBy
          reason
          position
          recordedAt
        }
      }
      apart {
        id
        from {
          id
        }
        enteredBy
        reason
        position
        recordedAt
      }
      members {
        id
        displayName
        kind
      }
      teams {
        id
        displayName
        kind
      }
    }
  }
`);

export type AgentProfile = NonNullable<ResultOf<typeof AGENT_PROFILE>['agent']>;

export const MERGE_AGENTS = graphql(
  `
    mutation MergeAgents($input: MergeAgentsInput!) {
      done: mergeAgents(input: $input) {
        ...AgentDone
      }
    }
  `,
  [AGENT_DONE],
);

export const SPLIT_AGENT = graphql(
  `
    mutation SplitAgent($input: SplitAgentInput!) {
      done: splitAgent(input: $input) {
        ...AgentDone
      }
    }
  `,
  [AGENT_DONE],
);
