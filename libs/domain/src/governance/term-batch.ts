import { recordsAt } from '../projection/body-reader.js';
import type { NodeId } from '../identifiers.js';
import type { DefinitionRow } from './definition.js';
import type { EditProblem } from './definitions/definition-module.js';
import { partsByParent } from './definitions/hierarchy.js';
import type { NamedWrite } from './definitions/named-definition.js';
import { TERMS, type TermEdit } from './definitions/term.js';
import type { TermDefinition } from './definition.js';
import { editBytes, readEdit, type EditHead } from './edit-head.js';

const EDIT = 'terms';

/** A term that comes to be or becomes other, beside others of the same edit. */
export type TermWrite = NamedWrite<TermDefinition> & Pick<EditHead, 'expected'>;

/** One edit of many terms: all of it is applied, or none. No two of its writes are of one term. */
export interface TermBatch extends EditHead {
  readonly writes: readonly TermWrite[];
}

/** The EDIT event of the log that says so. */
export function termBatchBytes(batch: TermBatch): Uint8Array {
  return editBytes(EDIT, batch);
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readTermBatch(bytes: Uint8Array): TermBatch | undefined {
  const read = readEdit(bytes, EDIT);
  if (read === undefined) return undefined;
  const given = recordsAt(read.body, 'writes');
  const writes = given.flatMap((body): readonly TermWrite[] => {
    const expected = typeof body['expected'] === 'number' ? body['expected'] : null;
    const edit = TERMS.read({ body, head: { ...read.head, expected } });
    return edit === undefined || edit.action === 'REMOVE' ? [] : [writeOf(edit, expected)];
  });
  const nodes = new Set(writes.map(({ node }) => node));
  if (writes.length === 0 || writes.length < given.length || nodes.size < writes.length) return undefined;
  return { ...read.head, writes };
}

/** The single edits that a batch consists of. */
export function editsOf({ writes, ...head }: TermBatch): readonly (TermEdit & TermWrite)[] {
  return writes.map((write) => ({ ...head, ...write }));
}

/**
 * What speaks against each of the writes (null: nothing), judged by what there would be with all of them: the order among
 * them says nothing, and they may name one another.
 */
export function problemsOf(
  writes: readonly TermWrite[],
  definitions: ReadonlyMap<NodeId, DefinitionRow>,
): readonly (EditProblem | null)[] {
  const then = new Map(definitions);
  for (const write of writes) then.set(write.node, rowOf(write, definitions.get(write.node)));
  const world = { definitions: then, parts: partsByParent(then) };
  const nobody = { id: '', by: { id: '', name: '' }, reason: null };
  return writes.map((write) => TERMS.problemOf({ ...nobody, ...write }, definitions.get(write.node), world));
}

function writeOf(edit: NamedWrite<TermDefinition>, expected: number | null): TermWrite {
  const { node } = edit;
  return edit.action === 'CREATE'
    ? { node, action: 'CREATE', body: edit.body, expected }
    : { node, action: 'CHANGE', body: edit.body, expected };
}

/** Stands for what there would be: only the id, the kind and the body are looked at. */
function rowOf(write: TermWrite, held: DefinitionRow | undefined): DefinitionRow {
  return { ...held, id: write.node, kind: 'TERM', body: TERMS.bodyOf(write, held) } as DefinitionRow;
}
