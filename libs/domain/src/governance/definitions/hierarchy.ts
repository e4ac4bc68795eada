import type { NodeId } from '../../identifiers.js';
import { MOST_LEVELS, upwards, type DefinitionRow } from '../definition.js';
import type { DefinitionWorld, EditProblem } from './definition-module.js';

type Definitions = DefinitionWorld['definitions'];

/** What speaks against the place of something in the hierarchy of its kind; `parent` null: at the top. */
export function misplaced(
  { definitions }: Pick<DefinitionWorld, 'definitions'>,
  node: NodeId,
  parent: NodeId | null,
  { one, many }: { readonly one: string; readonly many: string },
): EditProblem | null {
  if (parent === null) return null;
  if (!definitions.has(parent))
    return { code: 'EDIT_NAMES_UNKNOWN', message: `an edit puts a ${one} below one that there is not` };
  const above = upwards(parent, (id) => parentIn(definitions, id));
  if (above.includes(node)) return { code: 'EDIT_MAKES_CYCLE', message: `an edit puts a ${one} below itself` };
  if (above.length + levelsFrom(definitions, node) <= MOST_LEVELS) return null;
  return { code: 'EDIT_TOO_DEEP', message: `an edit makes more than ${String(MOST_LEVELS)} levels of ${many}` };
}

/** What is one level down. */
export function partsOf(definitions: Definitions, node: NodeId): readonly NodeId[] {
  return [...definitions.keys()].filter((id) => parentIn(definitions, id) === node);
}

/** Levels of something and of what is part of it. */
function levelsFrom(definitions: Definitions, node: NodeId): number {
  return 1 + Math.max(0, ...partsOf(definitions, node).map((id) => levelsFrom(definitions, id)));
}

function parentIn(definitions: Definitions, id: NodeId): NodeId | null | undefined {
  return parentOf(definitions.get(id));
}

function parentOf(row: DefinitionRow | undefined): NodeId | null | undefined {
  return row !== undefined && 'parent' in row.body ? row.body.parent : undefined;
}
