import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import { HeadwaterError } from '@headwater/domain/errors';
import { datasetId, jobId, kindOf, runNodeId, type NodeId } from '@headwater/domain/identifiers';
import { runUuid } from '@headwater/domain/openlineage/run-uuid';
import type { DecisionView } from '@headwater/domain/reading/decision-reader';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DecisionListArgs, toDecisionQuestion } from '../arguments/decision-args.js';
import { idOf } from '../arguments/ids.js';
import { toPageRequest } from '../arguments/page-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { loadNode } from '../loaders/load-node.js';
import { Operation } from '../operation.guard.js';
import { Dataset, Job } from '../types/asset.js';
import { toConnection, type Connection } from '../types/connection.js';
import {
  Decision,
  DecisionConnection,
  DecisionInput,
  DecisionOverride,
  DecisionStatement,
  DecisionSubject,
  recordOf,
  referredDecision,
  textOf,
  toDecision,
  toInputs,
  toStatement,
} from '../types/decision.js';
import { Run } from '../types/run.js';
import { Json } from '../types/scalars.js';

const MOST = 100;

/** Decisions by id and by what they are about. */
@Resolver(() => Decision)
export class DecisionResolver {
  @Query(() => Decision, { nullable: true, description: 'A decision by its NodeId; null where there is none.' })
  @Operation({ scope: 'decision:read', reads: ['CATALOG'] })
  decision(
    @Args('id', { type: () => ID, description: '`decision:<producer>:<id>`, each part percent-encoded.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Decision | null> {
    return loadDecision(context, idOf(id));
  }

  @Query(() => DecisionConnection, { description: 'Decisions, the latest first.' })
  @Operation({ scope: 'decision:read', reads: ['CATALOG'] })
  async decisions(
    @Args() args: DecisionListArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<Connection<Decision>> {
    const page = toPageRequest(args);
    return toConnection(
      await context.decisions.list(toDecisionQuestion(args.filter ?? {}), page),
      page.after,
      toDecision,
    );
  }

  @ResolveField(() => Job, { nullable: true, description: 'The job that took it; null: a gap, or not to be seen.' })
  async job(@Parent() { view }: Decision, @Context('catalog') context: CatalogContext): Promise<Job | null> {
    const id = jobOf(view);
    const node = id === null ? null : await loadNode(context, id);
    return node instanceof Job ? node : null;
  }

  @ResolveField(() => Run, {
    nullable: true,
    description: 'The run that took it; null where the catalog has not seen it.',
  })
  async run(@Parent() { view, runId }: Decision, @Context('catalog') context: CatalogContext): Promise<Run | null> {
    const job = jobOf(view);
    const node = job === null || runId === null ? null : await loadNode(context, runNodeId(job, runUuid(runId)));
    return node instanceof Run ? node : null;
  }

  @ResolveField(() => Dataset, {
    nullable: true,
    description: 'The model that it used, a dataset; null: none, or a gap.',
  })
  model(@Parent() { view }: Decision, @Context('catalog') context: CatalogContext): Promise<Dataset | null> {
    return datasetNamed(context, view.content['model']);
  }

  @ResolveField(() => String, { nullable: true, description: 'The version of that model; null: a gap.' })
  modelVersion(@Parent() { view }: Decision, @Context('catalog') context: CatalogContext): string | null {
    const model = recordOf(view.content['model']);
    return seenBy(context)(textOf(model?.['namespace']) ?? '') ? textOf(model?.['version']) : null;
  }

  @ResolveField(() => [DecisionInput], {
    description: 'Some of the data that it was based on, in the producer’s order.',
  })
  inputs(
    @Parent() { view }: Decision,
    @Args('skip', { type: () => Int, nullable: true, defaultValue: 0, description: 'How many to leave out.' })
    skip: number | null,
    @Args('most', { type: () => Int, nullable: true, defaultValue: MOST, description: 'How many at most: 1 to 100.' })
    most: number | null,
    @Context('catalog') context: CatalogContext,
  ): DecisionInput[] {
    return toInputs(view, { skip: checkedSkip(skip ?? 0), most: checkedMost(most ?? MOST) }, seenBy(context));
  }

  @ResolveField(() => Decision, { nullable: true, description: 'The decision that led to it, where it is known.' })
  causedBy(
    @Parent() { producer, causationId }: Decision,
    @Context('catalog') context: CatalogContext,
  ): Promise<Decision | null> {
    return causationId === null
      ? Promise.resolve(null)
      : loadDecision(context, referredDecision(producer, causationId));
  }

  @ResolveField(() => [DecisionStatement], {
    description: 'What was said about it: the one that stands first, then the latest.',
  })
  async statements(
    @Parent() { id }: Decision,
    @Args('most', { type: () => Int, nullable: true, defaultValue: 20, description: 'How many at most: 1 to 100.' })
    most: number | null,
    @Context('catalog') context: CatalogContext,
  ): Promise<DecisionStatement[]> {
    const said = await context.decisionLoaders.statements.load(id as NodeId, checkedMost(most ?? 20));
    return (said ?? []).map(toStatement);
  }
}

@Resolver(() => DecisionSubject)
export class DecisionSubjectResolver {
  @ResolveField(() => String, {
    nullable: true,
    description:
      'Its reference. Personal: null without the scope personal:read, and once it was erased. Reading it is recorded.',
  })
  async ref(
    @Parent() { view, sealed }: DecisionSubject,
    @Context('catalog') context: CatalogContext,
  ): Promise<string | null> {
    return textOf(await opened(context, view, sealed));
  }
}

@Resolver(() => DecisionInput)
export class DecisionInputResolver {
  @ResolveField(() => Dataset, {
    nullable: true,
    description: 'The dataset; null where it is not known, or not to be seen.',
  })
  dataset(@Parent() { content }: DecisionInput, @Context('catalog') context: CatalogContext): Promise<Dataset | null> {
    return datasetNamed(context, content['dataset']);
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'The dataset’s NodeId as it was named, also where it is not known; null where it is not to be seen.',
  })
  datasetId(@Parent() { content, isHidden }: DecisionInput): NodeId | null {
    const named = recordOf(content['dataset']);
    return isHidden ? null : datasetId(textOf(named?.['namespace']) ?? '', textOf(named?.['name']) ?? '');
  }

  @ResolveField(() => Json, {
    nullable: true,
    description: 'Which record was read. Personal, as `DecisionSubject.ref` is.',
  })
  key(
    @Parent() { view, content, isHidden }: DecisionInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<unknown> {
    return opened(context, view, isHidden ? null : content['key']);
  }

  @ResolveField(() => Json, {
    nullable: true,
    description: 'What it held, by field. Personal, as `DecisionSubject.ref` is.',
  })
  values(
    @Parent() { view, content, isHidden }: DecisionInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<unknown> {
    return opened(context, view, isHidden ? null : content['values']);
  }
}

@Resolver(() => DecisionOverride)
export class DecisionOverrideResolver {
  @ResolveField(() => Decision, { nullable: true, description: 'That decision; null where it is not known.' })
  decision(
    @Parent() { decisionId }: DecisionOverride,
    @Context('catalog') context: CatalogContext,
  ): Promise<Decision | null> {
    return loadDecision(context, decisionId);
  }
}

async function loadDecision(context: CatalogContext, id: NodeId): Promise<Decision | null> {
  if (kindOf(id) !== 'DECISION') return null;
  const view = await context.decisionLoaders.byId.load(id);
  return view === undefined ? null : toDecision(view);
}

async function datasetNamed(context: CatalogContext, named: unknown): Promise<Dataset | null> {
  const record = recordOf(named);
  if (record === null) return null;
  const node = await loadNode(context, datasetId(textOf(record['namespace']) ?? '', textOf(record['name']) ?? ''));
  return node instanceof Dataset ? node : null;
}

function seenBy({ principal }: CatalogContext): (namespace: string) => boolean {
  const rule = principal?.where('catalog:read') ?? NamespaceRule.NONE;
  return (namespace) => rule.allows(namespace);
}

function jobOf({ content }: DecisionView): NodeId | null {
  const job = recordOf(content['job']);
  return job && jobId(textOf(job['namespace']) ?? '', textOf(job['name']) ?? '');
}

/** What stands behind a placeholder; null where it is not for the caller, or is no more. */
async function opened(context: CatalogContext, view: DecisionView, sealed: unknown): Promise<unknown> {
  if (typeof sealed !== 'string' || !context.decisions.mayOpen(view)) return null;
  return (await context.decisionLoaders.opened.load(view)).get(sealed) ?? null;
}

function checkedSkip(skip: number): number {
  if (skip >= 0) return skip;
  throw new HeadwaterError('INVALID_INPUT', '`skip` must be 0 or more', { reason: 'PAGE_SIZE' });
}

function checkedMost(most: number): number {
  if (most >= 1 && most <= MOST) return most;
  throw new HeadwaterError('INVALID_INPUT', `\`most\` must be between 1 and ${String(MOST)}`, { reason: 'PAGE_SIZE' });
}
