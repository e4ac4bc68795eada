/** How often the server answered senders of events with a status, since it started. */
export interface IngestAnswer {
  readonly status: number;
  readonly requests: number;
}

export interface IngestAnswers {
  /** When the process began to count; null where it does not say. */
  readonly since: string | null;
  readonly answers: readonly IngestAnswer[];
}

const COUNT = /^headwater_http_request_seconds_count\{([^}]*)\} (\S+)$/gm;
const START = /^process_start_time_seconds (\S+)$/m;
const INGEST = '/api/v1/lineage';

/** Reads the server's metrics (Prometheus text format 0.0.4): the answers to POST /api/v1/lineage and its batch. */
export function ingestAnswersOf(metrics: string): IngestAnswers {
  const counts = new Map<number, number>();
  for (const [, labels = '', value = ''] of metrics.matchAll(COUNT)) {
    const labelled = new Map([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name, text]));
    if (labelled.get('route')?.startsWith(INGEST) !== true) continue;
    const status = Number(labelled.get('status'));
    const requests = Number(value);
    if (Number.isFinite(status) && requests > 0) counts.set(status, (counts.get(status) ?? 0) + requests);
  }
  const started = Number(START.exec(metrics)?.[1]);
  return {
    since: Number.isFinite(started) ? new Date(started * 1_000).toISOString() : null,
    answers: [...counts].map(([status, requests]) => ({ status, requests })).sort((a, b) => a.status - b.status),
  };
}

/** Statuses that the pages explain (docs/guides/send-events.md). */
export const EXPLAINED = ['200', '201', '400', '401', '403', '413', '415', '422', '503'] as const;
export type ExplainedStatus = (typeof EXPLAINED)[number];

export function explained(status: number): ExplainedStatus | null {
  return EXPLAINED.find((known) => known === String(status)) ?? null;
}
