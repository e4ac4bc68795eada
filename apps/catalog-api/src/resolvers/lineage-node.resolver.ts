import type { NodeId } from '@headwater/domain/identifiers';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { loadNode } from '../loaders/load-node.js';
import { LineageDiffNode, LineagePathNode } from '../types/lineage-answers.js';
import { LineageNode } from '../types/lineage.js';
import { Node } from '../types/node.js';

const NODE = 'The catalog entry behind it; null where there is none.';

@Resolver(() => LineageNode)
export class LineageNodeResolver {
  @ResolveField(() => Node, { nullable: true, description: NODE })
  node(@Parent() node: LineageNode, @Context('catalog') context: CatalogContext): Promise<Node | null> {
    return loadNode(context, node.id);
  }
}

@Resolver(() => LineageDiffNode)
export class LineageDiffNodeResolver {
  @ResolveField(() => Node, { nullable: true, description: NODE })
  node(@Parent() node: LineageDiffNode, @Context('catalog') context: CatalogContext): Promise<Node | null> {
    return loadNode(context, node.id);
  }
}

@Resolver(() => LineagePathNode)
export class LineagePathNodeResolver {
  @ResolveField(() => String, { nullable: true, description: 'The last part of its name, as people say it.' })
  async displayName(
    @Parent() node: LineagePathNode,
    @Context('catalog') context: CatalogContext,
  ): Promise<string | null> {
    return (await context.loaders.graphNodes.load(node.id as NodeId))?.displayName ?? null;
  }

  @ResolveField(() => Node, { nullable: true, description: NODE })
  node(@Parent() node: LineagePathNode, @Context('catalog') context: CatalogContext): Promise<Node | null> {
    return loadNode(context, node.id);
  }
}
