import type { Served } from './serve.js';

const STORES: Readonly<Record<Served['engine'], string>> = {
  POSTGRES: 'the lineage graph in PostgreSQL',
  NEO4J: 'the lineage graph in Neo4j',
  MEMORY: 'the lineage graph in memory',
};

const EVENT = {
  eventType: 'COMPLETE',
  eventTime: '2026-11-23T09:00:00Z',
  producer: 'https://example.com/quickstart',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '0192c8f0-7a00-7000-8000-000000000001' },
  job: { namespace: 'shop', name: 'daily_revenue' },
  inputs: [{ namespace: 'postgres://shop:5432', name: 'public.orders' }],
  outputs: [{ namespace: 'postgres://shop:5432', name: 'public.revenue' }],
};

export const FIRST_QUERY =
  '{ lineage(root: "dataset:postgres%3A%2F%2Fshop%3A5432:public.revenue", direction: UPSTREAM) { nodes { id kind depth } edges { from to kind } } }';

/** What a new user reads first: where the API is, how to send an event, what to ask. */
export function welcome(served: Pick<Served, 'url' | 'engine' | 'place'>, hasExample: boolean): string {
  const { url, engine, place } = served;
  const example = hasExample
    ? ['', 'The example is loaded: docs/guides/example.md has queries for it.']
    : ['', 'Or start with an example to look around in: npm start -- --example'];
  return [
    '',
    `Headwater is ready: ${url}/graphql  (events in ${place}, ${STORES[engine]})`,
    '',
    'Send an event:',
    '',
    `  curl -sS ${url}/api/v1/lineage -H 'content-type: application/json' -d '${JSON.stringify(EVENT)}'`,
    '',
    `Ask where the data came from (or open ${url}/graphql in a browser):`,
    '',
    `  curl -sS ${url}/graphql -H 'content-type: application/json' -d '${JSON.stringify({ query: FIRST_QUERY })}'`,
    ...example,
    '',
    'Stop with Ctrl-C.',
    '',
  ].join('\n');
}

/** The same for a process that only projects. */
export function workerWelcome({ url, engine, place }: Pick<Served, 'url' | 'engine' | 'place'>): string {
  return [
    '',
    `The worker is running: it projects the events in ${place} (${STORES[engine]}).`,
    `How far it is: ${url}/health/ready and ${url}/metrics. The APIs run elsewhere: npm start -- --part api`,
    '',
    'Stop with Ctrl-C.',
    '',
  ].join('\n');
}
