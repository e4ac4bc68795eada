import { stringAt } from '../../projection/body-reader.js';
import type { DataProductDefinition, DataProductStatus } from '../definition.js';
import type { RuleOwner } from '../ownership-rules.js';
import { DESCRIPTION, NAME, reference, type Member } from './members.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';
import { readOwners } from './ownership-rules.js';

export type DataProductChange = NamedChange<DataProductDefinition>;
export type DataProductEdit = NamedEdit<DataProductDefinition>;

const STATUSES: readonly DataProductStatus[] = ['PROPOSED', 'ACTIVE', 'DEPRECATED'];

const STATUS: Member<DataProductStatus> = {
  part: 'STATUS',
  read: (given, key) => STATUSES.find((status) => status === stringAt(given, key)),
  absent: 'PROPOSED',
  tell: (status) => status,
};

const OWNERS: Member<readonly RuleOwner[]> = {
  part: 'OWNERS',
  read: (given) => readOwners(given),
  absent: [],
  tell: (owners) => (owners.length === 0 ? null : owners.map(({ agent, role }) => `${agent} as ${role}`).join(', ')),
};

/** Data products: in a domain or in none, and none is removed that has an output port. */
export const DATA_PRODUCTS = namedDefinition<DataProductDefinition>({
  kind: 'DATA_PRODUCT',
  members: {
    name: NAME,
    description: DESCRIPTION,
    domain: reference('DOMAIN', 'DOMAIN'),
    status: STATUS,
    owners: OWNERS,
  },
  misfit: ({ domain }, _node, { definitions }) =>
    domain === null || definitions.has(domain)
      ? null
      : { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit puts a data product into a domain that there is not' },
  async usesOf(node, world) {
    const ports = await world.countOf('PRODUCT', node);
    return ports === 0 ? null : `${String(ports)} output ports`;
  },
});
