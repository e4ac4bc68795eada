import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { Clock } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';
import { lacking } from '../access/lacking.js';
import type { AcceptEvents } from './accept-events.js';

/** They share a durable insert. */
const EVENTS_AT_ONCE = 100;

/** The events of an example dataflow that ends at a moment; the same ones all day long. */
export type ExampleEvents = (now: Micros) => readonly object[];

export interface LoadedExample {
  readonly events: number;
  /** Of the last event, as an ingest answer gives it. */
  readonly position: string;
}

/** Takes in the example as if a producer had sent it. Doing so twice on one day changes nothing. */
export class LoadExample {
  constructor(
    private readonly accept: Pick<AcceptEvents, 'one'>,
    private readonly clock: Clock,
    private readonly events: ExampleEvents | null,
  ) {}

  /** Throws FORBIDDEN where the caller may not write everywhere, NOT_FOUND where the server comes without an example. */
  async execute(principal: Principal): Promise<LoadedExample> {
    const writes = principal.where('lineage:write');
    if (!writes.isAll)
      throw lacking(
        principal,
        'The example writes namespaces of its own: you need to be allowed to write all of them',
        {
          scope: 'lineage:write',
        },
      );
    if (this.events === null)
      throw new HeadwaterError('NOT_FOUND', 'This server comes without an example', { reason: 'NO_EXAMPLE' });
    const events = this.events(this.clock.now());
    const encoder = new TextEncoder();
    let position = '';
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      const taken = await Promise.all(
        events
          .slice(from, from + EVENTS_AT_ONCE)
          .map((event) => this.accept.one(encoder.encode(JSON.stringify(event)), writes)),
      );
      position = taken.at(-1)?.position ?? position;
    }
    return { events: events.length, position };
  }
}
