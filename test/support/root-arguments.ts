import { HUSH, MARK, PAIR, ROOTS, TWIN, uuid } from './hidden-namespace.js';

const GRANULARITIES = ['DATASET', 'JOB', 'FIELD', 'RUN'];
const quoted = JSON.stringify;
const SEARCHES = ['""', quoted(MARK), '"vault"', '"stage"', '"husch"', '"team"', '"mid"'];
const WITHOUT_ARGUMENTS = [
  ...[
    'accessEvents',
    'domains',
    'ownershipRules',
    'refusedEvents',
    'roleBindings',
    'status',
    'tagRules',
    'logicalRules',
    'tagSuggestionRules',
    'fieldConcepts',
    'tokens',
    'viewer',
    'terms',
    'exportTerms',
  ],
];
/** Arguments of every query, as they stand in a document: each is asked with all of them. */
export const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  decision: [`id: "decision:a:b"`],
  decisions: ['first: 1'],
  node: ROOTS.map((id) => `id: ${quoted(id)}`),
  nodes: [`ids: ${quoted(ROOTS)}`],
  dataset: [
    ...[`namespace: "wh", name: "stage"`, `namespace: "AA", name: "thing"`, `namespace: "wh", name: "gone"`],
    `namespace: ${quoted(HUSH)}, name: ${quoted(`${MARK}-vault`)}`,
  ],
  job: [`namespace: "open", name: "load"`, `namespace: ${quoted(HUSH)}, name: ${quoted(`${MARK}-mid`)}`],
  run: [TWIN, PAIR, ...ROOTS.filter((id) => id.startsWith('run:'))].map((id) => `id: ${quoted(id)}`),
  namespaces: ['first: 1', 'first: 100'],
  effectiveOwners: ROOTS.filter((id) => /^(dataset|job):/.test(id)).map((id) => `asset: ${quoted(id)}`),
  previewOwnershipRules: [`input: { file: "* team:open\\n" }`],
  search: [
    ...SEARCHES.flatMap((text) => [`query: ${text}`, `query: ${text}, orderBy: NAME, first: 1`]),
    ...[`filter: {namespaces: [${quoted(HUSH)}]}`, `filter: {owners: [${quoted(`agent:team:${MARK}`)}]}`],
  ],
  responsibleFor: ['team:open', `team:${MARK}`, `team:${MARK}-jobs`].flatMap((name) =>
    ['', ', asOf: "2026-06-01T00:00:00Z"', ', first: 1, knownAt: "2036-06-01T00:00:00Z"'].map(
      (more) => `agent: ${quoted(`agent:${name}`)}${more}`,
    ),
  ),
  suggest: SEARCHES.map((text) => `prefix: ${text}`),
  events: ['first: 100', 'first: 1', ...ROOTS.map((id) => `first: 50, filter: {node: ${quoted(id)}}`)],
  findings: ['first: 100', 'first: 1', ...ROOTS.map((id) => `first: 50, filter: {node: ${quoted(id)}}`)],
  runs: [
    ...['first: 100', 'first: 1', 'first: 100, filter: {isLate: true}', 'first: 100, filter: {states: [COMPLETED]}'],
    `first: 100, filter: {namespaces: [${quoted(HUSH)}, "open"]}`,
    ...ROOTS.map((id) => `first: 50, filter: {job: ${quoted(id)}}`),
  ],
  producers: ['first: 100', 'first: 1'],
  lineage: [...ROOTS, TWIN].flatMap((root) => [
    ...(root.includes(MARK) ? ['JOB'] : GRANULARITIES).map(
      (granularity) => `root: ${quoted(root)}, granularity: ${granularity}, depth: 9, control: true`,
    ),
    `root: ${quoted(root)}, maxNodes: 1, depth: 9`,
    ...['JOB', 'DATASET'].map(
      (granularity) => `root: ${quoted(root)}, granularity: ${granularity}, depth: 9, logical: true, control: true`,
    ),
    `root: ${quoted(root)}, between: {from: "2026-02-01T00:00:00Z", to: "2026-12-01T00:00:00Z"}`,
  ]),
  lineageDiff: ROOTS.flatMap((root) =>
    (root.includes(MARK) ? ['JOB'] : GRANULARITIES).map(
      (granularity) =>
        `root: ${quoted(root)}, granularity: ${granularity}, from: "2026-02-01T00:00:00Z", to: "2026-03-02T00:00:00Z"`,
    ),
  ),
  paths: [
    'dataset:wh:raw',
    'dataset:wh:stage',
    'job:open:load',
    'field:wh:stage:id',
    'run:open:load:' + uuid(1),
  ].flatMap((from) =>
    ['dataset:wh:report', 'dataset:wh:mart', 'field:wh:mart:id', 'dataset:wh:gone'].flatMap((to) =>
      GRANULARITIES.map((granularity) => `from: ${quoted(from)}, to: ${quoted(to)}, granularity: ${granularity}`),
    ),
  ),
  previewEdits: SEARCHES.map((text) => `selection: {query: ${text}}, change: {addTags: ["x"], domain: null}`),
  exportAssets: [
    ...SEARCHES.flatMap((text) => [`query: ${text}`, `query: ${text}, format: JSON_LINES, first: 1`]),
    ...[`filter: {namespaces: [${quoted(HUSH)}]}`, `filter: {owners: [${quoted(`agent:team:${MARK}`)}]}`],
  ],
  previewHandOver: ['open', MARK].map((team) => `from: ${quoted(`agent:team:${team}`)}, to: "agent:team:x"`),
  tagSuggestions: [
    'first: 100',
    'first: 1',
    'first: 100, filter: {isDismissed: true}',
    `filter: {namespaces: [${quoted(HUSH)}]}`,
  ],
  synonymSuggestions: ['first: 100', 'first: 1'],
  tagSuggestionCounts: ['', `filter: {namespaces: [${quoted(HUSH)}]}`],
  coverage: ['', 'tags: ["pii"]'],
  architectureFindings: [
    ...['first: 100', 'first: 1', 'first: 100, kinds: [POINTS_UP_A_LAYER]'],
    ...['first: 100, isAccepted: true', 'first: 100, isAccepted: false'],
    ...['first: 100, domain: "domain:open"', `first: 100, domain: ${quoted(`domain:${MARK}`)}`],
  ],
  architectureFindingCounts: ['', 'domain: "domain:open"', `domain: ${quoted(`domain:${MARK}`)}`],
  tagFlows: ['pii', `tag-of-team:${MARK}`, 'tag-of-team:open', 'tag-of-team'].flatMap((tag) =>
    ['', ', by: NAMESPACE', `, by: NAMESPACE, open: [${quoted(`namespace:${HUSH}`)}], most: 2`].map(
      (more) => `tag: ${quoted(tag)}${more}`,
    ),
  ),
  editJob: ['id: "x"'],
  savedSearch: ['id: "x"'],
  report: ['id: "x"'],
  reports: ['first: 100'],
  recentlyChanged: ['most: 100', 'most: 1, kinds: [SCHEMA]', 'most: 100, since: "2016-06-01T00:00:00Z"'],
  editJobs: ['first: 100'],
  term: ['id: "term:open"', `id: ${quoted(`term:${MARK}`)}`],
  agent: [MARK, 'open', `${MARK}-jobs`].map((team) => `id: ${quoted(`agent:team:${team}`)}`),
  agents: ['first: 100', `text: ${quoted(MARK)}`],
  domain: ['id: "domain:open"', `id: ${quoted(`domain:${MARK}`)}`],
  logicalDataset: ['id: "logical:vaulted"', `id: ${quoted(`logical:${MARK}`)}`],
  logicalDatasets: ['first: 100', 'text: "a"', `domain: ${quoted(`domain:${MARK}`)}`],
  previewLogicalRules: ['rules: [{name: "*{name}*"}]', `rules: [{namespace: ${quoted(HUSH)}, name: "{name}"}]`],
  dataProduct: ['id: "product:open"', `id: ${quoted(`product:${MARK}`)}`],
  customProperty: ['id: "property:open"', `id: ${quoted(`property:${MARK}`)}`],
  customProperties: ['', 'kind: JOB'],
  dataProducts: ['first: 100', `domain: ${quoted(`domain:${MARK}`)}`],
  impact: ROOTS.flatMap((root) => ['', ', side: UPSTREAM'].map((side) => `root: ${quoted(root)}${side}`)),
  whereIs: [
    ...['pii', `tag-of-team:${MARK}`, 'tag-of-team:open', 'tag-of-team'].flatMap((tag) =>
      ['', ', maxNodes: 1'].map((most) => `tag: ${quoted(tag)}${most}`),
    ),
  ],
  howFarDoes: [...ROOTS.filter((id) => id.startsWith('field:')), 'field:wh:stage:source_column'].map(
    (id) => `field: ${quoted(id)}`,
  ),
  affectedComponents: [
    ...[
      '',
      ', first: 1',
      `, filter: {namespaces: [${quoted(HUSH)}]}`,
      `, filter: {owners: [${quoted(`agent:team:${MARK}`)}]}`,
    ],
    ', filter: {kinds: [JOB]}',
  ].map((more) => `from: "2026-02-01T00:00:00Z", to: "2026-12-01T00:00:00Z"${more}`),
  collectionPlan: [
    ...ROOTS.filter((id) => id.startsWith('field:')).map((id) => [id]),
    ['field:wh:stage:id', 'field:wh:mart:id'],
    ['field:wh:mart:id', 'field:wh:report:id'],
    ROOTS,
  ].map((targets) => `targets: ${quoted(targets)}`),
  ...Object.fromEntries(WITHOUT_ARGUMENTS.map((field) => [field, ['']])),
};
/** Queries that the graph answers. */
export const OF_GRAPH = ['lineage', 'lineageDiff', 'paths', 'impact', 'whereIs', 'howFarDoes', 'collectionPlan'];
/** What holds no names of assets, or none where nobody edits; the last five are of callers, and all but one of them not for readers. */
export const NAMELESS = [
  ...['agents', 'customProperties', 'customProperty', 'dataProduct', 'dataProducts', 'domain', 'editJob', 'editJobs'],
  ...['exportTerms', 'status'],
  // They need another scope: test/e2e/decisions.spec.ts tells who sees what.
  ...['decision', 'decisions'],
  ...['report', 'reports', 'savedSearch', 'term', 'terms'],
  ...['viewer', 'accessEvents', 'refusedEvents', 'roleBindings', 'tokens'],
];
