import { graphql, type ResultOf } from '../../graphql/tada.js';

/** A page of the terms that there were. */
export const GLOSSARY = graphql(`
  query Glossary($text: String!, $after: String, $asOf: DateTime) {
    terms(first: 100, after: $after, text: $text, asOf: $asOf) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          synonyms
          status
          parent {
            id
          }
        }
      }
    }
  }
`);

/** The whole glossary as a file. */
export const EXPORT = graphql(`
  query ExportTerms($asOf: DateTime) {
    exportTerms(asOf: $asOf)
  }
`);

export type GlossaryTerm = ResultOf<typeof GLOSSARY>['terms']['edges'][number]['node'];
