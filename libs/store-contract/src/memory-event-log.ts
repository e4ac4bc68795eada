import { createHmac } from 'node:crypto';
import { HeadwaterError } from '@headwater/domain/errors';
import type { AcceptedEvent, Appended, StoredEvent, StoredPart } from '@headwater/domain/events';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';

export interface MemoryEventLogOptions {
  readonly clock: Clock;
  readonly logId?: string;
}

/** The event log's contract in an array, for tests that need a log and no server. Nothing outlives the process. */
export class MemoryEventLog implements EventLog {
  readonly logId: string;
  readonly #clock: Clock;
  readonly #events: StoredEvent[] = [];
  readonly #parts: StoredPart[] = [];
  readonly #positions = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  constructor({ clock, logId = 'memory' }: MemoryEventLogOptions) {
    this.#clock = clock;
    this.logId = logId;
  }

  async append(events: readonly AcceptedEvent[]): Promise<readonly Appended[]> {
    // As with a server, nothing is stored in the caller's own turn.
    await Promise.resolve();
    for (const event of events) {
      if (!Number.isSafeInteger(event.receivedAt) || !/^[A-Z][A-Z_]{0,31}$/.test(event.kind)) {
        throw new HeadwaterError('INTERNAL', 'the log refuses a row of this kind or time');
      }
    }
    const recordedAt = Math.max(this.#clock.now(), this.#lastRecordedAt());
    const before = this.#events.length;
    const appended = events.map((event) => this.#appendOne(event, recordedAt));
    if (this.#events.length > before) for (const listener of this.#listeners) queueMicrotask(listener);
    return appended;
  }

  readAfter(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return Promise.resolve(this.#events.slice(after, after + limit));
  }

  read(positions: readonly number[]): Promise<readonly StoredEvent[]> {
    return Promise.resolve(positions.flatMap((position) => this.#events[position - 1] ?? []));
  }

  parts(positions: readonly number[]): Promise<readonly StoredPart[]> {
    return Promise.resolve(this.#parts.filter(({ position }) => positions.includes(position)));
  }

  problem(): Promise<null> {
    return Promise.resolve(null);
  }

  head(): Promise<{ readonly position: number; readonly recordedAt: Micros }> {
    return Promise.resolve({ position: this.#events.length, recordedAt: this.#lastRecordedAt() });
  }

  /** Calls `listener` after each append that stored something; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  #lastRecordedAt(): Micros {
    return this.#events.at(-1)?.recordedAt ?? 0;
  }

  #appendOne(event: AcceptedEvent, recordedAt: Micros): Appended {
    const digest = createHmac('sha256', `digest key of ${this.logId}`).update(event.bytes).digest('hex');
    const known = this.#positions.get(digest);
    if (known !== undefined) return { position: known, duplicate: true };
    const position = this.#events.length + 1;
    const { kind, receivedAt } = event;
    // A copy: the caller may use its buffer again.
    this.#events.push({ position, kind, digest, bytes: Buffer.from(event.bytes), receivedAt, recordedAt });
    for (const { offset, length, keyId, ciphertext } of event.parts ?? []) {
      const placeholder = Buffer.from(event.bytes.subarray(offset, offset + length)).toString('utf8');
      this.#parts.push({ position, keyId, ciphertext: Buffer.from(ciphertext), placeholder });
    }
    this.#positions.set(digest, position);
    return { position, duplicate: false };
  }
}
