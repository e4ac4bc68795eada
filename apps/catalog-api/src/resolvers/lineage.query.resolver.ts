import { AssessImpact } from '@headwater/application/lineage/assess-impact';
import { DiffLineage } from '@headwater/application/lineage/diff-lineage';
import { FindPaths } from '@headwater/application/lineage/find-paths';
import { TraceLineage } from '@headwater/application/lineage/trace-lineage';
import { formatPosition } from '@headwater/domain/position';
import type { EventLog } from '@headwater/domain/ports';
import { EVENT_LOG } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import type { Side } from '@headwater/domain/traversal/lineage-answer';
import { Args, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ImpactArgs, LineageArgs, LineageDiffArgs, PathsArgs } from '../arguments/lineage-args.js';
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
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly traceLineage: TraceLineage,
    private readonly diffLineage: DiffLineage,
    private readonly findPaths: FindPaths,
    private readonly assessImpact: AssessImpact,
  ) {}

  @Query(() => LineageGraph, {
    nullable: true,
    description: 'Where data comes from and what depends on it; null where the root is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async lineage(@Args() args: LineageArgs, @Info() info: GraphQLResolveInfo): Promise<LineageGraph | null> {
    const answer = await this.traceLineage.execute({ ...args, ...wantedBy(info) });
    return answer === null ? null : toLineageGraph(answer, formatPosition(this.log.logId, answer.moment.position));
  }

  @Query(() => LineageDiff, {
    nullable: true,
    description: 'What a lineage gained and lost between two moments; null where the root is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async lineageDiff(@Args() args: LineageDiffArgs): Promise<LineageDiff | null> {
    const diff = await this.diffLineage.execute(args);
    return diff === null ? null : toLineageDiff(diff, formatPosition(this.log.logId, diff.moment.position));
  }

  @Query(() => LineagePaths, {
    nullable: true,
    description: 'The shortest way that data takes from one node to another, and others; null where an end is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async paths(@Args() args: PathsArgs): Promise<LineagePaths | null> {
    const answer = await this.findPaths.execute(args);
    return answer === null ? null : toLineagePaths(answer, formatPosition(this.log.logId, answer.moment.position));
  }

  @Query(() => Impact, {
    nullable: true,
    description: 'Everything that a change of the root would reach, by who answers for it; null where it is unknown.',
  })
  @Operation({ scope: 'catalog:read', reads: ['CATALOG', 'GRAPH'] })
  async impact(@Args() args: ImpactArgs): Promise<Impact | null> {
    const impact = await this.assessImpact.execute(args);
    return impact === null ? null : toImpact(impact, formatPosition(this.log.logId, impact.moment.position));
  }
}

/** Counting and looking for open ends cost round trips of their own: only who asks for them pays. */
function wantedBy(info: GraphQLResolveInfo): { counts: readonly Side[]; openEnds: boolean } {
  const fields = selectedFields(info);
  const sides: readonly (readonly [string, Side])[] = [
    ['upstream', 'UPSTREAM'],
    ['downstream', 'DOWNSTREAM'],
  ];
  return {
    counts: sides.flatMap(([name, side]) => (fields.has(name) ? [side] : [])),
    openEnds: fields.has('hasMoreUpstream') || fields.has('hasMoreDownstream'),
  };
}
