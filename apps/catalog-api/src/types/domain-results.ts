import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { Domain } from './domain.js';

export type EditedDomain = EditedDefinition<'domain', Domain> & { readonly id: string };
export type DomainRefusal = DefinitionRefusal<Domain>;

export const EditDomainResult = definitionResults(
  { name: 'Domain', result: 'EditDomainResult', member: 'domain' },
  () => Domain,
  {
    result: 'The edited domain, or why nothing was changed.',
    edited: 'An edit of a domain that was made.',
    refused: 'Why a domain was not edited. Nothing was changed.',
    codes:
      'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_DOMAIN, DOMAIN_EXISTS, DOMAIN_CYCLE, DOMAIN_TOO_DEEP, DOMAIN_IN_USE, EDITED_MEANWHILE, KEY_USED',
    id: 'The domain that was edited.',
    member: 'As it is with the edit once that is readable; null where it was removed, or is not readable yet.',
    faults: 'What is wrong with the input; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the domain as it is now, with its `editVersion`.',
  },
);
