import { keyIdentity } from '@headwater/domain/decisions/decision-subject';
import { DECISION_FACET } from '@headwater/domain/decisions/personal-places';
import type { AcceptedEvent, LineageEvent } from '@headwater/domain/events';
import { outlineOf } from '@headwater/domain/openlineage/event-outline';
import { FacetMemory } from '@headwater/domain/openlineage/facet-memory';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import type { SealPersonalParts, UnsealedEvent } from '../decisions/seal-personal-parts.js';
import { EventRefused } from './event-refused.js';
import { refusalOf, type Intake, type Writable } from './intake.js';

export interface IncomingLineage {
  readonly kind: LineageEvent['kind'];
  readonly bytes: Uint8Array;
  /** Undefined where the event carries no decision. */
  readonly unsealed: UnsealedEvent | undefined;
}

const FACET_NAME = Buffer.from(DECISION_FACET);

/** OpenLineage events. A decision in a run facet is sealed as one that is posted by itself. */
export class LineageIntake implements Intake<IncomingLineage> {
  readonly tooLarge: string;
  readonly #facets = new FacetMemory();

  constructor(
    private readonly seal: Pick<SealPersonalParts, 'execute'>,
    readonly maxEventBytes: number,
  ) {
    this.tooLarge = `The event is larger than ${String(maxEventBytes)} bytes.`;
  }

  read(bytes: Uint8Array, writes: Writable): IncomingLineage | EventRefused {
    const read = readEvent(bytes, this.#facets);
    if (!read.ok) return refusalOf(read);
    const { event } = read;
    const decision = event.run?.facets.find(({ name }) => name === DECISION_FACET);
    const foreign = foreignNamespace(event, writes, decision !== undefined);
    if (foreign !== undefined) return foreign;
    // One that a repeated key hides from parsers stays out of the log as well.
    const mayHoldOne =
      decision !== undefined ||
      (event.kind === 'RUN' && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(FACET_NAME));
    const run = `${event.job?.namespace ?? ''} ${event.job?.name ?? ''} ${event.run?.runId ?? ''}`;
    const unsealed = { bytes, of: 'RUN_EVENT', identity: keyIdentity(decision?.body, run) } as const;
    return { kind: event.kind, bytes, unsealed: mayHoldOne ? unsealed : undefined };
  }

  async keep(events: readonly IncomingLineage[]): Promise<readonly Omit<AcceptedEvent, 'receivedAt'>[]> {
    const carrying = events.flatMap(({ unsealed }) => unsealed ?? []);
    if (carrying.length === 0) return events.map(({ kind, bytes }) => ({ kind, bytes }));
    const sealed = await this.seal.execute(carrying);
    const kept = new Map(carrying.map((event, index) => [event, sealed[index]]));
    return events.map(({ kind, bytes, unsealed }) => ({ kind, bytes, ...(unsealed && kept.get(unsealed)) }));
  }
}

/**
 * What an event writes is its job, or for a DatasetEvent its dataset; what a job reads and writes lies where it lies.
 * Undefined where the caller may write it.
 */
function foreignNamespace(event: LineageEvent, writes: Writable, isDecided: boolean): EventRefused | undefined {
  const { job, dataset } = event;
  const namespace = job?.namespace ?? dataset?.namespace ?? '';
  if (!writes.lineage.allows(namespace))
    return foreign(
      `These credentials may not write a ${job === null ? 'dataset' : 'job'} of the namespace ${namespace}.`,
      event,
    );
  if (!isDecided || writes.decisions.allows(namespace)) return undefined;
  return foreign(
    `These credentials may not write decisions of the namespace ${namespace}: leave out ${DECISION_FACET}.`,
    event,
  );
}

function foreign(message: string, event: LineageEvent): EventRefused {
  return new EventRefused('FORBIDDEN', message, outlineOf(event), { reason: 'FOREIGN_NAMESPACE' });
}
