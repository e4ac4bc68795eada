import { withParts } from '@headwater/domain/governance/definition';
import { pageOfLogical } from '@headwater/domain/governance/logical-datasets';
import { respellNodeId } from '@headwater/domain/identifiers';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { checkPart, PartArgs } from '../arguments/edit-job-args.js';
import { idOf } from '../arguments/ids.js';
import { ImportanceArgs, LogicalDatasetListArgs } from '../arguments/logical-dataset-args.js';
import { toPageRequest } from '../arguments/page-args.js';
import { VersionArgs } from '../arguments/term-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { domainsAt, loadDomain } from '../loaders/domains.js';
import { definitionVersions } from '../loaders/histories.js';
import { excludedOf, importanceOf, loadLogical, logicalAt, membersOf } from '../loaders/logical-datasets.js';
import { Operation } from '../operation.guard.js';
import { Dataset } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { LogicalDatasetConnection } from '../types/connections.js';
import { Domain } from '../types/domain.js';
import { Importance } from '../types/importance.js';
import {
  ExcludedDataset,
  LogicalDataset,
  LogicalMember,
  LogicalMembership,
  toLogicalDataset,
  toLogicalMembership,
} from '../types/logical-dataset.js';
import { DefinitionVersion } from '../types/versions.js';

const READS = { scope: 'catalog:read', reads: ['CATALOG'] } as const;

@Resolver()
export class LogicalDatasetQueryResolver {
  @Query(() => LogicalDataset, {
    nullable: true,
    description: 'A logical dataset; null where there is none, or you may see no member of it.',
  })
  @Operation(READS)
  async logicalDataset(
    @Args('id', { type: () => ID, description: 'Its id: `logical:<key>`.' }) given: string,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<LogicalDataset | null> {
    const id = respellNodeId(given);
    return id === undefined ? null : loadLogical(context, id, context.readTime(time));
  }

  @Query(() => LogicalDatasetConnection, {
    description: 'Logical datasets by name, those of which you may see a member.',
  })
  @Operation(READS)
  async logicalDatasets(
    @Args() args: LogicalDatasetListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<LogicalDataset>> {
    const time = context.readTime(args);
    const page = toPageRequest(args, 100);
    const { domain = null, text } = args;
    const domains = domain === null ? null : withParts([idOf(domain)], await domainsAt(context, time));
    const found = pageOfLogical(await logicalAt(context, time), { text: text ?? '', domains }, page);
    return toConnection(found, page.after, (row) => toLogicalDataset(row, time));
  }
}

@Resolver(() => LogicalDataset)
export class LogicalDatasetResolver {
  @ResolveField(() => String, {
    description: 'The position of its latest edit: what an edit gives as `expectedVersion`.',
  })
  editVersion(@Parent() { row }: LogicalDataset, @Context('catalog') context: CatalogContext): string {
    return context.position(row.position);
  }

  @ResolveField(() => Domain, { nullable: true, description: 'The domain that it is in.' })
  async domain(
    @Parent() { row, time }: LogicalDataset,
    @Context('catalog') context: CatalogContext,
  ): Promise<Domain | null> {
    return row.body.domain === null ? null : loadDomain(context, row.body.domain, time);
  }

  @ResolveField(() => [LogicalMember], { description: 'The datasets that are in it, by id; those that you may see.' })
  members(
    @Parent() logical: LogicalDataset,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<LogicalMember[]> {
    return membersOf(context, logical, checkPart(args));
  }

  @ResolveField(() => Int, { description: 'How many datasets are in it, of those that you may see.' })
  async memberCount(
    @Parent() { row, time }: LogicalDataset,
    @Context('catalog') context: CatalogContext,
  ): Promise<number> {
    return (await context.loaders.logicalMembers.load(row.id, time))?.length ?? 0;
  }

  @ResolveField(() => [ExcludedDataset], {
    description: 'The datasets that edits keep out of it whatever rules say, by id; those that you may see.',
  })
  excluded(
    @Parent() logical: LogicalDataset,
    @Args() args: PartArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<ExcludedDataset[]> {
    return excludedOf(context, logical, checkPart(args));
  }

  @ResolveField(() => Importance, {
    description: 'Who depends on its members taken together: what leads from member to member is no consumer.',
  })
  async importance(
    @Parent() { row, time }: LogicalDataset,
    @Args() { days }: ImportanceArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Importance> {
    const members = (await context.loaders.logicalMembers.load(row.id, time)) ?? [];
    return importanceOf(
      context,
      members.map(([id]) => id),
      days,
      time.at,
    );
  }

  @ResolveField(() => [DefinitionVersion], { description: 'What it was, the latest first.' })
  async history(
    @Parent() { row }: LogicalDataset,
    @Args() { most, knownAt }: VersionArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<DefinitionVersion[]> {
    return definitionVersions(context, row.id, context.readTime({ knownAt: knownAt ?? null }).knownAt, most);
  }
}

@Resolver(() => Dataset)
export class DatasetLogicalResolver {
  @ResolveField(() => LogicalMembership, {
    nullable: true,
    description: 'The logical dataset that it is in, and which edit or rule says so; null: in none.',
  })
  async logicalDataset(
    @Parent() { row }: Dataset,
    @Args() given: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<LogicalMembership | null> {
    const time = context.readTime(given);
    const found = await context.loaders.logicalMemberships.load(row.id, time);
    return found === undefined ? null : toLogicalMembership(found, time, context);
  }

  @ResolveField(() => Importance, { description: 'Who depends on it.' })
  importance(
    @Parent() { row }: Dataset,
    @Args() { days }: ImportanceArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Importance> {
    return importanceOf(context, [row.id], days, context.readTime({}).at);
  }
}
