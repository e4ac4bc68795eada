import { isHiddenId } from '@headwater/domain/access/sight';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { ValidTime } from '@headwater/domain/graph';
import type { NodeId, NodeKind } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import type { DiffNode, LineageDiff as DomainDiff } from '@headwater/domain/traversal/diff-lineage';
import type { PathNode, ShownPath, ShownPaths } from '@headwater/domain/traversal/hide-lineage';
import type { Impact as DomainImpact, ImpactGroup as DomainGroup } from '@headwater/domain/traversal/impact-of';
import type { LineageDirection, Moment, TruncationReason } from '@headwater/domain/traversal/lineage-answer';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { LineageDirectionEnum, NodeKindEnum, TruncationReasonEnum } from './lineage-enums.js';
import { Agent, toAgent } from './facts.js';
import { HIDDEN, LineageEdge, LineageNode, NODE_ID, ReachCount, toLineageEdges, toLineageNode } from './lineage.js';

const TRUNCATED = 'Whether this is a part only.';
const BECAUSE = 'Why it is a part; null where it is whole.';
const POSITION = 'The position of the log that the graph stood at.';

@ObjectType({ description: 'A node on a path.' })
export class LineagePathNode {
  @Field(() => ID, { description: NODE_ID })
  id!: string;

  @Field(() => NodeKindEnum, { description: 'What it is.' })
  kind!: NodeKind;

  @Field({ description: HIDDEN })
  hidden!: boolean;
}

@ObjectType({ description: 'A node of a comparison, as it stood on the side that has it.' })
export class LineageDiffNode {
  @Field(() => ID, { description: NODE_ID })
  id!: string;

  @Field(() => NodeKindEnum, { description: 'What it is.' })
  kind!: NodeKind;

  @Field({ description: HIDDEN })
  hidden!: boolean;

  @Field(() => String, { nullable: true, description: 'The last part of its name, as people say it.' })
  displayName!: string | null;

  @Field(() => Int, { description: 'Hops from the root.' })
  depth!: number;

  @Field(() => LineageDirectionEnum, { description: 'On which side of the root it is.' })
  direction!: LineageDirection;

  @Field({ description: 'Known only because something else names it: its own events have not come.' })
  placeholder!: boolean;
}

@ObjectType({ description: 'Nodes and edges that are on one side of a comparison only.' })
export class LineageDiffPart {
  @Field(() => [LineageDiffNode], { description: 'The nodes, nearest first.' })
  nodes!: readonly LineageDiffNode[];

  @Field(() => [LineageEdge], { description: 'The edges; a changed evidence or interval alone is no difference.' })
  edges!: readonly LineageEdge[];
}

@ObjectType({ description: 'How a lineage differs between two moments, both as known at one.' })
export class LineageDiff {
  @Field(() => LineageDiffNode, { description: 'What was asked about, under its canonical id.' })
  root!: LineageDiffNode;

  @Field(() => LineageDiffPart, { description: 'What the later moment has beyond the earlier.' })
  added!: LineageDiffPart;

  @Field(() => LineageDiffPart, { description: 'What the earlier moment had and the later has not.' })
  lapsed!: LineageDiffPart;

  @Field(() => Int, { description: 'Up to this depth both sides are whole and were compared.' })
  depthCompared!: number;

  @Field({ description: TRUNCATED })
  truncated!: boolean;

  @Field(() => TruncationReasonEnum, { nullable: true, description: BECAUSE })
  truncatedBecause!: TruncationReason | null;

  @Field({ description: POSITION })
  position!: string;
}

@ObjectType({ description: 'A way that data takes, without repeating a node.' })
export class LineagePath {
  @Field(() => [LineagePathNode], { description: 'Its nodes in the direction of the flow.' })
  nodes!: readonly LineagePathNode[];

  @Field(() => [LineageEdge], { description: 'Its edges, one between each two neighbors.' })
  edges!: readonly LineageEdge[];

  @Field(() => Int, { description: 'Its hops, counted as the granularity counts depth.' })
  length!: number;
}

@ObjectType({ description: 'Ways from one node to another along the flow, the shortest first.' })
export class LineagePaths {
  @Field(() => ID, { description: 'Canonical id of the start.' })
  from!: string;

  @Field(() => ID, { description: 'Canonical id of the end.' })
  to!: string;

  @Field(() => [LineagePath], { description: 'The ways; empty where the data does not get there.' })
  paths!: readonly LineagePath[];

  @Field({ description: 'Whether there are, or may be, more.' })
  truncated!: boolean;

  @Field(() => TruncationReasonEnum, { nullable: true, description: BECAUSE })
  truncatedBecause!: TruncationReason | null;

  @Field({ description: POSITION })
  position!: string;
}

@ObjectType({ description: 'Something that a change of the root would reach, or that its data comes from.' })
export class ImpactedNode {
  @Field(() => LineageNode, { description: 'What is reached.' })
  node!: LineageNode;

  @Field(() => Int, { description: 'Hops from the root, single edges.' })
  distance!: number;

  @Field(() => [String], { description: 'What the owner of the group is to it; empty where nobody owns it.' })
  roles!: readonly string[];
}

@ObjectType({ isAbstract: true })
abstract class ReachedGroup {
  @Field({
    description: 'Whether these are what you may not know, whatever they belong to. Such a group is the last.',
  })
  hidden!: boolean;

  @Field(() => Int, { description: 'How many there are in this answer.' })
  count!: number;

  @Field(() => Int, { description: 'Hops to the nearest of them.' })
  nearest!: number;

  @Field(() => [ImpactedNode], { description: 'They themselves, nearest first.' })
  nodes!: readonly ImpactedNode[];
}

@ObjectType({ description: 'What is reached and one agent answers for.' })
export class ImpactGroup extends ReachedGroup {
  @Field(() => Agent, { nullable: true, description: 'Who answers for these; null: nobody does, or they are hidden.' })
  owner!: Agent | null;
}

@ObjectType({ description: 'What is reached and is in one domain.' })
export class ImpactDomainGroup extends ReachedGroup {
  readonly of!: NodeId | null;
  /** When the domain is asked for. */
  readonly time!: ReadTime;
}

@ObjectType({ description: 'Everything downstream of a root, by who answers for it.' })
export class Impact {
  @Field(() => LineageNode, { description: 'What was asked about, under its canonical id.' })
  root!: LineageNode;

  @Field(() => [ImpactGroup], {
    description:
      'What is reached by owner: what nobody owns first, then the largest group, at last what is hidden. Several owners, several groups.',
  })
  groups!: readonly ImpactGroup[];

  @Field(() => [ImpactDomainGroup], {
    description:
      'The same by domain, each node once: what is in none first, then the largest group, at last what is hidden.',
  })
  byDomain!: readonly ImpactDomainGroup[];

  @Field(() => Int, { description: 'How many distinct nodes this answer holds.' })
  count!: number;

  @Field(() => ReachCount, { description: 'How many there are in all.' })
  total!: ReachCount;

  @Field({ description: TRUNCATED })
  truncated!: boolean;

  @Field(() => TruncationReasonEnum, { nullable: true, description: BECAUSE })
  truncatedBecause!: TruncationReason | null;

  @Field({ description: POSITION })
  position!: string;
}

export function toLineageDiff(diff: DomainDiff, position: string): LineageDiff {
  const { depthCompared, truncated, truncatedBecause } = diff;
  return {
    ...{ depthCompared, truncated, truncatedBecause, position },
    root: toDiffNode(diff.root),
    added: { nodes: diff.addedNodes.map(toDiffNode), edges: toLineageEdges(diff.addedEdges, diff.moment) },
    lapsed: { nodes: diff.lapsedNodes.map(toDiffNode), edges: toLineageEdges(diff.lapsedEdges, diff.earlier) },
  };
}

export function toDiffNode({ id, kind, depth, direction, displayName, placeholder }: DiffNode): LineageDiffNode {
  return { ...toPathNode({ id, kind }), displayName, depth, direction, placeholder };
}

export function toLineagePaths(answer: ShownPaths, position: string): LineagePaths {
  const { from, to, truncated, truncatedBecause } = answer;
  return {
    from,
    to,
    truncated,
    truncatedBecause,
    position,
    paths: answer.paths.map((path) => toLineagePath(path, answer.moment)),
  };
}

export function toImpact(impact: DomainImpact, position: string): Impact {
  const { assetCount: count, total, truncated, truncatedBecause, moment } = impact;
  const time = { at: lastOf(moment.valid), knownAt: moment.knownAt };
  return {
    ...{ count, total, truncated, truncatedBecause, position },
    root: toLineageNode(impact.root),
    groups: impact.byOwner.map((group) => ({
      ...toReachedGroup(group),
      owner: group.of === null ? null : (toAgent(group.of) ?? null),
    })),
    byDomain: impact.byDomain.map((group) => ({ ...toReachedGroup(group), of: group.of, time })),
  };
}

function toLineagePath({ nodes, edges, length }: ShownPath, moment: Moment): LineagePath {
  return { nodes: nodes.map(toPathNode), edges: toLineageEdges(edges, moment), length };
}

function toReachedGroup({ hidden = false, assets, nearest }: DomainGroup): ReachedGroup {
  return {
    ...{ hidden, nearest },
    count: assets.length,
    nodes: assets.map(({ node, distance, roles }) => ({ node: toLineageNode(node), distance, roles })),
  };
}

/** The last moment of a valid time. */
function lastOf(valid: ValidTime): Micros {
  return 'at' in valid ? valid.at : valid.to - 1;
}

function toPathNode({ id, kind }: PathNode): LineagePathNode {
  return { id, kind, hidden: isHiddenId(id) };
}
