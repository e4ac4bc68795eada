import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CatalogContext } from '../catalog-context.js';
import { Metric } from '../types/metric.js';
import { DatasetVersion, Run, toDatasetVersion, toRun } from '../types/run.js';
import { Field, toField } from '../types/schema.js';

@Resolver(() => Metric)
export class MetricResolver {
  @ResolveField(() => Field, {
    nullable: true,
    description: 'The field measured; null for the dataset as a whole, or where the catalog knows no such field.',
  })
  async field(@Parent() metric: Metric, @Context('catalog') context: CatalogContext): Promise<Field | null> {
    const { fieldId } = metric.view;
    const view = fieldId === null ? undefined : await context.loaders.fields.load(fieldId);
    return view === undefined ? null : toField(view);
  }

  @ResolveField(() => DatasetVersion, {
    nullable: true,
    description: 'The version measured; null where none is known, or where it may be one of several.',
  })
  async version(@Parent() metric: Metric, @Context('catalog') context: CatalogContext): Promise<DatasetVersion | null> {
    const row = await context.loaders.versionsOfMetrics.load(metric.view);
    return row === null ? null : toDatasetVersion(row);
  }

  @ResolveField(() => Run, { nullable: true, description: 'The run that told it; null where no run did.' })
  async run(@Parent() metric: Metric, @Context('catalog') context: CatalogContext): Promise<Run | null> {
    const { runId } = metric.view;
    const row = runId === null ? undefined : await context.loaders.runs.load(runId);
    return row === undefined ? null : toRun(row);
  }
}
