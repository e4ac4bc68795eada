import { ACCESS_REFUSAL } from '../../graphql/access-refusal.js';
import { graphql, type ResultOf } from '../../graphql/tada.js';
import type { Scope } from '../../graphql/viewer.js';

export const TOKENS = graphql(`
  query Tokens($after: String) {
    tokens(first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          owner
          scopes
          writes
          reads
          createdAt
          lastUsedAt
          expiresAt
          revokedAt
        }
      }
    }
  }
`);

/** Which token stands in for which, as the audit has it. */
export const ROTATIONS = graphql(`
  query Rotations {
    accessEvents(first: 100, filter: { types: [TOKEN_ROTATED] }) {
      edges {
        node {
          token
          replaces
        }
      }
    }
  }
`);

export const ROTATE_TOKEN = graphql(
  `
    mutation RotateToken($input: RotateTokenInput!) {
      rotateToken(input: $input) {
        __typename
        ... on CreatedToken {
          text
          token {
            id
            name
          }
        }
        ...WhyRefused
      }
    }
  `,
  [ACCESS_REFUSAL],
);

export const REVOKE_TOKEN = graphql(
  `
    mutation RevokeToken($input: RevokeTokenInput!) {
      revokeToken(input: $input) {
        __typename
        ... on RevokedToken {
          id
          revokedAt
        }
        ...WhyRefused
      }
    }
  `,
  [ACCESS_REFUSAL],
);

export type Token = ResultOf<typeof TOKENS>['tokens']['edges'][number]['node'];
export type TokenState = 'GOOD' | 'EXPIRED' | 'REVOKED';

/** What became of tokens by rotation, both ways by their ids. */
export interface Rotations {
  readonly replacedBy: ReadonlyMap<string, string>;
  readonly replaces: ReadonlyMap<string, string>;
}

export function rotationsOf({ accessEvents }: ResultOf<typeof ROTATIONS>): Rotations {
  const pairs = accessEvents.edges.flatMap(({ node: { token, replaces } }) =>
    token === null || replaces === null ? [] : [[token, replaces] as const],
  );
  return { replaces: new Map(pairs), replacedBy: new Map(pairs.map(([token, old]) => [old, token])) };
}

/** Whether a token is good at a moment, in milliseconds since the epoch. */
export function stateOfToken(
  { expiresAt, revokedAt }: Pick<Token, 'expiresAt' | 'revokedAt'>,
  now: number,
): TokenState {
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'EXPIRED' : 'GOOD';
}

/** For how many minutes a rotated token may stay good; what the API allows is 0 to 30 days. */
export const OVERLAPS = ['0', '60', '1440', '10080', '43200'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** A token as it is typed. */
export interface TokenForm {
  readonly name: string;
  readonly owner: string;
  readonly scopes: readonly Scope[];
  readonly writes: string;
  readonly reads: string;
  /** ISO instant; null: for ever. */
  readonly expiresAt: string | null;
}

export type TokenField = keyof TokenForm;
export const TOKEN_FIELDS = [
  'name',
  'owner',
  'scopes',
  'writes',
  'reads',
  'expiresAt',
] as const satisfies readonly TokenField[];

const isName = (text: string): boolean => text.trim().length > 0 && text.length <= 200;
const isWhole = (scope: Scope): boolean => scope === 'AUDIT_READ' || scope === 'ADMIN';

/** The fields that the API would refuse, as far as that can be told before asking. */
export function wrongFields(form: TokenForm, now: number): ReadonlySet<TokenField> {
  const wrong = new Set<TokenField>();
  if (!isName(form.name)) wrong.add('name');
  if (!isName(form.owner)) wrong.add('owner');
  if (form.scopes.length === 0) wrong.add('scopes');
  if (form.reads.trim() !== '' && form.scopes.some(isWhole)) wrong.add('reads');
  if (form.expiresAt !== null && Date.parse(form.expiresAt) <= now) wrong.add('expiresAt');
  return wrong;
}
