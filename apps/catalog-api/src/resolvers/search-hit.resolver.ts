import type { NodeId } from '@headwater/domain/identifiers';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { displayNameOf } from '../loaders/agents.js';
import { loadDomain } from '../loaders/domains.js';
import { loadProperty } from '../loaders/custom-properties.js';
import { loadTerm } from '../loaders/terms.js';
import { Asset, toAsset } from '../types/asset.js';
import { CustomProperty } from '../types/custom-property.js';
import { SearchFacet, SearchFacetValue, SearchHit } from '../types/search.js';

@Resolver(() => SearchHit)
export class SearchHitResolver {
  @ResolveField(() => Asset, { nullable: true, description: 'The asset itself; null where it has gone meanwhile.' })
  async asset(@Parent() hit: SearchHit, @Context('catalog') context: CatalogContext): Promise<Asset | null> {
    const row = await context.loaders.assets.load(hit.id as NodeId);
    return row === undefined ? null : toAsset(row);
  }
}

@Resolver(() => SearchFacet)
export class SearchFacetResolver {
  @ResolveField(() => CustomProperty, { nullable: true, description: 'Of a PROPERTY which; null of all others.' })
  async property(
    @Parent() { propertyId }: SearchFacet,
    @Context('catalog') context: CatalogContext,
  ): Promise<CustomProperty | null> {
    return propertyId === null ? null : loadProperty(context, propertyId, context.readTime({}));
  }
}

@Resolver(() => SearchFacetValue)
export class SearchFacetValueResolver {
  @ResolveField(() => String, {
    description: 'What people call the value: the name of an owner, a domain or a term, else the value itself.',
  })
  async label(
    @Parent() { facet, value }: SearchFacetValue,
    @Context('catalog') context: CatalogContext,
  ): Promise<string> {
    if (facet === 'OWNER') return displayNameOf(context, value as NodeId);
    if (facet === 'TERM') return (await loadTerm(context, value as NodeId, context.readTime({})))?.name ?? value;
    if (facet !== 'DOMAIN') return value;
    return (await loadDomain(context, value as NodeId, context.readTime({})))?.name ?? value;
  }
}
