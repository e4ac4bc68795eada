/** What a new user finds open: one tab a question, each runnable as it is on the example's data. */
const tabs = [
  {
    query: `# What is in the catalog? Names are split at case, dots, dashes and slashes; typos are forgiven.
query FindAssets($query: String!) {
  search(query: $query, first: 10) {
    totalCount
    facets { name values { value count } }
    edges {
      node {
        id
        kind
        displayName
        namespace
        score
        highlights { field text }
      }
    }
  }
}
`,
    variables: { query: 'claims' },
  },
  {
    query: `# Where does it come from, and what depends on it? Put an id from the search into the variables.
query Lineage($root: ID!) {
  lineage(root: $root, direction: BOTH, depth: 10, granularity: JOB) {
    root { id displayName }
    nodes { id kind displayName depth direction hasMoreUpstream hasMoreDownstream }
    edges { from to kind evidence validFrom validTo lastSeenAt }
    truncated
    truncatedBecause
    endCursor
    upstream { count isExact }
    downstream { count isExact }
    position
  }
}
`,
    variables: { root: 'dataset:namespace:name' },
  },
  {
    query: `# Which columns feed a column, and is it masked on the way? The root is a field's id.
query ColumnLineage($root: ID!) {
  lineage(root: $root, direction: UPSTREAM, depth: 10, granularity: FIELD) {
    nodes { id displayName depth }
    edges { from to transformations { type subtype description masking } }
    truncated
  }
}
`,
    variables: { root: 'field:namespace:name:field' },
  },
  {
    query: `# The same lineage at a past moment, and what changed since.
query WhatChanged($root: ID!, $from: DateTime!, $to: DateTime!) {
  before: lineage(root: $root, asOf: $from) { nodes { id displayName } }
  lineageDiff(root: $root, from: $from, to: $to) {
    added { nodes { id displayName } edges { from to kind } }
    lapsed { nodes { id displayName } edges { from to kind } }
  }
}
`,
    variables: { root: 'dataset:namespace:name', from: '2026-11-01T00:00:00Z', to: '2026-11-15T00:00:00Z' },
  },
  {
    query: `# Who has to know before it changes?
query Impact($root: ID!) {
  impact(root: $root) {
    total { count isExact }
    truncated
    groups { owner { name kind } count nodes { id kind displayName } }
  }
}
`,
    variables: { root: 'dataset:namespace:name' },
  },
  {
    query: `# Is everything up to date?
query Status {
  status {
    logId
    position
    catalog { position lagEvents lagSeconds }
    graph { engine available position lagEvents lagSeconds }
    counts { events datasets jobs runs findings }
  }
}
`,
  },
  {
    query: `# Keeps listening: press play, then send an event.
subscription Changes {
  assetChanged {
    position
    asset { id displayName updatedAt }
  }
}
`,
  },
];

export const exampleTabs = tabs.map(({ query, variables }) => ({
  query,
  variables: variables === undefined ? undefined : `${JSON.stringify(variables, null, 2)}\n`,
}));
