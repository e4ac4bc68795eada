import type { AssertionSightings } from '@headwater/domain/reading/edge-proof-reader';
import { encodeCursor, decodeCursor, type Page, type PageRequest } from '@headwater/domain/page';
import type { Micros } from '@headwater/domain/time';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { toConnection, type Connection } from '../types/connection.js';
import { EdgeAssertionConnection, EventConnection } from '../types/connections.js';
import { toEvent, type Event } from '../types/event.js';
import { EdgeAssertion, LineageEdge, toEdgeAssertion } from '../types/lineage.js';
import { Run, toRun } from '../types/run.js';
import { DateTime } from '../types/scalars.js';

const LIST = 'assertions';

@Resolver(() => LineageEdge)
export class LineageEdgeResolver {
  @ResolveField(() => DateTime, { description: 'The latest sighting by any run or declaration.' })
  async lastSeenAt(@Parent() edge: LineageEdge, @Context('catalog') context: CatalogContext): Promise<Micros> {
    const sightings = await sightingsOf(edge, context);
    return sightings.reduce((latest, { lastSeenAt }) => Math.max(latest, lastSeenAt), edge.firstSeenAt);
  }

  @ResolveField(() => EdgeAssertionConnection, { description: 'Who says so, strongest first.' })
  async assertions(
    @Parent() edge: LineageEdge,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<EdgeAssertion>> {
    const page = toPageRequest(args);
    return toConnection(pageOf(await sightingsOf(edge, context), page), page.after, toEdgeAssertion);
  }
}

@Resolver(() => EdgeAssertion)
export class EdgeAssertionResolver {
  @ResolveField(() => Run, {
    nullable: true,
    description: 'The run of the latest sighting; null where no run showed it.',
  })
  async lastRun(@Parent() assertion: EdgeAssertion, @Context('catalog') context: CatalogContext): Promise<Run | null> {
    const { lastRunId } = assertion.sightings;
    const row = lastRunId === null ? undefined : await context.loaders.runs.load(lastRunId);
    return row === undefined ? null : toRun(row);
  }

  @ResolveField(() => EventConnection, { description: 'The events that prove it, the latest first.' })
  async events(
    @Parent() assertion: EdgeAssertion,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Event>> {
    const page = toPageRequest(args);
    const found = await context.loaders.proofs(assertion.sightings, page);
    return toConnection(found, page.after, (view) => toEvent(context.position(view.position), view));
  }
}

/** The assertions of every edge of the graph that an edge of an answer stands for. */
async function sightingsOf({ links }: LineageEdge, context: CatalogContext): Promise<readonly AssertionSightings[]> {
  return (await Promise.all(links.map((link) => context.loaders.sightings.load(link)))).flat();
}

function pageOf(all: readonly AssertionSightings[], page: PageRequest): Page<AssertionSightings> {
  const [after = -1] = page.after === null ? [] : (decodeCursor(LIST, page.after, ['number']) as number[]);
  const rest = all.slice(after + 1);
  return {
    items: rest.slice(0, page.first).map((item, index) => ({ cursor: encodeCursor(LIST, [after + 1 + index]), item })),
    hasNextPage: rest.length > page.first,
  };
}
