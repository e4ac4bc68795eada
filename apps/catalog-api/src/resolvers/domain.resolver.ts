import { upwards } from '@headwater/domain/governance/definition';
import { respellNodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { domainsAt, loadDomain } from '../loaders/domains.js';
import { sameAgents } from '../loaders/agents.js';
import { Operation } from '../operation.guard.js';
import { DefinedOwner, toDefinedOwners } from '../types/defined-owner.js';
import { Domain, toDomain } from '../types/domain.js';
import { ImpactDomainGroup } from '../types/lineage-answers.js';

@Resolver()
export class DomainQueryResolver {
  @Query(() => [Domain], { description: 'Every domain by id; `parent` and `parts` tell the hierarchy.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async domains(@Args() given: TimeArgs, @Context('catalog') context: CatalogContext): Promise<Domain[]> {
    const time = context.readTime(given);
    return (await domainsAt(context, time)).map((row) => toDomain(row, time));
  }

  @Query(() => Domain, { nullable: true, description: 'A domain; null where there is none.' })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG'] })
  async domain(
    @Args('id', { type: () => ID, description: 'Its id: `domain:<key>`.' }) given: string,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    const id = respellNodeId(given);
    return id === undefined ? null : loadDomain(context, id, context.readTime(time));
  }
}

@Resolver(() => Domain)
export class DomainResolver {
  @ResolveField(() => String, {
    description: 'The position of its latest edit: what an edit gives as `expectedVersion`.',
  })
  editVersion(@Parent() { row }: Domain, @Context('catalog') context: CatalogContext): string {
    return context.position(row.position);
  }

  @ResolveField(() => [DefinedOwner], {
    description: 'Who answers for it, by id; for what is in it too where nothing nearer says who does.',
  })
  async owners(@Parent() { row, time }: Domain, @Context('catalog') context: CatalogContext): Promise<DefinedOwner[]> {
    const same = await sameAgents(
      context,
      row.body.owners.map(({ agent }) => agent),
      time,
    );
    return toDefinedOwners(row.body.owners, context, same);
  }

  @ResolveField(() => Domain, { nullable: true, description: 'The domain that it is part of.' })
  async parent(@Parent() { row, time }: Domain, @Context('catalog') context: CatalogContext): Promise<Domain | null> {
    return row.body.parent === null ? null : loadDomain(context, row.body.parent, time);
  }

  @ResolveField(() => [Domain], { description: 'All that it is part of, the outermost first; itself left out.' })
  async above(@Parent() { row, time }: Domain, @Context('catalog') context: CatalogContext): Promise<Domain[]> {
    const all = new Map((await domainsAt(context, time)).map((one) => [one.id, one]));
    const line = upwards(row.id, (id) => all.get(id)?.body.parent).slice(1);
    return line
      .flatMap((id) => all.get(id) ?? [])
      .map((one) => toDomain(one, time))
      .reverse();
  }

  @ResolveField(() => [Domain], { description: 'The domains that are part of it, one level down.' })
  async parts(@Parent() { row, time }: Domain, @Context('catalog') context: CatalogContext): Promise<Domain[]> {
    const parts = (await domainsAt(context, time)).filter(({ body }) => body.parent === row.id);
    return parts.map((one) => toDomain(one, time));
  }
}

@Resolver(() => ImpactDomainGroup)
export class ImpactDomainGroupResolver {
  @ResolveField(() => Domain, { nullable: true, description: 'The domain; null: they are in none, or are hidden.' })
  domain(
    @Parent() { of, time }: ImpactDomainGroup,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    return of === null ? Promise.resolve(null) : loadDomain(context, of, time);
  }
}
