import type { NodeId } from '@headwater/domain/identifiers';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadDomain } from '../loaders/domains.js';
import { Asset } from '../types/asset.js';
import { Domain } from '../types/domain.js';
import { Facet, toFacet } from '../types/facet.js';
import { Deletion, Ownership, TagAssignment, toDeletion, toOwnerships, toTagAssignments } from '../types/facts.js';

/** Fields that datasets and jobs share; both types inherit them from the interface. */
@Resolver(() => Asset)
export class AssetResolver {
  @ResolveField(() => String, { nullable: true, description: 'What it is, in the words of whoever documents it.' })
  async description(
    @Parent() asset: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<string | null> {
    const question = { kind: 'DESCRIPTION', time: context.readTime(time) } as const;
    const [fact] = (await context.loaders.facts.load(asset.row.id, question)) ?? [];
    return fact?.value ?? null;
  }

  @ResolveField(() => String, {
    description: 'The position of its latest edit: what an edit gives as `expectedVersion`. Events do not move it.',
  })
  editVersion(@Parent() asset: Asset, @Context('catalog') context: CatalogContext): string {
    return context.position(asset.row.editPosition);
  }

  @ResolveField(() => [Ownership], {
    description:
      'Who is stated to answer for it, by edits and by producers; `effectiveOwners` tells who does in the end, rules counted in.',
  })
  async owners(
    @Parent() asset: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Ownership[]> {
    const question = { kind: 'OWNER', time: context.readTime(time) } as const;
    return toOwnerships((await context.loaders.facts.load(asset.row.id, question)) ?? [], context);
  }

  @ResolveField(() => [TagAssignment], { description: 'The tags on it; those of its fields are on the fields.' })
  async tags(
    @Parent() asset: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagAssignment[]> {
    const question = { kind: 'TAG', time: context.readTime(time) } as const;
    return toTagAssignments((await context.loaders.facts.load(asset.row.id, question)) ?? [], context);
  }

  @ResolveField(() => Domain, { nullable: true, description: 'The domain that it is in; null where it is in none.' })
  async domain(
    @Parent() asset: Asset,
    @Args() given: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    const time = context.readTime(given);
    const [fact] = (await context.loaders.facts.load(asset.row.id, { kind: 'DOMAIN', time })) ?? [];
    return fact === undefined ? null : loadDomain(context, fact.value as NodeId, time);
  }

  @ResolveField(() => Deletion, {
    nullable: true,
    description:
      'Who deleted it and why, where an edit did; of several names of one asset, any. `deletedAt` counts what events say too.',
  })
  async deletion(
    @Parent() asset: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Deletion | null> {
    const question = { kind: 'DELETION', time: context.readTime(time) } as const;
    const [fact] = (await context.loaders.facts.load(asset.row.id, question)) ?? [];
    return fact === undefined ? null : toDeletion(fact, context);
  }

  @ResolveField(() => [Facet], { description: 'The facets that hold now, by name and producer.' })
  async facets(
    @Parent() asset: Asset,
    @Args('names', { type: () => [String], nullable: true, description: 'Only facets of these names; null: all.' })
    names: readonly string[] | null | undefined,
    @Context('catalog') context: CatalogContext,
  ): Promise<Facet[]> {
    const rows = await context.loaders.facets.load(asset.row.id, names ?? null);
    return (rows ?? []).map(toFacet);
  }
}
