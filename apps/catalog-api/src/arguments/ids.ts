import { respellNodeId, type NodeId } from '@headwater/domain/identifiers';

/** The catalog's spelling of an id that somebody gave; what is no id stays for the check to tell. */
export function idOf(id: string): NodeId {
  return respellNodeId(id) ?? (id as NodeId);
}
