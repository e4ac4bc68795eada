import { stringAt } from '../../projection/body-reader.js';
import type { DataProductDefinition, DataProductStatus, HeldDataProduct } from '../definition.js';
import { DESCRIPTION, NAME, reference, type Member } from './members.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';
import { heldOwners, OWNERS } from './owners.js';

export type DataProductChange = NamedChange<DataProductDefinition>;
export type DataProductEdit = NamedEdit<DataProductDefinition>;

const STATUSES: readonly DataProductStatus[] = ['PROPOSED', 'ACTIVE', 'DEPRECATED'];

const STATUS: Member<DataProductStatus> = {
  part: 'STATUS',
  read: (given, key) => STATUSES.find((status) => status === stringAt(given, key)),
  absent: 'PROPOSED',
  tell: (status) => status,
};

/** Data products: in a domain or in none, and none is removed that has an output port. */
export const DATA_PRODUCTS = namedDefinition<DataProductDefinition, HeldDataProduct>({
  kind: 'DATA_PRODUCT',
  members: {
    name: NAME,
    description: DESCRIPTION,
    domain: reference('DOMAIN', 'DOMAIN'),
    status: STATUS,
    owners: OWNERS,
  },
  hold: (body, before, now) => ({ ...body, owners: heldOwners(body.owners, before?.owners ?? [], now) }),
  misfit: ({ domain }, _node, { definitions }) =>
    domain === null || definitions.has(domain)
      ? null
      : { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit puts a data product into a domain that there is not' },
  async usesOf(node, world) {
    const ports = await world.countOf('PRODUCT', node);
    return ports === 0 ? null : `${String(ports)} output ports`;
  },
});
