import type { Side } from '@headwater/domain/traversal/lineage-answer';
import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ImpactArgs, LineageArgs, LineageDiffArgs, PathsArgs } from '../arguments/lineage-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { Operation } from '../operation.guard.js';
import { selectedFields } from '../selected-fields.js';
import {
  Impact,
  LineageDiff,
  LineagePaths,
  toImpact,
  toLineageDiff,
  toLineagePaths,
} from '../types/lineage-answers.js';
import { LineageGraph, toLineageGraph } from '../types/lineage.js';

/** Everything that walks the graph. */
@Resolver()
export class LineageQueryResolver {
  @Query(() => LineageGraph, {
    nullable: true,
    description: 'Where data comes from and what depends on it; null where the root is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async lineage(
    @Args() args: LineageArgs,
    @Info() info: GraphQLResolveInfo,
    @Context('catalog') context: CatalogContext,
  ): Promise<LineageGraph | null> {
    const request = { ...args, ...wantedBy(info) };
    const { lineage } = context.view;
    const answer = await (args.logical === true ? lineage.traceLogical(request) : lineage.trace(request));
    return answer === null ? null : toLineageGraph(answer, context.position(answer.moment.position));
  }

  @Query(() => LineageDiff, {
    nullable: true,
    description: 'What a lineage gained and lost between two moments; null where the root is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async lineageDiff(
    @Args() args: LineageDiffArgs,
    @Context('catalog') context: CatalogContext,
  ): Promise<LineageDiff | null> {
    const diff = await context.view.lineage.diff(args);
    return diff === null ? null : toLineageDiff(diff, context.position(diff.moment.position));
  }

  @Query(() => LineagePaths, {
    nullable: true,
    description: 'The shortest way that data takes from one node to another, and others; null where an end is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async paths(@Args() args: PathsArgs, @Context('catalog') context: CatalogContext): Promise<LineagePaths | null> {
    const answer = await context.view.lineage.paths(args);
    return answer === null ? null : toLineagePaths(answer, context.position(answer.moment.position));
  }

  @Query(() => Impact, {
    nullable: true,
    description:
      'Everything that a change of the root would reach, or that its data comes from, by who answers for it; null where it is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async impact(@Args() args: ImpactArgs, @Context('catalog') context: CatalogContext): Promise<Impact | null> {
    const impact = await context.view.lineage.impact(args);
    return impact === null ? null : toImpact(impact, context.position(impact.moment.position));
  }
}

/** Counting and looking for open ends cost round trips of their own: only who asks for them pays. */
function wantedBy(info: GraphQLResolveInfo): { counts: readonly Side[]; openEnds: boolean; neighbors: boolean } {
  const fields = selectedFields(info);
  const sides: readonly (readonly [string, Side])[] = [
    ['upstream', 'UPSTREAM'],
    ['downstream', 'DOWNSTREAM'],
  ];
  const neighbors = fields.has('neighborsUpstream') || fields.has('neighborsDownstream');
  return {
    neighbors,
    counts: sides.flatMap(([name, side]) => (fields.has(name) ? [side] : [])),
    openEnds: neighbors || fields.has('hasMoreUpstream') || fields.has('hasMoreDownstream'),
  };
}
