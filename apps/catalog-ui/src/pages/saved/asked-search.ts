import { graphql } from '../../graphql/tada.js';

/** What a saved search is called and asks for: all of it, since its address must ask for no more. */
export const ASKED_SEARCH = graphql(`
  fragment AskedSearch on SavedSearch @_unmask {
    id
    name
    query
    orderBy
    filter {
      kinds
      namespaces
      tags
      carriedTags
      hasTag
      owners
      hasOwner
      domains
      hasDomain
      dataProducts
      terms
      properties {
        property
        has
        values
        from
        to
      }
      updatedAfter
    }
  }
`);
