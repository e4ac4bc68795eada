import { ACCESS_REFUSAL } from '../../graphql/access-refusal.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';

export const MEMBERS = graphql(`
  query Members($after: String) {
    roleBindings(first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          subject
          role
          namespaces
          domainId
          domain {
            id
            name
          }
          createdAt
          createdBy
        }
      }
    }
  }
`);

export const GRANT_ROLE = graphql(
  `
    mutation GrantRole($input: GrantRoleInput!) {
      grantRole(input: $input) {
        __typename
        ... on RoleBinding {
          id
          subject
          role
        }
        ...WhyRefused
      }
    }
  `,
  [ACCESS_REFUSAL],
);

export const WITHDRAW_ROLE = graphql(
  `
    mutation WithdrawRole($input: WithdrawRoleInput!) {
      withdrawRole(input: $input) {
        __typename
        ... on RoleBinding {
          id
        }
        ...WhyRefused
      }
    }
  `,
  [ACCESS_REFUSAL],
);

export type Binding = ResultOf<typeof MEMBERS>['roleBindings']['edges'][number]['node'];

export const SUBJECT_KINDS = ['email', 'group', 'user', 'token'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

const SHAPES: Readonly<Record<SubjectKind, RegExp>> = {
  email: /^[^\s@]+@[^\s@]+$/u,
  group: /^.+$/u,
  user: /^.+#.+$/u,
  token: /^[0-9a-z]{12}$/u,
};

/** The subject of a role binding, such as `email:ann@example.org`; null where the text is no such name. */
export function subjectOf(kind: SubjectKind, text: string): string | null {
  const name = text.trim();
  return SHAPES[kind].test(name) ? `${kind}:${name}` : null;
}
