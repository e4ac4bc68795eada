import type { InputFault } from '@headwater/domain/errors';
import type { DataProductDefinition } from '@headwater/domain/governance/definition';
import { withDistinctOwners } from '@headwater/domain/governance/definitions/owners';
import { productId } from '@headwater/domain/identifiers';
import { textFault } from '../access/access-parts.js';
import { domainFault, markdownFault, productFault } from './check-change.js';
import { EditNamed } from './edit-named.js';
import { definedOwnerFaults } from './edit-ownership-rules.js';
import { placesOfContent } from './places-of.js';
import { noSuchDomain, type EditPorts } from './record-edit.js';

/** Defines data products; which datasets are their output ports is edited there. */
export class EditDataProduct extends EditNamed<DataProductDefinition> {
  constructor(ports: EditPorts) {
    super(ports, {
      ...{ one: 'data product', many: 'Data products', input: 'product' },
      members: 'name, description, domain, status or owners',
      idOf: productId,
      idFault: productFault,
      faultsOf: productFaults,
      refusals: {
        cycle: 'A data product cannot be part of itself.',
        used: 'Datasets are output ports of this data product. Remove the ports first, or deprecate it.',
        unknown: noSuchDomain,
      },
      placesOf: placesOfContent,
      edit: (head, node, change) => ({ ...head, node, ...withDistinctOwners(change) }),
    });
  }
}

function productFaults(body: Partial<DataProductDefinition>): readonly InputFault[] {
  const { name, description, domain, owners = [] } = body;
  return [
    ...(name === undefined ? [] : textFault('/name', name)),
    ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
    ...(domain === undefined || domain === null ? [] : domainFault('/domain', domain)),
    ...definedOwnerFaults(owners),
  ];
}
