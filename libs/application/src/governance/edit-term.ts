import { coded, type InputFault } from '@headwater/domain/errors';
import type { TermDefinition } from '@headwater/domain/governance/definition';
import { termId } from '@headwater/domain/identifiers';
import { textFault } from '../access/access-parts.js';
import { markdownFault, termFault } from './check-change.js';
import { conflict, EditNamed, type NamedRules } from './edit-named.js';
import { noSuchTerm, type EditPorts } from './record-edit.js';

/** As many as a page shows at a glance. */
const MOST_SYNONYMS = 50;
const MOST_RELATED = 50;

const RULES: NamedRules<TermDefinition> = {
  ...{ one: 'term', many: 'Terms' },
  members: 'name, description, parent, synonyms, related, status or successor',
  idOf: termId,
  idFault: termFault,
  faultsOf: termFaults,
  refusals: {
    cycle: 'A term cannot be below itself, nor below one of its own narrower terms.',
    used: 'Assets or fields have this term, other terms are below it, or name it. Take it off and change them first; or deprecate it.',
    unknown: noSuchTerm,
    other: {
      EDIT_NAMES_ITSELF: () => conflict('TERM_NAMES_ITSELF', 'A term cannot be related to itself, nor succeed itself.'),
      EDIT_SUCCEEDS_ITSELF: () =>
        conflict(
          'TERM_SUCCESSOR_CYCLE',
          'The successors of a term cannot lead back to it: give it another successor, or take theirs away first.',
        ),
      EDIT_OF_CURRENT: () =>
        conflict(
          'TERM_NOT_DEPRECATED',
          'Only a deprecated term has a successor: change its status too, or take the successor away.',
        ),
    },
  },
  edit: (head, node, change) => ({ ...head, node, ...change }),
};

/** Defines terms of the glossary. */
export class EditTerm extends EditNamed<TermDefinition> {
  constructor(ports: EditPorts) {
    super(ports, RULES);
  }
}

/** What is wrong with the members of a term, by pointers. */
export function termFaults(body: Partial<TermDefinition>): readonly InputFault[] {
  const { name, description, parent, synonyms = [], related = [], successor } = body;
  return [
    ...(name === undefined ? [] : textFault('/name', name)),
    ...(description === undefined || description === null ? [] : markdownFault('/description', description)),
    ...(parent === undefined || parent === null ? [] : termFault('/parent', parent)),
    ...synonyms.flatMap((synonym, index) => textFault(`/synonyms/${String(index)}`, synonym)),
    ...tooMany('/synonyms', synonyms, MOST_SYNONYMS),
    ...related.flatMap((id, index) => termFault(`/related/${String(index)}`, id)),
    ...tooMany('/related', related, MOST_RELATED),
    ...(successor === undefined || successor === null ? [] : termFault('/successor', successor)),
  ];
}

function tooMany(pointer: string, list: readonly unknown[], most: number): readonly InputFault[] {
  return list.length <= most ? [] : [{ pointer, ...coded('TOO_MANY', `must name at most ${String(most)}`, { most }) }];
}
