import { HeadwaterError } from '@headwater/domain/errors';
import type { DomainDefinition } from '@headwater/domain/governance/definition';
import { withDistinctOwners } from '@headwater/domain/governance/definitions/owners';
import { domainId } from '@headwater/domain/identifiers';
import { textFault } from '../access/access-parts.js';
import { domainFault, markdownFault } from './check-change.js';
import { EditNamed } from './edit-named.js';
import { definedOwnerFaults } from './edit-ownership-rules.js';
import { placesOfDomain } from './places-of.js';
import type { EditPorts } from './record-edit.js';

/** Defines domains. */
export class EditDomain extends EditNamed<DomainDefinition> {
  constructor(ports: EditPorts) {
    super(ports, {
      ...{ one: 'domain', many: 'Domains', members: 'name, description, parent, layer, isExternal or owners' },
      idOf: domainId,
      idFault: domainFault,
      faultsOf: ({ name, description, parent, owners = [] }) => [
        ...(name === undefined ? [] : textFault('/name', name)),
        ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
        ...(parent === undefined || parent === null ? [] : domainFault('/parent', parent)),
        ...definedOwnerFaults(owners),
      ],
      refusals: {
        cycle: 'A domain cannot be part of itself, nor of one of its own parts.',
        used: 'Other domains are part of this one, or assets or data products are in it. Move them first, then remove it.',
        unknown: () =>
          new HeadwaterError('NOT_FOUND', 'There is no such domain to be part of', { reason: 'NO_SUCH_DOMAIN' }),
      },
      placesOf: placesOfDomain,
      edit: (head, node, change) => ({ ...head, node, ...withDistinctOwners(change) }),
    });
  }
}
