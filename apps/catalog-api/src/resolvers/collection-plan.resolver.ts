import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeId } from '@headwater/domain/identifiers';
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CollectionPlanArgs } from '../arguments/collection-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { Dataset, toDataset } from '../types/asset.js';
import {
  CollectedDataset,
  CollectedField,
  CollectionContact,
  CollectionOption,
  CollectionPlan,
  toCollectionPlan,
} from '../types/collection-plan.js';
import { toAgent } from '../types/facts.js';
import { Field, toField } from '../types/schema.js';

/** How fields are collected. */
@Resolver(() => CollectionOption)
export class CollectionPlanResolver {
  @Query(() => CollectionPlan, {
    description:
      'Where fields that somebody wants in one table are read now, on what these datasets are joined, whom to ask, and how else it could be done.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async collectionPlan(
    @Args() args: CollectionPlanArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<CollectionPlan> {
    return toCollectionPlan(await context.view.lineage.collectionPlan(args), context);
  }

  @ResolveField(() => [CollectionContact], {
    description: 'Whom to ask: everybody who answers for a dataset of it, who answers for most first.',
  })
  async contacts(
    @Parent() { datasetIds }: CollectionOption,
    @Context('catalog') context: CatalogContext,
  ): Promise<CollectionContact[]> {
    const time = context.readTime({});
    const found = await Promise.all(datasetIds.map((id) => context.loaders.owners.load(id, time)));
    const contacts = new Map<string, CollectionContact>();
    for (const [at, dataset] of datasetIds.entries()) {
      for (const { agent: id, role } of found[at]?.owners ?? []) {
        const agent = toAgent(id);
        if (agent === undefined) continue;
        const contact = contacts.get(id) ?? { agent, roles: [], datasets: [] };
        contacts.set(id, contact);
        if (!contact.roles.includes(role)) contact.roles.push(role);
        if (!contact.datasets.includes(dataset)) contact.datasets.push(dataset);
      }
    }
    return [...contacts.values()].sort(
      (a, b) => b.datasets.length - a.datasets.length || (a.agent.id < b.agent.id ? -1 : 1),
    );
  }

  @ResolveField(() => [Dataset], { description: 'Datasets of it that nobody answers for, by group and then by id.' })
  async unowned(
    @Parent() { datasetIds }: CollectionOption,
    @Context('catalog') context: CatalogContext,
  ): Promise<Dataset[]> {
    const time = context.readTime({});
    const found = await Promise.all(datasetIds.map((id) => context.loaders.owners.load(id, time)));
    const without = datasetIds.filter((_, at) => (found[at]?.owners ?? []).length === 0);
    return Promise.all(without.map((id) => datasetOf(id, context)));
  }
}

@Resolver(() => CollectedDataset)
export class CollectedDatasetResolver {
  @ResolveField(() => Dataset, { description: 'Its entry in the catalog, with who answers for it.' })
  dataset(@Parent() { id }: CollectedDataset, @Context('catalog') context: CatalogContext): Promise<Dataset> {
    return datasetOf(id as NodeId, context);
  }
}

@Resolver(() => CollectedField)
export class CollectedFieldResolver {
  @ResolveField(() => Field, { description: 'Its entry in the catalog.' })
  async field(@Parent() { id }: CollectedField, @Context('catalog') context: CatalogContext): Promise<Field> {
    const view = await context.loaders.fields.load(id as NodeId);
    if (view !== undefined) return toField(view);
    throw new HeadwaterError('INTERNAL', `a plan reads field ${id}, which the catalog does not have`);
  }
}

async function datasetOf(id: NodeId, context: CatalogContext): Promise<Dataset> {
  const row = await context.loaders.assets.load(id);
  if (row !== undefined) return toDataset(row);
  throw new HeadwaterError('INTERNAL', `a plan reads ${id}, which the catalog does not have`);
}
