import { FAULT_PARTS } from '../../graphql/fault-parts.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

export const AGENTS = graphql(`
  query EnteredAgents($text: String, $after: String) {
    agents(first: 50, after: $after, text: $text) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          email
          memberIds
          enteredBy
          since
        }
      }
    }
  }
`);

export const AGENT_DONE = graphql(
  `
    fragment AgentDone on EditAgentResult @_unmask {
      __typename
      ... on EditedAgent {
        id
        isReadable
      }
      ... on AgentRefusal {
        reason
        message
        faults {
          ...FaultParts
        }
        current {
          entered {
            id
            name
            description
            email
            subject
            memberIds
            editVersion
          }
        }
      }
    }
  `,
  [FAULT_PARTS],
);

export const CREATE_AGENT = graphql(
  `
    mutation CreateAgent($input: CreateAgentInput!) {
      done: createAgent(input: $input) {
        ...AgentDone
      }
    }
  `,
  [AGENT_DONE],
);

export const CHANGE_AGENT = graphql(
  `
    mutation ChangeAgent($input: ChangeAgentInput!) {
      done: changeAgent(input: $input) {
        ...AgentDone
      }
    }
  `,
  [AGENT_DONE],
);

export const REMOVE_AGENT = graphql(
  `
    mutation RemoveAgent($input: RemoveAgentInput!) {
      done: removeAgent(input: $input) {
        ...AgentDone
      }
    }
  `,
  [AGENT_DONE],
);

export type EnteredAgent = ResultOf<typeof AGENTS>['agents']['edges'][number]['node'];
export type AgentDone = ResultOf<typeof AGENT_DONE>;
export type RefusedAgent = Extract<AgentDone, { __typename: 'AgentRefusal' }>;
