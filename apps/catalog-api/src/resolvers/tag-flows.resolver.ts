import type { NodeId } from '@headwater/domain/identifiers';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { TagFlowArgs } from '../arguments/architecture-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadDomain } from '../loaders/domains.js';
import { Operation } from '../operation.guard.js';
import { FlowPlaceNode, TagFlows, toTagFlows } from '../types/tag-flows.js';

/** Where data with a tag flows, as a map. */
@Resolver(() => FlowPlaceNode)
export class TagFlowsResolver {
  @Query(() => TagFlows, {
    description: 'Where the fields with a tag get their values to, by domain or namespace, and where masking ends it.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async tagFlows(
    @Args() { tag, by, open, most, ...given }: TagFlowArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagFlows> {
    const time = context.readTime(given);
    return toTagFlows(await context.view.lineage.tagFlows({ tag, by, open, most, time }), time, context);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What it is called: a namespace, a domain or a dataset; null for what stands for several.',
  })
  async name(
    @Parent() { of: { id, kind }, time }: FlowPlaceNode,
    @Context('catalog') context: CatalogContext,
  ): Promise<string | null> {
    switch (kind) {
      case 'NAMESPACE':
        return decodeURIComponent(id.slice(id.indexOf(':') + 1));
      case 'DOMAIN':
        return (await loadDomain(context, id as NodeId, time))?.name ?? null;
      case 'DATASET':
        return (await context.loaders.assets.load(id as NodeId))?.displayName ?? null;
      default:
        return null;
    }
  }
}
