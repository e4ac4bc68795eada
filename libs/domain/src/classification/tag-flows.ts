import { kindOf, type NodeId } from '../identifiers.js';
import type { TagWalk } from './tag-reach.js';
import { nodesOf } from './tag-reach.js';

/** Where fields stand on a map of flows; `id` tells places of one map apart. */
export interface FlowPlace {
  readonly id: string;
  readonly kind: 'NAMESPACE' | 'DOMAIN' | 'NO_DOMAIN' | 'DATASET' | 'HIDDEN' | 'OTHERS';
}

/** A place of a map with what is in it. Fields count once, whichever values of the tag they have. */
export interface FlowNode {
  readonly place: FlowPlace;
  /** Fields that have the tag; of HIDDEN everything that has it, since what is hidden is not told to be a field or not. */
  readonly fields: number;
  /** Those of them that it was put on. */
  readonly sources: number;
  /** Datasets and jobs that have it as a whole: it was put there, or came along datasets. */
  readonly assets: number;
  /** Fields that stand outside the organization. */
  readonly outside: number;
  /** Fields that it is carried on from no further. */
  readonly ends: number;
  /** The least hops to a field of it from where the tag was put. */
  readonly distance: number;
  /** Of OTHERS how many places it stands for; of every other place 1. */
  readonly places: number;
}

/** From one place to another, or within one. */
export interface FlowLink {
  readonly from: string;
  readonly to: string;
  /** Fields of `to` that have the tag from a field of `from`. */
  readonly fields: number;
  /** Ways between two fields that masking ends, and those that anything else does. */
  readonly masked: number;
  readonly stopped: number;
}

export interface FlowMap {
  /** Nearest to where the tag was put first, then the largest. */
  readonly nodes: readonly FlowNode[];
  /** Most fields first. */
  readonly links: readonly FlowLink[];
  readonly totalFields: number;
  readonly totalAssets: number;
  readonly totalOutside: number;
}

export interface FlowGround {
  /** A field that its dataset has no more: it is in no place, though values came by way of it. */
  isGone?(node: NodeId): boolean;
  placeOf(node: NodeId): FlowPlace;
  isOutside(node: NodeId): boolean;
}

export const OTHERS: FlowPlace = { id: 'others', kind: 'OTHERS' };

/** Walks of one tag as a map with at most `most` places and one more, OTHERS, that stands for all that are smaller. Pure. */
export function mapFlows(walks: readonly TagWalk[], ground: FlowGround, most: number): FlowMap {
  const kept = keptPlaces(walks, ground, most);
  const placeOf = (node: NodeId): FlowPlace => {
    const place = ground.placeOf(node);
    return kept === null || kept.has(place.id) ? place : OTHERS;
  };
  const nodes = new Map<string, Gathered>();
  const links = new Map<string, GatheredLink>();
  for (const walk of walks) {
    const goesOn = new Set(walk.spread.ways.map(({ from }) => from));
    for (const { node, distance } of nodesOf(walk)) {
      if (ground.isGone?.(node) === true) continue;
      const place = placeOf(node);
      const at = nodes.get(place.id) ?? gathered(place, distance);
      nodes.set(place.id, at);
      at.places.add(ground.placeOf(node).id);
      at.distance = Math.min(at.distance, distance);
      if (kindOf(node) !== 'FIELD' && ground.placeOf(node).kind !== 'HIDDEN') {
        at.assets.add(node);
        continue;
      }
      at.fields.add(node);
      if (walk.held.sources.has(node)) at.sources.add(node);
      if (goesOn.has(node)) at.goingOn.add(node);
      if (ground.isOutside(node)) at.outside.add(node);
    }
    const linkOf = (from: NodeId, to: NodeId): GatheredLink => {
      const [a, b] = [placeOf(from), placeOf(to)];
      const key = JSON.stringify([a.id, b.id]);
      const link = links.get(key) ?? { from: a.id, to: b.id, fields: new Set(), masked: 0, stopped: 0 };
      links.set(key, link);
      // What the tag does not get to has a place on the map too.
      for (const place of [a, b]) if (!nodes.has(place.id)) nodes.set(place.id, gathered(place, Infinity));
      return link;
    };
    for (const { from, to } of walk.spread.ways) linkOf(from, to).fields.add(to);
    for (const { from, to, because } of walk.spread.stops)
      if (because === 'MASKING') linkOf(from, to).masked += 1;
      else linkOf(from, to).stopped += 1;
    for (const { from, to } of walk.spread.stops) {
      const [before, at] = [nodes.get(placeOf(from).id), nodes.get(placeOf(to).id)];
      if (at === undefined) continue;
      at.places.add(ground.placeOf(to).id);
      at.distance = Math.min(at.distance, (before?.distance ?? 0) + 1);
    }
  }
  return toMap([...nodes.values()], [...links.values()]);
}

interface Gathered {
  readonly place: FlowPlace;
  readonly fields: Set<NodeId>;
  readonly sources: Set<NodeId>;
  readonly goingOn: Set<NodeId>;
  readonly outside: Set<NodeId>;
  readonly assets: Set<NodeId>;
  readonly places: Set<string>;
  distance: number;
}

interface GatheredLink {
  readonly from: string;
  readonly to: string;
  readonly fields: Set<NodeId>;
  masked: number;
  stopped: number;
}

function gathered(place: FlowPlace, distance: number): Gathered {
  return {
    ...{ place, distance, fields: new Set(), sources: new Set(), goingOn: new Set(), outside: new Set() },
    ...{ assets: new Set(), places: new Set<string>() },
  };
}

/** Places outside come first, since they are what a map is looked at for; null: all of them fit. */
function keptPlaces(walks: readonly TagWalk[], ground: FlowGround, most: number): ReadonlySet<string> | null {
  const sizes = new Map<string, { size: number; isOutside: boolean }>();
  const count = (node: NodeId, by: number): void => {
    const { id } = ground.placeOf(node);
    const at = sizes.get(id) ?? { size: 0, isOutside: false };
    sizes.set(id, { size: at.size + by, isOutside: at.isOutside || (by > 0 && ground.isOutside(node)) });
  };
  for (const walk of walks) {
    for (const { node } of nodesOf(walk)) if (ground.isGone?.(node) !== true) count(node, 1);
    for (const { to } of walk.spread.stops) count(to, 0);
  }
  if (sizes.size <= most) return null;
  const ordered = [...sizes].sort(
    ([a, one], [b, other]) => Number(other.isOutside) - Number(one.isOutside) || other.size - one.size || compare(a, b),
  );
  return new Set(ordered.slice(0, most).map(([id]) => id));
}

function toMap(nodes: readonly Gathered[], links: readonly GatheredLink[]): FlowMap {
  const sum = (count: (node: Gathered) => number): number => nodes.reduce((all, node) => all + count(node), 0);
  return {
    nodes: nodes
      .map(({ place, fields, sources, goingOn, outside, assets, distance, places }) => ({
        ...{ place, distance, fields: fields.size, sources: sources.size, assets: assets.size },
        ...{ outside: outside.size, ends: fields.size - goingOn.size, places: Math.max(places.size, 1) },
      }))
      .sort((a, b) => a.distance - b.distance || b.fields - a.fields || compare(a.place.id, b.place.id)),
    links: links
      .map(({ from, to, fields, masked, stopped }) => ({ from, to, fields: fields.size, masked, stopped }))
      .sort((a, b) => b.fields - a.fields || compare(a.from, b.from) || compare(a.to, b.to)),
    totalFields: sum(({ fields }) => fields.size),
    totalAssets: sum(({ assets }) => assets.size),
    totalOutside: sum(({ outside }) => outside.size),
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
