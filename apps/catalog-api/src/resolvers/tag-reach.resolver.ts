import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FieldReachArgs, TagReachArgs } from '../arguments/lineage-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadNode } from '../loaders/load-node.js';
import { Operation } from '../operation.guard.js';
import { Node } from '../types/node.js';
import { ReachedPlace, TagReach, toTagReach } from '../types/tag-reach.js';

/** Where tags and values get to along the lineage of fields. */
@Resolver(() => ReachedPlace)
export class TagReachResolver {
  @Query(() => TagReach, {
    description: 'Everything that has a tag: what it was put on, and the fields it came to along their lineage.',
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
