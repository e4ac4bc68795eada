import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { RunListArgs } from '../arguments/list-args.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import { toRunFilter } from '../arguments/run-filter.js';
import { CATALOG_API_OPTIONS, runClock, type CatalogApiSettings } from '../catalog-api.options.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { toConnection, type Connection } from '../types/connection.js';
import { ProducerConnection, RunConnection } from '../types/connections.js';
import { toProducer, type Producer } from '../types/producer.js';
import { toRun, type Run } from '../types/run.js';

/** What goes on in the whole catalog: what runs, and who sends. */
@Resolver()
export class OperationsQueryResolver {
  constructor(@Inject(CATALOG_API_OPTIONS) private readonly settings: CatalogApiSettings) {}

  @Query(() => RunConnection, { description: 'Runs of the whole catalog, the one with the latest event first.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async runs(@Args() args: RunListArgs, @Context('catalog') context: CatalogContext): Promise<Connection<Run>> {
    const page = toPageRequest(args);
    const filter = toRunFilter(args.filter, runClock(this.settings, context.now()));
    return toConnection(await context.view.catalog.findRuns(filter, page), page.after, toRun);
  }

  @Query(() => ProducerConnection, {
    description: 'Who ever sent an event that you may see, whoever was heard last first.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async producers(@Args() args: PageOf20, @Context('catalog') { view }: CatalogContext): Promise<Connection<Producer>> {
    const page = toPageRequest(args);
    return toConnection(await view.catalog.producers(page), page.after, toProducer);
  }
}
