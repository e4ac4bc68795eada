import { HeadwaterError } from '@headwater/domain/errors';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FieldReachArgs, StopArgs, TagReachArgs } from '../arguments/lineage-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadNode } from '../loaders/load-node.js';
import { Operation } from '../operation.guard.js';
import { Node } from '../types/node.js';
import { ReachedPlace, ReachStopped, TagReach, toReachStopped, toTagReach } from '../types/tag-reach.js';

const MOST_STOPS = 1_000;

/** Where tags and values get to along the lineage of fields. */
@Resolver(() => ReachedPlace)
export class TagReachResolver {
  @Query(() => TagReach, {
    description:
      'Everything that has a tag: what it was put on, the fields it came to along their lineage, and the datasets it came to where a rule sends it along these.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async whereIs(@Args() args: TagReachArgs, @Context('catalog') context: CatalogContext): Promise<TagReach> {
    return toTagReach(await context.view.lineage.tagReach(args), context);
  }

  @Query(() => TagReach, {
    nullable: true,
    description:
      'Every field that the values of a field get to unmasked, and where they do not; null where it is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async howFarDoes(
    @Args() args: FieldReachArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagReach | null> {
    const answer = await context.view.lineage.fieldReach(args);
    return answer === null ? null : toTagReach(answer, context);
  }

  @ResolveField(() => Node, { nullable: true, description: 'The catalog entry behind it; null where there is none.' })
  node(@Parent() place: ReachedPlace, @Context('catalog') context: CatalogContext): Promise<Node | null> {
    return loadNode(context, place.id);
  }
}

@Resolver(() => TagReach)
export class TagReachStopsResolver {
  @ResolveField(() => [ReachStopped], { description: 'Where it ends, by where it comes from.' })
  stops(@Parent() { stopped }: TagReach, @Args() { skip, most }: StopArgs): ReachStopped[] {
    if (skip < 0 || most < 1 || most > MOST_STOPS)
      throw new HeadwaterError(
        'INVALID_INPUT',
        `skip: give a whole number from 0 on; most: give one from 1 to ${MOST_STOPS}`,
        {
          reason: 'PAGE_SIZE',
        },
      );
    return stopped.slice(skip, skip + most).map(toReachStopped);
  }
}
