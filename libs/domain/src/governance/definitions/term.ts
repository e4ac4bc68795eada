import { arrayAt, stringAt } from '../../projection/body-reader.js';
import type { NodeId } from '../../identifiers.js';
import { upwards, type TermDefinition, type TermStatus } from '../definition.js';
import type { DefinitionWorld, EditProblem } from './definition-module.js';
import { misplaced, partsOf } from './hierarchy.js';
import { DESCRIPTION, isIdOf, NAME, reference, type Member } from './members.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';

export type TermChange = NamedChange<TermDefinition>;
export type TermEdit = NamedEdit<TermDefinition>;

export const TERM_STATUSES: readonly TermStatus[] = ['DRAFT', 'APPROVED', 'DEPRECATED'];

const SYNONYMS: Member<readonly string[]> = {
  part: 'SYNONYMS',
  read: (given, key) => {
    const texts = arrayAt(given, key);
    const names = texts.filter((text) => typeof text === 'string' && text !== '') as readonly string[];
    return names.length < texts.length ? undefined : [...new Set(names)];
  },
  absent: [],
  tell: (names) => (names.length === 0 ? null : names.join(', ')),
};

const RELATED: Member<readonly NodeId[]> = {
  part: 'RELATED',
  read: (given, key) => {
    const values = arrayAt(given, key);
    const ids = values.filter((id): id is NodeId => typeof id === 'string' && isIdOf(id, 'TERM'));
    return ids.length < values.length ? undefined : [...new Set(ids)].sort();
  },
  absent: [],
  tell: (ids) => (ids.length === 0 ? null : ids.join(', ')),
};

const STATUS: Member<TermStatus> = {
  part: 'STATUS',
  read: (given, key) => TERM_STATUSES.find((status) => status === stringAt(given, key)),
  absent: 'DRAFT',
  tell: (status) => status,
};

/** Terms of the glossary: a hierarchy, and none is removed that something has or another term names. */
export const TERMS = namedDefinition<TermDefinition>({
  kind: 'TERM',
  members: {
    name: NAME,
    description: DESCRIPTION,
    parent: reference('PARENT', 'TERM'),
    synonyms: SYNONYMS,
    related: RELATED,
    status: STATUS,
    successor: reference('SUCCESSOR', 'TERM'),
  },
  misfit: (body, node, world) =>
    misnamed(body, node, world) ?? misplaced(world, node, body.parent, { one: 'term', many: 'terms' }),
  async usesOf(node, world) {
    const parts = partsOf(world.definitions, node).length;
    const users = await world.countOf('TERM', node);
    const naming = [...world.definitions.values()].filter(
      (row) => row.kind === 'TERM' && (row.body.successor === node || row.body.related.includes(node)),
    ).length;
    if (parts + users + naming === 0) return null;
    return `${String(parts)} narrower terms, ${String(users)} assets and fields and ${String(naming)} terms that name it`;
  },
});

function misnamed(
  { related, status, successor }: TermDefinition,
  node: NodeId,
  { definitions }: Pick<DefinitionWorld, 'definitions'>,
): EditProblem | null {
  const named = [...related, ...(successor === null ? [] : [successor])];
  if (named.includes(node)) return { code: 'EDIT_NAMES_ITSELF', message: 'an edit has a term name itself' };
  if (named.some((id) => !definitions.has(id)))
    return { code: 'EDIT_NAMES_UNKNOWN', message: 'an edit has a term name one that there is not' };
  if (successor === null) return null;
  if (status !== 'DEPRECATED')
    return { code: 'EDIT_OF_CURRENT', message: 'an edit gives a successor to a term that is not deprecated' };
  if (!upwards(successor, (id) => successorIn(definitions, id)).includes(node)) return null;
  return { code: 'EDIT_SUCCEEDS_ITSELF', message: 'an edit has a term succeed itself by way of its successors' };
}

function successorIn(definitions: DefinitionWorld['definitions'], id: NodeId): NodeId | null {
  const row = definitions.get(id);
  return row?.kind === 'TERM' ? row.body.successor : null;
}
