import { ACCESS_REFUSAL } from '../graphql/access-refusal.js';
import { graphql } from '../graphql/tada.js';

/** Makes a token; its text comes once, here. */
export const CREATE_TOKEN = graphql(
  `
    mutation CreateToken($input: CreateTokenInput!) {
      createToken(input: $input) {
        __typename
        ... on CreatedToken {
          text
          token {
            id
            name
            expiresAt
          }
        }
        ...WhyRefused
      }
    }
  `,
  [ACCESS_REFUSAL],
);
