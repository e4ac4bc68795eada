import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock, EventLog } from '@headwater/domain/ports';
import { formatPosition, laterPosition } from '@headwater/domain/position';
import type { Micros } from '@headwater/domain/time';
import { lacking } from '../access/lacking.js';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { AcceptEvents } from './accept-events.js';
import type { IncomingLineage } from './lineage-intake.js';

/** They share a durable insert. */
const EVENTS_AT_ONCE = 100;

export interface Example {
  /** The events of an example dataflow that ends at a moment; the same ones all day long. */
  events(now: Micros): readonly object[];
  /** EDIT events about what is in these; always the same ones. */
  edits(): readonly Uint8Array[];
}

export interface LoadedExample {
  readonly events: number;
  /** How many edits; 0 where the caller may not edit the whole catalog. */
  readonly edits: number;
  /** Of the latest one, as an ingest answer gives it. */
  readonly position: string;
}

export interface ExamplePorts {
  readonly accept: Pick<AcceptEvents<IncomingLineage>, 'one'>;
  readonly log: Pick<EventLog, 'append' | 'logId'>;
  readonly clock: Clock;
  /** Null where the server comes without one. */
  readonly example: Example | null;
}

/** Takes in the example as if a producer had sent it and people had described it. Doing so twice on one day changes nothing. */
export class LoadExample {
  constructor(private readonly ports: ExamplePorts) {}

  /** Throws FORBIDDEN where the caller may not write everywhere, NOT_FOUND where the server comes without an example. */
  async execute(principal: Principal): Promise<LoadedExample> {
    const { accept, clock, example } = this.ports;
    const writes = principal.where('lineage:write');
    if (!writes.isAll)
      throw lacking(
        principal,
        'The example writes namespaces of its own: you need to be allowed to write all of them',
        {
          scope: 'lineage:write',
        },
      );
    if (example === null)
      throw new HeadwaterError('NOT_FOUND', 'This server comes without an example', { reason: 'NO_EXAMPLE' });
    const events = example.events(clock.now());
    const encoder = new TextEncoder();
    let position = '';
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      const taken = await Promise.all(
        events
          .slice(from, from + EVENTS_AT_ONCE)
          .map((event) =>
            accept.one(encoder.encode(JSON.stringify(event)), { lineage: writes, decisions: NamespaceRule.NONE }),
          ),
      );
      position = taken.map((one) => one.position).reduce(laterPosition, position);
    }
    if (principal.lacks(['catalog:read', 'catalog:edit']).length > 0)
      return { events: events.length, edits: 0, position };
    const edited = await this.#edit(example);
    return { events: events.length, edits: edited.edits, position: laterPosition(position, edited.position) };
  }

  /** Behind the events, so that the projection knows what they are about. */
  async #edit(example: Example): Promise<Pick<LoadedExample, 'edits' | 'position'>> {
    const { log, clock } = this.ports;
    const receivedAt = clock.now();
    const appended = await log.append(example.edits().map((bytes) => ({ kind: 'EDIT', bytes, receivedAt })));
    const last = Math.max(...appended.map(({ position }) => position));
    return { edits: appended.length, position: formatPosition(log.logId, last) };
  }
}
