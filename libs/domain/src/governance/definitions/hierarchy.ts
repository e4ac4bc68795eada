import type { NodeId } from '../../identifiers.js';
import { MOST_LEVELS, upwards, type DefinitionRow } from '../definition.js';
import type { DefinitionWorld, EditProblem } from './definition-module.js';

type Definitions = DefinitionWorld['definitions'];

/** What speaks against the place of something in the hierarchy of its kind; `parent` null: at the top. */
export function misplaced(
  { definitions, parts }: Pick<DefinitionWorld, 'definitions' | 'parts'>,
  node: NodeId,
  parent: NodeId | null,
  { one, many }: { readonly one: string; readonly many: string },
): EditProblem | null {
  if (parent === null) return null;
  if (!definitions.has(parent))
    return { code: 'EDIT_NAMES_UNKNOWN', message: `an edit puts a ${one} below one that there is not` };
  const above = upwards(parent, (id) => parentIn(definitions, id));
  if (above.includes(node)) return { code: 'EDIT_MAKES_CYCLE', message: `an edit puts a ${one} below itself` };
  const room = MOST_LEVELS - above.length;
  if (room > 0 && levelsFrom(parts ?? partsByParent(definitions), node, room) <= room) return null;
  return { code: 'EDIT_TOO_DEEP', message: `an edit makes more than ${String(MOST_LEVELS)} levels of ${many}` };
}

/** What is one level down. */
export function partsOf(definitions: Definitions, node: NodeId): readonly NodeId[] {
  return [...definitions.keys()].filter((id) => parentIn(definitions, id) === node);
}

/** What is one level down of each. */
export function partsByParent(definitions: Definitions): ReadonlyMap<NodeId, readonly NodeId[]> {
  const parts = new Map<NodeId, NodeId[]>();
  for (const [id, row] of definitions) {
    const parent = parentOf(row);
    if (parent === null || parent === undefined) continue;
    const others = parts.get(parent);
    if (others === undefined) parts.set(parent, [id]);
    else others.push(id);
  }
  return parts;
}

/** Levels of something and of what is part of it, counted no further than one more than there is room for. */
function levelsFrom(parts: ReadonlyMap<NodeId, readonly NodeId[]>, node: NodeId, room: number): number {
  let level: readonly NodeId[] = [node];
  for (let levels = 0; levels <= room; levels++) {
    if (level.length === 0) return levels;
    level = level.flatMap((id) => parts.get(id) ?? []);
  }
  return room + 1;
}

function parentIn(definitions: Definitions, id: NodeId): NodeId | null | undefined {
  return parentOf(definitions.get(id));
}

function parentOf(row: DefinitionRow | undefined): NodeId | null | undefined {
  return row !== undefined && 'parent' in row.body ? row.body.parent : undefined;
}
