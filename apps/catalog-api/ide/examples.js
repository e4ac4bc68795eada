// What a new user finds open: one tab a question, each runnable as it is on the data of `npm start -- --example`.
const WAREHOUSE = 'postgres%3A%2F%2Fwarehouse.insurance.example%3A5432';
const report = `dataset:${WAREHOUSE}:insurance.reporting.daily_claims`;
const payouts = `dataset:${WAREHOUSE}:insurance.payout.payouts`;
const policies = `dataset:${WAREHOUSE}:insurance.policy.policies`;
const contactable = `field:${WAREHOUSE}:insurance.reporting.daily_claims:contactable`;

const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const queries = [
  `# What is in the catalog? Parts of names will do,
# and typos are forgiven.
query Search {
  search(query: "claims", first: 10) {
    totalCount
    facets { name values { value count } }
    edges {
      node {
        id
        kind
        displayName
        namespace
        highlights { field text }
      }
    }
  }
}
`,
  `# Where does it come from? Any id of the search can
# be the root. The ids here are those of the example
# (npm start -- --example).
query Lineage {
  lineage(
    root: "${report}"
    direction: UPSTREAM
    depth: 20
  ) {
    nodes { id kind displayName depth hasMoreUpstream }
    edges { from to kind evidence validFrom validTo lastSeenAt }
    truncated
    truncatedBecause
    endCursor
    upstream { count isExact }
  }
}
`,
  `# Which columns feed a column, and is it masked
# on the way? The root is the id of a field.
query Columns {
  lineage(
    root: "${contactable}"
    granularity: FIELD
    direction: UPSTREAM
    depth: 10
  ) {
    nodes { id displayName depth }
    edges { from to transformations { type subtype description masking } }
  }
}
`,
  `# The lineage at a past moment, and what changed since.
query Changed {
  then: lineage(
    root: "${payouts}"
    direction: UPSTREAM
    granularity: DATASET
    depth: 1
    asOf: "${daysAgo(10)}"
  ) {
    nodes { displayName }
  }
  lineageDiff(
    root: "${payouts}"
    direction: UPSTREAM
    granularity: DATASET
    depth: 1
    from: "${daysAgo(10)}"
    to: "${daysAgo(0)}"
  ) {
    added { nodes { id displayName } edges { from to } }
    lapsed { nodes { id displayName } edges { from to } }
  }
}
`,
  `# Who has to know before it changes?
query Impact {
  impact(root: "${policies}") {
    count
    total { count isExact }
    groups {
      owner { kind name }
      count
      nearest
      nodes { distance roles node { kind displayName } }
    }
  }
}
`,
  `# Is everything up to date?
query Status {
  status {
    position
    catalog { available position lagEvents lagSeconds }
    graph { available position lagEvents lagSeconds }
    graphEngine
    findings { code count }
  }
}
`,
  `# Keeps listening: press play, then send an event.
subscription Listen {
  assetChanged {
    position
    recordedAt
    assets { __typename id displayName updatedAt }
  }
}
`,
];

export const exampleTabs = queries.map((query) => ({ query }));
