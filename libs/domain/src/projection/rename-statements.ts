import { hash128, type NodeId, type NodeKey } from '../identifiers.js';

const MARK = '#rename:';

/** The producer key of a RENAME's declaration: a statement of its own, which no other of the producer replaces. */
export function renamingKey(producerKey: string, from: NodeId): string {
  return `${producerKey}${MARK}${from}`;
}

/** Who stated the RENAME. A NodeId has no `#`, so the last mark is ours. */
export function renamingProducer(key: string): string {
  return key.slice(0, key.lastIndexOf(MARK));
}

/** Under what the events are referred to that state this RENAME, whatever their kind. */
export function renameSubject(producerKey: string, from: NodeId, to: NodeId): NodeKey {
  return hash128(`rename|${producerKey}|${from}|${to}`) as NodeKey;
}
