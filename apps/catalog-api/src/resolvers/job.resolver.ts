import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import { TimedPageOf100 } from '../arguments/time-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { neighborAssets } from '../loaders/neighbor-assets.js';
import { Job, toDataset, toJob, type Dataset } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { DatasetConnection, JobConnection, RunConnection } from '../types/connections.js';
import { Run, toRun } from '../types/run.js';

@Resolver(() => Job)
export class JobResolver {
  @ResolveField(() => DatasetConnection, { description: 'The datasets that it reads, by id.' })
  inputs(
    @Parent() job: Job,
    @Args() args: TimedPageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Dataset>> {
    const question = { direction: 'UPSTREAM', kind: 'READ', time: context.readTime(args) } as const;
    return neighborAssets(context, job.row.id, question, toPageRequest(args, 100), toDataset);
  }

  @ResolveField(() => DatasetConnection, { description: 'The datasets that it writes, by id.' })
  outputs(
    @Parent() job: Job,
    @Args() args: TimedPageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Dataset>> {
    const question = { direction: 'DOWNSTREAM', kind: 'WRITE', time: context.readTime(args) } as const;
    return neighborAssets(context, job.row.id, question, toPageRequest(args, 100), toDataset);
  }

  @ResolveField(() => JobConnection, { description: 'The jobs that it triggers, by id; no data flows to them.' })
  triggers(
    @Parent() job: Job,
    @Args() args: TimedPageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Job>> {
    const question = { direction: 'DOWNSTREAM', kind: 'CONTROL', time: context.readTime(args) } as const;
    return neighborAssets(context, job.row.id, question, toPageRequest(args, 100), toJob);
  }

  @ResolveField(() => JobConnection, { description: 'The jobs that trigger it, by id; no data flows from them.' })
  triggeredBy(
    @Parent() job: Job,
    @Args() args: TimedPageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Job>> {
    const question = { direction: 'UPSTREAM', kind: 'CONTROL', time: context.readTime(args) } as const;
    return neighborAssets(context, job.row.id, question, toPageRequest(args, 100), toJob);
  }

  @ResolveField(() => Run, { nullable: true, description: 'The run that began last; null before the first.' })
  async latestRun(@Parent() job: Job, @Context('catalog') context: CatalogContext): Promise<Run | null> {
    const row = await context.loaders.latestRuns.load(job.row.id);
    return row === undefined ? null : toRun(row);
  }

  @ResolveField(() => RunConnection, { description: 'Its runs, the latest first.' })
  async runs(
    @Parent() job: Job,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Run>> {
    const page = toPageRequest(args);
    return toConnection(await context.loaders.runsOfJobs.load(job.row.id, page), page.after, toRun);
  }

  @ResolveField(() => Job, { nullable: true, description: 'The job that it is part of; null where there is none.' })
  async parent(@Parent() job: Job, @Context('catalog') context: CatalogContext): Promise<Job | null> {
    const { parentKey } = job.row;
    const id = parentKey === null ? undefined : await context.loaders.idsOfKeys.load(parentKey);
    const row = id === undefined ? undefined : await context.loaders.assets.load(id);
    return row === undefined ? null : toJob(row);
  }

  @ResolveField(() => JobConnection, { description: 'The jobs that are part of it.' })
  async children(
    @Parent() job: Job,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Job>> {
    const page = toPageRequest(args);
    return toConnection(await context.loaders.childJobs.load(job.row.id, page), page.after, toJob);
  }
}
