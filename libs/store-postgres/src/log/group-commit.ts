import { HeadwaterError } from '@headwater/domain/errors';

export interface GroupCommitOptions<Row, Result> {
  /** Makes rows durable together and answers one result a row, in order. */
  readonly write: (rows: readonly Row[]) => Promise<readonly Result[]>;
  readonly bytesOf: (row: Row) => number;
  /** A group ends before it would exceed either; a single call larger than that is a group of its own. */
  readonly maxGroupRows: number;
  readonly maxGroupBytes: number;
  /** Waiting rows and bytes at most; beyond, calls are refused with UNAVAILABLE. */
  readonly maxQueuedRows: number;
  readonly maxQueuedBytes: number;
  /** What a failure of `write` is to callers. */
  readonly translate: (error: unknown) => HeadwaterError;
}

interface Call<Row, Result> {
  readonly rows: readonly Row[];
  readonly bytes: number;
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: HeadwaterError) => void;
}

const RETRY_AFTER_S = 1;

/**
 * One writer and no timer: while a group is being written, later calls wait and share the next one, so a lone call
 * waits for nobody. When a group is refused for what it holds, its calls are written one by one, so that a bad row
 * fails its own call only.
 */
export class GroupCommit<Row, Result> {
  readonly #options: GroupCommitOptions<Row, Result>;
  #queue: Call<Row, Result>[] = [];
  #head = 0;
  #queuedRows = 0;
  #queuedBytes = 0;
  #draining: Promise<void> | undefined;
  #closed = false;

  constructor(options: GroupCommitOptions<Row, Result>) {
    this.#options = options;
  }

  /** Rows and bytes that wait or are being written. */
  get pending(): { readonly rows: number; readonly bytes: number } {
    return { rows: this.#queuedRows, bytes: this.#queuedBytes };
  }

  /** Resolves when every row of the call is durable. */
  submit(rows: readonly Row[]): Promise<readonly Result[]> {
    if (rows.length === 0) return Promise.resolve([]);
    let bytes = 0;
    for (const row of rows) bytes += this.#options.bytesOf(row);
    const refused = this.#refusal(rows.length, bytes);
    if (refused !== undefined) return Promise.reject(refused);
    return new Promise((resolve, reject) => {
      this.#queue.push({ rows, bytes, resolve, reject });
      this.#queuedRows += rows.length;
      this.#queuedBytes += bytes;
      // The microtask lets calls of the same tick, such as requests parsed from one socket read, share the first group.
      this.#draining ??= Promise.resolve().then(() => this.#drain());
    });
  }

  /** Refuses new calls and resolves when the accepted ones are answered. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  #refusal(rows: number, bytes: number): HeadwaterError | undefined {
    const { maxQueuedRows, maxQueuedBytes } = this.#options;
    const details = { retryAfterS: RETRY_AFTER_S };
    if (this.#closed) {
      return new HeadwaterError('UNAVAILABLE', 'The event log is shutting down', { ...details, reason: 'LOG_CLOSED' });
    }
    // An empty queue takes anything: the limit is there for what piles up, and one large call must be able to pass.
    const full = this.#queuedRows + rows > maxQueuedRows || this.#queuedBytes + bytes > maxQueuedBytes;
    if (this.#queuedRows === 0 || !full) return undefined;
    return new HeadwaterError('UNAVAILABLE', 'Too many events wait to be stored', {
      ...details,
      reason: 'LOG_QUEUE_FULL',
    });
  }

  async #drain(): Promise<void> {
    while (this.#head < this.#queue.length) {
      await this.#writeGroup(this.#take());
    }
    this.#queue = [];
    this.#head = 0;
    this.#draining = undefined;
  }

  #take(): readonly Call<Row, Result>[] {
    const { maxGroupRows, maxGroupBytes } = this.#options;
    const from = this.#head;
    let rows = 0;
    let bytes = 0;
    for (let call = this.#queue[this.#head]; call !== undefined; call = this.#queue[++this.#head]) {
      if (this.#head > from && (rows + call.rows.length > maxGroupRows || bytes + call.bytes > maxGroupBytes)) break;
      rows += call.rows.length;
      bytes += call.bytes;
    }
    const group = this.#queue.slice(from, this.#head);
    if (this.#head > 1024) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return group;
  }

  async #writeGroup(group: readonly Call<Row, Result>[]): Promise<void> {
    try {
      const rows = group.length === 1 ? (group[0]?.rows ?? []) : group.flatMap((call) => call.rows);
      const results = await this.#options.write(rows);
      let at = 0;
      for (const call of group) {
        this.#leave(call);
        call.resolve(results.slice(at, (at += call.rows.length)));
      }
    } catch (error) {
      const failure = this.#options.translate(error);
      // A store that is away refuses every call alike; asking it once a call would only keep the queue waiting.
      if (group.length === 1 || failure.category === 'UNAVAILABLE') {
        for (const call of group) {
          this.#leave(call);
          call.reject(failure);
        }
        return;
      }
      for (const call of group) await this.#writeGroup([call]);
    }
  }

  /** Before the call is answered: its caller may come back in the same turn. */
  #leave(call: Call<Row, Result>): void {
    this.#queuedRows -= call.rows.length;
    this.#queuedBytes -= call.bytes;
  }
}
