import { respellNodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CustomPropertyListArgs } from '../arguments/custom-property-args.js';
import { VersionArgs } from '../arguments/term-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadProperty, propertiesAt, propertiesOf, usesOf } from '../loaders/custom-properties.js';
import { definitionVersions } from '../loaders/histories.js';
import { Operation } from '../operation.guard.js';
import { Asset } from '../types/asset.js';
import { AssetProperty, CustomProperty, toCustomProperty } from '../types/custom-property.js';
import { DefinitionVersion } from '../types/versions.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

@Resolver(() => CustomProperty)
export class CustomPropertyResolver {
  @Query(() => CustomProperty, { nullable: true, description: 'A property of yours; null where there is none.' })
  @Operation(READS)
  async customProperty(
    @Args('id', { type: () => ID, description: 'Its id: `property:<key>`.' }) given: string,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<CustomProperty | null> {
    const id = respellNodeId(given);
    return id === undefined ? null : loadProperty(context, id, context.readTime(time));
  }

  @Query(() => [CustomProperty], { description: 'Properties that your organization declares for assets, by name.' })
  @Operation(READS)
  async customProperties(
    @Args() { kind = null, ...time }: CustomPropertyListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<CustomProperty[]> {
    const rows = await propertiesAt(context, context.readTime(time));
    return rows.filter(({ body }) => kind === null || body.kinds.includes(kind)).map(toCustomProperty);
  }

  @ResolveField(() => String, {
    description: 'The position of its latest edit: what an edit gives as `expectedVersion`.',
  })
  editVersion(@Parent() { row }: CustomProperty, @Context('catalog') context: CatalogContext): string {
    return context.position(row.position);
  }

  @ResolveField(() => Int, { description: 'How many assets have values of it now; of those that you may see.' })
  async assets(@Parent() { row }: CustomProperty, @Context('catalog') context: CatalogContext): Promise<number> {
    return (await usesOf(context, row)).assets;
  }

  @ResolveField(() => Int, {
    description: 'How many assets that it goes on have no value of it now; where it `isRequired`, each has a gap.',
  })
  async without(@Parent() { row }: CustomProperty, @Context('catalog') context: CatalogContext): Promise<number> {
    return (await usesOf(context, row)).without;
  }

  @ResolveField(() => [DefinitionVersion], { description: 'What it was, the latest first.' })
  async history(
    @Parent() { row }: CustomProperty,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DefinitionVersion[]> {
    return definitionVersions(context, row.id, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

@Resolver(() => Asset)
export class AssetPropertyResolver {
  @ResolveField(() => [AssetProperty], {
    description: 'What it has of the properties that your organization declares, by their names.',
  })
  async properties(
    @Parent() { row }: Asset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<AssetProperty[]> {
    return propertiesOf(context, row, context.readTime(time));
  }
}
