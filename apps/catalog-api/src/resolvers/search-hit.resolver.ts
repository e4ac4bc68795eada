import type { NodeId } from '@headwater/domain/identifiers';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { Asset, toAsset } from '../types/asset.js';
import { SearchHit } from '../types/search.js';

@Resolver(() => SearchHit)
export class SearchHitResolver {
  @ResolveField(() => Asset, { nullable: true, description: 'The asset itself; null where it has gone meanwhile.' })
  async asset(@Parent() hit: SearchHit, @Context('catalog') context: CatalogContext): Promise<Asset | null> {
    const row = await context.loaders.assets.load(hit.id as NodeId);
    return row === undefined ? null : toAsset(row);
  }
}
