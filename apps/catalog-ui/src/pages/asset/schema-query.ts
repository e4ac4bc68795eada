import { graphql, type ResultOf } from '../../graphql/tada.js';

/** The schemas that a dataset had, the latest first. */
export const SCHEMAS = graphql(`
  query Schemas($id: ID!, $after: String) {
    node(id: $id) {
      ... on Dataset {
        schemaVersions(first: 20, after: $after) {
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              schemaHash
              validFrom
              validTo
              producer
              authoritative
              fields {
                segments
                type
                description
              }
            }
          }
        }
      }
    }
  }
`);

type SchemasNode = Extract<NonNullable<ResultOf<typeof SCHEMAS>['node']>, { schemaVersions: unknown }>;
export type SchemaVersion = SchemasNode['schemaVersions']['edges'][number]['node'];

/** Tells a schema version from the others of its dataset. */
export const versionKey = ({ schemaHash, validFrom, producer }: SchemaVersion): string =>
  [validFrom, schemaHash.slice(0, 8), producer ?? ''].join(' ');
