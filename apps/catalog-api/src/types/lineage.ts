import { isHiddenId } from '@headwater/domain/access/sight';
import type { AssertionSightings, EdgeWithRows } from '@headwater/domain/reading/edge-proof-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { EdgeEvidence, EdgeKind } from '@headwater/domain/graph';
import { hash128, type NodeKind } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import type { CollapsedEdge, CollapsedNode } from '@headwater/domain/traversal/collapse-lineage';
import type {
  LineageAnswer,
  LineageDirection,
  LineageEdge as DomainEdge,
  LineageNode as DomainNode,
  Moment,
  TruncationReason,
} from '@headwater/domain/traversal/lineage-answer';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import {
  EdgeEvidenceEnum,
  EdgeKindEnum,
  LineageDirectionEnum,
  NodeKindEnum,
  TruncationReasonEnum,
} from './lineage-enums.js';
import { DateTime } from './scalars.js';

export const NODE_ID = 'Its NodeId; of merged names the canonical one. Opaque where it is hidden.';
export const HIDDEN = 'Whether you may not know what it is: then its id is opaque, and nothing but its place is told.';

@ObjectType({ description: 'How the data is changed along an edge, as OpenLineage names it.' })
export class Transformation {
  @Field({ description: 'DIRECT where values flow, INDIRECT where they only decide, or what the producer says.' })
  type!: string;

  @Field(() => String, { nullable: true, description: 'For example IDENTITY, AGGREGATION, FILTER, JOIN.' })
  subtype!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in words or as an expression.' })
  description!: string | null;

  @Field({ description: 'Whether values are masked on the way.' })
  masking!: boolean;
}

@ObjectType({ description: 'A stretch of time, [from, to).' })
export class Interval {
  @Field(() => DateTime, { description: 'Its first moment.' })
  from!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'The first moment behind it; null while it goes on.' })
  to!: Micros | null;
}

@ObjectType({ description: 'How many nodes can be reached, whatever depth and page were asked for.' })
export class ReachCount {
  @Field(() => Int, { description: 'The number, the root left out.' })
  count!: number;

  @Field({ description: 'False: at least so many; the search was cut off, or that side was not asked for.' })
  isExact!: boolean;
}

@ObjectType({ description: 'A node of a lineage.' })
export class LineageNode {
  @Field(() => ID, { description: NODE_ID })
  id!: string;

  @Field(() => NodeKindEnum, { description: 'What it is.' })
  kind!: NodeKind;

  @Field(() => String, { nullable: true, description: 'The last part of its name, as people say it.' })
  displayName!: string | null;

  @Field(() => Int, { description: 'Hops from the root: between datasets at DATASET, single edges elsewhere.' })
  depth!: number;

  @Field(() => LineageDirectionEnum, {
    description: 'On which side of the root it is; BOTH for the root and for what is cause and effect of it.',
  })
  direction!: LineageDirection;

  @Field({ description: 'Known only because something else names it: its own events have not come.' })
  placeholder!: boolean;

  @Field({ description: 'Some edge towards its causes is not in this answer.' })
  hasMoreUpstream!: boolean;

  @Field({ description: 'Some edge towards its effects is not in this answer.' })
  hasMoreDownstream!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many nodes are one hop towards its causes, in this answer or not; null where that is not known in whole.',
  })
  neighborsUpstream!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many nodes are one hop towards its effects, in this answer or not; null where that is not known in whole.',
  })
  neighborsDownstream!: number | null;

  @Field({ description: HIDDEN })
  hidden!: boolean;

  @Field(() => [ID], { description: 'Of a logical dataset its members in this answer, by id; of another node none.' })
  members!: readonly string[];

  @Field(() => Int, {
    description:
      'Of a logical dataset how many edges among its members are not shown, those of jobs that only lead from member to member among them; of another node 0.',
  })
  collapsed!: number;
}

@ObjectType({ description: 'An edge of a lineage. It points the way the data flows.' })
export class LineageEdge {
  @Field(() => ID, { description: 'Tells it from every other edge; the same in every answer.' })
  id!: string;

  @Field(() => ID, { description: 'NodeId of the source.' })
  from!: string;

  @Field(() => ID, { description: 'NodeId of the target.' })
  to!: string;

  @Field(() => EdgeKindEnum, { description: 'What it says.' })
  kind!: EdgeKind;

  @Field(() => EdgeEvidenceEnum, {
    description:
      'Its strongest evidence; through jobs, that of the weakest link, and INFERRED where a job on the way never named both sides.',
  })
  evidence!: EdgeEvidence;

  @Field(() => DateTime, { description: 'Since when it holds, in the interval that this answer is about.' })
  validFrom!: Micros;

  @Field(() => DateTime, { nullable: true, description: 'Until when it held; null while it does.' })
  validTo!: Micros | null;

  @Field(() => DateTime, { description: 'The earliest sighting in the interval that this answer is about.' })
  firstSeenAt!: Micros;

  @Field(() => [Transformation], { description: 'How the data is changed; empty where nothing is stated.' })
  transformations!: readonly Transformation[];

  @Field(() => [ID], {
    description: 'The jobs that an edge between datasets runs through; empty where it is stated as such.',
  })
  via!: readonly string[];

  @Field(() => Int, {
    description:
      'How many edges of physical datasets it stands for: more than 1 only between logical datasets and others.',
  })
  merged!: number;

  readonly links!: readonly EdgeWithRows[];
}

@ObjectType({ description: 'One statement behind an edge: who says so, how, and while when.' })
export class EdgeAssertion {
  @Field(() => EdgeEvidenceEnum, { description: 'What it rests on.' })
  evidence!: EdgeEvidence;

  @Field(() => String, {
    nullable: true,
    description: 'Who says so, without the version; null for a rule of the catalog.',
  })
  producer!: string | null;

  @Field(() => Float, { description: 'From above 0 to 1: how sure it is.' })
  confidence!: number;

  @Field(() => [Interval], { description: 'While it holds, oldest first.' })
  intervals!: readonly Interval[];

  @Field(() => DateTime, { description: 'The latest sighting.' })
  lastSeenAt!: Micros;

  @Field(() => Int, { description: 'Completed runs since the last sighting that would have shown it and did not.' })
  missedRuns!: number;

  readonly sightings!: AssertionSightings;
}

@ObjectType({ description: 'What a node is connected with, with what is not known about it.' })
export class LineageGraph {
  @Field(() => LineageNode, { description: 'What was asked about, under its canonical id.' })
  root!: LineageNode;

  @Field(() => [LineageNode], { description: 'The nodes by depth, causes before effects.' })
  nodes!: readonly LineageNode[];

  @Field(() => [LineageEdge], { description: 'The edges between nodes of this answer and of the pages before it.' })
  edges!: readonly LineageEdge[];

  @Field({ description: 'Whether this is a part only.' })
  truncated!: boolean;

  @Field(() => TruncationReasonEnum, { nullable: true, description: 'Why it is a part; null where it is whole.' })
  truncatedBecause!: TruncationReason | null;

  @Field(() => String, {
    nullable: true,
    description:
      'As `after` of the same question it gives the rest; where the depth cut it (DEPTH), of the same question with a greater `depth`. Null where there is none.',
  })
  endCursor!: string | null;

  @Field(() => Int, { description: 'The greatest depth of a node in this answer.' })
  depthReached!: number;

  @Field(() => ReachCount, { description: 'How many causes it has in all.' })
  upstream!: ReachCount;

  @Field(() => ReachCount, { description: 'How many effects it has in all.' })
  downstream!: ReachCount;

  @Field({ description: 'The position of the log that the graph stood at.' })
  position!: string;
}

export function toLineageGraph(answer: LineageAnswer, position: string): LineageGraph {
  const { truncated, truncatedBecause, endCursor, depthReached, upstream, downstream } = answer;
  return {
    ...{ truncated, truncatedBecause, endCursor, depthReached, upstream, downstream, position },
    root: toLineageNode(answer.root),
    nodes: answer.nodes.map(toLineageNode),
    edges: toLineageEdges(answer.edges, answer.moment),
  };
}

export function toLineageNode(node: DomainNode & Partial<Pick<CollapsedNode, 'members' | 'collapsed'>>): LineageNode {
  const { members = [], collapsed = 0 } = node;
  return { ...node, members, collapsed, hidden: isHiddenId(node.id) };
}

/** Edges with the moment of their answer, as of which everything about them is told. Of a period its last one. */
export function toLineageEdges(edges: readonly DomainEdge[], { valid, knownAt }: Moment): readonly LineageEdge[] {
  const time = { at: 'at' in valid ? valid.at : valid.to - 1, knownAt };
  return edges.map((edge) => toLineageEdge(edge, time));
}

function toLineageEdge(edge: DomainEdge & Partial<Pick<CollapsedEdge, 'merged'>>, time: ReadTime): LineageEdge {
  const { kind, from, to, evidence, validFrom, validTo, transformations, via } = edge;
  const starts = edge.links.flatMap((link) => link.rows.map((row) => row.validFrom));
  return {
    ...{ kind, from, to, evidence, validFrom, validTo, transformations, via },
    links: edge.links.map(({ rows }) => ({ rows, time })),
    merged: edge.merged ?? 1,
    id: edgeId(edge),
    firstSeenAt: starts.reduce((least, at) => Math.min(least, at), validFrom),
  };
}

/** Stable over answers and times: an edge is told by its kind and ends. */
export function edgeId({ kind, from, to }: Pick<DomainEdge, 'kind' | 'from' | 'to'>): string {
  return `edge:${hash128(`${kind} ${from} ${to}`)}`;
}

export function toEdgeAssertion(sightings: AssertionSightings): EdgeAssertion {
  const [row] = sightings.rows;
  const rows = [...sightings.rows].sort((a, b) => a.validFrom - b.validFrom);
  return {
    evidence: row?.evidence ?? 'INFERRED',
    producer: row?.producer ?? null,
    confidence: rows.reduce((most, { confidence }) => Math.max(most, confidence), 0),
    intervals: rows.map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo })),
    lastSeenAt: sightings.lastSeenAt,
    missedRuns: sightings.missedRuns,
    sightings,
  };
}
