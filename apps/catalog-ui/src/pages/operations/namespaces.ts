import { graphql, type ResultOf } from '../../graphql/tada.js';
import { useConnection } from '../../lib/use-connection.js';
import { useWhole } from '../../lib/use-whole.js';

const NAMESPACES = graphql(`
  query Namespaces($after: String) {
    namespaces(first: 100, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          name
        }
      }
    }
  }
`);

const pageOf = ({ namespaces }: ResultOf<typeof NAMESPACES>) => namespaces;
const VARIABLES = {};
// Nobody looks through more; a name behind these can be typed.
const READ_AT_MOST = 1_000;

interface KnownNamespaces {
  readonly names: readonly string[];
  /** Whether there is none besides. */
  readonly isComplete: boolean;
}

/** The namespaces by name. */
export function useNamespaces(): KnownNamespaces {
  const { edges, hasMore } = useWhole(useConnection({ query: NAMESPACES, variables: VARIABLES, pageOf }), READ_AT_MOST);
  return { names: (edges ?? []).map(({ node }) => node.name), isComplete: edges !== undefined && !hasMore };
}
