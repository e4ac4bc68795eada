import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { AcceptedEvent, Appended, LineageEvent, ReadEvent } from '@headwater/domain/events';
import { NO_OUTLINE, outlineOf } from '@headwater/domain/openlineage/event-outline';
import { FacetMemory } from '@headwater/domain/openlineage/facet-memory';
import { readBatch, readEvent } from '@headwater/domain/openlineage/read-event';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { Deadline } from './deadline.js';
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

export interface AcceptOptions {
  /** Largest event; a batch's element beyond it is refused on its own. */
  readonly maxEventBytes: number;
}

/** Events of a batch are appended in groups of this many bytes, so that the first are durable early. */
const GROUP_BYTES = 4 * 1024 * 1024;
const GROUP_EVENTS = 1_000;
/** After reading this many bytes, other requests get their turn. */
const BREATH_BYTES = 512 * 1024;

/** Whether the caller may write what is in a namespace; asked once an event. */
export type WritableNamespaces = Pick<NamespaceRule, 'allows'>;

const STORE_FAILURE = 'The event could not be stored at the moment. Send it again.';

interface Pending {
  readonly index: number;
  readonly event: AcceptedEvent;
}

/** Takes OpenLineage events into the log: decides by the domain's reader, answers once they are durable. */
export class AcceptEvents {
  readonly #facets = new FacetMemory();

  constructor(
    private readonly log: EventLog,
    private readonly clock: Clock,
    private readonly options: AcceptOptions,
  ) {}

  /**
   * `writes`: the namespaces whose jobs and datasets the caller may write. Throws INVALID_INPUT (reason `JSON`, or with
   * faults), FORBIDDEN (FOREIGN_NAMESPACE), LIMIT_EXCEEDED or UNAVAILABLE.
   */
  async one(bytes: Uint8Array, writes: WritableNamespaces): Promise<OneAccepted> {
    const receivedAt = this.clock.now();
    if (bytes.byteLength > this.options.maxEventBytes) throw this.#tooLarge();
    const read = readEvent(bytes, this.#facets);
    if (!read.ok) throw refusal(read);
    const foreign = foreignNamespace(read.event, writes);
    if (foreign !== undefined) throw foreign;
    const [appended] = await this.log.append([{ kind: read.event.kind, bytes, receivedAt }]);
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
    writes: WritableNamespaces,
    deadline: Deadline,
    onRefused: (refused: EventRefused) => void = () => undefined,
  ): Promise<BatchAccepted> {
    const receivedAt = this.clock.now();
    const split = readBatch(bytes, this.#facets);
    if (!split.ok) {
      const faults =
        split.reason === 'SHAPE' ? [{ pointer: '', ...coded('WRONG_TYPE', split.detail, { type: 'array' }) }] : [];
      throw refusal({ ...split, faults, outline: NO_OUTLINE });
    }
    const outcome = new BatchOutcome();
    let group: Pending[] = [];
    let groupBytes = 0;
    let unread = 0;
    let index = 0;
    for (const { bytes: element, read } of split.elements) {
      if (deadline.isOver) break;
      const refused = this.#refusalOf(element, read, writes);
      if (refused !== undefined) {
        outcome.refuse(index, refused.message);
        onRefused(refused);
      } else if (read.ok) {
        group.push({ index, event: { kind: read.event.kind, bytes: element, receivedAt } });
        groupBytes += element.byteLength;
      }
      index++;
      unread += element.byteLength;
      if (groupBytes >= GROUP_BYTES || group.length >= GROUP_EVENTS) {
        await this.#append(group, outcome, deadline);
        group = [];
        groupBytes = 0;
      } else if (unread >= BREATH_BYTES) await breathe();
      if (unread >= BREATH_BYTES) unread = 0;
    }
    await this.#append(group, outcome, deadline);
    // Reading the rest would make the answer later still.
    if (index < split.length) outcome.failFrom(index, split.length, deadline.error());
    if (outcome.stored === 0 && outcome.storeFailure !== undefined) throw outcome.storeFailure;
    return outcome.answer(split.length, outcome.highest === 0 ? null : this.#position(outcome.highest));
  }

  #refusalOf(bytes: Uint8Array, read: ReadEvent, writes: WritableNamespaces): EventRefused | undefined {
    if (bytes.byteLength > this.options.maxEventBytes) return this.#tooLarge();
    return read.ok ? foreignNamespace(read.event, writes) : refusal(read);
  }

  async #append(group: readonly Pending[], outcome: BatchOutcome, deadline: Deadline): Promise<void> {
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
      outcome.storeAll(await deadline.meet(this.log.append(group.map(({ event }) => event))));
    } catch (error) {
      if (isUnavailable(error)) outcome.failAll(group, error);
      else await this.#appendEach(group, outcome, deadline);
    }
  }

  /** One row that the store refuses must fail alone. */
  async #appendEach(group: readonly Pending[], outcome: BatchOutcome, deadline: Deadline): Promise<void> {
    for (const pending of group) {
      if (outcome.isStoreAway) outcome.failAll([pending]);
      else {
        try {
          outcome.storeAll(await deadline.meet(this.log.append([pending.event])));
        } catch (error) {
          outcome.failAll([pending], error);
        }
      }
    }
  }

  #position(position: number): string {
    return `${this.log.logId}.${String(position)}`;
  }

  #tooLarge(): EventRefused {
    const message = `The event is larger than ${String(this.options.maxEventBytes)} bytes.`;
    return new EventRefused('LIMIT_EXCEEDED', message, NO_OUTLINE);
  }
}

/**
 * What an event writes is its job, or for a DatasetEvent its dataset; what a job reads and writes lies where it lies.
 * Undefined where the caller may write it.
 */
function foreignNamespace(event: LineageEvent, writes: WritableNamespaces): EventRefused | undefined {
  const { job, dataset } = event;
  const namespace = job?.namespace ?? dataset?.namespace ?? '';
  if (writes.allows(namespace)) return undefined;
  const what = job === null ? 'dataset' : 'job';
  const message = `These credentials may not write a ${what} of the namespace ${namespace}.`;
  return new EventRefused('FORBIDDEN', message, outlineOf(event), { reason: 'FOREIGN_NAMESPACE' });
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

  failAll(group: readonly Pending[], error?: unknown): void {
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

function refusal({ detail, outline, reason, faults }: Exclude<ReadEvent, { readonly ok: true }>): EventRefused {
  return new EventRefused('INVALID_INPUT', detail, outline, { reason, faults });
}

function isUnavailable(error: unknown): error is HeadwaterError {
  return error instanceof HeadwaterError && error.category === 'UNAVAILABLE';
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
