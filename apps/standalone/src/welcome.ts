import type { Door } from './first-start.js';
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

export interface WelcomeFacts extends Pick<Served, 'url' | 'engine' | 'place'> {
  /** Null where authentication is off. */
  readonly door: Door | null;
  readonly hasExample: boolean;
}

/** What a new user reads first: where the API is, how to come in, how to send an event, what to ask. No secret is in it. */
export function welcome({ url, engine, place, door, hasExample }: WelcomeFacts): string {
  const example = hasExample
    ? ['', 'The example is loaded: docs/guides/example.md has queries for it.']
    : ['', 'Or start with an example to look around in: npm start -- --example'];
  return [
    '',
    `Headwater is ready: ${url}/graphql  (events in ${place}, ${STORES[engine]})`,
    '',
    ...(door === null ? OPEN_TO_ALL : waysIn(door)),
    'Send an event:',
    '',
    `  ${curl(`${url}/api/v1/lineage`, EVENT, door)}`,
    '',
    door === null
      ? `Ask where the data came from (or open ${url}/graphql in a browser):`
      : 'Ask where the data came from:',
    '',
    `  ${curl(`${url}/graphql`, { query: FIRST_QUERY }, door)}`,
    ...example,
    '',
    'Stop with Ctrl-C.',
    '',
  ].join('\n');
}

const OPEN_TO_ALL = [
  'Authentication is off (HEADWATER_AUTH=off): everybody on this machine may read and change everything.',
  '',
];

function waysIn({ link, file, problem }: Door): readonly string[] {
  const token =
    problem === null
      ? [
          'Programs need a token. This one may do everything, and only you can read its file:',
          '',
          `  export HEADWATER_TOKEN=$(cat ${quoted(file)})`,
        ]
      : [
          `Programs need a token. ${file} cannot be written (${problem}), so make one yourself:`,
          '',
          '  export HEADWATER_TOKEN=$(npm run -s headwater -- token create --name first --owner me --scopes admin,catalog:read,lineage:write)',
        ];
  return ['Open this link to sign your browser in; it works once, within an hour:', '', `  ${link}`, '', ...token, ''];
}

// The header comes by standard input: arguments of a process can be read by everybody on the machine.
function curl(url: string, body: object, door: Door | null): string {
  const says = `-H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
  if (door === null) return `curl -sS ${url} ${says}`;
  return `printf 'Authorization: Bearer %s' "$HEADWATER_TOKEN" | curl -sS ${url} -H @- ${says}`;
}

function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
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
