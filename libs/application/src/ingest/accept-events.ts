import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { Appended } from '@headwater/domain/events';
import { NO_OUTLINE } from '@headwater/domain/openlineage/event-outline';
import { splitJsonArray } from '@headwater/domain/openlineage/json-scan';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { Deadline } from './deadline.js';
import type { Intake, Writable } from './intake.js';
import { EventRefused } from './event-refused.js';

/** The answer to one event (rule 1). */
export interface OneAccepted {
  /** `<log id>.<n>`; of a duplicate, that of its first append. */
  readonly position: string;
  readonly duplicate: boolean;
}

/** One event of a batch that was not stored. */
export interface FailedEvent {
  readonly index: number;
  readonly reason: string;
  /** Whether sending it again unchanged may succeed. */
  readonly retriable: boolean;
}

/** The answer to a batch, as OpenLineage's OpenAPI document has it (rule 2). */
export interface BatchAccepted {
  readonly status: 'success' | 'partial_success';
  readonly summary: {
    readonly received: number;
    readonly successful: number;
    readonly failed: number;
    readonly retriable: number;
    readonly non_retriable: number;
  };
  readonly failed_events: readonly FailedEvent[];
  /** The highest of the stored events; null when none was stored. */
  readonly position: string | null;
}

/** Events of a batch are appended in groups of this many bytes, so that the first are durable early. */
const GROUP_BYTES = 4 * 1024 * 1024;
const GROUP_EVENTS = 1_000;
/** After reading this many bytes, other requests get their turn. */
const BREATH_BYTES = 512 * 1024;

const STORE_FAILURE = 'The event could not be stored at the moment. Send it again.';

interface Pending<E> {
  readonly index: number;
  readonly event: E;
}

/** Takes events into the log: decides by how their {@link Intake} reads them, answers once they are durable. */
export class AcceptEvents<E> {
  constructor(
    private readonly log: Pick<EventLog, 'append' | 'logId'>,
    private readonly clock: Clock,
    private readonly intake: Intake<E>,
  ) {}

  /**
   * `writes`: what the caller may write. Throws INVALID_INPUT (reason `JSON`, or with
   * faults), FORBIDDEN (FOREIGN_NAMESPACE), LIMIT_EXCEEDED or UNAVAILABLE.
   */
  async one(bytes: Uint8Array, writes: Writable): Promise<OneAccepted> {
    const receivedAt = this.clock.now();
    const event = this.#read(bytes, writes);
    if (event instanceof EventRefused) throw event;
    const [appended] = await this.#store([event], receivedAt);
    if (appended === undefined) throw new HeadwaterError('INTERNAL', 'The log answered without a position');
    return { position: this.#position(appended.position), duplicate: appended.duplicate };
  }

  /**
   * Each event of the array stands on its own, also where one is about a namespace that the caller may not write. What
   * is not durable by the deadline is retriable, also where it is stored later: its resend is then a duplicate. Throws
   * INVALID_INPUT when the body is not one array, and UNAVAILABLE when events were to be stored and none could be.
   * `onRefused` is told of each event that is refused for what it says.
   */
  async batch(
    bytes: Uint8Array,
    writes: Writable,
    deadline: Deadline,
    onRefused: (refused: EventRefused) => void = () => undefined,
  ): Promise<BatchAccepted> {
    const receivedAt = this.clock.now();
    const split = splitJsonArray(bytes);
    if (!split.ok) {
      const faults =
        split.reason === 'SHAPE' ? [{ pointer: '', ...coded('WRONG_TYPE', split.detail, { type: 'array' }) }] : [];
      throw new EventRefused('INVALID_INPUT', split.detail, NO_OUTLINE, { reason: split.reason, faults });
    }
    const { elements } = split;
    const outcome = new BatchOutcome();
    const append = (group: readonly Pending<E>[]): Promise<void> => this.#append(group, receivedAt, outcome, deadline);
    let group: Pending<E>[] = [];
    let groupBytes = 0;
    let unread = 0;
    let index = 0;
    // Elements are read one at a time, so that only one parsed event is in memory beside those that are kept.
    for (const element of elements) {
      if (deadline.isOver) break;
      const event = this.#read(element, writes);
      if (event instanceof EventRefused) {
        outcome.refuse(index, event.message);
        onRefused(event);
      } else {
        group.push({ index, event });
        groupBytes += element.byteLength;
      }
      index++;
      unread += element.byteLength;
      if (groupBytes >= GROUP_BYTES || group.length >= GROUP_EVENTS) {
        await append(group);
        group = [];
        groupBytes = 0;
      } else if (unread >= BREATH_BYTES) await breathe();
      if (unread >= BREATH_BYTES) unread = 0;
    }
    await append(group);
    // Reading the rest would make the answer later still.
    if (index < elements.length) outcome.failFrom(index, elements.length, deadline.error());
    if (outcome.stored === 0 && outcome.storeFailure !== undefined) throw outcome.storeFailure;
    return outcome.answer(elements.length, outcome.highest === 0 ? null : this.#position(outcome.highest));
  }

  #read(bytes: Uint8Array, writes: Writable): E | EventRefused {
    const { maxEventBytes, tooLarge } = this.intake;
    if (bytes.byteLength > maxEventBytes) return new EventRefused('LIMIT_EXCEEDED', tooLarge, NO_OUTLINE);
    return this.intake.read(bytes, writes);
  }

  async #append(
    group: readonly Pending<E>[],
    receivedAt: number,
    outcome: BatchOutcome,
    deadline: Deadline,
  ): Promise<void> {
    if (group.length === 0) return;
    if (deadline.isOver) {
      outcome.failAll(group, deadline.error());
      return;
    }
    // A store that has gone away in this batch is not asked again for each further group: the answer must not be late.
    if (outcome.isStoreAway) {
      outcome.failAll(group);
      return;
    }
    try {
      const events = group.map(({ event }) => event);
      outcome.storeAll(await deadline.meet(this.#store(events, receivedAt)));
    } catch (error) {
      if (isUnavailable(error)) outcome.failAll(group, error);
      else await this.#appendEach(group, receivedAt, outcome, deadline);
    }
  }

  /** One row that the store refuses must fail alone. */
  async #appendEach(
    group: readonly Pending<E>[],
    receivedAt: number,
    outcome: BatchOutcome,
    deadline: Deadline,
  ): Promise<void> {
    for (const pending of group) {
      if (outcome.isStoreAway) outcome.failAll([pending]);
      else {
        try {
          outcome.storeAll(await deadline.meet(this.#store([pending.event], receivedAt)));
        } catch (error) {
          outcome.failAll([pending], error);
        }
      }
    }
  }

  async #store(events: readonly E[], receivedAt: number): Promise<readonly Appended[]> {
    const kept = await this.intake.keep(events);
    return this.log.append(kept.map((event) => ({ ...event, receivedAt })));
  }

  #position(position: number): string {
    return `${this.log.logId}.${String(position)}`;
  }
}

class BatchOutcome {
  stored = 0;
  highest = 0;
  storeFailure: HeadwaterError | undefined;
  isStoreAway = false;
  readonly #failed: FailedEvent[] = [];

  refuse(index: number, reason: string): void {
    this.#failed.push({ index, reason, retriable: false });
  }

  storeAll(appended: readonly Appended[]): void {
    this.stored += appended.length;
    for (const { position } of appended) this.highest = Math.max(this.highest, position);
  }

  failAll(group: readonly Pick<Pending<unknown>, 'index'>[], error?: unknown): void {
    if (error !== undefined) {
      this.isStoreAway ||= isUnavailable(error);
      this.storeFailure ??= isUnavailable(error)
        ? error
        : new HeadwaterError('UNAVAILABLE', 'The store refused every event of the batch', { cause: error });
    }
    for (const { index } of group) this.#failed.push({ index, reason: STORE_FAILURE, retriable: true });
  }

  /** Elements that were not looked at, up to the end of the batch. */
  failFrom(index: number, length: number, error: HeadwaterError): void {
    this.storeFailure ??= error;
    for (let at = index; at < length; at++) this.#failed.push({ index: at, reason: STORE_FAILURE, retriable: true });
  }

  answer(received: number, position: string | null): BatchAccepted {
    const failed = this.#failed.sort((a, b) => a.index - b.index);
    const retriable = failed.filter((entry) => entry.retriable).length;
    return {
      status: failed.length === 0 ? 'success' : 'partial_success',
      summary: {
        received,
        successful: this.stored,
        failed: failed.length,
        retriable,
        non_retriable: failed.length - retriable,
      },
      failed_events: failed,
      position,
    };
  }
}

function isUnavailable(error: unknown): error is HeadwaterError {
  return error instanceof HeadwaterError && error.category === 'UNAVAILABLE';
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
