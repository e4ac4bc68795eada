import type { AssetChange as DomainAssetChange } from '@headwater/application/changes/watch-assets';
import type { LineageChange as DomainLineageChange, LineagePart } from '@headwater/application/changes/watch-lineage';
import type { Micros } from '@headwater/domain/time';
import { Field, ObjectType } from '@nestjs/graphql';
import { Asset, toAsset } from './asset.js';
import { LineageEdge, LineageNode, toLineageEdges, toLineageNode } from './lineage.js';
import { DateTime } from './scalars.js';

const POSITION = 'Where in the log this stands: as `after` of the same subscription it continues behind it.';
const RECORDED_AT = 'When the event behind it was written to the log.';

@ObjectType({ description: 'What one event changed.' })
export class AssetChange {
  @Field({ description: POSITION })
  position!: string;

  @Field(() => DateTime, { description: RECORDED_AT })
  recordedAt!: Micros;

  @Field(() => [Asset], {
    description: 'The datasets and jobs that it changed and that fit the filter, as they are now.',
  })
  assets!: readonly Asset[];
}

@ObjectType({ description: 'Nodes and edges that a lineage gained or lost.' })
export class LineageChangePart {
  @Field(() => [LineageNode], { description: 'The nodes.' })
  nodes!: readonly LineageNode[];

  @Field(() => [LineageEdge], { description: 'The edges.' })
  edges!: readonly LineageEdge[];
}

@ObjectType({ description: 'How a lineage differs from what the payload before, or the start, left it as.' })
export class LineageChange {
  @Field({ description: POSITION })
  position!: string;

  @Field(() => DateTime, { description: RECORDED_AT })
  recordedAt!: Micros;

  @Field(() => LineageChangePart, { description: 'What it gained.' })
  added!: LineageChangePart;

  @Field(() => LineageChangePart, { description: 'What it lost.' })
  lapsed!: LineageChangePart;

  @Field({ description: 'Whether the lineage is larger than what is watched, so that changes beyond are not told.' })
  truncated!: boolean;
}

export function toAssetChange({ position, recordedAt, assets }: DomainAssetChange): AssetChange {
  return { position, recordedAt, assets: assets.map(toAsset) };
}

export function toLineageChange({
  position,
  recordedAt,
  added,
  lapsed,
  truncated,
}: DomainLineageChange): LineageChange {
  return { position, recordedAt, added: toPart(added), lapsed: toPart(lapsed), truncated };
}

function toPart({ nodes, edges, moment }: LineagePart): LineageChangePart {
  return { nodes: nodes.map(toLineageNode), edges: moment === null ? [] : toLineageEdges(edges, moment) };
}
