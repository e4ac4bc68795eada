import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LatestMetricArgs, MetricArgs, toLatestMetricQuestion, toMetricQuestion } from '../arguments/metric-args.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import { TimeArgs, TimedPageOf100 } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { carriedAssignments } from '../loaders/carried-assignments.js';
import { neighborAssets } from '../loaders/neighbor-assets.js';
import { Dataset, toJob, type Job } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import {
  DatasetVersionConnection,
  FieldConnection,
  JobConnection,
  MetricConnection,
  SchemaVersionConnection,
} from '../types/connections.js';
import { Alias, toAlias } from '../types/facet.js';
import { TagAssignment } from '../types/facts.js';
import { toMetric, type Metric } from '../types/metric.js';
import { toDatasetVersion } from '../types/run.js';
import { toField, toSchemaVersion, type Field, type SchemaVersion } from '../types/schema.js';

@Resolver(() => Dataset)
export class DatasetResolver {
  @ResolveField(() => FieldConnection, {
    description: 'Its columns in the order of the schema. Without `asOf`, columns that only lineage names follow.',
  })
  async fields(
    @Parent() dataset: Dataset,
    @Args() args: TimedPageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Field>> {
    const page = toPageRequest(args, 100);
    const time = context.readTime(args);
    const question = { at: args.asOf ?? null, knownAt: time.knownAt, page };
    const fields = await context.loaders.fieldsOfDatasets.load(dataset.row.id, question);
    return toConnection(fields, page.after, (view) => toField(view, time));
  }

  @ResolveField(() => SchemaVersionConnection, { description: 'The schemas it had, the latest first.' })
  async schemaVersions(
    @Parent() dataset: Dataset,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<SchemaVersion>> {
    const page = toPageRequest(args);
    return toConnection(await context.loaders.schemaVersions.load(dataset.row.id, page), page.after, toSchemaVersion);
  }

  @ResolveField(() => DatasetVersionConnection, { description: 'The states it had, the latest first.' })
  async versions(
    @Parent() dataset: Dataset,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<DatasetVersionConnection> {
    const page = toPageRequest(args);
    const { edges, pageInfo } = toConnection(
      await context.loaders.versionsOfDatasets.load(dataset.row.id, page),
      page.after,
      toDatasetVersion,
    );
    return { edges: edges.map((edge) => ({ ...edge, evidence: null, gap: null, at: null })), pageInfo };
  }

  @ResolveField(() => MetricConnection, {
    description: 'What was measured of it and of its fields, and which assertions held, the latest first.',
  })
  async metrics(
    @Parent() dataset: Dataset,
    @Args() args: MetricArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Metric>> {
    const question = toMetricQuestion(args);
    return toConnection(await context.loaders.metrics.load(dataset.row.id, question), question.page.after, toMetric);
  }

  @ResolveField(() => MetricConnection, {
    description: 'The latest value of each thing measured: its own first, then those of its fields, by name.',
  })
  async latestMetrics(
    @Parent() dataset: Dataset,
    @Args() args: LatestMetricArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Metric>> {
    const { filter, page } = toLatestMetricQuestion(args);
    const question = { filter, page, time: context.readTime(args) };
    return toConnection(await context.loaders.latestMetrics.load(dataset.row.id, question), page.after, toMetric);
  }

  // Null where the graph is away: what was put there is known without it.
  @ResolveField(() => [TagAssignment], {
    nullable: true,
    description:
      'The tags that came to it along the lineage of datasets where rules send them, by name, those left out that were put here; null where that cannot be told now.',
  })
  carriedTags(
    @Parent() dataset: Dataset,
    @Args() time: TimeArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<TagAssignment[]> {
    return carriedAssignments(dataset.row.id, context.readTime(time), context);
  }

  @ResolveField(() => [Alias], { description: 'Its other names.' })
  async aliases(@Parent() dataset: Dataset, @Context('catalog') context: CatalogContext): Promise<Alias[]> {
    return ((await context.loaders.aliases.load(dataset.row.id)) ?? []).map(toAlias);
  }

  @ResolveField(() => JobConnection, { description: 'The jobs that write it now, by id.' })
  producers(
    @Parent() dataset: Dataset,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Job>> {
    const question = { direction: 'UPSTREAM', kind: 'WRITE', time: context.readTime({}) } as const;
    return neighborAssets(context, dataset.row.id, question, toPageRequest(args), toJob);
  }

  @ResolveField(() => JobConnection, { description: 'The jobs that read it now, by id.' })
  consumers(
    @Parent() dataset: Dataset,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Job>> {
    const question = { direction: 'DOWNSTREAM', kind: 'READ', time: context.readTime({}) } as const;
    return neighborAssets(context, dataset.row.id, question, toPageRequest(args), toJob);
  }
}
