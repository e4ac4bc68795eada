import { jsonSliceAt } from '@headwater/domain/json-slice';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { Finding, toFinding } from '../types/event.js';
import { Facet } from '../types/facet.js';

@Resolver(() => Facet)
export class FacetResolver {
  @ResolveField(() => String, {
    description: 'The facet as it was received: key order, white space and all digits of numbers.',
  })
  async raw(@Parent() facet: Facet, @Context('catalog') context: CatalogContext): Promise<string> {
    const { position, pointer, body } = facet.row;
    const event = await context.loaders.storedEvents.load(position);
    const text = event === undefined ? undefined : jsonSliceAt(new TextDecoder().decode(event.bytes), pointer);
    // An event that retention removed leaves the parsed facet, which is all that is kept of it then.
    return text ?? JSON.stringify(body);
  }

  @ResolveField(() => [Finding], { description: 'What in it could not be taken at its word.' })
  async findings(@Parent() facet: Facet, @Context('catalog') context: CatalogContext): Promise<Finding[]> {
    const { position, pointer } = facet.row;
    const rows = (await context.loaders.findingsOfEvents.load(position)) ?? [];
    return rows.filter((row) => row.pointer === pointer || row.pointer.startsWith(`${pointer}/`)).map(toFinding);
  }
}
