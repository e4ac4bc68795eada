import { createHash } from 'node:crypto';

export interface LoadOptions {
  readonly connections?: number;
  readonly pauseMs?: number;
  /** Beside the media type. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client that sends small run events on several connections until it is stopped, and keeps what it was told. */
export class HttpLoad {
  /** Run id to position, for every event that was answered with 201. */
  readonly acknowledged = new Map<string, string>();
  /** Status of every other answer. */
  readonly refused: number[] = [];
  /** Requests that got no answer: the server was gone. */
  unanswered = 0;
  /** The slowest answer. */
  slowestMs = 0;
  #isStopped = false;
  #next = 0;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #lanes: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly label: string,
    { connections = 8, pauseMs = 0, headers = {} }: LoadOptions = {},
  ) {
    this.#headers = { 'content-type': 'application/json', ...headers };
    this.#lanes = Promise.all(Array.from({ length: connections }, () => this.#lane(pauseMs))).then(() => undefined);
  }

  /** Resolves once every request under way was answered or has failed. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#lanes;
  }

  async until(acknowledged: number, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (this.acknowledged.size < acknowledged) {
      if (Date.now() > deadline)
        throw new Error(`${String(this.acknowledged.size)} of ${String(acknowledged)} in time`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #lane(pauseMs: number): Promise<void> {
    while (!this.#isStopped) {
      const number = (this.#next += 1);
      await this.#send(loadEvent(this.label, number));
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #send(event: LoadEvent): Promise<void> {
    const startedAt = performance.now();
    try {
      const response = await fetch(`${this.url}/api/v1/lineage`, {
        method: 'POST',
        headers: this.#headers,
        body: JSON.stringify(event),
      });
      const body = await response.text();
      if (response.status === 201) {
        this.acknowledged.set(event.run.runId, (JSON.parse(body) as { position: string }).position);
      } else this.refused.push(response.status);
    } catch {
      // Connection refused or reset: nothing was acknowledged.
      this.unanswered += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
  }
}

const JOBS = 20;
const START = Date.UTC(2026, 0, 1);

/** The event with this number: job n reads table n and writes table n + 1, a run a number. */
export function loadEvent(label: string, number: number) {
  const job = number % JOBS;
  const namespace = `postgres://${label}:5432`;
  return {
    eventType: 'COMPLETE',
    eventTime: new Date(START + number * 60_000).toISOString(),
    producer: 'https://example.com/load',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: loadRunId(label, number) },
    job: { namespace: label, name: `step-${String(job)}` },
    inputs: [{ namespace, name: `public.t${String(job)}` }],
    outputs: [{ namespace, name: `public.t${String(job + 1)}` }],
  };
}

type LoadEvent = ReturnType<typeof loadEvent>;

function loadRunId(label: string, number: number): string {
  const prefix = createHash('sha256').update(label).digest('hex').slice(0, 8);
  return `${prefix}-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** The chain that the load's events make, at its far end. */
export function lastTableOf(label: string): string {
  return `dataset:${encodeURIComponent(`postgres://${label}:5432`)}:public.t${String(JOBS)}`;
}
