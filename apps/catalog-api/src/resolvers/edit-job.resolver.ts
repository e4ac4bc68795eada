import { planEdits } from '@headwater/application/governance/bulk/plan-edits';
import { planHandOver } from '@headwater/application/governance/bulk/plan-hand-over';
import { StartEdits } from '@headwater/application/governance/bulk/start-edits';
import type { Principal } from '@headwater/domain/access/principal';
import { HeadwaterError } from '@headwater/domain/errors';
import type { EditJob as DomainJob, EditJobStore } from '@headwater/domain/governance/edit-job';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS, EDIT_JOBS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { editRequest } from '../arguments/domain-args.js';
import { idOf } from '../arguments/ids.js';
import {
  checkPart,
  EditChange,
  EditSelection,
  HandOverInput,
  JobEditsArgs,
  PartArgs,
  StartEditsInput,
  toChanges,
  toSelection,
} from '../arguments/edit-job-args.js';
import { toSearchFilter } from '../arguments/filters.js';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { partsIn } from '../loaders/terms.js';
import { Operation } from '../operation.guard.js';
import { toAsset } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import {
  EditJob,
  EditJobConnection,
  EditPreview,
  HandOverPreview,
  HandOverResult,
  JobEdit,
  PlannedEdit,
  StartEditsResult,
  toEditJob,
  toEditPreview,
  toHandOverPreview,
  toJobEdit,
  toPlannedEdit,
  type HandOverRefusal,
  type StartedEdits,
  type StartEditsRefusal,
} from '../types/edit-jobs.js';
import { editedOrRefused } from './refusals.js';

const EDITS = { scope: 'catalog:edit' } as const;

/** Edits of many assets: what they would do, and as a job. */
@Resolver()
export class EditJobResolver {
  constructor(
    private readonly start: StartEdits,
    @Inject(EDIT_JOBS) private readonly jobs: Pick<EditJobStore, 'job' | 'jobs'>,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => EditPreview, { description: 'What the same change of many assets would do; nothing is changed.' })
  @Operation({ scope: 'catalog:edit', reads: ['CATALOG'] })
  previewEdits(
    @Args('selection', { description: 'Which assets.' }) selection: EditSelection,
    @Args('change', { description: 'What is to be so of each.' }) change: EditChange,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditPreview> {
    return previewOf(context, principalOf(context), selection, change);
  }

  @Query(() => HandOverPreview, {
    description: 'What it takes that all that somebody answers for is another\u2019s; nothing is changed.',
  })
  @Operation({ scope: 'catalog:edit', reads: ['CATALOG'] })
  previewHandOver(
    @Args('from', { type: () => ID, description: 'Who hands over: `agent:<kind>:<name>`.' }) from: string,
    @Args('to', { type: () => ID, description: 'Who takes it, in the same roles.' }) to: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<HandOverPreview> {
    return handOverPreviewOf(context, principalOf(context), from, to);
  }

  @Query(() => EditJob, {
    nullable: true,
    description:
      'A job of edits and how far it is: your own, or any for whoever sees the whole catalog. Null for others.',
  })
  @Operation(EDITS)
  async editJob(
    @Args('id', { type: () => ID, description: 'The id that the mutation gave.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<EditJob | null> {
    const job = await this.jobs.job(id);
    return job !== null && maySee(context, job) ? toEditJob(job) : null;
  }

  @Query(() => EditJobConnection, {
    description: 'Jobs of edits, the latest first: your own, or all for whoever sees the whole catalog.',
  })
  @Operation(EDITS)
  async editJobs(@Args() args: PageOf20, @Context('catalog') context: CatalogContext): Promise<Connection<EditJob>> {
    const page = toPageRequest(args);
    const actor = context.seesAll ? null : principalOf(context).id;
    return toConnection(await this.jobs.jobs({ actor }, page), page.after, toEditJob);
  }

  @Mutation(() => StartEditsResult, {
    description: 'Starts the same change of many assets as one job: each is an event of its own, made once.',
  })
  @Operation(EDITS)
  startEdits(
    @Args('input', { description: 'Which assets, and what is to be so.' }) input: StartEditsInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<StartedEdits | StartEditsRefusal> {
    const { selection, change } = input;
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const wanted = { selection: await selectionOf(context, selection), changes: toChanges(change) };
        return {
          job: toEditJob(await this.start.edits(context.rightsOf(by), context.view, wanted, editRequest(input))),
        };
      },
      () => previewOf(context, principalOf(context), selection, change),
    );
  }

  @Mutation(() => HandOverResult, {
    description:
      'Gives all that somebody answers for to another, in the same roles: in rules, domains and data products at once, of assets as one job.',
  })
  @Operation(EDITS)
  handOver(
    @Args('input', { description: 'Whose, and to whom.' }) input: HandOverInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<StartedEdits | HandOverRefusal> {
    const { from, to } = input;
    return editedOrRefused(
      context,
      this.access,
      async (by) => {
        const wanted = { from: idOf(from), to: idOf(to) };
        const started = this.start.handOver(context.rightsOf(by), context.view.catalog, wanted, editRequest(input));
        return { job: toEditJob(await started) };
      },
      () => handOverPreviewOf(context, principalOf(context), from, to),
    );
  }
}

@Resolver(() => EditPreview)
export class EditPreviewResolver {
  @ResolveField(() => [PlannedEdit], { description: 'What would be done to which asset, by id.' })
  edits(@Parent() { planned }: EditPreview, @Args() part: PartArgs): PlannedEdit[] {
    return partOf(planned, part);
  }
}

@Resolver(() => HandOverPreview)
export class HandOverPreviewResolver {
  @ResolveField(() => [PlannedEdit], { description: 'What would be done to which asset, by id.' })
  edits(@Parent() { planned }: HandOverPreview, @Args() part: PartArgs): PlannedEdit[] {
    return partOf(planned, part);
  }
}

@Resolver(() => EditJob)
export class EditJobEditsResolver {
  constructor(@Inject(EDIT_JOBS) private readonly jobs: Pick<EditJobStore, 'edits'>) {}

  @ResolveField(() => [JobEdit], { description: 'Its edits in their order, each of one asset.' })
  async edits(
    @Parent() { id }: EditJob,
    @Args() args: JobEditsArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<JobEdit[]> {
    const { skip, most } = checkPart(args);
    const edits = await this.jobs.edits(id, args.state ?? null, skip, most);
    return Promise.all(
      edits.map(async (edit) => {
        const row = await context.loaders.assets.load(edit.asset);
        return toJobEdit(edit, row === undefined ? null : toAsset(row), context);
      }),
    );
  }
}

/** A part of what a plan would do. */
export function partOf(planned: EditPreview['planned'], part: PartArgs): PlannedEdit[] {
  const { skip, most } = checkPart(part);
  return planned.slice(skip, skip + most).map(toPlannedEdit);
}

async function previewOf(
  context: CatalogContext,
  principal: Principal,
  selection: EditSelection,
  change: EditChange,
): Promise<EditPreview> {
  const selected = await selectionOf(context, selection);
  const time = context.readTime({});
  return toEditPreview(await planEdits(context.view, context.rightsOf(principal), selected, toChanges(change), time));
}

async function handOverPreviewOf(
  context: CatalogContext,
  principal: Principal,
  from: string,
  to: string,
): Promise<HandOverPreview> {
  const wanted = { from: idOf(from), to: idOf(to) };
  const time = context.readTime({});
  return toHandOverPreview(await planHandOver(context.view.catalog, context.rightsOf(principal), wanted, time), time);
}

function selectionOf(context: CatalogContext, selection: EditSelection) {
  return toSelection(selection, (filter) => toSearchFilter(filter, partsIn(context)));
}

function maySee(context: CatalogContext, { by }: DomainJob): boolean {
  return context.seesAll || by.id === context.principal?.id;
}

function principalOf({ principal }: CatalogContext): Principal {
  if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
  return principal;
}
