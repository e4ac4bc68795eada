import type { HeldLogicalDataset, LogicalDatasetDefinition } from '../definition.js';
import { DESCRIPTION, NAME, reference } from './members.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';

export type LogicalDatasetChange = NamedChange<LogicalDatasetDefinition>;
export type LogicalDatasetEdit = NamedEdit<LogicalDatasetDefinition>;

/** Logical datasets: in a domain or in none, and none is removed that an edit has put a dataset into. */
export const LOGICAL_DATASETS = namedDefinition<LogicalDatasetDefinition, HeldLogicalDataset>({
  kind: 'LOGICAL_DATASET',
  members: { name: NAME, description: DESCRIPTION, domain: reference('DOMAIN', 'DOMAIN') },
  hold: (body, before, now) => ({ ...body, definedSince: before?.definedSince ?? now.since }),
  misfit: ({ domain }, _node, { definitions }) =>
    domain === null || definitions.has(domain)
      ? null
      : { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit puts a logical dataset into a domain that there is not' },
  async usesOf(node, world) {
    const members = await world.countOf('LOGICAL', node);
    return members === 0 ? null : `${String(members)} members by edit`;
  },
});
