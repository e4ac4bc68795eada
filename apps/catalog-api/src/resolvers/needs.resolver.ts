import { readNeeds } from '@headwater/application/saved/read-needs';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { assetsOf, signedIn } from '../loaders/saved-searches.js';
import { Viewer } from '../types/access.js';
import { Asset } from '../types/asset.js';
import { Need, toNeed } from '../types/needs.js';

@Resolver(() => Viewer)
export class ViewerNeedsResolver {
  @ResolveField(() => [Need], {
    description:
      'What the assets need that the caller answers for, as of now; of more than 1,000 assets some are looked at. Empty for who owns nothing.',
  })
  async needs(@Context('catalog') context: CatalogContext): Promise<Need[]> {
    const by = signedIn(context);
    if (!by.may('catalog:read')) return [];
    await context.fresh('CATALOG');
    return (await readNeeds(context.view, by.agents, context.readTime({}))).map(toNeed);
  }
}

@Resolver(() => Need)
export class NeedResolver {
  @ResolveField(() => [Asset], { description: 'Some of the assets that it is about, at most 100.' })
  assets(
    @Parent() { assetIds }: Need,
    @Args() part: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Asset[]> {
    const { skip, most } = checkPart(part);
    return assetsOf(context, assetIds.slice(skip, skip + most));
  }
}
