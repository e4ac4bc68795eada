import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { Finding, toFinding } from '../types/event.js';
import { Facet } from '../types/facet.js';

@Resolver(() => Facet)
export class FacetResolver {
  @ResolveField(() => String, {
    description: 'The facet as it was received: key order, white space and all digits of numbers.',
  })
  raw(@Parent() facet: Facet, @Context('catalog') context: CatalogContext): Promise<string> {
    return context.loaders.facetTexts.load(facet.row);
  }

  @ResolveField(() => [Finding], { description: 'What in it could not be taken at its word.' })
  async findings(@Parent() facet: Facet, @Context('catalog') context: CatalogContext): Promise<Finding[]> {
    const { position, pointer } = facet.row;
    const rows = (await context.loaders.findingsOfEvents.load(position)) ?? [];
    return rows.filter((row) => row.pointer === pointer || row.pointer.startsWith(`${pointer}/`)).map(toFinding);
  }
}
