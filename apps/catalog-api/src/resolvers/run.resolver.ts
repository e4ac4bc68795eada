import { HeadwaterError } from '@headwater/domain/errors';
import { isLateRun, shownRunState, type RunState, type UsualRun } from '@headwater/domain/run-state';
import { Inject } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageOf100, PageOf20, toPageRequest } from '../arguments/page-args.js';
import { CATALOG_API_OPTIONS, runClock, type CatalogApiSettings } from '../catalog-api.options.js';
import type { CatalogContext } from '../catalog-context.js';
import { Dataset, Job, toDataset, toJob } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import { DatasetGapConnection, DatasetVersionConnection, RunConnection, toRunVersions } from '../types/connections.js';
import { RunStateEnum } from '../types/lineage-enums.js';
import { Facet, toFacet } from '../types/facet.js';
import { DatasetGap, Run, toDatasetGap, toRun } from '../types/run.js';

@Resolver(() => Run)
export class RunResolver {
  constructor(@Inject(CATALOG_API_OPTIONS) private readonly settings: CatalogApiSettings) {}

  @ResolveField(() => RunStateEnum, { description: 'How it stands; of several attempts, the last.' })
  state(@Parent() run: Run, @Context('catalog') context: CatalogContext): RunState {
    const { at, unfinishedAfter } = runClock(this.settings, context.now());
    return shownRunState(run.row, at, unfinishedAfter);
  }

  @ResolveField(() => Boolean, {
    description:
      'Whether it is RUNNING and late: it has lasted longer than twice its usual duration and a minute, or it began later behind its nominal start than usual by more than that. False where too little is known.',
  })
  async isLate(@Parent() run: Run, @Context('catalog') context: CatalogContext): Promise<boolean> {
    const clock = runClock(this.settings, context.now());
    // Of runs that are over, which most are, nothing has to be read.
    if (shownRunState(run.row, clock.at, clock.unfinishedAfter) !== 'RUNNING') return false;
    return isLateRun(run.row, await usualOf(run, context), clock);
  }

  @ResolveField(() => Number, {
    nullable: true,
    description:
      'Milliseconds that runs of its job usually last: the median of the latest 20 that completed. Null where fewer than 3 of them tell, and for runs of which silence is no end.',
  })
  async usualDurationMs(@Parent() run: Run, @Context('catalog') context: CatalogContext): Promise<number | null> {
    const usual = run.row.perpetual ? undefined : await usualOf(run, context);
    return usual === undefined ? null : usual.duration / 1000;
  }

  @ResolveField(() => Job, { description: 'The job that it executes.' })
  async job(@Parent() run: Run, @Context('catalog') context: CatalogContext): Promise<Job> {
    const row = await context.loaders.assets.load(run.row.jobId);
    if (row !== undefined) return toJob(row);
    throw new HeadwaterError('INTERNAL', `the catalog has run ${run.id} and not its job`);
  }

  @ResolveField(() => DatasetVersionConnection, { description: 'The dataset versions that it read.' })
  async used(
    @Parent() run: Run,
    @Args() args: PageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<DatasetVersionConnection> {
    const page = toPageRequest(args, 100);
    return toRunVersions(await context.loaders.usedVersions.load(run.row.id, page), page.after);
  }

  @ResolveField(() => DatasetVersionConnection, { description: 'The dataset versions that it made.' })
  async generated(
    @Parent() run: Run,
    @Args() args: PageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<DatasetVersionConnection> {
    const page = toPageRequest(args, 100);
    return toRunVersions(await context.loaders.generatedVersions.load(run.row.id, page), page.after);
  }

  @ResolveField(() => DatasetGapConnection, {
    description:
      'The datasets of which is not known what it read. Candidates, where there are any, are in `used` with the same gap.',
  })
  async gaps(
    @Parent() run: Run,
    @Args() args: PageOf100,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<DatasetGap>> {
    const page = toPageRequest(args, 100);
    return toConnection(await context.loaders.gapsOfRuns.load(run.row.id, page), page.after, toDatasetGap);
  }

  @ResolveField(() => Run, { nullable: true, description: 'The run that it is part of; null where there is none.' })
  async parent(@Parent() run: Run, @Context('catalog') context: CatalogContext): Promise<Run | null> {
    const { parentId } = run.row;
    const row = parentId === null ? undefined : await context.loaders.runs.load(parentId);
    return row === undefined ? null : toRun(row);
  }

  @ResolveField(() => RunConnection, { description: 'The runs that are part of it, the latest first.' })
  async children(
    @Parent() run: Run,
    @Args() args: PageOf20,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Run>> {
    const page = toPageRequest(args);
    return toConnection(await context.loaders.childRuns.load(run.row.id, page), page.after, toRun);
  }

  @ResolveField(() => [Facet], { description: 'The facets that hold, by name and producer.' })
  async facets(
    @Parent() run: Run,
    @Args('names', { type: () => [String], nullable: true, description: 'Only facets of these names; null: all.' })
    names: readonly string[] | null | undefined,
    @Context('catalog') context: CatalogContext,
  ): Promise<Facet[]> {
    return ((await context.loaders.facets.load(run.row.id, names ?? null)) ?? []).map(toFacet);
  }
}

function usualOf(run: Run, context: CatalogContext): Promise<UsualRun | undefined> {
  return context.loaders.usualRuns.load(run.row.jobId);
}

@Resolver(() => DatasetGap)
export class DatasetGapResolver {
  @ResolveField(() => Dataset, { description: 'The dataset that the run read.' })
  async dataset(@Parent() { row }: DatasetGap, @Context('catalog') context: CatalogContext): Promise<Dataset> {
    const asset = await context.loaders.assets.load(row.datasetId);
    if (asset !== undefined) return toDataset(asset);
    throw new HeadwaterError('INTERNAL', `the catalog has a gap of ${row.datasetId} and not the dataset`);
  }
}
