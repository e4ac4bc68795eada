import { definitionResults, type DefinitionRefusal, type EditedDefinition } from './definition-results.js';
import { GlossaryTerm } from './term.js';

export type EditedTerm = EditedDefinition<'term', GlossaryTerm> & { readonly id: string };
export type TermRefusal = DefinitionRefusal<GlossaryTerm>;

export const EditTermResult = definitionResults(
  { name: 'Term', result: 'EditTermResult', member: 'term' },
  () => GlossaryTerm,
  {
    result: 'The edited term, or why nothing was changed.',
    edited: 'An edit of a term that was made.',
    refused: 'Why a term was not edited. Nothing was changed.',
    codes:
      'INVALID_INPUT, MISSING_SCOPE, NO_SUCH_TERM, TERM_EXISTS, TERM_CYCLE, TERM_TOO_DEEP, TERM_IN_USE, TERM_NAMES_ITSELF, TERM_SUCCESSOR_CYCLE, TERM_NOT_DEPRECATED, EDITED_MEANWHILE, KEY_USED',
    id: 'The term that was edited.',
    member: 'As it is with the edit once that is readable; null where it was removed, or is not readable yet.',
    faults: 'What is wrong with the input; empty where it is not the input.',
    current: 'Of EDITED_MEANWHILE: the term as it is now, with its `editVersion`.',
  },
);
