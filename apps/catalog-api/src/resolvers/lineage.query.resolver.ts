import { AssessImpact } from '@headwater/application/lineage/assess-impact';
import { DiffLineage } from '@headwater/application/lineage/diff-lineage';
import { FindPaths } from '@headwater/application/lineage/find-paths';
import { TraceLineage } from '@headwater/application/lineage/trace-lineage';
import type { NodeId } from '@headwater/domain/identifiers';
import { formatPosition } from '@headwater/domain/position';
import type { EventLog } from '@headwater/domain/ports';
import { EVENT_LOG } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { ImpactArgs, LineageArgs, LineageDiffArgs, PathsArgs } from '../arguments/lineage-args.js';
import { Reads } from '../freshness.guard.js';
import { Impact, LineageDiff, LineagePaths, toImpact, toLineageDiff, toLineagePaths } from '../types/lineage-answers.js';
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
  @Reads('CATALOG', 'GRAPH')
  async lineage(@Args() args: LineageArgs): Promise<LineageGraph | null> {
    const answer = await this.traceLineage.execute({
      root: args.root as NodeId,
      direction: args.direction ?? 'BOTH',
      depth: args.depth ?? 5,
      granularity: args.granularity ?? 'JOB',
      maxNodes: args.maxNodes ?? 1000,
      asOf: args.asOf ?? undefined,
      between: args.between ?? undefined,
      knownAt: args.knownAt ?? undefined,
      after: args.after ?? undefined,
    });
    return answer === null ? null : toLineageGraph(answer, formatPosition(this.log.logId, answer.moment.position));
  }

  @Query(() => LineageDiff, {
    nullable: true,
    description: 'What a lineage gained and lost between two moments; null where the root is unknown.',
  })
  @Reads('CATALOG', 'GRAPH')
  async lineageDiff(@Args() args: LineageDiffArgs): Promise<LineageDiff | null> {
    const diff = await this.diffLineage.execute({
      root: args.root as NodeId,
      direction: args.direction ?? 'BOTH',
      depth: args.depth ?? 5,
      granularity: args.granularity ?? 'JOB',
      from: args.from,
      to: args.to,
      knownAt: args.knownAt ?? undefined,
    });
    return diff === null ? null : toLineageDiff(diff, formatPosition(this.log.logId, diff.moment.position));
  }

  @Query(() => LineagePaths, {
    nullable: true,
    description: 'The shortest way that data takes from one node to another, and others; null where an end is unknown.',
  })
  @Reads('CATALOG', 'GRAPH')
  async paths(@Args() args: PathsArgs): Promise<LineagePaths | null> {
    const answer = await this.findPaths.execute({
      from: args.from as NodeId,
      to: args.to as NodeId,
      granularity: args.granularity ?? 'JOB',
      limit: args.limit ?? 5,
      asOf: args.asOf ?? undefined,
      knownAt: args.knownAt ?? undefined,
    });
    return answer === null ? null : toLineagePaths(answer, formatPosition(this.log.logId, answer.moment.position));
  }

  @Query(() => Impact, {
    nullable: true,
    description: 'Everything that a change of the root would reach, by who answers for it; null where it is unknown.',
  })
  @Reads('CATALOG', 'GRAPH')
  async impact(@Args() args: ImpactArgs): Promise<Impact | null> {
    const impact = await this.assessImpact.execute({
      root: args.root as NodeId,
      maxNodes: args.maxNodes ?? 5000,
      asOf: args.asOf ?? undefined,
      knownAt: args.knownAt ?? undefined,
    });
    return impact === null ? null : toImpact(impact, formatPosition(this.log.logId, impact.moment.position));
  }
}
