import type { EditHead } from '@headwater/domain/governance/edit-head';
import { agentId, datasetId, jobId, type NodeId } from '@headwater/domain/identifiers';
import type { AssetDefinition } from './assets.js';

const BY = { id: 'example', name: 'The example' } as const;

/** Of an edit of this id, which the log takes once. */
export function head(id: string, reason: string | null = null): EditHead {
  return { id: `example:${id}`, by: BY, reason, expected: null };
}

export function idOf({ namespace, name }: Pick<AssetDefinition, 'namespace' | 'name'>): NodeId {
  return datasetId(namespace, name);
}

/** `service/job`. */
export function jobOf(path: string): NodeId {
  const [service = '', name = ''] = path.split('/');
  return jobId(service, name);
}

/** `user:ben`, `team:payout`. */
export function agent(name: string): NodeId {
  const [kind = '', of = ''] = name.split(':');
  return agentId(kind, of);
}
