import type { StoredEvent } from '../../events.js';
import type { FactKind } from '../../facts.js';
import type { NodeId } from '../../identifiers.js';
import type { DefinitionRow } from '../definition.js';
import type { EditHead, ReadEdit } from '../edit-head.js';
import type { EditedPart } from '../edited-part.js';

/** Why an edit does not fit what there is: a finding of the projection. */
export interface EditProblem {
  readonly code: `EDIT_${string}`;
  readonly message: string;
}

/** What an edit makes of a definition; null: it is no more. */
export type MadeDefinition = {
  readonly [R in DefinitionRow as R['kind']]: Pick<R, 'kind' | 'body'>;
}[DefinitionRow['kind']];

/** A fact that holds, and of what. */
export interface HeldDetail {
  readonly node: NodeId;
  readonly detail: string | null;
}

/** What there is where an edit is to fit, in the order of the log. */
export interface DefinitionWorld {
  readonly definitions: ReadonlyMap<NodeId, DefinitionRow>;
  /** What is one level down of each, where many edits are judged by the same definitions; else it is looked for. */
  readonly parts?: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** Of how many assets and fields a fact with this value holds. */
  countOf(kind: FactKind, value: NodeId): Promise<number>;
  /** Of each asset and field of which a fact with this value holds, the detail: what it says beside. */
  detailsOf(kind: FactKind, value: NodeId): Promise<readonly HeldDetail[]>;
}

/**
 * All that the log and the projection know of one kind of definition: which ids are of it, what an edit of it says, and
 * what becomes of it. Another kind is another module in the list of `moduleOf`.
 */
export interface DefinitionModule<Edit> {
  isOf(node: string): boolean;
  /** Undefined for what is no edit of the kind. Total. */
  read(edit: ReadEdit): Edit | undefined;
  /** `held` is the definition as it is; `stored` the event that the edit is in. */
  make(
    edit: Edit,
    held: DefinitionRow | undefined,
    stored: StoredEvent,
    world: DefinitionWorld,
  ): Promise<MadeDefinition | EditProblem | null>;
  outline(edit: Edit): readonly EditedPart[];
}

/** Where the edit expected another one to be the latest. */
export function conflictOf({ expected }: EditHead, latest: number): EditProblem | null {
  if (expected === null || expected === latest) return null;
  return {
    code: 'EDIT_CONFLICT',
    message: `an edit made when ${String(expected)} was the latest came behind ${String(latest)}`,
  };
}
