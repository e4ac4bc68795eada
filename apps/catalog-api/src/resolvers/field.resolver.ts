import type { NodeId } from '@headwater/domain/identifiers';
import { HeadwaterError } from '@headwater/domain/errors';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LatestMetricArgs, MetricArgs, toLatestMetricQuestion, toMetricQuestion } from '../arguments/metric-args.js';
import { TimeArgs } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { carriedAssignments } from '../loaders/carried-assignments.js';
import { Dataset, toDataset } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { MetricConnection } from '../types/connections.js';
import { TagAssignment, toTagAssignments } from '../types/facts.js';
import { toMetric, type Metric } from '../types/metric.js';
import { Field } from '../types/schema.js';

@Resolver(() => Field)
export class FieldResolver {
  @ResolveField(() => Dataset, { description: 'The dataset that it is a column of.' })
  async dataset(@Parent() field: Field, @Context('catalog') context: CatalogContext): Promise<Dataset> {
    const row = await context.loaders.assets.load(field.datasetId);
    if (row !== undefined) return toDataset(row);
    throw new HeadwaterError('INTERNAL', `the catalog has field ${field.id} and not its dataset`);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What it is: as somebody entered it, else what the schema says about it.',
  })
  async description(@Parent() field: Field, @Context('catalog') context: CatalogContext): Promise<string | null> {
    const question = { kind: 'DESCRIPTION', time: field.time ?? context.readTime({}) } as const;
    const [fact] = (await context.loaders.facts.load(field.id as NodeId, question)) ?? [];
    return fact?.value ?? field.documented;
  }

  @ResolveField(() => [TagAssignment], { description: 'The tags that were put on it.' })
  async tags(
    @Parent() field: Field,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagAssignment[]> {
    const question = { kind: 'TAG', time: context.readTime(time) } as const;
    return toTagAssignments((await context.loaders.facts.load(field.id as NodeId, question)) ?? [], context);
  }

  // Null where the graph is away: what was put there is known without it.
  @ResolveField(() => [TagAssignment], {
    nullable: true,
    description:
      'The tags that came to it along its lineage from fields that have them, by name, those left out that were put here; null where that cannot be told now.',
  })
  carriedTags(
    @Parent() field: Field,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagAssignment[]> {
    return carriedAssignments(field.id as NodeId, context.readTime(time), context);
  }

  @ResolveField(() => MetricConnection, {
    description: 'What was measured of it, and which assertions held, the latest first.',
  })
  async metrics(
    @Parent() field: Field,
    @Args() args: MetricArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Metric>> {
    const question = toMetricQuestion(args);
    return toConnection(
      await context.loaders.metrics.load(field.id as NodeId, question),
      question.page.after,
      toMetric,
    );
  }

  @ResolveField(() => MetricConnection, { description: 'The latest value of each thing measured of it, by name.' })
  async latestMetrics(
    @Parent() field: Field,
    @Args() args: LatestMetricArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Metric>> {
    const { filter, page } = toLatestMetricQuestion(args);
    const question = { filter, page, time: context.readTime(args) };
    return toConnection(await context.loaders.latestMetrics.load(field.id as NodeId, question), page.after, toMetric);
  }
}
