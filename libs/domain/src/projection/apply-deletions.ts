import type { AssetEdit, FactEdit } from '../governance/asset-edit.js';
import type { NodeId } from '../identifiers.js';
import { subjectsBeside } from './apply-lineage.js';
import { loadNodes, type Batch, type CurrentEntry } from './batch.js';
import type { NodeDocument } from './documents.js';
import { beginDeletion, endDeletion, isDeleted } from './deletions.js';
import { end, enter, enteredOf, type Stating } from './entered-facts.js';

export function isOfDeletion({ kind }: FactEdit): boolean {
  return kind === 'DELETION';
}

/** The documents of all names that an asset has so far: a deletion is of all of them, since they are one node (rule 25). */
export async function namesOf(batch: Batch, asset: NodeId): Promise<readonly NodeDocument[]> {
  const statements = [...batch.out.aliasStatements];
  const names = new Set([asset]);
  for (let asked: readonly NodeId[] = [asset]; asked.length > 0;) {
    statements.push(...(await batch.source.aliasStatements(asked)));
    const before = names.size;
    for (let size = 0; size !== names.size;) {
      size = names.size;
      for (const { a, b } of statements) if (names.has(a) !== names.has(b)) names.add(a).add(b);
    }
    asked = [...names].slice(before);
  }
  await loadNodes(batch, [...names]);
  return [...names].sort().flatMap((name) => {
    const document = batch.nodes.get(name);
    return document === undefined || document.isGhost ? [] : [document];
  });
}

/** Why a deletion or a restoring changes nothing; null where it does. */
export function deletionProblem(
  { asset, changes }: AssetEdit,
  names: readonly NodeDocument[],
): { readonly code: string; readonly message: string } | null {
  const own = changes.filter(isOfDeletion);
  if (own.some(({ node }) => node !== asset))
    return { code: 'EDIT_OF_OTHER_KIND', message: 'a deletion of something that is no asset: nothing was changed' };
  for (const { action } of own) {
    if (action === 'STATE' && names.every(isDeleted))
      return {
        code: 'EDIT_OF_DELETED',
        message: 'a deletion of what an edit had deleted already: nothing was changed',
      };
    if (action === 'WITHDRAW' && !names.some(isDeleted))
      return {
        code: 'EDIT_OF_NOT_DELETED',
        message: 'an edit that restores what no edit had deleted: nothing was changed',
      };
  }
  return null;
}

/**
 * Deletes or restores an asset under all of its names (rule 24): it shows as deleted from the receipt of the edit on, until
 * another restores it. Returns whose lineage is to be derived anew.
 */
export async function deleteOrRestore(
  batch: Batch,
  current: CurrentEntry,
  names: readonly NodeDocument[],
  stating: Omit<Stating, 'owner'>,
): Promise<ReadonlySet<NodeId>> {
  const { change, at, edit } = stating;
  const deletes = change.action === 'STATE';
  const subjects = new Set<NodeId>();
  for (const owner of names.filter((name) => isDeleted(name) !== deletes)) {
    if (deletes) {
      beginDeletion(owner, at);
      enter(batch, current, { ...stating, owner, change: { ...change, node: owner.id } }, 'DELETION', edit.reason);
    } else {
      endDeletion(owner, at);
      for (const [id] of enteredOf(owner, owner.id, 'DELETION')) end(batch, current, owner, id, at);
    }
    for (const subject of [owner.id, ...(await subjectsBeside(batch, owner.id))]) subjects.add(subject);
  }
  await loadNodes(batch, [...subjects]);
  return new Set([...subjects].filter((subject) => batch.nodes.has(subject)));
}
