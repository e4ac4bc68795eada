import type { NodeId } from '@headwater/domain/identifiers';
import { HeadwaterError } from '@headwater/domain/errors';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Dataset, toDataset } from '../types/asset.js';
import { TagAssignment, toTagAssignments } from '../types/facts.js';
import { Field } from '../types/schema.js';

@Resolver(() => Field)
export class FieldResolver {
  @ResolveField(() => Dataset, { description: 'The dataset that it is a column of.' })
  async dataset(@Parent() field: Field, @Context('catalog') context: CatalogContext): Promise<Dataset> {
    const row = await context.loaders.assets.load(field.datasetId);
    if (row !== undefined) return toDataset(row);
    throw new HeadwaterError('INTERNAL', `the catalog has field ${field.id} and not its dataset`);
  }

  @ResolveField(() => [TagAssignment], { description: 'The tags on it.' })
  async tags(
    @Parent() field: Field,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagAssignment[]> {
    const question = { kind: 'TAG', time: context.readTime(time) } as const;
    return toTagAssignments((await context.loaders.facts.load(field.id as NodeId, question)) ?? []);
  }
}
