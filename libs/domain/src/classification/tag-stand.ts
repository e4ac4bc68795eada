import type { FrontierEntry } from '../graph.js';
import type { NodeId } from '../identifiers.js';

/**
 * Where a tag stands on its way: a node, or, of a job whose inputs do not all reach all of its outputs, `<job> <dataset>`
 * with the dataset that led to it. No NodeId has a space.
 */
export type TagStand = NodeId;

export function isJob(stand: TagStand): boolean {
  return stand.startsWith('job:');
}

export function nodeAt(stand: TagStand): NodeId {
  const end = stand.indexOf(' ');
  return end < 0 ? stand : (stand.slice(0, end) as NodeId);
}

/** What a store is asked about it. */
export function entryAt(stand: TagStand): FrontierEntry {
  const end = stand.indexOf(' ');
  return end < 0 ? { node: stand } : { node: stand.slice(0, end) as NodeId, arrivedBy: stand.slice(end + 1) as NodeId };
}

/** Where one comes to from `before`; `restricted` as a store says it. */
export function standBehind(before: TagStand, node: NodeId, restricted: boolean | undefined): TagStand {
  const isPaired = isJob(node) && !isJob(before) && restricted !== false;
  return isPaired ? (`${node} ${before}` as TagStand) : node;
}
