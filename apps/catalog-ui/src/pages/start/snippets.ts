export const CLIENTS = ['curl', 'python', 'airflow', 'spark', 'dbt'] as const;
export type Client = (typeof CLIENTS)[number];

/** Where a snippet's text goes: into a shell, or into a file. */
export interface Snippet {
  readonly place: 'shell' | 'program' | 'defaults';
  readonly text: string;
}

export interface SnippetSettings {
  /** Scheme, host and port of this server. */
  readonly origin: string;
  /** Null where the server asks for none. */
  readonly token: string | null;
  /** What the curl example says of itself: an instant and a run id. */
  readonly eventTime: string;
  readonly runId: string;
}

const PRINT_STATUS = String.raw`-w '\nHTTP %{http_code}\n'`;

/** Stands for a token that has not been made. */
export const TOKEN_PLACEHOLDER = '<token>';

const PYTHON = `from datetime import datetime, timezone

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.uuid import generate_new_uuid

client = OpenLineageClient()  # reads the variables set before
client.emit(
    RunEvent(
        eventType=RunState.COMPLETE,
        eventTime=datetime.now(timezone.utc).isoformat(),
        producer="https://example.com/first-event",
        run=Run(runId=str(generate_new_uuid())),
        job=Job(namespace="demo", name="first-job"),
        inputs=[InputDataset(namespace="demo", name="raw.orders")],
        outputs=[OutputDataset(namespace="demo", name="mart.revenue")],
    )
)`;

/** What to run or write so that a client sends its events here (docs/guides/send-events.md). */
export function snippetsOf(client: Client, settings: SnippetSettings): readonly Snippet[] {
  return SNIPPETS[client](settings);
}

const SNIPPETS: Readonly<Record<Client, (settings: SnippetSettings) => readonly Snippet[]>> = {
  curl: (settings) => [{ place: 'shell', text: curl(settings) }],
  python: (settings) => [
    { place: 'shell', text: lines('pip install openlineage-python', ...variables(settings)) },
    { place: 'program', text: PYTHON },
  ],
  airflow: (settings) => [
    {
      place: 'shell',
      text: lines(
        'pip install apache-airflow-providers-openlineage',
        `export AIRFLOW__OPENLINEAGE__TRANSPORT='${transport(settings)}'`,
        'export AIRFLOW__OPENLINEAGE__NAMESPACE=airflow',
      ),
    },
  ],
  spark: (settings) => [
    {
      place: 'shell',
      text: lines(
        `export OPENLINEAGE__TRANSPORT='${transport(settings)}'`,
        'spark-submit \\',
        '  --packages io.openlineage:openlineage-spark_2.12:1.53.0 \\',
        '  --conf spark.extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener \\',
        '  job.py',
      ),
    },
    { place: 'defaults', text: sparkDefaults(settings) },
  ],
  dbt: (settings) => [
    {
      place: 'shell',
      text: lines(
        'pip install openlineage-dbt',
        ...variables(settings),
        'export OPENLINEAGE_NAMESPACE=warehouse',
        'dbt-ol build',
      ),
    },
  ],
};

const lines = (...all: readonly string[]): string => all.join('\n');

// Straight quotes keep the shell from reading anything in a value; neither an origin nor a token has one.
function variables({ origin, token }: SnippetSettings): readonly string[] {
  return [`export OPENLINEAGE_URL='${origin}'`, ...(token === null ? [] : [`export OPENLINEAGE_API_KEY='${token}'`])];
}

function transport({ origin, token }: SnippetSettings): string {
  const auth = token === null ? '' : `, "auth": {"type": "api_key", "apiKey": "${token}"}`;
  return `{"type": "http", "url": "${origin}"${auth}}`;
}

function sparkDefaults({ origin, token }: SnippetSettings): string {
  return lines(
    'spark.openlineage.transport.type         http',
    `spark.openlineage.transport.url          ${origin}`,
    ...(token === null
      ? []
      : ['spark.openlineage.transport.auth.type    api_key', `spark.openlineage.transport.auth.apiKey  ${token}`]),
  );
}

/**
 * The token comes by standard input: everybody on a machine can read the arguments of a process. Behind the answer its
 * status is printed, so that one sees that the event is kept.
 */
function curl({ origin, token, eventTime, runId }: SnippetSettings): string {
  const url = `${origin}/api/v1/lineage`;
  const start =
    token === null
      ? [`curl -sS ${PRINT_STATUS} ${url} -H 'content-type: application/json' -d '{`]
      : [
          `export HEADWATER_TOKEN='${token}'`,
          `printf 'Authorization: Bearer %s' "$HEADWATER_TOKEN" |`,
          `  curl -sS ${PRINT_STATUS} ${url} -H @- -H 'content-type: application/json' -d '{`,
        ];
  return lines(
    ...start,
    '  "eventType": "COMPLETE",',
    `  "eventTime": "${eventTime}",`,
    '  "producer": "https://example.com/first-event",',
    '  "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",',
    `  "run": { "runId": "${runId}" },`,
    '  "job": { "namespace": "demo", "name": "first-job" },',
    '  "inputs": [{ "namespace": "demo", "name": "raw.orders" }],',
    '  "outputs": [{ "namespace": "demo", "name": "mart.revenue" }]',
    `}'`,
  );
}

/** A version 4 UUID (RFC 9562 §5.4) of 16 random bytes; browsers make their own only on secure origins. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = [...bytes.slice(0, 16)]
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
