import { HeadwaterError } from '@headwater/domain/errors';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MetricArgs, toMetricQuestion } from '../arguments/metric-args.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Dataset, toDataset } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { MetricConnection, RunConnection } from '../types/connections.js';
import { toMetric, type Metric } from '../types/metric.js';
import { DatasetVersion, Run, toRun } from '../types/run.js';

@Resolver(() => DatasetVersion)
export class DatasetVersionResolver {
  @ResolveField(() => Dataset, { description: 'The dataset that it is a state of.' })
  async dataset(@Parent() version: DatasetVersion, @Context('catalog') context: CatalogContext): Promise<Dataset> {
    const row = await context.loaders.assets.load(version.row.datasetId);
    if (row !== undefined) return toDataset(row);
    throw new HeadwaterError('INTERNAL', `the catalog has version ${version.id} and not its dataset`);
  }

  @ResolveField(() => Run, { nullable: true, description: 'The run that wrote it; null where only readers name it.' })
  async run(@Parent() version: DatasetVersion, @Context('catalog') context: CatalogContext): Promise<Run | null> {
    const { runId } = version.row;
    const row = runId === null ? undefined : await context.loaders.runs.load(runId);
    return row === undefined ? null : toRun(row);
  }

  @ResolveField(() => RunConnection, { description: 'The runs that read it, the latest first.' })
  async usedBy(
    @Parent() version: DatasetVersion,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Run>> {
    const page = toPageRequest(args);
    const found = await context.loaders.usingRuns.load(version.row.id, page);
    return toConnection(found, page.after, ({ run }) => toRun(run));
  }

  @ResolveField(() => MetricConnection, {
    description: 'What was measured of this version by its writers and its readers, the latest first.',
  })
  async metrics(
    @Parent() version: DatasetVersion,
    @Args() args: MetricArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Metric>> {
    const question = toMetricQuestion(args);
    return toConnection(
      await context.loaders.metricsOfVersions.load(version.row.id, question),
      question.page.after,
      toMetric,
    );
  }
}
