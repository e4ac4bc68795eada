import { Context, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { FindingCount, SystemStatus } from '../types/status.js';

@Resolver(() => SystemStatus)
export class SystemStatusResolver {
  @ResolveField(() => [FindingCount], {
    description: 'The findings that you may see by kind, the most frequent first.',
  })
  findings(@Context('catalog') { view }: CatalogContext): Promise<readonly FindingCount[]> {
    return view.catalog.findingCounts();
  }
}
