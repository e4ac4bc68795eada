import type { RefusedEventStore } from '@headwater/domain/refused-event';
import { REFUSED_EVENT_STORE } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { toPageRequest } from '../arguments/page-args.js';
import { RefusedEventListArgs, toRefusedEventFilter } from '../arguments/refused-event-args.js';
import { Operation } from '../operation.guard.js';
import { toConnection, type Connection } from '../types/connection.js';
import { RefusedEventConnection, toRefusedEvent, type RefusedEvent } from '../types/refused-event.js';

/** What producers were refused. It names what no catalog has taken in, so it is for those who see everything. */
@Resolver()
export class RefusedEventQueryResolver {
  constructor(@Inject(REFUSED_EVENT_STORE) private readonly store: RefusedEventStore) {}

  @Query(() => RefusedEventConnection, {
    description: 'Events that were refused for what they said, the latest first.',
  })
  @Operation({ scope: ['audit:read', 'admin'] })
  async refusedEvents(@Args() args: RefusedEventListArgs): Promise<Connection<RefusedEvent>> {
    const page = toPageRequest(args);
    return toConnection(
      await this.store.list(toRefusedEventFilter(args.filter ?? {}), page),
      page.after,
      toRefusedEvent,
    );
  }
}
