import { LoadExample } from '@headwater/application/ingest/load-example';
import { HeadwaterError } from '@headwater/domain/errors';
import { Context, Mutation, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { LoadedExample } from '../types/example.js';

/** The example that the product is shown with. */
@Resolver()
export class ExampleMutationResolver {
  constructor(private readonly load: LoadExample) {}

  @Mutation(() => LoadedExample, {
    description:
      'Takes in the example: two weeks of an insurer’s claims, ending today, and, where you may edit the whole catalog, what people would enter about them. Doing so twice on one day changes nothing; it cannot be taken out again.',
  })
  @Operation({ scope: 'lineage:write', reads: [] })
  loadExample(@Context('catalog') { principal }: CatalogContext): Promise<LoadedExample> {
    if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    return this.load.execute(principal);
  }
}
