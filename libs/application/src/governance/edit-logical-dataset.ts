import type { InputFault } from '@headwater/domain/errors';
import type { LogicalDatasetDefinition } from '@headwater/domain/governance/definition';
import { logicalId } from '@headwater/domain/identifiers';
import { textFault } from '../access/access-parts.js';
import { domainFault, logicalFault, markdownFault } from './check-change.js';
import { EditNamed } from './edit-named.js';
import { placesOfContent } from './places-of.js';
import { noSuchDomain, type EditPorts } from './record-edit.js';

/** Defines logical datasets; which datasets are their members is edited there, or follows from rules. */
export class EditLogicalDataset extends EditNamed<LogicalDatasetDefinition> {
  constructor(ports: EditPorts) {
    super(ports, {
      ...{ one: 'logical dataset', many: 'Logical datasets', input: 'logicalDataset' },
      members: 'name, description or domain',
      idOf: (key) => logicalId(key.toLowerCase()),
      idFault: logicalFault,
      faultsOf: logicalFaults,
      refusals: {
        cycle: 'A logical dataset cannot be part of itself.',
        used: 'Edits have put datasets into this logical dataset. Take them out first; what rules put there needs none.',
        unknown: noSuchDomain,
      },
      placesOf: placesOfContent,
      edit: (head, node, change) => ({ ...head, node, ...change }),
    });
  }
}

function logicalFaults(body: Partial<LogicalDatasetDefinition>): readonly InputFault[] {
  const { name, description, domain } = body;
  return [
    ...(name === undefined ? [] : textFault('/name', name)),
    ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
    ...(domain === undefined || domain === null ? [] : domainFault('/domain', domain)),
  ];
}
