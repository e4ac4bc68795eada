import type {
  EdgeChange as DomainEdgeChange,
  EdgeChangeKind,
  EventChanges as DomainChanges,
} from '@headwater/domain/event-changes';
import type { EdgeEvidence, EdgeKind } from '@headwater/domain/graph';
import type { Micros } from '@headwater/domain/time';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { enumOf } from './enum-of.js';
import { EdgeEvidenceEnum, EdgeKindEnum } from './lineage-enums.js';
import { NODE_ID } from './lineage.js';
import { DateTime } from './scalars.js';

/** So many edges are listed; a body of 32 MiB may change many more. */
const LISTED = 100;

const EdgeChangeKindEnum = enumOf<EdgeChangeKind>('EdgeChangeKind', 'What became of an edge.', {
  OPENED: 'It was said anew that it holds, or that it held for a while.',
  CONFIRMED: 'It held before and holds on: since when, or by what evidence, was said anew.',
  CLOSED: 'It holds no longer, or never did.',
});

@ObjectType({ description: 'What one event did to one edge. The edge points the way the data flows.' })
export class EdgeChange {
  @Field(() => EdgeKindEnum, { description: 'What the edge says.' })
  kind!: EdgeKind;

  @Field(() => ID, { description: `Its source. ${NODE_ID}` })
  from!: string;

  @Field(() => ID, { description: `Its target. ${NODE_ID}` })
  to!: string;

  @Field(() => EdgeChangeKindEnum, { description: 'What became of it.' })
  change!: EdgeChangeKind;

  @Field(() => EdgeEvidenceEnum, {
    nullable: true,
    description: 'The strongest evidence that came with the event; null where it only took away, or may not be known.',
  })
  evidence!: EdgeEvidence | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it holds; null where nothing new is said of it.' })
  validFrom!: Micros | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it held; null while it does.' })
  validTo!: Micros | null;
}

@ObjectType({ description: 'What an event changed in the catalog when it was projected.' })
export class EventChanges {
  @Field(() => Int, { description: 'How many nodes that you may know of it touched.' })
  nodeCount!: number;

  @Field(() => Int, { description: 'How many nodes it touched besides, which you may not know of.' })
  hiddenNodeCount!: number;

  @Field(() => Int, { description: 'How many edges it opened, confirmed or closed.' })
  edgeCount!: number;

  @Field(() => [EdgeChange], {
    description: `The edges, opened ones first, ${String(LISTED)} at most. Empty where it said nothing new of any.`,
  })
  edges!: readonly EdgeChange[];

  readonly nodeIds!: readonly string[];
}

export function toEventChanges({ nodes, hiddenNodes, edges }: DomainChanges): EventChanges {
  return {
    nodeCount: nodes.length,
    hiddenNodeCount: hiddenNodes,
    edgeCount: edges.length,
    edges: edges.slice(0, LISTED).map(toEdgeChange),
    nodeIds: nodes,
  };
}

function toEdgeChange({ kind, from, to, change, evidence, validFrom, validTo }: DomainEdgeChange): EdgeChange {
  return { kind, from, to, change, evidence, validFrom, validTo };
}
